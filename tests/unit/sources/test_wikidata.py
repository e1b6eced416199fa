"""Wikidata items: organisations, their parents and owners; no persons, no deprecated statements."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError, NotFound, UnknownLayout, UsageError
from crosstie.sources import find_source
from crosstie.sources.wikidata_api import (
    find_items,
    item_answers,
    items_found,
    query_url,
    write_items,
)
from crosstie.sources.wikidata_classes import read_classes
from tests.unit.sources.openalex_made import lines, ror, whole
from tests.unit.sources.wikidata_made import EVERYONE, GROUP, OPTICS, answer, item, statement


@pytest.fixture
def found(read, tmp_path):
    return read("wikidata", lines(tmp_path / "q.jsonl", *map(answer, EVERYONE)))


def test_an_item_gives_names_identifiers_and_country(found):
    mention = found.row(1).mentions[0]
    assert [(n.text, n.language, n.kind) for n in mention.names] == [
        ("Beihe Optics", "en", "primary"),
        ("BHO", "en", "acronym"),
        ("Beihe Optical Works", "en", "alias"),
        ("北河光学", "zh", "alias"),
    ]
    assert {(i.scheme, i.value) for i in mention.identifiers} == {
        ("wikidata", "Q900005"), ("ror", ror(104)), ("lei", "529900T8BM49AURSDO55"),
        ("isin", "CNE000000001"), ("ticker", "Q900009:600001"), ("domain", "beihe.example"),
    }  # fmt: skip
    assert (mention.country, mention.kind) == ("CN", "company")


def test_relations_are_ties_with_rank_share_and_times(found):
    assert found.claims(1) == {
        ("Beihe Optics", "affiliated_with", "Hexi Group"),
        ("Beihe Lenses", "affiliated_with", "Beihe Optics"),
        ("Hexi Group", "owns", "Beihe Optics"),
    }
    by_method = {claim.method: claim for claim in found.row(1).claims}
    parent, owner = by_method["wikidata/P749"], by_method["wikidata/P127"]
    assert (parent.valid_from, parent.attributes["rank"]) == ("2015-06", "preferred")
    assert (owner.valid_to, owner.ended, owner.attributes["share"]) == ("2020-01-31", True, "51")
    assert by_method["wikidata/P355"].ended
    assert by_method["wikidata/P355"].valid_to is None


def test_every_quote_stands_in_its_row(found):
    for row in found.rows:
        for claim in row.claims:
            for evidence in claim.evidence:
                assert row.document.text[evidence.start : evidence.end] == evidence.quote


def test_deprecated_statements_are_left_out_and_counted(found):
    assert "1 deprecated" in found.notices[0].reason
    assert "deprecated" not in found.row(1).document.text


def test_persons_are_skipped_and_nothing_is_said_of_an_owner_that_may_be_one(found):
    assert "Ozzz" not in repr(found.records)
    text = found.row(1).document.text
    assert not [q for q in ("Q900003", "Q900004", "Q900008") if q in text]
    reasons = " ".join(notice.reason for notice in found.notices)
    assert "a person, left out" in reasons
    assert "does not hold Q900008" in reasons
    assert [row.kind for row in found.aside.values()].count("individual") == 1


def test_countries_and_other_things_are_out_of_scope(found):
    reasons = [row.reason for row in found.aside.values() if row.kind == "out_of_scope"]
    assert reasons == ["a country, read for its code", "no sign of an organisation"]
    assert found.total == 6 == len(found.rows) + len(found.aside)


def test_a_property_that_only_organisations_have_tells_one(read, tmp_path):
    odd = item("Q900010", {"en": "Odd Body"}, P31="Q123123", P1454="Q1")
    assert read("wikidata", whole(tmp_path / "q.json", answer(odd), indent=1)).rows


def test_an_item_that_was_merged_is_known_by_its_old_id(read, tmp_path):
    child = item("Q900011", {"en": "Child Works"}, P31="Q783794", P749="Q899999")
    redirected = {"entities": {"Q899999": GROUP}}
    found = read("wikidata", lines(tmp_path / "q.jsonl", answer(child), redirected))
    assert found.claims(1) == {("Child Works", "affiliated_with", "Hexi Group")}


def test_empty_maps_come_as_lists(read, tmp_path):
    bare = item("Q900012", {}, P31="Q783794")
    named = item("Q900013", {"en": "Named Works"}, P31="Q783794")
    assert bare["labels"] == bare["aliases"] == []
    found = read("wikidata", lines(tmp_path / "q.jsonl", answer(bare), answer(named)))
    assert found.aside[1].reason == "an item without a name"
    assert len(found.rows) == 1


@pytest.mark.parametrize("gone", ["labels", "claims", "id"])
def test_a_changed_schema_stops_with_the_field(tmp_path, gone):
    made = item("Q900005", {"en": "Beihe Optics"}, P31="Q783794")
    del made[gone]
    path = lines(tmp_path / "q.jsonl", {"entities": {"Q900005": made}})
    with pytest.raises(UnknownLayout, match=gone) as caught:
        find_source("wikidata").read(path)
    assert "again" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "<html>error</html>",
        "[]",
        '{"batch": 1}',
        '{"entities": {"Q1": {"id": "Q1", "lab',
        "nothing",
    ],
)
def test_what_is_no_answer_of_wikidata_is_refused(tmp_path, text):
    path = tmp_path / "q.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UnknownLayout):
        find_source("wikidata").read(path)


def test_a_bad_item_among_good_ones_is_set_aside_without_its_text(read, tmp_path):
    bad = item("Q900020", {"en": "Bad"}, P31="Q5")
    bad["labels"] = {"en": 5}
    good = [answer(made) for made in EVERYONE]
    found = read("wikidata", lines(tmp_path / "q.jsonl", answer(bad), *good))
    assert (found.aside[1].kind, found.aside[1].text) == ("bad", "")


def test_a_line_cut_off_among_good_ones_is_set_aside(read, tmp_path):
    path = lines(tmp_path / "q.jsonl", *map(answer, EVERYONE))
    path.write_text(path.read_text("utf-8")[:-30], "utf-8")
    found = read("wikidata", path)
    assert (found.aside[6].kind, found.aside[6].text) == ("bad", "")
    assert found.total == 6


# --- asking -------------------------------------------------------------------------------------


class Service:
    """Serves items and answers of the query service, as Wikidata does."""

    def __init__(self, *items, **found):
        self.items = {made["id"]: made for made in items}
        self.found = found
        self.asked = []

    def get(self, url):
        self.asked.append(url)
        if "sparql" in url:
            query = parse_qs(urlsplit(url).query)["query"][0]
            ids = [q for value, q in self.found.items() if f'"{value}"' in query]
            rows = [{"item": {"type": "uri", "value": f"http://www.wikidata.org/entity/{q}"}}
                    for q in ids]  # fmt: skip
            answer_ = {"head": {"vars": ["item"]}, "results": {"bindings": rows}}
            return json.dumps(answer_).encode()
        id_ = url.rsplit("/", 1)[-1].removesuffix(".json")
        return json.dumps(answer(self.items.get(id_, item(id_, {})))).encode()


def test_items_are_found_by_id_ror_and_lei():
    service = Service(**{ror(104): "Q900005", "529900T8BM49AURSDO55": "Q900005"})
    asked = ["Q7", f"https://ror.org/{ror(104)}", "529900T8BM49AURSDO55"]
    assert find_items(service.get, asked) == ["Q7", "Q900005"]
    with pytest.raises(NotFound, match="no Wikidata item"):
        find_items(service.get, [ror(105)])
    with pytest.raises(UsageError, match="no Wikidata item, ROR id or LEI"):
        query_url("Beihe Optics")


@pytest.mark.parametrize("raw", [b"<html>", b'{"results": {}}', b'{"results":{"bindings":[{}]}}'])
def test_an_answer_that_is_no_sparql_result_stops(raw):
    with pytest.raises(UnknownLayout, match="SPARQL"):
        items_found(raw)


def test_what_is_fetched_holds_neighbours_and_of_persons_nothing_but_that_they_are(read, tmp_path):
    service = Service(*EVERYONE)
    target = tmp_path / "q.jsonl"
    assert write_items(item_answers(service.get, ["Q900005"]), target) == 7
    assert "Ozzz" not in target.read_text("utf-8")
    found = read("wikidata", target)
    assert ("Hexi Group", "owns", "Beihe Optics") in found.claims(1)
    assert [row.kind for row in found.aside.values()].count("individual") == 1


def test_a_changed_schema_leaves_the_last_good_file(tmp_path):
    target = tmp_path / "q.jsonl"
    write_items([json.dumps(answer(OPTICS)).encode()], target)
    before = target.read_bytes()
    changed = {**OPTICS, "labels": "Beihe Optics"}
    with pytest.raises(UnknownLayout, match="labels"):
        write_items([json.dumps(answer(changed)).encode()], target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_of_classes_is_checked():
    text = "kinds:\n  - {kind: company, classes: [Q1]}\n  - {kind: ngo, classes: [Q1]}\n"
    data = parse_data(text + "organisations: []\npersons: []\nsigns: []\n", file="c.yaml")
    with pytest.raises(DataFileError, match="`Q1` stands twice"):
        read_classes(data)


def test_statements_keep_their_order_whatever_the_order_of_the_answer(read, tmp_path):
    owners = [statement("Q900002", P1107="+0.2"), statement("Q900006", P1107="+0.3")]
    texts = set()
    for number, order in enumerate((owners, owners[::-1])):
        made = item("Q900030", {"en": "Order Works"}, P31="Q783794", P127=order)
        path = lines(tmp_path / f"{number}.jsonl", *map(answer, (made, *EVERYONE)))
        texts.add(read("wikidata", path).row(1).document.text)
    assert len(texts) == 1

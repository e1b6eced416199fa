"""The shipped pack: every fact is cited, named in its language, fitting, and in our own words."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from crosstie.ontology.datafiles import load_data
from crosstie.ontology.kinds import kinds
from crosstie.sources.starter import read_anchors
from crosstie.sources.starter_pack import StarterPack, load_pack, shipped_pack

_HAN = re.compile(r"[\u3400-\u9fff]")
_RUN = 12
# Bodies that teach, publish or speak for citizens are never anchors.
_NEVER_ANCHORS = {"university", "laboratory", "media", "ngo", "group", "intergovernmental_body"}


@cache
def pack() -> StarterPack:
    return load_pack()


def citations():
    loaded = pack()
    for entity in loaded.entities.values():
        yield entity.slug, entity.cited
    for tie in loaded.ties:
        yield tie.key, tie.cited


def test_every_fact_cites_a_source_with_title_publisher_address_and_date():
    for key, cited in citations():
        assert cited.title and cited.publisher, key
        assert re.fullmatch(r"https?://\S+", cited.url), key
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", cited.date), key


def test_every_source_of_the_file_is_cited_by_some_fact():
    sources = load_data(shipped_pack() / "sources.yaml")
    cited = {citation.title for _, citation in citations()}
    cited |= {anchor.title for anchor in read_anchors()}
    assert {source["title"] for source in sources} == cited


def test_every_name_has_the_language_it_is_written_in():
    for entity in pack().entities.values():
        for name in entity.names:
            assert name.language not in ("", "und"), entity.slug
            written_in_han = bool(_HAN.search(name.text))
            assert written_in_han == (name.language in ("zh", "ja")), (entity.slug, name.text)


def test_names_are_clean_text():
    for entity in pack().entities.values():
        for name in entity.names:
            assert name.text == " ".join(name.text.split()), entity.slug
            assert "�" not in name.text, entity.slug


def test_at_least_150_entities_have_both_a_chinese_and_an_english_name():
    both = [e for e in pack().entities.values() if {"en", "zh"} <= {n.language for n in e.names}]
    assert len(both) >= 150


def test_there_are_at_least_250_ties():
    assert len(pack().ties) >= 250


def test_no_two_entities_of_one_country_share_a_distinctive_name():
    # An acronym or a weak name may be shared; a primary name, an alias or a former one may not.
    seen = Counter(
        (entity.country, name.text.casefold())
        for entity in pack().entities.values()
        for name in entity.names
        if name.kind in ("primary", "alias", "former")
    )
    assert [name for name, count in seen.items() if count > 1] == []


def test_every_tie_runs_between_kinds_that_it_fits():
    for tie in pack().ties:
        subject, target = pack().entities[tie.subject], pack().entities[tie.object]
        assert kinds().tie(tie.kind).fits(subject.kind, target.kind), tie.key
        assert tie.subject != tie.object, tie.key


def test_every_statement_is_one_sentence_that_names_both_ends():
    for tie in pack().ties:
        assert tie.statement.endswith("."), tie.statement
        assert tie.statement[0].isupper(), tie.statement
        for slug in (tie.subject, tie.object):
            names = [name.text.casefold() for name in pack().entities[slug].names]
            assert any(name in tie.statement.casefold() for name in names), (slug, tie.statement)


def test_every_entity_stands_in_a_tie():
    tied = {tie.subject for tie in pack().ties} | {tie.object for tie in pack().ties}
    assert set(pack().entities) - tied == set()


def test_a_tie_that_ended_says_when():
    for tie in pack().ties:
        assert not tie.ended or tie.valid_to, tie.key
        assert tie.valid_to is None or tie.valid_from is None or tie.valid_from <= tie.valid_to


def test_the_ports_case_keeps_who_said_what():
    founded = next(tie for tie in pack().ties if tie.object == "doraleh-multi-purpose-terminal")
    assert founded.stance == "alleged"
    assert founded.attribution == ("indictment", "DP World", "Radio Free Asia")


def test_anchors_are_armed_services_their_commanders_and_state_defence_groups():
    for anchor in read_anchors():
        entity = pack().entities[anchor.slug]
        assert entity.kind not in _NEVER_ANCHORS, anchor.slug
        assert entity.tier == "ecosystem", anchor.slug
        if entity.kind in ("company", "research_institute"):
            assert re.search(r"state|nuclear weapons", anchor.why, re.IGNORECASE), anchor.slug


def test_every_anchor_is_cited_with_a_reason():
    for anchor in read_anchors():
        assert anchor.why.endswith("."), anchor.slug
        assert anchor.title and anchor.publisher and anchor.date, anchor.slug
        assert anchor.url.startswith("http"), anchor.slug


def test_no_anchor_set_is_tied_to_one_country():
    assert len({anchor.country for anchor in read_anchors()}) >= 5


def test_the_seven_universities_are_of_the_foundation_tier_and_no_anchors():
    seven = {tie.subject for tie in pack().ties if tie.object == "seven-sons-of-national-defence"}
    assert len(seven) == 7
    assert {pack().entities[slug].tier for slug in seven} == {"foundation"}
    assert seven.isdisjoint(anchor.slug for anchor in read_anchors())


def test_the_strategic_support_force_ended_in_april_2024():
    ended = [t for t in pack().ties if t.subject == "pla-strategic-support-force" and t.ended]
    assert [tie.valid_to for tie in ended] == ["2024-04-19"]


def test_no_entity_is_a_person():
    assert "person" not in {entity.kind for entity in pack().entities.values()}


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+|[\u3400-\u9fff]", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


@pytest.mark.shared
def test_no_sentence_shares_twelve_words_in_a_row_with_a_source_text(shared: Path):
    sources = [path.read_text(encoding="utf-8") for path in (shared / "corpus/seeds").glob("*.txt")]
    tracker = shared / "data/organisations/misp_china_defence_universities.json"
    entries = json.loads(tracker.read_text(encoding="utf-8"))["values"]
    sources += [entry["description"] for entry in entries]
    taken: set[tuple[str, ...]] = set().union(*(runs(text) for text in sources))
    ours = [tie.statement for tie in pack().ties]
    ours += [entity.description for entity in pack().entities.values() if entity.description]
    ours += [anchor.why for anchor in read_anchors()]
    assert [text for text in ours if runs(text) & taken] == []

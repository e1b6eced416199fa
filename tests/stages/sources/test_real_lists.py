"""The real lists, read whole: every row accounted for, every claim standing on its quotes."""

import re
from collections import Counter

import pytest
import yaml

from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import ListRow, SetAside
from crosstie.sources import find_source
from crosstie.sources.listed_names import listed_name
from crosstie.sources.persons import looks_like_person

CASES = {
    "csl-compact": ("us-csl", "lists/csl_compact_2026-07-31.json", None),
    "csl-lines": ("us-csl", "lists/csl_cn_hk_mo_tw_2026-07-31.jsonl", None),
    "csl-official": ("us-csl", "lists/csl_consolidated_2022-05-16.csv.gz", None),
    "csl-dirty": ("us-csl", "lists/csl_2023-11.csv", None),
    "ofac": ("ofac-nonsdn", "lists/CONS_ENHANCED_2025-02.ZIP", None),
    "tracker": (
        "china-defence-universities",
        "organisations/misp_china_defence_universities.json",
        "2020",
    ),
    "schools": ("cn-schools", "organisations/py92_cn_schools.csv", "2023"),
    "meti": ("meti-eul", "lists/meti_end_user_list_jp.json", None),
    "mofcom": ("mofcom", "lists/mofcom_lists_cn.json", None),
    "ror": ("ror", "organisations/ror_cn_hk_tw_mo.jsonl", None),
    "ftm": ("ftm", "ftm/yente_t1_entities.ftm.jsonl", None),
    "ftm-delta": ("ftm", "ftm/yente_t2_delta.jsonl", None),
    "ftm-donations": ("ftm", "ftm/nomenklatura_donations.ijson", "2013"),
}
# Rows of each file as its publisher or a plain count gives them.
TOTALS = {
    "csl-compact": 25_921,
    "csl-lines": 2_778,
    "csl-official": 14_160,
    "csl-dirty": 4_228,
    "ofac": 443,
    "tracker": 159,
    "schools": 2_779,
    "meti": 835,
    "mofcom": 240,
    "ror": 2_503,
    "ftm": 7,
    "ftm-delta": 2,
    "ftm-donations": 474,
}


class Real:
    """One real list, read to its end."""

    def __init__(self, shared, case):
        source_id, path, as_of = CASES[case]
        reading = find_source(source_id).read(shared / "data" / path, as_of=as_of)
        self.version, self.total = reading.version, reading.total
        records = list(reading.rows)
        self.rows = [r for r in records if isinstance(r, ListRow)]
        self.aside = [r for r in records if isinstance(r, SetAside)]
        self.notices = [r for r in records if not isinstance(r, ListRow | SetAside)]
        self.by_key = {row.key: row for row in self.rows}


@pytest.fixture(scope="module")
def real(shared):
    read = {}

    def of(case):
        if case not in read:
            read[case] = Real(shared, case)
        return read[case]

    return of


@pytest.mark.parametrize("case", CASES)
def test_every_row_is_taken_in_or_set_aside_once(real, case):
    found = real(case)
    assert found.total == TOTALS[case]
    numbers = sorted([r.number for r in found.rows] + [r.number for r in found.aside])
    assert numbers == list(range(1, found.total + 1))
    assert len(found.by_key) == len(found.rows)


@pytest.mark.parametrize("case", CASES)
def test_every_claim_is_quoted_and_fits_its_kind(real, case):
    for row in real(case).rows:
        mentions = {mention.id: mention for mention in row.mentions}
        assert mentions, row.key
        for mention in row.mentions:
            assert row.document.text[mention.start : mention.end] == mention.quote
            assert all(name.text.strip() for name in mention.names)
        for claim in row.claims:
            subject, other = mentions[claim.subject], mentions[claim.object]
            assert kinds().tie(claim.predicate).fits(subject.kind, other.kind), row.key
            for evidence in claim.evidence:
                row.document.verify(evidence)


@pytest.mark.parametrize("case", CASES)
def test_no_person_is_kept_by_name(real, case):
    found = real(case)
    assert not any(row.text for row in found.aside if row.kind == "individual")
    assert not any(mention.kind == "person" for row in found.rows for mention in row.mentions)


@pytest.mark.parametrize("case", CASES)
def test_bad_rows_say_what_is_wrong_in_a_few_words(real, case):
    for row in real(case).aside:
        assert 0 < len(row.reason) <= 160
        assert "\n" not in row.reason


def test_the_four_csl_files_are_told_apart_and_dated(real):
    assert {case: real(case).version.layout for case in CASES if case.startswith("csl")} == {
        "csl-compact": "compact JSON",
        "csl-lines": "JSON lines",
        "csl-official": "official CSV",
        "csl-dirty": "official CSV with stray rows",
    }
    assert {case: real(case).version.as_of for case in CASES if case.startswith("csl")} == {
        "csl-compact": "2026-07-31",
        "csl-lines": "2026-07-31",
        "csl-official": "2022-05-16",
        "csl-dirty": "2023-11",
    }


def test_a_part_of_a_list_says_so_and_the_whole_does_not(real):
    assert real("csl-compact").version.scope == ""
    assert real("csl-official").version.scope == ""
    assert real("csl-lines").version.scope.startswith("countries CN, HK")
    assert "breaks off" in real("csl-dirty").version.scope
    assert real("ror").version.scope == "countries CN, HK, MO, TW"


def test_the_countries_file_is_the_same_rows_as_the_whole_list(real):
    whole, part = real("csl-compact").by_key, real("csl-lines").by_key
    assert set(part) <= set(whole)
    assert all(whole[key].document.id == row.document.id for key, row in part.items())


def test_most_rows_keep_their_key_over_four_years_and_two_layouts(real):
    old, new = set(real("csl-official").by_key), set(real("csl-compact").by_key)
    assert len(old & new) / len(old) > 0.85


def test_the_dirty_file_loses_its_header_and_its_cut_row_and_no_other(real):
    found = real("csl-dirty")
    reasons = Counter(row.reason for row in found.aside if row.kind != "individual")
    assert reasons == {
        "a vessel": 3,
        "a repeated header": 1,
        "the row has 8 columns, not 29": 1,
    }
    # The cut row is a person's: what is wrong is kept, and not whose row it is.
    assert [row.text for row in found.aside if row.kind == "bad"] == [""]


def test_the_three_impossible_dates_are_noticed_and_their_rows_stay(real):
    found = real("csl-official")
    assert [n.number for n in found.notices] == [1752, 1753, 9901]
    assert {1752, 1753, 9901} <= {row.number for row in found.rows}


def test_cmic_listings_are_dated_by_the_column_that_holds_the_date(real):
    row = real("csl-official").by_key["CMIC:30882"]
    assert row.claims[0].valid_from == "2021-06-03"
    mention = row.mentions[0]
    assert ("uscc", "9111000071093019X7") in {(i.scheme, i.value) for i in mention.identifiers}


def test_ofac_and_csl_share_the_number_of_an_entry(real):
    ofac = {
        i.value
        for row in real("ofac").rows
        for i in row.mentions[0].identifiers
        if i.scheme == "ofac"
    }
    csl = {
        i.value
        for row in real("csl-compact").rows
        for i in row.mentions[0].identifiers
        if i.scheme == "ofac"
    }
    assert len(ofac & csl) / len(ofac) > 0.95


def test_institutes_inside_csl_names_are_tied_to_their_groups(real):
    ties = {}
    for row in real("csl-compact").rows:
        names = {mention.id: mention.names[0].text for mention in row.mentions}
        for claim in row.claims:
            if claim.predicate != "designated":
                ties.setdefault(names[claim.object], set()).add(names[claim.subject])
    group = "China Electronics Technology Group Corporation"
    assert f"{group} 13th Research Institute" in ties[group]
    assert "Envoltek" in ties[f"{group} 13th Research Institute"]
    academy = "China Aerospace Science and Industry Corporation Second Academy"
    assert f"{academy} 204th Research Institute" in ties[academy]
    assert sum(len(children) for children in ties.values()) > 100


def test_the_tracker_has_its_supervisors_laboratories_and_sons(real):
    claims = [claim for row in real("tracker").rows for claim in row.claims]
    counts = Counter(claim.predicate for claim in claims)
    assert counts["supervises"] > 300
    assert counts["member_of"] == 7
    laboratories = [c for c in claims if c.method.endswith("/laboratory")]
    # 298 entries, of which some comment on the laboratory before them.
    assert 240 <= len(laboratories) < 298
    assert len(real("tracker").notices) + len(laboratories) == 298


def test_school_flags_count_as_the_columns_do(real):
    claims = Counter(
        row.document.text[m.start : m.end]
        for row in real("schools").rows
        for m in row.mentions
        if m.kind == "programme"
    )
    assert claims == {"985": 39, "211": 115, "双一流": 147}


def test_meti_names_in_japanese_forms_are_marked_as_such(real):
    languages = {
        name.text: name.language
        for row in real("meti").rows
        for name in row.mentions[0].names
        if name.language != "en"
    }
    assert languages["中国電子科技集団公司第十四研究所"] == "ja"
    assert languages["浙江轻机实业有限公司"] == "zh"
    assert languages["大眾科技有限公司"] == "zh-Hant"
    assert all(row.mentions[0].country for row in real("meti").rows)
    assert len(real("meti").notices) == 37


def test_ror_withdrawn_records_go_and_inactive_ones_stay(real):
    found = real("ror")
    assert Counter(row.reason for row in found.aside) == {"withdrawn by ROR": 40}
    inactive = [row for row in found.rows if row.mentions[0].description]
    assert len(inactive) == 24
    assert all(claim.ended for row in inactive for claim in row.claims)


def test_persons_are_told_from_organisations_as_well_as_measured(real):
    """On Treasury's rows, which say what they are, the judgement by name can be checked."""
    organisations = [row for row in real("csl-compact").rows if row.key.startswith("SDN:")]
    wrong = sum(
        looks_like_person(
            row.mentions[0].names[0].text, [n.text for n in row.mentions[0].names[1:]]
        )
        for row in organisations
    )
    assert len(organisations) > 9_000
    assert wrong / len(organisations) < 0.04


def test_names_come_apart_as_people_took_them_apart(shared):
    """OpenSanctions' hand-made answers for names of this list that hold more than a name."""
    path = shared / "data" / "pairs" / "opensanctions_us_trade_csl_lookups.yml"
    answers = yaml.safe_load(path.read_text("utf-8"))["lookups"]["name_with_info_res"]["options"]
    missed = []
    for answer in answers:
        text, wanted = answer["match"], answer["properties"]
        found = listed_name(text)
        names = {_key(name.text) for name in found.names} | {_key(text[found.start : found.end])}
        parents = {_key(name.text) for name in found.parent.names} if found.parent else set()
        if _key(wanted["name"]) not in names and _key(_bare(wanted["name"])) not in names:
            missed.append(text)
        if "related" in wanted and _key(_bare(wanted["related"])) not in parents:
            missed.append(text)
        if "previous_name" in wanted and _key(wanted["previous_name"]) not in names:
            missed.append(text)
    assert len(answers) == 111
    assert missed == []


def _key(name):
    """Fold a name to its words: people write "23rd Institute of the Group", lists the reverse."""
    return "".join(sorted(w for w in re.findall(r"\w+", name.lower()) if w not in ("of", "the")))


def _bare(name):
    return re.sub(r" \([^()]*\)$", "", name)

"""OpenAlex works and institutions: pairs of institutions, no authors, and what is not read."""

import gzip
import json

import pytest

from crosstie.ontology.errors import InputError, UnknownLayout
from crosstie.sources import find_source
from crosstie.sources.openalex_records import names_person
from tests.unit.sources.openalex_made import (
    AUTHORS,
    HEXI,
    OPTICS,
    SELIM,
    YUNMEN,
    institution,
    lines,
    page,
    ror,
    whole,
    work,
)


def test_a_work_ties_each_pair_of_its_institutions_once(read, tmp_path):
    found = read("openalex", whole(tmp_path / "w.json", page(work(1, [YUNMEN], [HEXI], [SELIM]))))
    assert found.claims(1) == {
        ("Hexi Institute of Radar", "co_published", "Yunmen University"),
        ("Hexi Institute of Radar", "co_published", "Selim University"),
        ("Selim University", "co_published", "Yunmen University"),
    }
    assert len(found.row(1).claims) == 3


def test_every_quote_stands_in_the_row_and_names_work_and_both_ends(read, tmp_path):
    row = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [HEXI]))).row(1)
    (claim,) = row.claims
    for evidence in claim.evidence:
        assert row.document.text[evidence.start : evidence.end] == evidence.quote
    said = "\n".join(evidence.quote for evidence in claim.evidence)
    for words in ("10.5555/made.1", "BeiDou", "2024-03-09", "Yunmen University", "Hexi Institute"):
        assert words in said


def test_a_claim_tells_doi_year_topic_and_field(read, tmp_path):
    row = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [HEXI]))).row(1)
    assert row.claims[0].attributes == {
        "doi": "https://doi.org/10.5555/made.1",
        "year": "2024",
        "topic": "GNSS positioning and interference",
        "field": "Engineering",
    }
    assert row.claims[0].valid_from == "2024-03-09"
    assert row.document.url == "https://doi.org/10.5555/made.1"


def test_an_author_at_both_is_told_without_the_author(read, tmp_path):
    found = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN, HEXI], [SELIM])))
    row = found.row(1)
    names = {m.id: m.names[0].text for m in row.mentions}
    both = [c for c in row.claims if "co_affiliation" in c.attributes]
    assert [{names[c.subject], names[c.object]} for c in both] == [
        {"Yunmen University", "Hexi Institute of Radar"}
    ]
    assert "one author gives both: Hexi Institute of Radar and Yunmen University" in (
        row.document.text
    )


def test_one_institution_named_twice_is_no_partner_of_itself(read, tmp_path):
    again = {**YUNMEN, "id": "https://openalex.org/I999"}
    found = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [again], [HEXI])))
    assert found.claims(1) == {("Hexi Institute of Radar", "co_published", "Yunmen University")}


def test_a_part_and_its_whole_are_marked(read, tmp_path):
    part = institution("Yunmen University Hospital", 201, above=(101,))
    row = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [part]))).row(1)
    assert "part_of" in row.claims[0].attributes


def test_institutions_carry_ror_country_and_kind(read, tmp_path):
    row = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [OPTICS]))).row(1)
    by_name = {m.names[0].text: m for m in row.mentions}
    assert by_name["Yunmen University"].kind == "university"
    assert by_name["Yunmen University"].country == "CN"
    assert by_name["Yunmen University"].identifiers[0].value == ror(101)
    # The country that the register adds to companies' names is no part of the name.
    assert by_name["Beihe Optics"].kind == "company"


def test_institutions_without_ror_keep_their_openalex_id(read, tmp_path):
    bare = institution("Donghe Works", 301, with_ror=False)
    row = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [bare]))).row(1)
    mention = next(m for m in row.mentions if m.names[0].text == "Donghe Works")
    assert [(i.scheme, i.value) for i in mention.identifiers] == [("openalex", "I301")]


def test_an_institution_record_gives_all_names_and_no_claim(read, tmp_path):
    record = {
        **YUNMEN,
        "homepage_url": "https://www.yunmen.example/en",
        "display_name_acronyms": ["YMU"],
        "display_name_alternatives": ["University of Yunmen"],
        "international": {"display_name": {"zh": "云门大学", "en": "Yunmen University"}},
        "associated_institutions": [{"relationship": "child", **HEXI}],
        "updated_date": "2026-02-03T00:00:00",
    }
    found = read("openalex", whole(tmp_path / "i.json", page(record)))
    names = found.names(1)
    assert names["云门大学"].language == "zh"
    assert names["YMU"].kind == "acronym"
    assert names["University of Yunmen"].kind == "alias"
    assert found.row(1).claims == ()
    schemes = {(i.scheme, i.value) for i in found.row(1).mentions[0].identifiers}
    assert schemes == {("ror", ror(101)), ("domain", "yunmen.example")}
    assert found.version.as_of == "2026-02-03"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"is_retracted": True}, "retracted"),
        ({"is_paratext": True}, "paratext"),
        ({"authorships": []}, "one institution or none"),
    ],
)
def test_what_is_no_joint_paper_is_out_of_scope(read, tmp_path, values, reason):
    found = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [HEXI], **values)))
    assert found.aside[1].kind == "out_of_scope"
    assert found.aside[1].reason.startswith(reason)


def test_twenty_institutions_count_and_twenty_one_do_not(read, tmp_path):
    many = [institution(f"Institute {n}", 400 + n) for n in range(21)]
    found = read(
        "openalex", lines(tmp_path / "w.jsonl", work(1, many[:20]), work(2, many), work(3, [HEXI]))
    )
    assert len(found.row(1).claims) == 190
    assert "more than 20 institutions" in found.aside[2].reason
    assert found.total == 3 == len(found.rows) + len(found.aside)


def test_pages_lines_and_gzip_read_the_same(read, tmp_path):
    works = [work(n, [YUNMEN], [HEXI]) for n in range(1, 4)]
    plain = lines(tmp_path / "a.jsonl", *works)
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    files = [
        (plain, "JSON lines"),
        (packed, "JSON lines"),
        (lines(tmp_path / "c.json", page(*works[:2]), page(works[2])), "pages, one a line"),
        (whole(tmp_path / "d.json", page(*works), indent=2), "one page"),
    ]
    read_rows = []
    for path, layout in files:
        found = read("openalex", path)
        assert found.version.layout == layout
        read_rows.append([(r.key, r.number, r.document.id) for r in found.rows])
    assert read_rows[0] == read_rows[1] == read_rows[2] == read_rows[3]


def test_a_file_is_a_part_of_openalex_named_after_whose_works_it_holds(read, tmp_path):
    path = lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [HEXI]), work(2, [YUNMEN], [SELIM]))
    assert read("openalex", path).version.scope == "works of Yunmen University"
    mixed = lines(tmp_path / "x.jsonl", work(1, [YUNMEN], [HEXI]), work(2, [OPTICS], [SELIM]))
    assert read("openalex", mixed).version.scope == "2 works"


def test_the_same_work_in_two_pages_counts_once(read, tmp_path):
    other = work(1, [YUNMEN], [HEXI], title="Another wording")
    found = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [HEXI]), other))
    assert len(found.rows) == 1
    assert "stands in the file before" in found.aside[2].reason


def test_pages_that_hold_fewer_works_than_openalex_counts_are_noticed(read, tmp_path):
    path = whole(tmp_path / "w.json", page(work(1, [YUNMEN], [HEXI]), count=400))
    notices = [n.reason for n in read("openalex", path).notices]
    assert notices == ["OpenAlex counts 400 records and these pages hold 1"]


def test_works_that_say_nothing_of_retraction_are_noticed(read, tmp_path):
    bare = work(1, [YUNMEN], [HEXI])
    del bare["is_retracted"]
    found = read("openalex", lines(tmp_path / "w.jsonl", bare))
    assert "is_retracted" in found.notices[0].reason


# --- authors are nowhere --------------------------------------------------------------------------


def test_no_author_stands_in_any_row(read, tmp_path):
    broken = json.dumps(work(9, [YUNMEN], [HEXI]))[:-40]
    path = lines(
        tmp_path / "w.jsonl",
        work(1, [YUNMEN], [HEXI], [SELIM], [OPTICS]),
        work(2, [YUNMEN], [HEXI], title=7),
        *(work(n, [YUNMEN], [HEXI], [SELIM], [OPTICS]) for n in (3, 4, 5)),
    )
    path.write_text(path.read_text("utf-8") + broken + "\n", "utf-8")
    found = read("openalex", path)
    stored = repr(found.records)
    assert not [name for name in (*AUTHORS, "orcid", "Room 5") if name in stored]
    assert [found.aside[n].kind for n in (2, 6)] == ["bad", "bad"]


@pytest.mark.parametrize(
    "title", ["In memory of Qiaodan Xufeng", "钱朵朵论文选", "Letters of Brunhild Ozzz, edited"]
)
def test_a_title_that_names_an_author_is_left_out(read, tmp_path, title):
    made = work(1, [YUNMEN], [HEXI], [SELIM], [OPTICS], title=title, display_name=title)
    found = read("openalex", lines(tmp_path / "w.jsonl", made))
    assert title not in repr(found.records)
    assert "names an author" in found.notices[0].reason
    assert found.row(1).claims


def test_a_name_inside_another_word_is_no_name():
    assert not names_person("Lithium weighing", ["Li Wei", "Thi"])
    assert names_person("Notes by Thi on lithium", ["Thi"])


def test_records_of_authors_are_refused(read, tmp_path):
    author = {"id": "https://openalex.org/A5", "display_name": AUTHORS[0]}
    with pytest.raises(UnknownLayout, match="persons are not read") as caught:
        read("openalex", lines(tmp_path / "a.jsonl", author, author))
    assert AUTHORS[0] not in str(caught.value)


# --- dirty input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"title": None, "display_name": None},
        {"doi": None},
        {"doi": "not a doi"},
        {"primary_topic": None},
        {"primary_topic": {"display_name": None, "field": None}},
        {"publication_date": None},
        {"publication_date": "soon", "publication_year": 2023},
        {"publication_date": None, "publication_year": None},
        {"language": None},
        {"type": None},
        {"title": "two\nlines\tand  spaces"},
    ],
)
def test_a_work_that_lacks_something_still_ties_its_institutions(read, tmp_path, values):
    row = read("openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN], [HEXI], **values))).row(1)
    assert len(row.claims) == 1
    assert row.document.title
    assert all("None" not in value for value in row.claims[0].attributes.values())


def test_institutions_that_are_empty_or_nameless_are_left_out_with_a_notice(read, tmp_path):
    nameless = {**SELIM, "display_name": None}
    empty = {"id": None, "display_name": None}
    found = read(
        "openalex", lines(tmp_path / "w.jsonl", work(1, [YUNMEN, empty], [HEXI, nameless]))
    )
    assert found.claims(1) == {("Hexi Institute of Radar", "co_published", "Yunmen University")}
    assert "without a name" in found.notices[0].reason


@pytest.mark.parametrize(
    "values",
    [
        {"title": 12},
        {"authorships": "nobody"},
        {"authorships": [{"institutions": ["Yunmen"]}]},
        {"publication_year": "2024"},
        {"id": 7},
    ],
)
def test_a_wrong_type_sets_one_work_aside_and_the_rest_goes_on(read, tmp_path, values):
    bad = work(1, [YUNMEN], [HEXI], **values)
    good = [work(n, [YUNMEN], [HEXI]) for n in (2, 3, 4)]
    found = read("openalex", lines(tmp_path / "w.jsonl", bad, *good))
    assert len(found.rows) == 3
    assert found.aside[1].kind == "bad"
    assert found.aside[1].text == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda w: w.pop("authorships"), "authorships"),
        (lambda w: w["authorships"][0].pop("institutions"), "institutions"),
        (lambda w: w.update(id={"openalex": "W1"}), "id"),
        (lambda w: w.update(primary_topic="GNSS"), "primary_topic"),
    ],
)
def test_a_changed_schema_stops_with_the_field_and_the_remedy(tmp_path, change, named):
    works = [work(n, [YUNMEN], [HEXI]) for n in range(4)]
    for made in works:
        change(made)
    path = lines(tmp_path / "w.jsonl", *works)
    with pytest.raises(UnknownLayout, match=named) as caught:
        find_source("openalex").read(path)
    assert "newer Crosstie" in caught.value.remedy
    assert not [name for name in AUTHORS if name in str(caught.value)]


def test_pages_without_results_stop(tmp_path):
    path = whole(tmp_path / "w.json", {"meta": {"count": 5}, "items": []})
    with pytest.raises(UnknownLayout, match="`results` is missing"):
        find_source("openalex").read(path)


def test_a_refusal_of_the_api_is_repeated(tmp_path):
    refusal = {"error": "Invalid query parameters error.", "message": "rors is not a field"}
    with pytest.raises(UnknownLayout, match="rors is not a field"):
        find_source("openalex").read(whole(tmp_path / "w.json", refusal))


@pytest.mark.parametrize("indent", [None, 2])
def test_a_page_cut_in_half_stops_and_says_so(tmp_path, indent):
    whole(tmp_path / "w.json", page(*(work(n, [YUNMEN], [HEXI]) for n in range(50))), indent=indent)
    raw = (tmp_path / "w.json").read_bytes()
    (tmp_path / "w.json").write_bytes(raw[: len(raw) // 2])
    with pytest.raises(InputError, match="cut off"):
        find_source("openalex").read(tmp_path / "w.json")


def test_a_page_cut_in_half_among_whole_ones_stops_too(tmp_path):
    path = lines(tmp_path / "w.json", *(page(work(n, [YUNMEN], [HEXI])) for n in range(3)))
    path.write_text(path.read_text("utf-8")[:-200], "utf-8")
    with pytest.raises(InputError, match="page 3"):
        find_source("openalex").read(path)


def test_a_web_page_is_no_list(tmp_path):
    path = tmp_path / "w.json"
    path.write_text("<!DOCTYPE html><title>502 Bad Gateway</title>", "utf-8")
    with pytest.raises(UnknownLayout, match="web page"):
        find_source("openalex").read(path)


@pytest.mark.parametrize("text", ["[]", "hello", '{"a": 1}', '{"meta": {}, "results": []}'])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "w.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UnknownLayout):
        find_source("openalex").read(path)


def test_a_gzip_cut_in_half_is_refused(tmp_path):
    plain = lines(tmp_path / "w.jsonl", *(work(n, [YUNMEN], [HEXI]) for n in range(200)))
    packed = gzip.compress(plain.read_bytes())
    (tmp_path / "w.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError, match="damaged or cut off"):
        find_source("openalex").read(tmp_path / "w.jsonl.gz")

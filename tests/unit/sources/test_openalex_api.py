"""Paging through OpenAlex with a cursor, and the file that is written of it."""

import gzip
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crosstie.ontology.errors import InputError, UnknownLayout, UsageError
from crosstie.sources.openalex_api import (
    institution_record,
    institution_url,
    ror_of,
    works_pages,
    works_url,
    write_works,
)
from tests.unit.sources.openalex_made import AUTHORS, HEXI, SELIM, YUNMEN, page, ror, work

ROR = ror(101)


class Api:
    """Serves pages as OpenAlex does: each answer says where the next begins."""

    def __init__(self, *pages):
        self.pages = pages
        self.asked = []

    def get(self, url):
        query = parse_qs(urlsplit(url).query)
        self.asked.append(query)
        place = 0 if query["cursor"] == ["*"] else int(query["cursor"][0].removeprefix("at"))
        made = self.pages[place]
        return made if isinstance(made, bytes) else json.dumps(made).encode()


def three_pages():
    works = [work(n, [YUNMEN], [HEXI]) for n in range(5)]
    return (
        page(*works[:2], count=5, cursor="at1"),
        page(*works[2:4], count=5, cursor="at2"),
        page(works[4], count=5, cursor=None),
    )


def test_pages_follow_the_cursor_to_the_last(tmp_path):
    api = Api(*three_pages())
    written = write_works(works_pages(api.get, ROR, since=2021), tmp_path / "w.jsonl")
    assert (written.works, written.pages, written.counted) == (5, 3, 5)
    assert [q["cursor"] for q in api.asked] == [["*"], ["at1"], ["at2"]]
    assert api.asked[0]["filter"] == [
        f"authorships.institutions.ror:https://ror.org/{ROR},from_publication_date:2021-01-01"
    ]


def test_what_is_written_reads_as_what_was_served_and_names_no_author(read, tmp_path):
    api = Api(*three_pages())
    write_works(works_pages(api.get, ROR), tmp_path / "w.jsonl")
    text = (tmp_path / "w.jsonl").read_text("utf-8")
    assert not [name for name in (*AUTHORS, "orcid", "Room 5", "A0") if name in text]
    served = tmp_path / "served.json"
    served.write_text(json.dumps(page(*(work(n, [YUNMEN], [HEXI]) for n in range(5)))), "utf-8")
    ours, theirs = read("openalex", tmp_path / "w.jsonl"), read("openalex", served)
    assert [r.document.id for r in ours.rows] == [r.document.id for r in theirs.rows]


def test_a_title_that_names_an_author_does_not_reach_the_file(read, tmp_path):
    title = f"Obituary: {AUTHORS[0]}"
    made = work(1, [YUNMEN], [HEXI], title=title, display_name=title)
    write_works([json.dumps(page(made)).encode()], tmp_path / "w.jsonl")
    assert AUTHORS[0] not in (tmp_path / "w.jsonl").read_text("utf-8")
    assert "names an author" in read("openalex", tmp_path / "w.jsonl").notices[0].reason


def test_equal_works_make_equal_packed_files(tmp_path):
    raw = [json.dumps(made).encode() for made in three_pages()]
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        write_works(raw, tmp_path / name)
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    assert len(gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).splitlines()) == 5


def test_an_empty_page_ends_the_list():
    api = Api(page(work(1, [YUNMEN], [SELIM]), cursor="at1"), page(cursor="at0"))
    assert len(list(works_pages(api.get, ROR))) == 1


def test_a_run_goes_on_from_a_cursor():
    api = Api(*three_pages())
    assert len(list(works_pages(api.get, ROR, cursor="at1"))) == 2


def test_a_list_that_ends_too_early_stops_and_leaves_no_file(tmp_path):
    early = page(*(work(n, [YUNMEN], [HEXI]) for n in range(50)), count=400, cursor=None)
    with pytest.raises(InputError, match="counts 400 works and served 50"):
        write_works(works_pages(Api(early).get, ROR), tmp_path / "w.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_the_institution_itself_stands_before_its_works(read, tmp_path):
    own = {**YUNMEN, "international": {"display_name": {"zh": "云门大学"}}}
    record = institution_record(lambda url: json.dumps(own, indent=2).encode(), ROR)
    pages = [json.dumps(page(work(1, [YUNMEN], [HEXI]))).encode()]
    write_works(pages, tmp_path / "w.jsonl", institutions=[record])
    found = read("openalex", tmp_path / "w.jsonl")
    assert [row.key for row in found.rows] == ["I101", "W1"]
    assert "云门大学" in found.names(1)


@pytest.mark.parametrize(
    "answer", [b"<html>404</html>", b'{"error": "not found"}', json.dumps(work(1)).encode()]
)
def test_what_is_no_record_of_an_institution_stops(answer):
    with pytest.raises(UnknownLayout, match="no record of an institution"):
        institution_record(lambda url: answer, ROR)


def test_a_cursor_that_does_not_move_stops():
    api = Api(page(work(1, [YUNMEN], [HEXI]), cursor="at0"))
    with pytest.raises(InputError, match="again and again"):
        list(works_pages(api.get, ROR))


@pytest.mark.parametrize("broken", ["meta", "next_cursor"])
def test_a_page_that_does_not_say_where_the_next_begins_stops(broken):
    made = page(work(1, [YUNMEN], [HEXI]))
    made.pop("meta") if broken == "meta" else made["meta"].pop("next_cursor")
    with pytest.raises(UnknownLayout, match=r"meta\.next_cursor"):
        list(works_pages(Api(made).get, ROR))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"<html>502</html>", InputError),
        (b'{"meta": {"count": 1}, "results": [{"id": "https', InputError),
        (b'{"error": "too many", "message": "slow down"}', UnknownLayout),
        (b"", InputError),
    ],
)
def test_a_broken_answer_stops_and_leaves_no_file(tmp_path, answer, error):
    first = three_pages()[0]
    with pytest.raises(error):
        write_works(works_pages(Api(first, answer).get, ROR), tmp_path / "w.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_last_good_file_stays_when_the_schema_changes(tmp_path):
    target = tmp_path / "w.jsonl"
    write_works([json.dumps(three_pages()[2]).encode()], target)
    before = target.read_bytes()
    changed = work(7, [YUNMEN])
    changed["contributions"] = changed.pop("authorships")
    with pytest.raises(UnknownLayout, match="authorships"):
        write_works([json.dumps(page(changed)).encode()], target)
    assert target.read_bytes() == before


def test_ror_ids_are_told_from_other_words():
    assert ror_of(f" https://ror.org/{ROR.upper()} ") == ROR
    assert works_url(ROR, key="mine").endswith("&api_key=mine")
    assert institution_url(ROR).endswith(f"/institutions/https://ror.org/{ROR}")
    with pytest.raises(UsageError, match="no ROR id"):
        ror_of("Yunmen University")

"""Real editions, served as their publishers serve them, become editions of the workspace."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from crosstie.ontology.errors import UsageError
from crosstie.sources import openalex_api, wikidata_api
from crosstie.sources.fetching import recipes
from crosstie.store import Store
from crosstie.workspace.fetched_evidence import archive_of
from crosstie.workspace.fetched_interfaces import Choice
from crosstie.workspace.fetched_lists import ListFetch, edition_name
from crosstie.workspace.fetching import Fetching
from crosstie.workspace.opened import Opened
from tests.stages.fetching.conftest import NOW
from tests.stages.fetching.site import breaking_off, good, in_turn, redirect
from tests.unit.sources import openalex_made, wikidata_made


@pytest.fixture
def opened(tmp_path):
    store = Store.open(tmp_path / "w.db")
    yield Opened(store, now=lambda: NOW, progress=lambda *_: None)
    store.close()


@pytest.fixture
def lists(opened, fetcher):
    return ListFetch(opened, fetcher())


def at(url):
    return Choice(address=url)


@pytest.mark.shared
def test_the_consolidated_screening_list_of_2022_and_of_2026(shared, site, lists):
    raw = (shared / "data/lists/csl_consolidated_2022-05-16.csv.gz").read_bytes()
    modified = "Mon, 16 May 2022 09:00:00 GMT"
    url = site.serve("/v1/consolidated.csv", raw, modified=modified)
    found = lists.run(recipes()["us-csl"], at(url))
    assert (found.outcome, found.load.as_of) == ("loaded", "2022-05-16")
    assert (found.load.layout, found.load.bad, found.load.scope) == ("official CSV", 0, "")
    assert found.sha256 == hashlib.sha256(raw).hexdigest()
    again = lists.run(recipes()["us-csl"], at(url))
    assert (again.outcome, again.in_force) == ("unchanged", "2022-05-16")
    # Four years on, in another layout.
    raw = (shared / "data/lists/csl_compact_2026-07-31.json").read_bytes()
    url = site.serve("/compact.json", raw, media="application/json")
    newer = lists.run(recipes()["us-csl"], at(url))
    assert (newer.outcome, newer.load.as_of) == ("loaded", "2026-07-31")
    assert newer.load.added > 1_000


@pytest.mark.shared
def test_ofac_s_list_behind_a_redirect_and_cut_short_once(shared, site, lists):
    raw = (shared / "data/lists/CONS_ENHANCED_2025-02.ZIP").read_bytes()
    site.answers["/exports/CONS_ENHANCED.XML"] = redirect("/stored/CONS_ENHANCED.ZIP")
    site.answers["/stored/CONS_ENHANCED.ZIP"] = in_turn(
        breaking_off(raw, 100_000, how="hang_up", ETag='"x"'),
        good(raw, etag='"x"', media="application/zip"),
    )
    found = lists.run(recipes()["ofac-nonsdn"], at(site.url("/exports/CONS_ENHANCED.XML")))
    assert found.outcome == "loaded", found.message
    assert found.load.as_of.startswith("2025-")
    assert any("range" in headers for _, headers in site.asked)


@pytest.mark.shared
def test_the_end_user_list_from_an_address_of_the_user_s(shared, site, lists):
    raw = (shared / "data/lists/meti_end_user_list_jp.json").read_bytes()
    url = site.serve("/jp.json", raw, media="application/json")
    found = lists.run(recipes()["meti-eul"], at(url))
    assert found.outcome == "loaded", found.message
    assert found.load.rows_in + found.load.individuals == 835


@pytest.mark.shared
def test_the_registry_of_research_organisations_by_its_index(shared, site, lists):
    lines = (shared / "data/organisations/ror_cn_hk_tw_mo.jsonl").read_text("utf-8").splitlines()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.74-2025-11-24-ror-data.json", f"[{','.join(lines)}]")
    file = "/api/records/9/files/v1.74-2025-11-24-ror-data.zip/content"
    checksum = f"md5:{hashlib.md5(out.getvalue(), usedforsecurity=False).hexdigest()}"
    entry = {"links": {"self": site.serve(file, out.getvalue())}, "checksum": checksum}
    index = json.dumps({"hits": {"hits": [{"files": [entry]}]}}).encode()
    url = site.serve("/api/communities/ror-data/records", index, media="application/json")
    recipe = recipes()["ror"]
    recipe = replace(recipe, index=replace(recipe.index, url=url), at_least_bytes=0)
    refused = lists.run(recipe, Choice())
    # Four countries are no whole registry; what is tried here is all that leads up to that.
    assert "it is only a part of the list" in refused.message
    found = lists.run(replace(recipe, whole=False), Choice())
    assert found.outcome == "loaded", found.message
    assert found.load.as_of == "2025-11-24"


@pytest.mark.shared
def test_a_licensed_copy_of_opensanctions_from_a_file(shared, lists, tmp_path):
    copy = tmp_path / "entities.ftm.json"
    copy.write_bytes((shared / "data/ftm/yente_t1_entities.ftm.jsonl").read_bytes())
    found = lists.run(recipes()["opensanctions"], at(str(copy)))
    assert found.outcome == "loaded", found.message
    assert found.load.rows_in > 0 and found.archived is None


def test_a_file_that_is_not_there_is_said_to_be_so(lists):
    found = lists.run(recipes()["opensanctions"], at("nowhere.json"))
    assert (found.outcome, found.reason) == ("failed", "unusable")
    assert "there is no such file" in found.message


def path_of(url):
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_an_institution_s_works_are_asked_for_page_by_page(site, lists, tmp_path):
    ours = openalex_made.ror(101)
    sides = [openalex_made.institution(f"Institute {n}", n) for n in (101, 102)]
    first = openalex_made.page(openalex_made.work(1, sides), count=2, cursor="next")
    second = openalex_made.page(openalex_made.work(2, sides), count=2)
    for cursor, page in (("*", first), ("next", second)):
        url = openalex_api.works_url(ours, since=2021, cursor=cursor, key="k3y")
        site.serve(path_of(url), json.dumps(page).encode(), media="application/json")
    choice = Choice(address=site.url(""), rors=(ours,), since=2021, key="k3y")
    found = lists.run(recipes()["openalex"], choice)
    assert found.outcome == "loaded", found.message
    assert found.load.rows_in == 2
    kept = [p for p in archive_of(tmp_path / "w.db").rglob("*") if p.is_file()]
    assert not [p for p in kept if p.suffix == ".jsonl"]
    for path in kept:
        raw = path.read_bytes()
        assert openalex_made.AUTHORS[0].encode() not in raw and b"k3y" not in raw, path


def test_items_are_asked_for_by_their_identifiers(site, lists):
    # One that these name is gone: deleted, as happens there.
    for made in wikidata_made.EVERYONE:
        url = wikidata_api.item_url(made["id"])
        body = json.dumps(wikidata_made.answer(made)).encode()
        site.serve(path_of(url), body, media="application/json")
    choice = Choice(address=site.url(""), items=(wikidata_made.OPTICS["id"],))
    found = lists.run(recipes()["wikidata"], choice)
    assert found.outcome == "loaded", found.message
    assert found.load.rows_in > 0
    gone = Choice(address=site.url(""), items=("Q404",))
    assert "answers 404" in lists.run(recipes()["wikidata"], gone).message


@pytest.mark.parametrize(
    ("name", "problem"),
    [("openalex", "--ror"), ("wikidata", "--id"), ("meti-eul", "--from"), ("opensanctions", "own")],
)
def test_a_source_that_needs_more_says_what(opened, fetcher, name, problem):
    with pytest.raises(UsageError, match=problem):
        Fetching(opened, fetcher()).sources([name])


def test_the_failure_of_one_source_does_not_stop_the_others(opened, site, fetcher, time):
    shipped = recipes()
    made = {
        name: replace(shipped[name], url=site.url(f"/{name}"), at_least_bytes=0)
        for name in ("us-csl", "ofac-nonsdn")
    }
    found = Fetching(opened, fetcher(), made).sources(["us-csl", "ofac-nonsdn"])
    assert [item.reason for item in found] == ["refused", "refused"]
    assert site.paths() == ["/us-csl", "/ofac-nonsdn"]


@pytest.mark.parametrize(
    ("url", "headers", "name"),
    [
        ("/v1/consolidated.csv", {}, "consolidated-2026-11-24.csv"),
        (
            "/v1/consolidated.csv",
            {"Last_Modified": "Tue, 03 Nov 2026 08:00:00 GMT"},
            "consolidated-2026-11-03.csv",
        ),
        ("/files/v1.74-2025-11-24-ror-data.zip/content", {}, "v1.74-2025-11-24-ror-data.zip"),
        ("/download", {}, "us-csl-2026-11-24"),
    ],
)
def test_an_edition_is_named_so_that_it_can_be_dated(site, fetcher, url, headers, name):
    fetched = fetcher().get(site.serve(url, b"a,b\n", **headers))
    assert edition_name(fetched, recipes()["us-csl"]) == name

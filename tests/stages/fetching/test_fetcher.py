"""Fetching one address: asked politely, taken whole or not at all, kept as evidence."""

import gzip
import hashlib
import random
import resource

import pytest
from warcio.archiveiterator import ArchiveIterator

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching import Wanted, erase
from tests.stages.fetching.site import breaking_off, good, in_turn, redirect, status

BODY = b"name,country\n" + b"Kestrel Works,NO\n" * 500
PROGRAM = Wanted(for_programs=True)


def records(archive):
    """Return (type, url, status, payload) of each record, every digest checked."""
    found = []
    for path in sorted(archive.glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                head = record.rec_headers
                answer = record.http_headers.get_statuscode() if record.http_headers else None
                payload = record.raw_stream.read()
                found.append((record.rec_type, head.get_header("WARC-Target-URI"), answer, payload))
    return found


def test_what_is_fetched_comes_with_its_hash_and_its_evidence(site, fetcher, archive):
    url = site.serve("/list.csv", BODY, etag='"v1"')
    fetched = fetcher().fetch(url, PROGRAM)
    assert fetched.path.read_bytes() == BODY
    assert fetched.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (fetched.status, fetched.size, fetched.not_modified) == (200, len(BODY), False)
    assert fetched.headers["etag"] == '"v1"'
    kinds = [(kind, payload) for kind, _, _, payload in records(archive)]
    assert [kind for kind, _ in kinds] == ["warcinfo", "response", "request"]
    assert kinds[1][1] == BODY
    with (archive / fetched.archived.file).open("rb") as stream:
        ids = [r.rec_headers.get_header("WARC-Record-ID") for r in ArchiveIterator(stream)]
    assert fetched.archived.record in ids


def test_the_request_says_who_asks(site, fetcher):
    fetcher().fetch(site.serve("/list.csv", BODY), PROGRAM)
    assert site.asked[0][1]["user-agent"].startswith("crosstie/")


def test_what_has_not_changed_is_not_sent_again(site, fetcher, archive):
    url = site.serve("/list.csv", BODY, etag='"v1"')
    first = fetcher().fetch(url, PROGRAM)
    again = fetcher().fetch(url, PROGRAM)
    assert site.asked[1][1]["if-none-match"] == '"v1"'
    assert again.not_modified and again.path.read_bytes() == BODY
    assert again.archived == first.archived
    assert [r[0] for r in records(archive)].count("revisit") == 1


def test_the_day_of_the_last_change_is_asked_with_where_there_is_no_tag(site, fetcher):
    url = site.serve("/list.csv", BODY, modified="Tue, 03 Nov 2026 08:00:00 GMT")
    fetcher().fetch(url, PROGRAM)
    assert fetcher().fetch(url, PROGRAM).not_modified


def test_the_same_bytes_sent_again_are_archived_once(site, fetcher, archive):
    url = site.serve("/list.csv", BODY)
    first = fetcher().fetch(url, PROGRAM)
    again = fetcher().fetch(url, PROGRAM)
    assert again.not_modified and again.archived == first.archived
    assert sum(payload == BODY for _, _, _, payload in records(archive)) == 1


def test_a_cached_body_that_was_tampered_with_is_fetched_anew(site, fetcher):
    url = site.serve("/list.csv", BODY, etag='"v1"')
    fetcher().fetch(url, PROGRAM).path.write_bytes(b"x" * len(BODY))
    assert fetcher().fetch(url, PROGRAM).path.read_bytes() == BODY
    assert "if-none-match" not in site.asked[1][1]


def test_a_download_cut_short_goes_on_where_it_was(site, fetcher, archive):
    tag = {"ETag": '"v1"'}
    site.answers["/list.csv"] = in_turn(breaking_off(BODY, 4_000, **tag), good(BODY, etag='"v1"'))
    fetched = fetcher().fetch(site.url("/list.csv"), PROGRAM)
    assert site.asked[1][1]["range"] == "bytes=4000-"
    assert site.asked[1][1]["if-range"] == '"v1"'
    assert fetched.path.read_bytes() == BODY
    found = records(archive)
    assert ("resource", BODY) in [(kind, payload) for kind, _, _, payload in found]
    assert ("206", BODY[4_000:]) in [(answer, payload) for _, _, answer, payload in found]


def test_another_version_is_not_joined_to_the_beginning_of_the_first(site, fetcher):
    new = BODY.replace(b"Kestrel", b"Merlin!")
    site.answers["/list.csv"] = in_turn(
        breaking_off(BODY, 4_000, ETag='"v1"'), good(new, etag='"v2"')
    )
    assert fetcher().fetch(site.url("/list.csv"), PROGRAM).path.read_bytes() == new


@pytest.mark.parametrize("tag", ['W/"v1"', ""])
def test_without_a_strong_mark_of_its_version_a_download_begins_anew(site, fetcher, tag):
    headers = {"ETag": tag} if tag else {}
    site.answers["/list.csv"] = in_turn(breaking_off(BODY, 4_000, **headers), good(BODY))
    assert fetcher().fetch(site.url("/list.csv"), PROGRAM).path.read_bytes() == BODY
    assert "range" not in site.asked[1][1]


def test_a_packed_answer_is_unpacked_and_archived_as_it_came(site, fetcher, archive):
    packed = gzip.compress(BODY)
    url = site.serve("/list.csv", packed, Content_Encoding="gzip")
    fetched = fetcher().fetch(url, PROGRAM)
    assert fetched.path.read_bytes() == BODY
    assert packed in [payload for _, _, _, payload in records(archive)]


def test_redirects_are_followed_and_each_is_kept(site, fetcher, archive):
    site.answers["/old"] = redirect("/new")
    site.serve("/new", BODY)
    fetched = fetcher().fetch(site.url("/old"), PROGRAM)
    assert (fetched.url, fetched.final_url) == (site.url("/old"), site.url("/new"))
    assert [r[2] for r in records(archive) if r[0] == "response"] == ["302", "200"]


def test_a_public_address_never_leads_into_this_machine(site, fetcher):
    # The name of the first host is public as far as its resolver says.
    site.answers["/start"] = redirect(site.url("/secret").replace("127.0.0.1", "localhost"))
    names = {"localhost": ["127.0.0.1"], "127.0.0.1": ["127.0.0.1"]}
    one = fetcher(resolve=lambda host: names.get(host, ["93.184.216.34"]))
    public = Wanted(for_programs=True, led_by="http://news.example/feed")
    with pytest.raises(FetchFailed, match="into a private network"):
        one.fetch(site.url("/start"), public)
    assert site.asked == []


def test_two_requests_to_a_host_keep_their_distance(site, fetcher, time):
    one = fetcher(limits={"pause": 3.0})
    for name in ("/a", "/b"):
        one.fetch(site.serve(name, BODY), PROGRAM)
    assert time.slept == [3.0]


def test_robots_txt_sets_the_pace_and_the_bounds(site, fetcher, time):
    rules = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n"
    site.serve("/robots.txt", rules, media="text/plain")
    one = fetcher()
    one.get(site.serve("/a", BODY))
    one.get(site.serve("/b", BODY))
    assert time.slept == [7.0, 7.0]
    site.serve("/private/c", BODY)
    with pytest.raises(FetchFailed, match=r"robots\.txt does not let programs fetch this"):
        one.get(site.url("/private/c"))
    assert "/private/c" not in site.paths()
    assert site.paths().count("/robots.txt") == 1


def test_a_host_without_robots_txt_allows_everything(site, fetcher):
    assert fetcher().get(site.serve("/a", BODY)).size == len(BODY)


def test_a_key_in_an_address_is_neither_kept_nor_shown(site, fetcher, archive):
    site.answers["/works?api_key=s3cret"] = status(403, b"no")
    with pytest.raises(FetchFailed) as caught:
        fetcher().fetch(site.url("/works?api_key=s3cret"), PROGRAM)
    assert "s3cret" not in str(caught.value)
    for path in archive.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
            assert b"s3cret" not in raw, path


def test_content_that_is_passed_on_is_not_kept(site, fetcher, archive):
    url = site.serve("/works", b'{"authors": ["A. Person"]}', media="application/json")
    assert fetcher().content(url) == b'{"authors": ["A. Person"]}'
    kinds = [(kind, payload) for kind, _, _, payload in records(archive)]
    assert [kind for kind, _ in kinds] == ["warcinfo", "metadata"]
    assert hashlib.sha256(b'{"authors": ["A. Person"]}').hexdigest().encode() in kinds[1][1]
    for path in archive.rglob("*"):
        assert not path.is_file() or b"A. Person" not in path.read_bytes()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("ftp://lists.example/a", "`ftp:` is not fetched"),
        ("file:///etc/hosts", "`file:` is not fetched"),
        ("lists.example/a", "is no web address"),
        ("http://", "names no host"),
        ("http://user:word@lists.example/", "holds a user's name or password"),
        ("http://[broken/", "is no address"),
    ],
)
def test_only_web_addresses_are_fetched(fetcher, address, problem):
    with pytest.raises(FetchFailed, match=problem) as caught:
        fetcher().get(address)
    assert caught.value.reason == "address"
    assert "word" not in str(caught.value).replace("password", "")


def test_two_runs_do_not_fetch_one_address_at_once(site, fetcher):
    url = site.serve("/list.csv", BODY)
    one, two = fetcher(), fetcher()
    seen = []

    def check(path):
        with pytest.raises(FetchFailed) as caught:
            two.fetch(url, PROGRAM)
        seen.append(caught.value.reason)

    one.fetch(url, Wanted(for_programs=True, check=check))
    assert seen == ["busy"]


def test_an_archive_that_cannot_grow_keeps_what_it_holds(site, fetcher, archive):
    one = fetcher()
    one.fetch(site.serve("/a", BODY), PROGRAM)
    body = random.Random(1).randbytes(20_000)
    url = site.serve("/b", body)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # There is room for the body, but not for the file of the archive, which is longer.
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_100, hard))
    try:
        with pytest.raises(FetchFailed) as caught:
            one.fetch(url, PROGRAM)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.reason == "disk"
    assert [kind for kind, _, _, _ in records(archive)] == ["warcinfo", "response", "request"]
    assert one.fetch(url, PROGRAM).path.read_bytes() == body
    assert body in [payload for _, _, _, payload in records(archive)]


def test_pages_are_erased_from_the_archive_of_a_run_that_was_killed(site, fetcher, archive):
    first = fetcher().fetch(site.serve("/a", BODY), PROGRAM)
    second = fetcher().fetch(site.serve("/b", BODY + b"x"), PROGRAM)
    assert first.archived.file != second.archived.file
    cut = archive / second.archived.file
    cut.write_bytes(cut.read_bytes()[:-30])
    assert erase(archive, urls={site.url("/b")}, sha256=second.sha256) > 0
    assert [url for _, url, _, _ in records(archive) if url] == [site.url("/a")] * 2

"""The command fetch: what it prints, and the status with which it ends."""

import json

import pytest

from tests.stages.fetching.lists import csl
from tests.stages.fetching.site import running, status

RSS = b"""<rss version="2.0"><channel><title>The Vellmark Post</title><item><title>A</title>
<link>%s</link><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""
STORY = b"<html><h1>A story</h1><p>Vellmark Optics signed an agreement with Selim.</p></html>"


@pytest.fixture
def site():
    with running() as site:
        yield site


def test_a_list_is_fetched_loaded_and_not_loaded_twice(cli, site):
    url = site.serve("/consolidated.csv", csl(), modified="Tue, 03 Nov 2026 08:00:00 GMT")
    first = cli("fetch", "us_csl", "--from", url)
    assert first.status == 0, first.err
    assert "us-csl: the edition of 2026-11-03 is loaded" in first.out
    assert "40 rows: 40 taken in" in first.out
    assert "archived in crosstie-" in first.out
    again = cli("fetch", "us-csl", "--from", url)
    assert (again.status, "loaded already" in again.out) == (0, True)
    listed = cli("fetch", "--list")
    assert "us-csl: edition of 2026-11-03, fetched 2" in listed.out
    assert "never run against the publisher's server" in listed.out


def test_a_failure_is_told_and_ends_with_status_1(cli, site):
    site.answers["/list.csv"] = status(404)
    found = cli("fetch", "us-csl", "--from", site.url("/list.csv"), "--json")
    (item,) = json.loads(found.out)
    assert found.status == 1
    assert (item["outcome"], item["reason"]) == ("failed", "refused")
    assert item["message"].endswith("nothing is loaded")


def test_a_dry_run_asks_nothing(cli, site):
    url = site.serve("/list.csv", csl())
    found = cli("fetch", "us-csl", "--from", url, "--dry-run")
    assert (found.status, site.asked) == (0, [])
    assert f"would ask {url}" in found.out
    every = cli("fetch", "--all", "--dry-run")
    assert [line.split(":")[0] for line in every.out.splitlines() if "would ask" in line] == [
        "us-csl", "ofac-nonsdn", "ror",
    ]  # fmt: skip


def test_the_pages_of_a_feed_are_added(cli, site):
    story = site.serve("/story", STORY, media="text/html")
    feed = site.serve("/rss", RSS % story.encode(), media="application/rss+xml")
    found = cli("fetch", "feed", feed)
    assert found.status == 0, found.err
    assert "1 pages: 1 added" in found.out
    assert f"added: {story} (doc-" in found.out
    assert "1 known" in cli("fetch", "feed", feed).out
    shown = json.loads(cli("status", "--json").out)
    assert shown["documents"][0]["title"] == "A story"


def test_a_page_that_fails_ends_with_status_1(cli, site):
    found = cli("fetch", "page", site.url("/none"))
    assert found.status == 1
    assert "failed: http://127.0.0.1" in found.out and "404" in found.out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "nothing to fetch is named"),
        (("us-csl", "--all"), "nothing to fetch is named"),
        (("feed",), "`fetch feed` needs its address"),
        (("eu-fsf",), "`eu-fsf` is no source that can be fetched"),
        (("openalex",), "--ror"),
        (("us-csl", "ror", "--from", "a.csv"), "--from belongs to one source"),
        (("feed", "http://127.0.0.1:9/", "--since", "lately"), "--since"),
    ],
)
def test_a_mistake_in_the_command_ends_with_status_2(cli, arguments, problem):
    found = cli("fetch", *arguments)
    assert found.status == 2
    assert problem in found.err

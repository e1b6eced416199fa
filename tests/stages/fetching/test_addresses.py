"""Which addresses may be asked, and how long to wait before asking again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching.addresses import checked, discreet, is_public, led_to, shown
from crosstie.sources.fetching.links import Link, newest_first
from crosstie.sources.fetching.waiting import asked_wait
from tests.stages.fetching.conftest import NOW

PUBLIC, PRIVATE = "93.184.216.34", "10.1.2.3"


def nowhere(host):
    return []


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("http://93.184.216.34/", True),
        ("http://127.0.0.1/", False),
        ("http://10.0.0.1/", False),
        ("http://169.254.169.254/latest/meta-data", False),
        ("http://[::1]/", False),
        ("http://[::ffff:127.0.0.1]/", False),
        ("http://[fd00::1]/", False),
        ("http://0.0.0.0/", False),
        ("http://unknown.example/", True),
    ],
)
def test_an_address_of_this_network_is_not_public(url, public):
    assert is_public(url, nowhere) is public


def test_a_name_with_one_private_address_is_not_public():
    assert not is_public("http://two.example/", lambda host: [PUBLIC, PRIVATE])


def test_a_way_from_https_to_http_is_not_gone_where_it_matters():
    def everywhere(host):
        return [PUBLIC]

    source, target = "https://lists.example/a", "http://lists.example/a"
    assert led_to(source, target, everywhere) == target
    with pytest.raises(FetchFailed, match="leads from https to"):
        led_to(source, target, everywhere, secure=True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("12", 12.0),
        ("Tue, 24 Nov 2026 15:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 14:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_a_wait_is_read_as_seconds_or_as_a_time(header, seconds):
    assert asked_wait(header, NOW) == seconds


@given(st.text())
def test_an_address_is_checked_alike_twice(text):
    try:
        once = checked(f"http://{text}")
    except FetchFailed as failure:
        assert failure.reason == "address"
        return
    assert checked(once) == once


@given(st.text(min_size=6), st.sampled_from(["api_key", "token", "subscription-key"]))
def test_no_message_shows_a_key(key, name):
    secret = "".join(c for c in key if c not in "&#") + "s3cret"
    assert secret not in shown(f"http://lists.example/a?{name}={secret}&b=1")
    assert discreet("http://lists.example/a?page=2") == "http://lists.example/a?page=2"


def test_links_come_newest_first_once_and_those_without_a_date_last():
    links = [Link("a", "2026-01-01"), Link("b"), Link("c", "2026-03-01"), Link("a", "2026-02-01")]
    assert [link.url for link in newest_first(links, since=None)] == ["c", "a", "b"]
    assert [link.url for link in newest_first(links, since="2026-03")] == ["c", "b"]

"""How much and how often: bodies with and without a length, searches and uploads in a minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.app.web.rates import Rate
from tests.web.calling import Caller, Clock, application, guarded

FORM = {"content-type": "multipart/form-data; boundary=x"}
MEGABYTE = 1_000_000


def pieces(number, size=100_000):
    """A body that comes in pieces, without a length."""

    async def body():
        for _ in range(number):
            yield b"x" * size

    return body()


def proved(call, path, **options):
    return call.proved(path, **options)


def test_an_upload_within_the_limit_is_taken():
    reply = proved(guarded(), "/screen", headers=FORM, content=b"x" * MEGABYTE)
    assert reply.json()["bytes"] == MEGABYTE


def test_an_upload_that_says_it_is_too_large_is_refused_before_it_is_read():
    call = guarded(upload_bytes=MEGABYTE)
    reply = proved(call, "/screen", headers=FORM, content=b"x" * (MEGABYTE + 1))
    assert reply.status_code == 413
    assert "1,000,000 bytes" in reply.text


@pytest.mark.parametrize("length", ["-1", "²", "1e3", "many", "0x10"])
def test_a_length_that_is_no_number_is_refused(length):
    headers = {b"content-length": length.encode("latin-1")}
    assert guarded().get("/", headers=headers).status_code == 413


def test_an_upload_without_a_length_is_cut_off_at_the_limit(tmp_path):
    call = Caller(application(tmp_path, upload_bytes=MEGABYTE))
    head = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

    async def body():
        yield head
        for _ in range(50):
            yield b"name\n" * 20_000

    reply = call.proved("/screen", headers=FORM, content=body())
    assert reply.status_code == 413
    assert "larger than what this server takes" in reply.text


def test_json_without_a_length_is_cut_off_too(tmp_path):
    call = Caller(application(tmp_path))
    reply = call.post(
        "/api/screen", headers={"content-type": "application/json"}, content=pieces(40)
    )
    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"


def test_what_is_no_upload_has_a_smaller_limit():
    call = guarded()
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert proved(call, "/review", headers=form, content=b"x" * 3 * MEGABYTE).status_code == 413


def test_searches_are_counted_by_the_minute_and_the_wait_is_told():
    clock = Clock()
    call = guarded(clock=clock, searches_per_minute=3)
    assert [call.get("/search?q=a").status_code for _ in range(4)] == [200, 200, 200, 429]
    clock.now += 20
    reply = call.get("/search?q=a")
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "40")
    assert "wait 40 s" in reply.text
    clock.now += 40
    assert call.get("/search?q=a").status_code == 200


def test_pages_are_not_counted_as_searches():
    call = guarded(searches_per_minute=1)
    assert {call.get("/cases").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("path", ["/search", "/api/search", "/api/screen", "/api/reconcile/"])
def test_whatever_searches_counts(path):
    call = guarded(searches_per_minute=1)
    call.get(path)
    assert call.get(path).status_code == 429


def test_uploads_have_a_count_of_their_own():
    call = guarded(uploads_per_minute=2)
    replies = [proved(call, "/screen", headers=FORM, content=b"x").status_code for _ in range(3)]
    assert replies == [200, 200, 429]
    assert call.get("/search").status_code == 200


def test_one_who_asks_too_often_keeps_nobody_else_out():
    clock = Clock()
    rate = Rate(1, clock)
    assert rate.wait("a") == 0
    assert rate.wait("a") == 60
    assert rate.wait("b") == 0


def test_of_endless_addresses_only_the_latest_are_kept():
    rate = Rate(1, Clock())
    for number in range(10_050):
        rate.wait(f"address {number}")
    assert rate.spent("address 10049") == 60
    assert rate.spent("address 0") == 0


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=60), st.integers(1, 5))
def test_no_minute_holds_more_than_is_allowed(steps, most):
    clock, taken = Clock(), []
    rate = Rate(most, clock)
    for step in steps:
        clock.now += step
        if rate.wait("a") == 0:
            taken.append(clock.now)
        assert sum(clock.now - 60 < moment <= clock.now for moment in taken) <= most

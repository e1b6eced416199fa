"""The token: asked of everybody, taken out of the address, never told to another."""

import pytest

from tests.web.calling import Clock, guarded

TOKEN = "correct horse battery staple"


def bearer(token):
    return {"authorization": f"Bearer {token}"}


def test_nobody_comes_in_without_the_token():
    call = guarded(token=TOKEN)
    for path in ("/", "/cases", "/api/cases", "/api/openapi.json"):
        reply = call.get(path)
        assert reply.status_code == 401, path
        assert reply.headers["www-authenticate"].startswith("Bearer")
        assert TOKEN not in reply.text


def test_style_sheets_come_without_it():
    assert guarded(token=TOKEN).get("/static/css/base.css").status_code == 200


def test_the_token_in_the_address_becomes_a_cookie_and_leaves_the_address():
    call = guarded(token=TOKEN)
    reply = call.get("/search", params={"token": TOKEN, "q": "海康威视"})
    assert reply.status_code == 303
    assert "token" not in reply.headers["location"]
    assert "q=%E6%B5%B7" in reply.headers["location"]
    (cookie,) = [c for c in reply.headers.get_list("set-cookie") if "crosstie_token" in c]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert call.get("/search").status_code == 200


def test_a_program_sends_it_as_a_bearer():
    call = guarded(token=TOKEN)
    assert call.get("/api/cases", headers=bearer(TOKEN)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        bearer("correct horse battery stapl"),
        bearer(""),
        {"authorization": "Bearer 秘密".encode()},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": TOKEN},
        {"cookie": "crosstie_token=wrong"},
        {"cookie": "crosstie_token="},
    ],
)
def test_a_wrong_token_is_no_token(headers):
    assert guarded(token=TOKEN).get("/", headers=headers).status_code == 401


def test_a_wrong_token_in_the_address_is_no_token():
    assert guarded(token=TOKEN).get("/?token=wrong").status_code == 401
    assert guarded(token=TOKEN).get("/?token=").status_code == 401


def test_who_guesses_is_soon_told_to_wait_with_the_right_one_too():
    clock = Clock()
    call = guarded(token=TOKEN, clock=clock)
    replies = [call.get("/", headers=bearer(f"guess {n}")).status_code for n in range(25)]
    assert replies[:20] == [401] * 20
    assert replies[20:] == [429] * 5
    assert call.get("/", headers=bearer(TOKEN)).status_code == 429
    clock.now += 61
    assert call.get("/", headers=bearer(TOKEN)).status_code == 200


def test_who_comes_without_any_is_not_counted_as_guessing():
    call = guarded(token=TOKEN)
    assert {call.get("/").status_code for _ in range(30)} == {401}


def test_without_a_token_set_none_is_asked_and_none_is_taken():
    reply = guarded().get("/?token=anything")
    assert reply.status_code == 200
    assert "crosstie_token" not in str(reply.headers)

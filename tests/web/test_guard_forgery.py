"""Writes that nobody meant: another site's form, another name for this machine."""

import pytest

from tests.web.calling import HOME, guarded

JSON = {"content-type": "application/json"}


@pytest.fixture
def call():
    made = guarded()
    made.get("/")
    return made


def proof(call):
    return {"csrf": call.cookies["crosstie_csrf"]}


def test_a_form_of_our_own_page_is_taken(call):
    ours = {"origin": HOME, "sec-fetch-site": "same-origin"}
    assert call.post("/review", params=proof(call), headers=ours, data={"a": "b"}).is_success
    # An old browser tells neither.
    assert call.post("/review", params=proof(call), data={"a": "b"}).is_success


def test_a_script_of_our_own_page_proves_itself_by_header(call):
    headers = {"x-csrf-token": call.cookies["crosstie_csrf"], "origin": HOME}
    assert call.post("/api/cases/x/dispositions", headers=headers, json={}).is_success


def test_a_write_without_proof_is_refused(call):
    assert call.post("/review", data={"a": "b"}).status_code == 403
    assert call.post("/review?csrf=", data={"a": "b"}).status_code == 403
    wrong = {"csrf": "x" * 43}
    assert call.post("/review", params=wrong, data={"a": "b"}).status_code == 403


def test_proof_without_its_cookie_is_refused(call):
    params = proof(call)
    call.cookies.clear()
    assert call.post("/review", params=params, data={"a": "b"}).status_code == 403


def test_a_cookie_that_is_too_short_to_be_ours_proves_nothing():
    call = guarded()
    headers = {"cookie": "crosstie_csrf=short"}
    assert call.post("/review?csrf=short", headers=headers, data={"a": "b"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://[not an address"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": HOME, "sec-fetch-site": "cross-site"},
    ],
)
def test_what_comes_from_elsewhere_is_refused_with_proof_too(call, headers):
    assert call.post("/review", params=proof(call), headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_every_way_of_writing_needs_proof(call, method):
    assert call(method, "/cases/x").status_code == 403


def test_a_program_writes_json_to_the_json_side():
    assert guarded().post("/api/screen", json={"parties": ["a"]}).is_success


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/review", JSON),
        ("/api/screen", {"content-type": "text/plain"}),
        ("/api/screen", {"content-type": "application/x-www-form-urlencoded"}),
        ("/api/screen", {"content-type": "multipart/form-data; boundary=x"}),
        ("/api/screen", {}),
        ("/api/screen", JSON | {"origin": "https://elsewhere.example"}),
        ("/api/screen", JSON | {"sec-fetch-site": "cross-site"}),
        ("/api/screen", JSON | {"origin": HOME, "sec-fetch-site": "same-origin"}),
    ],
)
def test_what_a_page_of_another_site_could_send_is_no_program(path, headers):
    assert guarded().post(path, headers=headers, content=b"{}").status_code == 403


def test_the_token_as_a_bearer_is_proof_and_a_wrong_one_is_not():
    token = "0123456789abcdef"
    call = guarded(token=token)
    form = {"data": {"a": "b"}}
    good = {"authorization": f"Bearer {token}"}
    assert call.post("/review", headers=good, **form).is_success
    call.get(f"/?token={token}")
    wrong = {"authorization": "Bearer x"}
    assert call.post("/review", headers=wrong, **form).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8400", "[::ffff", "", "0.0.0.0"],
)
def test_a_name_that_was_turned_to_this_machine_is_refused(host):
    reply = guarded().get("/", headers={"host": host})
    assert reply.status_code == 421
    assert "another name" in reply.text


@pytest.mark.parametrize("host", ["localhost:8400", "127.0.0.1", "[::1]:8400", "desk.example"])
def test_the_names_of_this_machine_and_those_that_were_given_are_known(host):
    call = guarded(origins=("desk.example",))
    assert call.get("/", headers={"host": host}).status_code == 200


def test_behind_a_proxy_the_name_that_was_given_is_ours():
    call = guarded(origins=("desk.example",))
    call.get("/")
    headers = {"origin": "https://desk.example", "sec-fetch-site": "same-origin"}
    assert call.post("/review", params=proof(call), headers=headers).is_success


def test_two_visitors_get_two_proofs():
    one, two = guarded(), guarded()
    one.get("/"), two.get("/")
    assert one.cookies["crosstie_csrf"] != two.cookies["crosstie_csrf"]
    assert len(one.cookies["crosstie_csrf"]) >= 32


def test_the_proof_is_a_cookie_that_no_script_and_no_other_site_gets():
    (cookie,) = guarded().get("/").headers.get_list("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_cookie_header_that_is_none_harms_nothing():
    assert guarded().get("/", headers={"cookie": '";\x01=\x7f; crosstie_csrf'}).is_success

"""What every answer carries, and how each kind of error is told: to people and to programs."""

import json

import pytest
from fastapi import FastAPI

from crosstie.ontology.errors import (
    Ambiguous,
    CrosstieError,
    DocumentRefused,
    InputError,
    NotFound,
    UsageError,
    WorkspaceError,
)
from tests.web.calling import Caller, application

SECURE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_LONG = json.dumps({"q0": {"query": "a" * 301}})
ERRORS = {
    "not-found": (NotFound("no such thing", remedy="look", suggestions=["Hexi"]), 404),
    "ambiguous": (Ambiguous("two fit", remedy="choose", choices=["a", "b"]), 409),
    "refused": (DocumentRefused("huge", "is huge", where="a.pdf", remedy="split it"), 422),
    "usage": (UsageError("cannot be done", remedy="do it otherwise"), 400),
    "input": (InputError("is no table", where="p.csv", remedy="save it as CSV"), 422),
    "workspace": (WorkspaceError("is locked", where="w.db", remedy="wait"), 503),
    "other": (CrosstieError("is odd"), 500),
}


@pytest.fixture(scope="module")
def call(tmp_path_factory) -> Caller:
    made = application(tmp_path_factory.mktemp("answers"))
    assert isinstance(made, FastAPI)

    for name, (error, _) in ERRORS.items():
        for path in (f"/api/fail/{name}", f"/fail/{name}"):
            made.add_api_route(path, raising(error))
    for path in ("/api/slip", "/slip"):
        made.add_api_route(path, raising(RuntimeError("a secret: /root/secret.txt")))
    return Caller(made)


def raising(error: Exception):
    async def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/screen", 200), ("/cases", 200), ("/review", 200), ("/nowhere", 404),
        ("/static/css/base.css", 200), ("/static/nowhere.css", 404), ("/api/openapi.json", 200),
        ("/api/nowhere", 404), ("/fail/input", 422), ("/slip", 500), ("/api/slip", 500),
    ],
)  # fmt: skip
def test_every_answer_keeps_to_itself(call, path, status):
    reply = call.get(path)
    assert reply.status_code == status
    assert {name: reply.headers.get(name) for name in SECURE} == SECURE
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_refusal_of_the_guard_is_dressed_as_any_answer(call):
    for reply in (call.post("/review"), call.get("/", headers={"host": "evil.example"})):
        assert reply.status_code in (403, 421)
        assert {name: reply.headers.get(name) for name in SECURE} == SECURE


def test_pages_stay_out_of_shared_caches(call):
    assert call.get("/").headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("name", ERRORS)
def test_a_program_gets_each_error_as_problem_details(call, name):
    error, status = ERRORS[name]
    reply = call.get(f"/api/fail/{name}")
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    told = reply.json()
    assert told["status"] == status
    assert told["instance"] == f"/api/fail/{name}"
    assert error.problem in told["detail"]
    assert error.where in told["detail"]
    assert told["remedy"] == error.remedy
    assert told["type"].startswith("/problems/")
    assert told["title"]


def test_suggestions_and_choices_are_told(call):
    assert call.get("/api/fail/not-found").json()["suggestions"] == ["Hexi"]
    assert call.get("/api/fail/ambiguous").json()["suggestions"] == ["a", "b"]


@pytest.mark.parametrize("name", ERRORS)
def test_a_person_gets_each_error_as_a_page_with_what_to_do(call, name):
    error, status = ERRORS[name]
    reply = call.get(f"/fail/{name}", headers={"accept": "text/html"})
    assert (reply.status_code, reply.headers["content-type"]) == (
        status,
        "text/html; charset=utf-8",
    )
    assert error.problem in reply.text
    assert error.remedy in reply.text


@pytest.mark.parametrize("path", ["/slip", "/api/slip"])
def test_a_mistake_of_ours_tells_nothing_of_the_machine(call, path):
    reply = call.get(path)
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/api/nowhere", {}, 404),
        ("DELETE", "/api/cases", {"headers": {"authorization": "x"}}, 403),
        ("POST", "/api/screen", {"json": {}}, 422),
        ("POST", "/api/screen", {"json": {"parties": []}}, 422),
        ("POST", "/api/screen", {"json": {"parties": ["a"] * 1_001}}, 422),
        ("POST", "/api/screen", {"json": {"parties": ["a"], "more": 1}}, 422),
        ("POST", "/api/screen", {"json": {"parties": ["---"]}}, 422),
        ("POST", "/api/screen", {"json": {"parties": ["a" * 301]}}, 422),
        ("POST", "/api/reconcile", {"data": {"queries": _LONG}}, 422),
        ("POST", "/api/screen", {"json": {"parties": ["a"], "valid_on": "soon"}}, 400),
        (
            "POST",
            "/api/screen",
            {"headers": {"content-type": "application/json"}, "content": b"{no"},
            422,
        ),
    ],
)  # fmt: skip
def test_what_a_program_gets_wrong_is_told_as_problem_details(call, method, path, options, status):
    reply = call(method, path, **options)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["detail"]


def test_a_method_that_an_address_does_not_take_says_which_it_takes(call):
    reply = call.proved("/cases", data={"a": "b"})
    assert reply.status_code == 405
    assert reply.headers["allow"] == "GET"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/static/css/../../settings.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/..\\settings.py",
        "/static/css/base.css%00.py",
        "/documents/..%2f..%2f..%2fetc%2fpasswd",
        "/documents/%2e%2e%2fsmall.db",
        "/cases/..%2f..%2fetc%2fpasswd",
        "/cases/x/file...%2fetc",
    ],
)
def test_no_address_leads_out_of_what_is_served(call, path):
    reply = call.get(path)
    assert reply.status_code in (404, 422), reply.text[:200]
    assert "root:" not in reply.text
    assert "class WebSettings" not in reply.text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)//'"],
)
def test_what_is_asked_comes_back_as_text(call, hostile):
    for path in ("/search?q=", "/cases/", "/screen/drafts/"):
        reply = call.get(path + hostile.replace("/", "%2F"))
        assert hostile not in reply.text.replace("javascript:alert(1)//&#39;", "")
        assert "<img src=x" not in reply.text


def test_the_json_side_is_described_with_its_problems(call):
    described = call.get("/api/openapi.json").json()
    screen = described["paths"]["/api/screen"]["post"]
    assert "Problem" in described["components"]["schemas"]
    assert {"404", "422", "429"} <= set(screen["responses"])
    assert described["components"]["schemas"]["ScreeningIn"]["examples"]

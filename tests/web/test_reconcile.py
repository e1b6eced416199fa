"""Reconciliation as OpenRefine asks for it: a manifest for any page, batches for programs."""

import json

import pytest

PATH = "/api/reconcile"


def asked(visitor, queries):
    reply = visitor.client.post(PATH, data={"queries": json.dumps(queries)})
    assert reply.status_code == 200, reply.text
    return {key: found["result"] for key, found in reply.json().items()}


def test_the_manifest_says_what_the_service_can_do(visitor):
    reply = visitor.get(PATH)
    told = reply.json()
    assert told["versions"] == ["0.2"]
    assert told["view"]["url"].endswith("/entities/{{id}}")
    assert {"id": "university", "name": "university"} in told["defaultTypes"]
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_batch_is_matched_in_any_script_with_reasons(visitor):
    found = asked(
        visitor, {"q0": {"query": "海康威视"}, "q1": {"query": "Beihang Univ", "limit": 1}}
    )
    best = found["q0"][0]
    assert (best["name"], best["match"], best["score"]) == ("Hikvision", True, 100.0)
    assert best["type"] == [{"id": "company", "name": "company"}]
    features = {feature["id"]: feature["value"] for feature in best["features"]}
    assert features["designated"] is True
    assert features["why"]
    assert [candidate["name"] for candidate in found["q1"]] == ["Beihang University"]


def test_what_a_candidate_is_called_leads_to_its_page(visitor):
    (best,) = asked(visitor, {"q0": {"query": "海康威视", "limit": 1}})["q0"]
    assert "Hikvision" in visitor.get(f"/entities/{best['id']}").text


def test_another_country_makes_a_match_uncertain(visitor):
    query = {"query": "Hikvision", "properties": [{"pid": "country", "v": "France"}]}
    assert asked(visitor, {"q0": query})["q0"][0]["match"] is False


def test_another_type_is_left_out_and_nobody_is_an_empty_list(visitor):
    found = asked(
        visitor,
        {"q0": {"query": "Hikvision", "type": "university"}, "q1": {"query": "Qwxz Zzyx Ltd"}},
    )
    assert found == {"q0": [], "q1": []}


def test_queries_may_stand_in_the_address_but_for_no_other_page(visitor):
    reply = visitor.get(PATH, params={"queries": json.dumps({"q0": {"query": "Hikvision"}})})
    assert reply.json()["q0"]["result"]
    assert "access-control-allow-origin" not in reply.headers
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "queries",
    ["", "no json", "[]", '{"q0": 1}', '{"q0": {}}', '{"q0": {"query": "--"}}', "[" * 5_000],
)
def test_what_is_no_batch_is_a_problem_with_its_remedy(visitor, queries):
    reply = visitor.client.post(PATH, data={"queries": queries})
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"


def test_more_than_two_hundred_at_once_are_refused(visitor):
    queries = json.dumps({f"q{n}": {"query": "a"} for n in range(201)})
    reply = visitor.client.post(PATH, data={"queries": queries})
    assert "send fewer" in reply.json()["remedy"]


def test_a_page_of_another_site_may_not_ask(visitor):
    for headers in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        reply = visitor.client.post(PATH, data={"queries": "{}"}, headers=headers)
        assert reply.status_code == 403

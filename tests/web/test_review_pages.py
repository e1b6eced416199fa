"""Review in the browser: merges side by side, doubted claims, one key each, undone by another."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import PHONE, fits
from tests.web.serving import words_of


def test_a_merge_is_shown_side_by_side_with_its_reasons(visitor):
    text = words_of(visitor.get("/review").text)
    assert "One and the same?" in text
    assert text.count("Sources") >= 2
    assert "Same s" in text


def test_a_doubted_claim_is_shown_with_its_sentence(visitor):
    text = words_of(visitor.get("/review/claims").text)
    assert "Does the document say so?" in text
    assert "Open the sentence" in text


def test_a_place_beyond_the_queue_is_its_end(visitor):
    text = words_of(visitor.get("/review?at=999999").text)
    total = visitor.json("/api/review/merges?limit=100")
    assert f"{len(total)} of {len(total)}" in text


def test_a_decision_leaves_the_queue_and_comes_back_when_undone(own_visitor):
    before = own_visitor.json("/api/review/merges?limit=100")
    left, right = (before[0][side]["mention_id"] for side in ("left", "right"))
    form = {"left": left, "right": right, "verdict": "different", "by": "Mei <i>Lin</i>"}
    reply = own_visitor.post("/review", data=form)
    assert "Kept, as" in words_of(reply.text)
    assert "<i>Lin" not in reply.text
    after = own_visitor.json("/api/review/merges?limit=100")
    assert len(after) == len(before) - 1
    undo = {"judgement": reply.url.params["done"], "of": "merges"}
    own_visitor.post("/review/undo", data=undo)
    assert len(own_visitor.json("/api/review/merges?limit=100")) == len(before)


def test_a_rejected_claim_leaves_the_queue_and_comes_back_when_undone(own_visitor):
    before = own_visitor.json("/api/review/claims?limit=100")
    form = {"claim": before[0]["id"], "verdict": "rejected", "because": "not said", "by": "Mei"}
    reply = own_visitor.post("/review/claims", data=form)
    after = own_visitor.json("/api/review/claims?limit=100")
    assert before[0]["id"] not in [claim["id"] for claim in after]
    own_visitor.post("/review/undo", data={"judgement": reply.url.params["done"], "of": "claims"})
    assert len(own_visitor.json("/api/review/claims?limit=100")) == len(before)


def test_a_decision_without_a_name_is_asked_for_again(visitor):
    form = {"left": "men-1", "right": "men-2", "verdict": "same", "because": "alike", "by": ""}
    reply = visitor.post("/review", data=form)
    assert reply.status_code == 422
    assert "write your name" in words_of(reply.text)
    assert 'value="alike"' in reply.text


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("merges", {"left": "men-1", "right": "men-2", "verdict": "same"}, 404),
        ("merges", {"left": "men-1", "right": "men-2", "verdict": "accepted"}, 422),
        ("claims", {"claim": "clm-1", "verdict": "accepted"}, 404),
        ("claims", {"claim": "clm-1", "verdict": "same"}, 422),
    ],
)
def test_a_program_cannot_judge_what_is_not_there(visitor, path, asked, status):
    body = asked | {"because": "why", "by": "Mei"}
    reply = visitor.client.post(f"/api/review/{path}", json=body)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_program_judges(own_visitor):
    (pair,) = own_visitor.json("/api/review/merges?limit=1")
    body = {"left": pair["left"]["mention_id"], "right": pair["right"]["mention_id"]}
    body |= {"verdict": "unsure", "because": "cannot tell", "by": "Mei"}
    reply = own_visitor.client.post("/api/review/merges", json=body)
    assert (reply.status_code, reply.json()["verdict"]) == (201, "unsure")


# In the browser


def test_a_merge_is_reviewed_by_keyboard(opened, own_address, accessible, picture):
    page = opened(base=own_address)
    page.goto("/review")
    accessible(page)
    picture(page, "review")
    first = page.locator(".side h2").all_inner_texts()
    page.keyboard.press("j")
    expect(page.get_by_text("2 of")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_text("1 of")).to_be_visible()
    page.get_by_label("Your name").fill("Mei Lin")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("another city")
    page.keyboard.press("Enter")
    page.keyboard.press("d")
    expect(page.get_by_text("Kept, as")).to_be_visible()
    assert page.locator(".side h2").all_inner_texts() != first
    expect(page.get_by_label("Your name")).to_have_value("Mei Lin")
    page.keyboard.press("z")
    expect(page.get_by_text("Kept, as")).to_have_count(0)
    assert page.locator(".side h2").all_inner_texts() == first


def test_a_claim_is_reviewed_by_keyboard(opened, own_address, accessible, picture):
    page = opened(base=own_address)
    page.goto("/review/claims")
    accessible(page)
    picture(page, "review-claims")
    page.get_by_label("Your name").fill("Mei Lin")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_text("Kept, as")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_review_is_accessible_and_fits_a_phone(opened, accessible, dark):
    page = opened(dark=dark, size=PHONE)
    for path in ("/review", "/review/claims"):
        page.goto(path)
        fits(page)
        accessible(page)

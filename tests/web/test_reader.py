"""The evidence reader: the sentence in its document, and a person's word on what was read."""

import re

import pytest
from playwright.sync_api import expect

from crosstie.workspace import Workspace
from tests.web.conftest import copied, fits
from tests.web.serving import Visitor, served, words_of

HOSTILE = "\n\n".join(
    [
        "<script>document.title = 'owned'</script> Hexi Dynamics supplies the Selim Navy.",
        "<img src=x onerror=\"document.title='owned'\"> javascript:alert(1) {{ 7 * 7 }} {% x %}",
        "Lantian Holdings owns 60 per cent of Beihe \u202eSCITPO\u202c Works. zero\u200bwidth.",
        "</mark></p></main><style>*{display:none}</style><base href='//elsewhere.example/'>",
        "x" * 1_000_000,
        "Lantian Holdings signed an agreement with Yunmen University in 2021.",
    ]
)


def claim_in(visitor, words):
    """Return a document's id and the id of a claim of it that owns, whose quote has the words."""
    for line in visitor.json("/api/sources/documents")["documents"]:
        opened = visitor.json(f"/api/documents/{line['id']}")
        for claim in opened["claims"]:
            if words in claim["quote"] and claim["kind"] == "owns":
                return line["id"], claim["id"]
    raise AssertionError(f"no claim says {words}")


def test_a_claim_leads_to_its_sentence_in_its_document(visitor):
    document, claim = claim_in(visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    answer = visitor.get(f"/claims/{claim}")
    assert answer.url.path == f"/documents/{document}"
    assert answer.url.fragment == "evidence"
    marked = re.findall(r'<mark class="said chosen".*?</mark>', answer.text, re.DOTALL)
    text = "".join(re.sub(r"<[^>]+>", "", piece) for piece in marked)
    assert text == "Lantian Holdings owns 60 per cent of Beihe Optics."
    assert answer.text.count('id="evidence"') == 1


def test_the_sentence_is_marked_and_in_view_and_its_claims_stand_beside(page, visitor, picture):
    document, claim = claim_in(visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    page.goto(f"/documents/{document}?claim={claim}#evidence")
    expect(page.locator("#evidence")).to_be_in_viewport()
    expect(page.locator(".claim-line[aria-current]")).to_contain_text("Lantian Holdings")
    other = page.locator(".claim-line:not([aria-current])").first
    other.hover()
    expect(page.locator("mark.lit").first).to_be_attached()
    other.click()
    expect(page.locator("mark.chosen").first).to_be_in_viewport()
    assert claim not in page.url
    picture(page, "reader")


def test_a_click_on_marked_words_opens_their_claim(page, visitor):
    document, claim = claim_in(visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    page.goto(f"/documents/{document}")
    mark = page.locator(f"mark.said[data-claims*='{claim}']", has_text="owns 60 per cent")
    mark.first.click()
    expect(page).to_have_url(re.compile(r"claim=clm-"))


def test_rows_and_curated_facts_can_be_read_too(visitor):
    listed = visitor.json("/api/sources/starter")["rows"][0]["document"]
    text = words_of(visitor.get(f"/documents/{listed}").text)
    assert "A curated fact: our words about a source" in text
    sources = {one["source"]["title"]: one["source"]["id"] for one in visitor.json("/api/sources")}
    invented = sources["Entity list of Selimia (invented)"]
    row = visitor.json(f"/api/sources/{invented}")["rows"][0]["document"]
    text = words_of(visitor.get(f"/documents/{row}").text)
    assert "A row of Entity list of Selimia (invented)" in text
    assert "2024-06-01 (row 1)" in text


def test_a_claim_on_several_lines_of_a_row_is_marked_whole_and_led_to_once(visitor):
    listing = visitor.json("/api/entities/Beihe Optics")["designations"][0]["quotes"][0]
    answer = visitor.get(f"/claims/{listing['claim_id']}")
    assert answer.text.count('id="evidence"') == 1
    assert answer.text.count('class="said chosen"') > 2


@pytest.mark.parametrize("path", ["/documents/doc-0", "/claims/clm-0", "/documents/..%2f..%2fetc"])
def test_what_is_not_held_is_not_found(visitor, path):
    assert visitor.get(path).status_code == 404


def test_a_claim_of_another_document_is_not_found(visitor):
    document, _ = claim_in(visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    other = next(
        line["id"]
        for line in visitor.json("/api/sources/documents")["documents"]
        if line["id"] != document
    )
    assert visitor.get(f"/documents/{other}?claim=clm-none").status_code == 404
    assert visitor.get(f"/documents/{other}?passage=x").status_code == 400


def test_a_decision_is_kept_with_its_reason_shown_and_taken_back(own_visitor):
    _, claim = claim_in(own_visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")

    def owned():
        ties = own_visitor.json("/api/entities/Beihe Optics/ties")["ties"]
        return "Lantian Holdings" in [tie["other"]["name"] for tie in ties if tie["kind"] == "owns"]

    assert owned()
    form = {"verdict": "rejected", "because": "the sentence is about Beihe Works", "by": "Kim Reed"}
    answer = own_visitor.post(f"/claims/{claim}/judge", data=form)
    text = words_of(answer.text)
    assert "Rejected by Kim Reed" in text
    assert "the sentence is about Beihe Works" in text
    assert not owned()
    judgement = re.search(r'name="judgement" value="([^"]+)"', answer.text)[1]
    answer = own_visitor.post(
        f"/claims/{claim}/undo", data={"judgement": judgement, "by": "Kim Reed"}
    )
    assert "Accept, reject or correct" in answer.text
    assert owned()


def test_a_correction_says_what_is_right(own_visitor):
    _, claim = claim_in(own_visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    form = {"verdict": "corrected", "correction": "It owns 6 per cent", "by": "Kim"}
    answer = own_visitor.post(f"/claims/{claim}/judge", data=form)
    assert "should say: It owns 6 per cent" in words_of(answer.text)


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "accepted", "by": "Kim"},
        {"verdict": "accepted", "because": "so"},
        {"verdict": "corrected", "because": "so", "by": "Kim"},
    ],
)
def test_a_decision_needs_a_name_a_reason_and_what_is_right(visitor, form):
    _, claim = claim_in(visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    assert visitor.post(f"/claims/{claim}/judge", data=form).status_code == 400


def test_a_decision_without_the_proof_of_the_form_is_refused(visitor):
    _, claim = claim_in(visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    form = {"verdict": "rejected", "because": "x", "by": "y"}
    assert visitor.client.post(f"/claims/{claim}/judge", data=form).status_code == 403


def test_a_person_decides_in_the_browser(own_page, own_visitor):
    document, claim = claim_in(own_visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    own_page.goto(f"/documents/{document}?claim={claim}#evidence")
    own_page.get_by_text("Accept, reject or correct").click()
    own_page.get_by_label("Accept").check()
    own_page.get_by_label("Why").fill("read it twice")
    own_page.get_by_label("Your name").fill("Kim Reed")
    own_page.get_by_role("button", name="Keep the decision").click()
    expect(own_page.locator(".judged")).to_contain_text("Accepted by Kim Reed")
    own_page.get_by_role("button", name="Take it back").click()
    expect(own_page.locator(".judged")).to_have_count(0)


@pytest.fixture(scope="module")
def hostile(built, tmp_path_factory):
    """A server on a workspace with a document that means harm, and one that was forgotten."""
    folder = tmp_path_factory.mktemp("hostile")
    path = copied(built, folder)
    bad, gone = folder / "hostile <b>.txt", folder / "gone.txt"
    bad.write_text(HOSTILE, encoding="utf-8")
    gone.write_text("Gone Optics supplies the Selim Navy.\n", encoding="utf-8")
    with Workspace.open(path) as workspace:
        workspace.add([bad, gone])
        report = workspace.forget("gone.txt", because="a test asked <i>nicely</i>")
        ids = {state.name: state.id for state in workspace.status().documents}
    with served(path) as address:
        yield address, ids["hostile <b>.txt"], report.document_id


def test_no_text_of_a_document_breaks_the_page(hostile, opened):
    address, document, _ = hostile
    page = opened(base=address)
    page.goto(f"/documents/{document}")
    assert page.title().startswith("hostile <b>.txt")
    expect(page.get_by_text("document.title = 'owned'", exact=False).first).to_be_visible()
    expect(page.get_by_text("{{ 7 * 7 }}", exact=False)).to_be_visible()
    assert page.locator("main img, main script, main style, base").count() == 0
    text = page.locator(".reader-text").inner_text()
    assert "\u202e" not in text
    assert "\u200b" not in text
    assert "\ufffd" in text
    fits(page)


def test_a_million_characters_without_a_space_come_in_parts(hostile):
    address, document, _ = hostile
    visitor = Visitor(address)
    first = visitor.json(f"/api/documents/{document}")
    assert first["parts"] > 30
    shown = visitor.get(f"/documents/{document}")
    assert len(shown.text) < 200_000
    middle = visitor.get(f"/documents/{document}", params={"part": 20})
    assert "part 20 of" in middle.text
    last = visitor.get(f"/documents/{document}", params={"part": 1_000_000})
    assert "Yunmen University in 2021" in words_of(last.text)
    visitor.close()


def test_a_wide_document_fits_a_phone(hostile, opened):
    address, document, _ = hostile
    page = opened(base=address, size={"width": 390, "height": 844})
    page.goto(f"/documents/{document}?part=3")
    fits(page)


def test_a_forgotten_document_leaves_a_tombstone(hostile):
    address, _, gone = hostile
    visitor = Visitor(address)
    answer = visitor.get(f"/documents/{gone}")
    assert answer.status_code == 410
    assert "a test asked &lt;i&gt;nicely&lt;/i&gt;" in answer.text
    assert "Gone Optics" not in answer.text
    visitor.close()


def test_the_reader_is_accessible_in_light_and_dark_and_fits_a_phone(
    page, dark_page, phone, visitor, accessible, picture
):
    document, claim = claim_in(visitor, "Lantian Holdings owns 60 per cent of Beihe Optics")
    own = f"/documents/{document}?claim={claim}#evidence"
    for shown, name in ((page, "reader-light"), (dark_page, "reader-dark")):
        shown.goto(own)
        shown.get_by_text("Accept, reject or correct").click()
        accessible(shown)
        picture(shown, name)
    phone.goto(own)
    fits(phone)
    picture(phone, "reader-phone")

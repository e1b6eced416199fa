"""What a real browser lets a hostile page, a hostile document and a hostile name do: nothing."""

from urllib.parse import urlsplit

import pytest

from tests.web.conftest import copied
from tests.web.serving import served
from tests.web.test_screening_pages import COLUMNS, screened

ELSEWHERE = "http://elsewhere.example/"
PAGES = (
    "/", "/search?q=海康威视", "/screen", "/cases", "/framework", "/map", "/graph?of=Hikvision",
    "/review", "/review/claims", "/sources", "/about",
)  # fmt: skip


@pytest.fixture
def stranger(browser):
    """A page of another site that holds what the test puts there."""
    context = browser.new_context()
    page = context.new_page()

    def show(body):
        page.route(
            f"{ELSEWHERE}**",
            lambda route: route.fulfill(content_type="text/html", body=f"<!doctype html>{body}"),
        )
        page.goto(ELSEWHERE)
        return page

    yield show
    context.close()


def test_no_page_sends_a_request_to_another_machine(opened, address):
    page, outside = opened(), []

    def check(route):
        host = urlsplit(route.request.url).hostname
        if host == "127.0.0.1":
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", check)
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert outside == []


def test_a_form_of_another_site_decides_nothing(stranger, own_address, own_visitor):
    (pair,) = own_visitor.json("/api/review/merges?limit=1")
    before = len(own_visitor.json("/api/review/merges?limit=100"))
    left, right = pair["left"]["mention_id"], pair["right"]["mention_id"]
    page = stranger(
        f'<form method="post" action="{own_address}/review">'
        f'<input name="left" value="{left}"><input name="right" value="{right}">'
        '<input name="verdict" value="same"><input name="by" value="nobody">'
        '<button id="go">win a prize</button></form>'
    )
    with page.expect_navigation() as went:
        page.click("#go")
    assert went.value.status == 403
    assert len(own_visitor.json("/api/review/merges?limit=100")) == before


def test_a_script_of_another_site_reads_and_writes_nothing(stranger, address):
    page = stranger("")
    told = page.evaluate(
        """async (address) => {
            const tries = [
              fetch(`${address}/api/cases`),
              fetch(`${address}/api/screen`, {method: "POST", body: '{"parties": ["a"]}',
                headers: {"content-type": "application/json"}}),
              fetch(`${address}/api/cases`, {mode: "no-cors"}),
            ];
            return (await Promise.allSettled(tries)).map((one) => one.status);
        }""",
        address,
    )
    assert told == ["rejected"] * 3


def test_no_other_site_shows_our_pages_in_a_frame(stranger, address):
    page = stranger(f'<iframe src="{address}/review"></iframe>')
    page.wait_for_timeout(500)
    frame = page.frames[-1]
    assert "Review" not in frame.content()


def test_a_script_that_gets_into_a_page_is_not_run(browser, address):
    page = browser.new_context(base_url=address).new_page()
    page.goto("/about")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend",
              '<img src="/static/nowhere.png" onerror="window.ran = true">');
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    page.context.close()


def test_hostile_names_run_nothing_and_turn_nothing_round(opened, own_address, own_visitor):
    case = screened(
        own_visitor,
        "Ref,Supplier,Land\n"
        "1,<img src=x onerror=alert(1)> University,\n"
        "2,\u202e\u2066gpj.ytisrevinU\u2069\u202c Institute,\n"
        '3,"""><svg onload=alert(1)> Academy",\n'
        "4,javascript:alert(1) Laboratory,\n",
        COLUMNS,
        title='"><script>alert(1)</script>',
    ).url.path
    page = opened(base=own_address)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for path in (case, *(f"{case}/findings/{number}" for number in range(1, 5)), "/cases"):
        page.goto(path)
        assert page.locator("main img, main svg[onload], main script").count() == 0
        text = page.locator("main").inner_text()
        assert not set(text) & set("\u202e\u202d\u2066\u2067\u2069\u200f")


def test_behind_a_token_nothing_is_seen_without_it(browser, built, tmp_path):
    token = "a-long-secret-of-the-team"
    with served(copied(built, tmp_path), token=token) as address:
        page = browser.new_context().new_page()
        assert page.goto(f"{address}/review").status == 401
        page.goto(f"{address}/review?token={token}")
        assert token not in page.url
        assert page.get_by_role("heading", name="Review").is_visible()
        assert page.goto(f"{address}/cases").status == 200
        page.context.close()

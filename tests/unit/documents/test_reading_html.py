from pathlib import Path

import pytest

from crosstie.documents import read_document
from crosstie.ontology.errors import DocumentRefused

_PAGES = Path(__file__).parents[2] / "fixtures" / "documents"
_BODY = "<p>The yard signed an agreement with the navy on Monday, and the navy said so.</p>" * 3


def page_text(markup: str) -> str:
    return read_document(markup.encode(), name="page.html")[0].text


def test_main_text_is_taken_with_its_title_and_facts() -> None:
    raw = (_PAGES / "press.html").read_bytes()
    document, articles = read_document(raw, name="press.html")
    assert document.title == articles[0].title == "Orrin Group buys Tarn Optics"
    assert document.publisher == "The Quay"
    assert document.date == articles[0].date == "2021-05-14"
    assert document.url == "https://quay.example.org/orrin-buys-tarn"
    assert document.text.startswith("Orrin Group buys Tarn Optics\n")


def test_scripts_styles_menus_and_hidden_words_are_left_out() -> None:
    text = page_text((_PAGES / "press.html").read_text(encoding="utf-8"))
    for unseen in ("tracking", "color:red", "Hidden words", "Home", "Privacy"):
        assert unseen not in text


def test_rows_of_a_table_stay_rows() -> None:
    text = page_text((_PAGES / "press.html").read_text(encoding="utf-8"))
    assert "\n2018 | Vellmark Navy | 40\n2019 | Vellmark Coast Guard | 65\n" in text


def test_page_without_a_main_text_gives_what_it_shows() -> None:
    text = page_text("<html><body><div>Norvik<br>Orrin</div><ul><li>Tarn</ul></body></html>")
    assert text.split("\n") == ["Norvik", "Orrin", "- Tarn"]


def test_visible_text_keeps_cells_of_a_row_on_one_line() -> None:
    rows = "<tr><td>2018</td><td><b>Norvik</b> yard</td></tr>" * 9_000
    text = page_text(f"<html><body><table>{rows}</table></body></html>")
    assert text.split("\n")[0] == "2018 | Norvik yard"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "big5", "shift_jis", "utf-16", "utf-8"])
def test_page_is_read_in_the_charset_it_declares(charset: str) -> None:
    words = "造船所簽署協議" if charset == "big5" else "造船所"
    markup = f'<html><head><meta charset="{charset}"></head><body><p>{words}</p></body></html>'
    assert words in read_document(markup.encode(charset), name="page.html")[0].text


@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="article:published_time" content="2020-03-04T10:00:00Z">',
        '<meta name="pubdate" content="March 4, 2020">',
        '<script type="application/ld+json">{"@graph":[{"datePublished":"2020-03-04"}]}</script>',
    ],
)
def test_date_is_read_from_the_page_s_metadata(meta: str) -> None:
    markup = f"<html><head>{meta}</head><body><h1>Norvik grows</h1>{_BODY}</body></html>"
    assert read_document(markup.encode(), name="page.html")[0].date == "2020-03-04"


def test_broken_linked_data_is_passed_over() -> None:
    markup = f'<html><script type="application/ld+json">{{"a":</script><body>{_BODY}</body></html>'
    assert "navy" in page_text(markup)


def test_site_s_name_is_cut_off_the_title() -> None:
    markup = (
        '<html><head><title>Norvik grows | The Quay</title><meta property="og:site_name" '
        f'content="The Quay"></head><body>{_BODY}</body></html>'
    )
    document, articles = read_document(markup.encode(), name="page.html")
    assert document.title == articles[0].title == "Norvik grows"


def test_page_that_marks_up_two_articles_has_two() -> None:
    raw = (_PAGES / "several.html").read_bytes()
    titles = [article.title for article in read_document(raw, name="several.html")[1]]
    assert titles == ["Navy orders six patrol boats", "Halden Institute keeps its radar laboratory"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html>" + "<div>" * 100_000 + "text", "unreadable"),
        ("<html>" + "<b>" * 100_000 + "text", "unreadable"),
        ("<html><body>" + "<p>a" * 400_000, "huge"),
        ("<html><script>write('x')</script></html>", "empty"),
        ("<html><!--" + "x" * 100_000, "empty"),
        ("<html><p>a\x00b</p></html>", "unreadable"),
    ],
)
def test_hostile_page_is_refused(markup: str, reason: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        read_document(markup.encode(), name="page.html")
    assert caught.value.reason == reason

"""Pages in the layouts of different kinds of sites, about organisations that do not exist.

`site_pages.json` was read against the pages by eye; a change to it is a change to what users get.
"""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

from crosstie.documents import read_document
from crosstie.ontology.records import Article, Document

_PAGES = Path(__file__).parents[2] / "fixtures" / "site_pages"
_EXPECTED = json.loads((Path(__file__).parent / "site_pages.json").read_text(encoding="utf-8"))
# What extraction does not read for statements.
_UNREAD = frozenset(
    {"navigation", "boilerplate", "caption", "title", "byline", "date", "source", "footnote"}
)


def read(name: str) -> tuple[Document, tuple[Article, ...]]:
    return read_document((_PAGES / name).read_bytes(), name=name)


def prose(document: Document, articles: tuple[Article, ...]) -> str:
    kept = []
    for article in articles:
        at = article.start
        for block in article.blocks:
            if block.kind in _UNREAD:
                kept.append(document.text[at : block.start])
                at = block.end
        kept.append(document.text[at : article.end])
    return "\n".join(kept)


def test_every_site_page_has_its_expectation() -> None:
    assert sorted(_EXPECTED) == sorted(path.name for path in _PAGES.iterdir())


@pytest.mark.parametrize("name", sorted(_EXPECTED))
def test_site_page_is_cut_into_its_articles(name: str) -> None:
    document, articles = read(name)
    found = [
        {
            "title": article.title,
            "date": article.date,
            "publisher": article.publisher,
            "body": document.text[article.body_start : article.body_start + 24],
            "end": document.text[article.end - 24 : article.end],
        }
        for article in articles
    ]
    assert found == _EXPECTED[name]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("news_digest.txt", "Unsubscribe"),
        ("newsletter_numbered.txt", "published every month"),
        ("email_digest.txt", "To unsubscribe"),
        ("email_digest.txt", "Ports List digest"),
        ("wechat.txt", "河西集团新船下水"),
        ("wechat.txt", "点击上方"),
        ("gov_notice.txt", "抄送"),
        ("chinese_site.txt", "上一篇"),
        ("chinese_site.txt", "打印本页"),
        ("chinese_site.txt", "专家组参观水池（"),
        ("related_links.html", "Sonar and whales"),
        ("related_links.html", "Press Council"),
        ("blog_archive.html", "Recent posts"),
        ("many_subheads.txt", "minutes of 4 May"),
    ],
)
def test_what_frames_an_article_is_not_read(name: str, line: str) -> None:
    assert line not in prose(*read(name))


def test_rows_of_a_table_stand_under_their_header() -> None:
    document, _ = read("think_tank_brief.html")
    lines = document.text.split("\n")
    header = lines.index("Company | Partner | Agreement | Year")
    assert lines[header + 1].startswith("Norvik Shipbuilding Group | Northern Fleet | ")
    assert lines[header + 2].count(" | ") == lines[header].count(" | ")


def test_headings_of_a_report_are_kept_and_do_not_part_it() -> None:
    document, articles = read("think_tank_brief.html")
    assert len(articles) == 1
    assert "A laboratory on campus\n" in document.text


_STYLES = getSampleStyleSheet()
_FIRST = (
    "Norvik Shipbuilding Group sold its share in the dry dock to the town on Monday. The yard "
    "keeps the right to use it for ten years. "
)
_SECOND = (
    "The Halden Institute of Technology will test sonar for the Northern Fleet in a new basin. "
    "The contract runs until 2030. "
)


def bulletin() -> bytes:
    """Draw two columns; the first article runs on into the second."""
    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer, pagesize=(600, 420))
    columns = [Frame(40, 30, 250, 360, id="left"), Frame(310, 30, 250, 360, id="right")]
    template.addPageTemplates([PageTemplate(frames=columns)])
    parts: list[Any] = [
        Paragraph("Yard sells its dock", _STYLES["Heading1"]),
        Paragraph("Vellmark Post, 3 May 2021", _STYLES["Normal"]),
        Spacer(1, 10),
        Paragraph(_FIRST * 6, _STYLES["Normal"]),
        Spacer(1, 14),
        Paragraph("A basin for the fleet", _STYLES["Heading1"]),
        Paragraph("Radio Vex, 4 May 2021", _STYLES["Normal"]),
        Spacer(1, 10),
        Paragraph(_SECOND * 4, _STYLES["Normal"]),
        Spacer(1, 10),
        Table([["Company", "Partner"], ["Tarn Optics", "Northern Fleet"]]),
    ]
    template.build(parts)
    return buffer.getvalue()


def test_bulletin_in_two_columns_is_read_column_by_column() -> None:
    document, articles = read_document(bulletin(), name="bulletin.pdf")
    assert [a.title for a in articles] == ["Yard sells its dock", "A basin for the fleet"]
    assert [a.date for a in articles] == ["2021-05-03", "2021-05-04"]
    assert (_FIRST * 6).strip() in document.text
    assert (_SECOND * 4).strip() in document.text
    assert "Company | Partner\nTarn Optics | Northern Fleet" in document.text

"""The file of categories: an analyst may change it, and a mistake in it is named by its line."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError
from crosstie.reporting.briefing.categories import Signs, read_categories, shipped_categories
from crosstie.reporting.inert import json_text, markdown, visible

GOOD = """\
version: "7"
points: {title: 6, text: 1, most_words: 4, most_sentences: 3, least: 2}
categories:
  - {id: courts, label: Law, definition: Suits, ties: {sued: 5}, words: {en: [court], zh: [法院]}}
  - {id: rest, label: The rest, definition: All else.}
"""


def chosen(text, **signs):
    found = read_categories(parse_data(text, file="mine.yaml"))
    return found.choose(Signs(**{"title": "", "text": "", "ties": {}, "technologies": 0, **signs}))[
        0
    ]


def test_ties_and_words_lead_to_a_category_and_nothing_to_the_last():
    assert chosen(GOOD, ties={"sued": 1}) == "courts"
    assert chosen(GOOD, title="In Court") == "courts"
    assert chosen(GOOD, title="北河法院判决") == "courts"
    assert chosen(GOOD, title="A courtyard") == "rest"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sued: 5", "sueing: 5", "mine.yaml:4: unknown key `sueing`"),
        ("sued: 5", "sued: 0", "mine.yaml:4: `sued: 0` is no number of points"),
        ("id: rest", "id: courts", "mine.yaml:5: `courts` stands twice"),
        ("zh: [法院]", "fr: [cour]", "mine.yaml:4: unknown key `fr`"),
        ("least: 2", "least: true", "mine.yaml:2"),
        ("definition: All else.", "definition: All., ties: {owns: 1}", "mine.yaml:5: the last"),
        ("version", "versoin", "unknown key `versoin`"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(old, new, said):
    with pytest.raises(DataFileError, match=r"mine\.yaml") as error:
        read_categories(parse_data(GOOD.replace(old, new), file="mine.yaml"))
    assert said in str(error.value)


def test_the_shipped_categories_hold_those_of_a_digest_and_end_with_other():
    assert [category.id for category in shipped_categories().all] == [
        "designations", "agreements", "disputes", "presence", "technology", "policy",
        "media_society", "other",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_escaped_text_is_text_in_markdown(text):
    line = markdown(text)
    rendered = MarkdownIt("commonmark", {"html": True}).render(line)
    assert "\n" not in line and visible(text).split() == visible(visible(text)).split()
    assert rendered.count("<") == (2 if line else 0)


@given(st.text(max_size=60))
def test_escaped_json_reads_back_the_same(text):
    raw = json_text(msgspec.json.encode(text))
    assert msgspec.json.decode(raw) == text and "\u202e" not in raw.decode()

"""Read plain text and Markdown: the text is the file as decoded, untouched."""

import re

from crosstie.documents.dating import dates_in
from crosstie.documents.decoding import decode
from crosstie.documents.pages import Page

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_FIELD = re.compile(r"^([A-Za-z_-]{1,30})[ \t]*:[ \t]*(.{1,500}?)[ \t]*\r?$", re.MULTILINE)


def read_text(raw: bytes, name: str) -> Page:
    """Read a text file. Raises DocumentRefused."""
    return Page(decode(raw, name=name))


def read_markdown(raw: bytes, name: str) -> Page:
    """Read a Markdown file: its markup stays, its front matter gives title, date and publisher."""
    text = decode(raw, name=name)
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return Page(text)
    fields = {key.lower(): value.strip("\"' ") for key, value in _FIELD.findall(matter[1])}
    dates = dates_in(fields.get("date", "") or fields.get("published", ""))
    return Page(
        text,
        title=fields.get("title", ""),
        date=dates[0].iso if dates else None,
        publisher=fields.get("publisher") or fields.get("source") or None,
        url=fields.get("url") or None,
        language=fields.get("lang") or fields.get("language") or None,
        begins=matter.end(),
    )

"""Parse HTML within bounds, and take out what a reader of the page would not see."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crosstie.documents.pages import PageWriter
from crosstie.documents.refusals import huge, unreadable

# Pages nest some twenty deep. A parser's time grows with the square of the depth.
DEEPEST = 400
MOST_TAGS = 2_000_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that have no end tag, or may leave it out: they do not deepen the nesting.
_FLAT = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody",
        "tfoot", "option", "optgroup", "colgroup", "html", "head", "body",
    )
)  # fmt: skip
_UNSEEN = (
    "script, style, template, noscript, svg, iframe, object, embed, canvas, audio, video, select, "
    "button, input, textarea, [hidden], [style*='display:none'], [style*='display: none'], "
    "[style*='visibility:hidden'], [style*='visibility: hidden'], [style*='font-size:0'], "
    "[style*='font-size: 0']"
)
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol",
        "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PARAGRAPHS = frozenset(("p", "blockquote", "pre", "table", "figure", "section", "article"))


def parse(markup: str, name: str) -> LexborHTMLParser:
    """Parse a page. Raises DocumentRefused beyond the bounds of depth and number of tags."""
    depth = deepest = tags = 0
    for tag in _TAG.finditer(markup):
        tags += 1
        if tag[2].lower() in _FLAT:
            continue
        depth = depth - 1 if tag[1] else depth + 1
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            raise unreadable(
                name,
                f"nests its HTML elements more than {DEEPEST} deep",
                "save the page again from a browser, or as plain text",
            )
    if tags > MOST_TAGS:
        raise huge(name, f"holds more than {MOST_TAGS:,} HTML tags")
    return LexborHTMLParser(markup)


def drop_unseen(tree: LexborHTMLParser) -> None:
    """Take out scripts, styles, forms and what the page itself hides."""
    for node in tree.css(_UNSEEN):
        node.decompose()


def write_visible(node: LexborNode, page: PageWriter, *, begins: bool = False) -> None:
    """Write all visible text below a node, a line for each block and each table row."""
    for line, tag in _lines(node):
        heading = tag in _HEADINGS
        if tag in _PARAGRAPHS:
            page.gap()
        page.line(line, heading=heading, begins=begins)
        if tag in _PARAGRAPHS:
            page.gap()
        begins = False
        if page.full:
            return


def _lines(root: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield (line, tag of its block) in the order of the page."""
    places: dict[int, tuple[int, str, int]] = {}
    pieces: list[str] = []
    current: tuple[int, str, int] = (0, "", 0)
    for node in root.traverse(include_text=True):
        if node.tag == "br" and pieces:
            yield from _line(pieces, current[1])
            pieces = []
        if node.tag != "-text":
            continue
        place = _place(node.parent, places)
        if place[0] != current[0] and pieces:
            yield from _line(pieces, current[1])
            pieces = []
        elif place[2] != current[2] and pieces:
            pieces.append(" | ")
        current = place
        pieces.append(node.text_content or "")
    yield from _line(pieces, current[1])


def _line(pieces: list[str], tag: str) -> Iterator[tuple[str, str]]:
    text = " ".join("".join(pieces).split())
    if text.strip(" |"):
        yield ("- " + text if tag == "li" and not text.startswith("- ") else text), tag


def _place(
    node: LexborNode | None, places: dict[int, tuple[int, str, int]]
) -> tuple[int, str, int]:
    """Return (the nearest block's id, its tag, the table cell's id) for a parent of text."""
    passed: list[tuple[int, int]] = []
    cell = 0
    place = (0, "", 0)
    while node is not None:
        key = node.mem_id
        if key in places:
            place = places[key]
            break
        if node.tag in ("td", "th"):
            cell = cell or key
        elif node.tag in _BLOCKS and not (cell and node.tag not in ("tr", "table")):
            place = (key, str(node.tag), 0)
            places[key] = place
            break
        passed.append((key, cell))
        node = node.parent
    result = (place[0], place[1], cell or place[2])
    for key, inner in passed:
        places[key] = (place[0], place[1], inner or place[2])
    return result

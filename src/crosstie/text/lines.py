"""Lines and paragraphs of plain text: which line ends part, and which only a margin made."""

import re
from collections.abc import Iterator
from itertools import pairwise

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_STOPS = ".!?。！？…"
_CLOSERS = "\"'”’»)]）】》」』"

_MARK = re.compile(r"[-*+•·▪–—|#>]|\(?\d{1,3}[.)、]|\([a-z]\)")

# A shorter line was ended by its writer, not by a margin.
_LEAST_WIDTH = 45
_LEAST_HAN_WIDTH = 20
# A wider one was not wrapped by hand or by a mail program.
_MOST_WIDTH = 130
# In a proportional font the lines of one column differ by this share in their characters.
_RAGGED = 0.15
# Words that cannot end a heading or a sentence, in the languages most often met.
_JOINERS = frozenset(
    (
        "the", "a", "an", "of", "and", "or", "in", "on", "at", "to", "by", "for", "with", "from",
        "its", "their", "between", "into", "as", "that", "which", "is", "was", "are", "were",
        "has", "had", "have", "under", "than", "le", "la", "les", "de", "du", "des", "et", "der",
        "die", "das", "und", "el", "los", "y",
    )
)  # fmt: skip


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each line of text[start:end] without its line end; a blank one may be empty."""
    at = start
    for mark in _LINE_END.finditer(text, start, end):
        yield at, mark.start()
        at = mark.end()
    yield at, end


def paragraphs_of(text: str, start: int, end: int, *, width: int = 0) -> list[tuple[int, int]]:
    """Return the lines of text[start:end] that hold anything, wrapped lines taken together.

    A range begins and ends with a character that is no white space. Blank lines always part; a
    single line end parts unless a margin made it. `width` is the margin in characters where it is
    known; else three lines together show it.
    """
    found: list[tuple[int, int]] = []
    group: list[tuple[int, int]] = []
    for line in lines_of(text, start, end):
        stripped = _strip(text, *line)
        if stripped is not None:
            group.append(stripped)
            continue
        found.extend(_joined(text, group, width))
        group = []
    found.extend(_joined(text, group, width))
    return found


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    line = text[start:end]
    body = line.strip()
    if not body:
        return None
    first = start + len(line) - len(line.lstrip())
    return first, first + len(body)


def _joined(text: str, group: list[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """Return the group's lines with those taken together that one sentence runs over."""
    if len(group) > 2:
        full = _full_lines(text, group)
    else:
        full = frozenset({0}) if width and _reaches(text, group, width) else frozenset()
    found: list[tuple[int, int]] = []
    for at, line in enumerate(group):
        runs_on = (at - 1 in full and not _MARK.match(text, line[0])) or (
            bool(found) and _flows(text, found[-1][1], line)
        )
        if found and runs_on:
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _full_lines(text: str, group: list[tuple[int, int]]) -> frozenset[int]:
    """Return the places in the group of the lines that a margin ended; none if none shows.

    A margin shows in this: the next word would not have fitted in, and sentences run on over the
    line ends.
    """
    widths = sorted(end - start for start, end in group)
    width = widths[len(widths) * 9 // 10]
    if _HAN.match(text, group[0][0]):
        fits, least, running = 2, _LEAST_HAN_WIDTH, _runs_on_in_han
    else:
        fits, least, running = round(width * _RAGGED), _LEAST_WIDTH, _runs_on
    if not least <= width <= _MOST_WIDTH:
        return frozenset()
    full = set()
    flowing = unstopped = 0
    for at, (line, following) in enumerate(pairwise(group)):
        word = 0 if running is _runs_on_in_han else len(text[slice(*following)].split(None, 1)[0])
        if line[1] - line[0] + 1 + word < width - fits:
            continue
        full.add(at)
        if text[line[1] - 1] not in _STOPS:
            unstopped += 1
            flowing += running(text, following)
    return frozenset(full) if unstopped and flowing * 3 >= unstopped else frozenset()


def _reaches(text: str, group: list[tuple[int, int]], width: int) -> bool:
    """Tell whether the first of two lines ends at the known margin and in mid-sentence."""
    if len(group) < 2 or text[group[0][1] - 1] in _STOPS:
        return False
    reached = group[0][1] - group[0][0]
    if _HAN.match(text, group[0][0]):
        return reached >= max(width - 2, _LEAST_HAN_WIDTH)
    word = len(text[slice(*group[1])].split(None, 1)[0])
    return reached + 1 + word >= max(width * (1 - _RAGGED), _LEAST_WIDTH)


def _runs_on(text: str, line: tuple[int, int]) -> bool:
    return text[line[0]].islower()


def _runs_on_in_han(text: str, line: tuple[int, int]) -> bool:
    return _HAN.match(text, line[0]) is not None


def _flows(text: str, before: int, line: tuple[int, int]) -> bool:
    """Tell whether the sentence that stands before a line end runs on in the next line."""
    # Far enough back to judge the line, near enough to keep the cost of long ones flat.
    head = re.split(r"[\r\n]", text[max(0, before - 200) : before])[-1]
    if len(head) < _LEAST_WIDTH or head[-1] in _STOPS + _CLOSERS + ":：;；|":
        return False
    if text[line[0]].islower():
        return True
    last = head.rsplit(None, 1)[-1].lower()
    return last in _JOINERS and text[line[0]] not in "-*•#|"

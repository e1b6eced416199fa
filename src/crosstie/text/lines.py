"""Lines and paragraphs of plain text: which line ends part, and which only a margin made."""

import re
from collections.abc import Iterator

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_STOPS = ".!?。！？…"
_CLOSERS = "\"'”’»)]）】》」』"

# A shorter line was ended by its writer, not by a margin.
_LEAST_WIDTH = 45
_LEAST_HAN_WIDTH = 20
# A wider one was not wrapped by hand or by a mail program.
_MOST_WIDTH = 130
# Words that cannot end a heading or a sentence, in the languages most often met.
_JOINERS = frozenset(
    "the a an of and or in on at to by for with from its their between into as that which is was "
    "are were has had have under than le la les de du des et der die das und el los y".split()
)


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each line of text[start:end] without its line end; a blank one may be empty."""
    at = start
    for mark in _LINE_END.finditer(text, start, end):
        yield at, mark.start()
        at = mark.end()
    yield at, end


def paragraphs_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the lines of text[start:end] that hold anything, wrapped lines taken together.

    A range begins and ends with a character that is no white space. Blank lines always part; a
    single line end parts unless a margin made it.
    """
    found: list[tuple[int, int]] = []
    group: list[tuple[int, int]] = []
    for line in lines_of(text, start, end):
        stripped = _strip(text, *line)
        if stripped is not None:
            group.append(stripped)
            continue
        found.extend(_joined(text, group))
        group = []
    found.extend(_joined(text, group))
    return found


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    line = text[start:end]
    body = line.strip()
    if not body:
        return None
    first = start + len(line) - len(line.lstrip())
    return first, first + len(body)


def _joined(text: str, group: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(group) > 2 and _wrapped(text, group):
        return [(group[0][0], group[-1][1])]
    found: list[tuple[int, int]] = []
    for line in group:
        if found and _flows(text, found[-1][1], line):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _wrapped(text: str, group: list[tuple[int, int]]) -> bool:
    """Tell whether one margin broke all of these lines: no next word would have fitted in."""
    widths = [end - start for start, end in group[:-1]]
    widest = max(widths)
    if widest > _MOST_WIDTH:
        return False
    if _HAN.match(text, group[0][0]):
        return min(widths) >= _LEAST_HAN_WIDTH and widest - min(widths) <= 2
    if min(widths) < _LEAST_WIDTH // 2 or widest < _LEAST_WIDTH:
        return False
    flowing = 0
    for (start, end), (following, following_end) in zip(group, group[1:], strict=False):
        word = text[following:following_end].split(None, 1)[0]
        if end - start + 1 + len(word) < widest:
            return False
        flowing += text[end - 1] not in _STOPS and text[following].isalnum()
    return flowing * 2 >= len(group) - 1


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

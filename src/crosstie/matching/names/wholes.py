"""The whole that a name gives beside a part of it: the university of a school, a town left out.

'School of Astronautics, Beihang University' and 北京航空航天大学宇航学院 are parts of Beihang. A
part is not the whole, but who screens a part asks about the whole too.
"""

import re

from crosstie.matching.names.legal_forms import begins_legal_form
from crosstie.matching.names.normal import is_weak_name
from crosstie.matching.names.words import LONGEST_NAME, words_of
from crosstie.text.scripts import HAN_CLASS, fold, has_han

_CUT = re.compile(r"\s*[,，;；]\s*")
_UNIT = re.compile(
    r"(?:the )?(?:school|college|institute|cent(?:er|re)|division|section|chair|office) "
    r"(?:of|for) |"
    r".*\b(?:dept|department|faculty|lab|laboratory|laboratories)\b"
)
_TURNED = re.compile(r"\b(?:of|for)$")
_HAN_PART = re.compile(
    rf"([{HAN_CLASS}]{{2,}}?大学)[{HAN_CLASS}]+(?:学院|系|学部|实验室|中心|研究所|研究院|研究室)"
)


def whole_of(name: str) -> str | None:
    """Return the name of the whole that a name gives, or None where it names no part or town."""
    text = name[:LONGEST_NAME].strip()
    if has_han(text):
        part = _HAN_PART.fullmatch(fold(text).replace(" ", ""))
        return part[1] if part else None
    pieces = [piece for piece in _CUT.split(text) if not _is_legal_form(piece)]
    if len(pieces) < 2 or any(_TURNED.search(fold(piece)) for piece in pieces):
        return None
    wholes = [piece for piece in pieces if _may_be_whole(piece)]
    return wholes[0] if wholes and not is_weak_name(wholes[0]) else None


def _is_legal_form(piece: str) -> bool:
    return all(map(begins_legal_form, words_of(piece)))


def _may_be_whole(piece: str) -> bool:
    """Return whether a piece has words enough for a name, and is no unit and no address."""
    if any(map(str.isdigit, piece)) or _UNIT.match(fold(piece).replace(".", "")):
        return False
    return len(words_of(piece)) > 1

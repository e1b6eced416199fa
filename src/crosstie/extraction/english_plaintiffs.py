"""Groups without a name that go to court: "a Norvik trade group filed a lawsuit against"."""

import re
from collections.abc import Iterator

from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot, Strength

_GROUPS = (
    r"group|association|organi[sz]ation|coalition|alliance|consortium|federation|union|company|firm"
)
_CASES = r"lawsuit|suit|complaint|case|legal action|action|claim"
# A group is told from others by the nation or the place that its description holds.
_PLAINTIFF = re.compile(
    r"\b(?:[Aa]n?|[Tt]he)\s(?P<who>(?:[\w’'-]+\s){1,6}(?:" + _GROUPS + r")"
    r"(?:\s(?:in|from|of|based in)\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})?)"
    r"\s(?:has\s|had\s|have\s)?(?:recently\s|also\s)?"
    r"(?:sued\b|(?:filed|brought|lodged|launched)\s(?:an?\s|the\s)?(?:" + _CASES + r")\b)"
)
_NAMES_A_PLACE = re.compile(r"\b[A-Z][a-z]")


def plaintiffs(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield the described groups of a sentence that bring a case; a name of its own goes before."""
    for match in _PLAINTIFF.finditer(text, sentence.start, sentence.end):
        start, end = match.span("who")
        if _NAMES_A_PLACE.search(text, start, end):
            name = " ".join(text[start:end].split())
            yield Spot(start, end, "group", name, Strength.PLACE)

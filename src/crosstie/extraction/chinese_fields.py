"""Chinese laboratories and centres named by their field alone: 水声技术联合实验室."""

import re
from collections.abc import Iterator, Sequence

from crosstie.extraction.chinese_words import (
    INNER_TAGS,
    MAX_WORDS,
    STOP_INSIDE,
    Tagged,
    kind_of_chinese_name,
    zh_words,
)
from crosstie.extraction.spots import Spot, Strength

_LABORATORY = "实验室"
_CENTRES = ("研究中心", "创新中心", "工程中心", "联合中心", "研发中心", "研究院", "研究所")
# A shorter name of common words is more likely a phrase than a name.
_MIN_CENTRE, _MIN_LABORATORY, _MIN_JOINT = 6, 8, 7


def action_length(name: str) -> int:
    """Return how many characters of a verb the tagger has taken into a name: 共建…实验室."""
    verbs = (verb for verb in sorted(zh_words("actions")) if name.startswith(verb))
    return next((len(verb) for verb in verbs if len(name) > len(verb) + 3), 0)


def field_names(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    """Yield laboratories, and centres that the sentence founds."""
    for stop, word in enumerate(words):
        if word.text.endswith(_LABORATORY):
            yield from _laboratory(text, words, stop)
        elif text.endswith(_CENTRES, 0, word.end):
            yield from _centre(text, words, stop)


_FOUNDED = re.compile(
    r"(?:共建|成立|组建|设立|建设|筹建|创建|建立|打造|建成|揭牌)(?:了|的)?"
    r"(?P<name>[㐀-鿿A-Za-z0-9（）()-]{3,22}?(?:研究中心|创新中心|工程中心|技术中心|研发中心|联合中心|实验室|研究院|研究所"
    r"|电子中心|计算中心|数据中心|示范中心|转化中心|测试中心|检测中心|联盟))"
    r"(?=[，。；、”）的揭正在等落于昨今将并]|$)"
)
_NO_FIELD = re.compile(
    r"[的了与和在将向为由把被及]|一个|首个|多个|若干|以及|国家级|省级|^海外|^国内|^自己|[一二三四五六七八九十\d]+[个家所]"
)


def founded_names(text: str, start: int, end: int) -> Iterator[Spot]:
    """Yield laboratories and centres of common words right behind a verb that founds them."""
    for match in _FOUNDED.finditer(text, start, end):
        name = match.group("name")
        if _NO_FIELD.search(name) or len(name) < _MIN_CENTRE:
            continue
        kind = (
            "facility"
            if name.endswith("数据中心")
            else _KINDS_OF_FOUNDED.get(name[-2:], "laboratory")
        )
        yield Spot(match.start("name"), match.end("name"), kind, name, Strength.WEAK_FORM)


_KINDS_OF_FOUNDED = {
    "究院": "research_institute", "究所": "research_institute", "联盟": "ngo",
    "数据中心": "facility",
}  # fmt: skip


def _laboratory(text: str, words: Sequence[Tagged], stop: int) -> Iterator[Spot]:
    start, end = words[_first(words, stop)].start, words[stop].end
    start += action_length(text[start:end])
    name = text[start:end]
    joint = re.search(r"(?:重点|联合)实验室$", name) is not None
    if len(name) >= (_MIN_JOINT if joint else _MIN_LABORATORY):
        yield Spot(start, end, "laboratory", name, Strength.FORM)


def _centre(text: str, words: Sequence[Tagged], stop: int) -> Iterator[Spot]:
    first = _first(words, stop)
    name = text[words[first].start : words[stop].end]
    if first > 0 and _is_founded(words, first) and len(name) >= _MIN_CENTRE:
        kind = "laboratory" if name.endswith("中心") else "research_institute"
        yield Spot(words[first].start, words[stop].end, kind, name, Strength.FORM)


def _first(words: Sequence[Tagged], stop: int) -> int:
    """Return where the run of common words that ends at `stop` begins."""
    first = stop
    while first > 0 and stop - first < MAX_WORDS and _joins(words[first - 1], words[first]):
        first -= 1
    return first


def _joins(left: Tagged, right: Tagged) -> bool:
    inner = left.tag in INNER_TAGS or left.text in zh_words("inner_verbs")
    if not inner or left.tag == "f" or left.end != right.start:
        return False
    if left.tag == "ORG" and kind_of_chinese_name(left.text) in ("university", "company"):
        return False
    return STOP_INSIDE.search(left.text) is None and left.text not in zh_words("actions")


def _is_founded(words: Sequence[Tagged], first: int) -> bool:
    """Return whether a name of common words follows a verb that founds something."""
    before = [word.text for word in words[max(0, first - 2) : first]]
    return bool(zh_words("founding") & {*before, words[first].text})

"""What a value measures, in the document's own words: "advertising revenue of newspapers"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from crosstie.extraction.english_amounts import words
from crosstie.extraction.lexicon import alternatives
from crosstie.extraction.measured import Measured
from crosstie.extraction.passages import Sentence
from crosstie.text.numbers import FIGURES, SCALES, number_words

_REACH = 110
_MOST_MODIFIERS = 3
# "Of all countries, 86 were classified as free": what is said of them tells them from the rest.
_SAID_OF_THEM = re.compile(r"\s(?:were|are|was|is)\s([^,.;:]{3,60})")
# "19 countries already equipped with reactors": what they do tells which ones are meant.
_TOLD_BEHIND = re.compile(
    r"(?:\sand\s(?:regions|territories|areas))?\s(?:(?:are|were|have|had|that|which)\s)?(?:already\s)?"
    r"[a-z]+(?:ed|ing)\b(?:\s(?!(?:and|but|or|while|which)\b)[\w-]+){0,5}"
)
_QUOTES = re.compile(r"[“”\"]")
_HYPHENED = re.compile(r"[\w,.]+-[a-z]")
# Measures that say no more than the unit does.
VAGUE = frozenset({"amount", "count", "fraction", "%"})
_OF = re.compile(r"\b(?:of|from)\s(\S.*)$")
# Units behind which stands no thing that they count.
_HAN_MEASURES = frozenset(
    {
        "元",
        "元人民币",
        "人民币",
        "美元",
        "欧元",
        "英镑",
        "日元",
        "港元",
        "度",
        "%",
        "％",
        "年",
        "分",
    }
)
_HAN_YEAR = re.compile(r"(?:从|自|由|到|至|截至)?(?:19|20)\d\d年(?:\d{1,2}月|底|初|末)?的?")
# Words between what is measured and its value.
_HAN_TAIL = re.compile(
    r"(?:下降|上升|增长|增加|减少|缩减|萎缩|提高|扩大|回落|建成|建有|拥有|设有|投产|交付|雇用|雇佣|聘用|超过|至少|大约|将近|不到|不足|"
    r"低于|[则已将仅只降升增减缩达约近共逾到至为是有了从的])+$"
)
_HAN_REACH = 40
# What follows a number and is not what it counts: "1,200 people | rose to".
_NOT_COUNTED = re.compile(r"[增减降升扩缩达超和与及并]|以上|以下|左右|上下|提高|下跌|上涨")
_HAN_HEAD = re.compile(
    r"^(?:其中|同期|全年|当年|去年|今年|预计|计划|力争|目标是|[该本其]公司|该集团|公司|研制|生产|制造|建造|完成|建成|建有|拥有|现有|共有|投产|交付)+"
)


@cache
def _noun() -> re.Pattern[str]:
    nouns = alternatives(words("measures"))
    of = rf"(?:\s(?:of|from|on)\s(?:the\s)?(?P<of>[\w’'-]+(?:\s(?!{_stops()}\b)[\w’'-]+){{0,4}}))?"
    return re.compile(rf"\b(?P<noun>{nouns})\b{of}", re.IGNORECASE)


@cache
def _stops() -> str:
    return f"(?:{alternatives(words('phrase_stops'))})"


@cache
def _generic() -> re.Pattern[str]:
    before = r"(?P<what>(?:[a-z][\w-]*\s){1,3})(?P<how>with|in|from|to|among)\s"
    return re.compile(
        rf"{before}(?:\w+\s){{0,3}}$",
    )


@cache
def _numbers() -> re.Pattern[str]:
    """Return the number before what it counts, or the two ends of a range."""
    scales = alternatives(word for word in SCALES if word.isascii())
    behind = r"(?:or more|or above|plus|or fewer|or less|or so|odd)"
    number = rf"(?:{FIGURES}|\b(?:{number_words()})\b)"
    one = rf"{number}[\s-]?(?:(?:{scales})\b\s?)?(?:{behind}\s)?"
    return re.compile(rf"{one}(?:(?:and|to|or|–|—|-)\s?{one})?", re.IGNORECASE)


def english_phrase(text: str, sentence: Sentence, measured: Measured) -> str:
    """Return the words for what an English value measures, "" where its unit says it all."""
    before = text[max(sentence.start, measured.start - _REACH) : measured.start]
    if measured.currency or measured.unit in ("%", "fraction"):
        return _named_measure(before)
    if not measured.unit:
        return ""
    written = text[measured.start : measured.end]
    counted = " ".join(_numbers().sub("", written, count=1).split())
    if not counted and (said := _SAID_OF_THEM.match(text, measured.end, sentence.end)):
        return " ".join([measured.unit, *_QUOTES.sub("", said.group(1)).split()])
    if not counted or _HYPHENED.match(written):
        counted = measured.unit
    if counted.casefold() not in words("places_counted"):
        return counted
    of = _generic().search(before)
    if of is None:
        told = _TOLD_BEHIND.match(text, measured.end, sentence.end)
        return counted + (" ".join(["", *told.group().split()]) if told else "")
    what = " ".join(_modifiers(of.group("what")))
    return f"{what} {of.group('how')} {counted}" if what else counted


def _named_measure(before: str) -> str:
    found = list(_noun().finditer(before))
    if not found:
        return ""
    match = found[-1]
    parts = [*_modifiers(before[: match.start()])[-2:], match.group("noun").lower()]
    if of := match.group("of"):
        parts += ["of", of]
    return " ".join(parts)


def _modifiers(before: str) -> list[str]:
    """Return the words right before a noun that belong to it: "the advertising" → advertising."""
    kept: list[str] = []
    for word in reversed(before.split()):
        if not re.fullmatch(r"[A-Za-z][\w-]*", word) or word.lower() in words("phrase_stops"):
            break
        kept.insert(0, word if word.isupper() else word.lower())
        if len(kept) == _MOST_MODIFIERS:
            break
    return kept


def continued(found: Sequence[Measured]) -> list[Measured]:
    """Let the later value of a change measure what the earlier one does: "from A to B"."""
    kept: list[Measured] = []
    for measured in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and (measured.measure in VAGUE or not measured.phrase)
            and measured.phrase in ("", last.phrase)
            and _alike(last, measured)
            and last.measure not in VAGUE
        ):
            measured = replace(measured, measure=last.measure, phrase=last.phrase)
        kept.append(measured)
    return kept


def _alike(first: Measured, second: Measured) -> bool:
    if first.currency or second.currency:
        return first.currency == second.currency
    return first.unit == second.unit


def chinese_phrase(before: str, behind: str, unit: str) -> str:
    """Return the words for what a Chinese value measures: "核电机组", "广告收入".

    What is counted stands behind its number, what is measured before it; "" where neither does.
    """
    counted = re.match(r"[㐀-鿿]{1,12}", behind)
    if counted and unit not in _HAN_MEASURES and not _NOT_COUNTED.match(behind):
        return counted.group()
    clause = re.split(r"[，。；、,;：:（）()]", before)[-1]
    clause = _HAN_YEAR.sub("", clause[-_HAN_REACH:])
    tail = _HAN_TAIL.sub("", clause)
    match = re.search(r"(?:^|[^㐀-鿿\d])(?:[^\d]*?[在于])?([㐀-鿿]{2,16})$", tail)
    if match is None:
        return ""
    return _HAN_HEAD.sub("", match.group(1)).strip("的")


def without_owner(phrase: str, owner: str) -> str:
    """Return a phrase without the name whose value it is: "turnover of Hexi" → "turnover"."""
    name = re.escape(owner)
    found = re.sub(rf"\s(?:of|from)\s(?:the\s)?{name}$|^{name}(?:[’']s\s|的)?", "", phrase)
    return _HAN_HEAD.sub("", found.strip()) or phrase


def whose_it_is(phrase: str, owner: str) -> str:
    """Return whose a measure is by its own words: "revenue of Selimian newspapers"; "" if none."""
    match = _OF.search(phrase)
    if match is None or owner.casefold() in phrase.casefold():
        return ""
    return match.group(1)

"""Measured values in a Chinese sentence: number, scale, measure word, comparator and dates."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from crosstie.extraction.measured import Measured, modality_of
from crosstie.extraction.measured_words import chinese_phrase, continued
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot
from crosstie.ontology.records import Comparator, Modality
from crosstie.text.currencies import currency_code
from crosstie.text.numbers import FIGURES, HAN_FIGURES, read_number, scale_of

_ZH_UNITS = (
    "元人民币|美元|美元|欧元|英镑|日元|港元|人民币|元|人次|人|家|件|台|个|名|项|所|座|艘|架|枚|颗|辆|套|吨|公里|千米|平方米|平方公里|亩|"
    "千瓦时|千瓦|兆瓦|度|个百分点|百分点|%|％|年|个月|天|岁|种|篇|期|次|条|门|位|国|倍|余人|公顷|海里|马赫|米|公斤|克|余名|册|部|支|处|批|份|分(?![之钟别布公店行院校厂部支期批类]|、)|只|块|片|间|户|笔"
)


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>超过|逾|至少|不少于|不低于|超|突破|高于|大约|约为|约|近|将近|不到|不足|低于|至多|不超过|达到|达|共)?"
        rf"(?:(?P<low>{FIGURES}|{HAN_FIGURES})(?P<low_scale>[百千万亿]{{0,2}})[至到–—~～-])?"
        rf"(?P<number>{FIGURES}|{HAN_FIGURES})(?P<more>余|多)?(?P<scale>万亿|[百千万亿]+)?(?P<more2>余|多)?(?P<unit>{_ZH_UNITS})"
    )


def chinese_quantities(text: str, sentence: Sentence, spots: Sequence[Spot]) -> Iterator[Measured]:
    """Yield the measured values of a Chinese sentence."""
    found = [
        _measured(text, sentence, match, value)
        for match, value in _values(text, sentence, [(spot.start, spot.end) for spot in spots])
    ]
    yield from continued(found)


def _values(
    text: str, sentence: Sentence, taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[re.Match[str], float]]:
    for match in _chinese().finditer(text, sentence.start, sentence.end):
        value = read_number(match.group("number"))
        if value is None or any(a <= match.start("number") < b for a, b in taken):
            continue
        if _is_chinese_date(text, match) or _is_chinese_word(text, match):
            continue
        if _is_span_of_time(text, match) or _LEVEL.match(text, match.end()):
            continue
        yield match, value


def _measured(text: str, sentence: Sentence, match: re.Match[str], value: float) -> Measured:
    whole, before = text[sentence.start : sentence.end], text[sentence.start : match.start()]
    modality = modality_of(whole)
    due = _due_year(whole, modality)
    phrase = chinese_phrase(before, text[match.end() : sentence.end], match.group("unit"))
    low = _low_end(match, value)
    return Measured(
        start=match.start("number" if low is None else "low"),
        end=match.end(),
        value=value if low is None else low,
        upper=None if low is None else value,
        unit=(match.group("scale") or "") + match.group("unit"),
        measure=phrase or match.group("unit"),
        phrase=phrase,
        comparator=_chinese_comparator(match) if low is None else "range",
        as_of=_year_of(whole, before, due),
        by=due,
        modality=modality,
        currency=currency_code(match.group("unit")),
    )


def _low_end(match: re.Match[str], high: float) -> float | None:
    """Return the low end of a range in the scale of its high end: "300至350颗", "9千至1万人"."""
    low = read_number(match.group("low")) if match.group("low") else None
    if low is None:
        return None
    scale = match.group("scale") or ""
    if match.group("low_scale"):
        low *= scale_of(match.group("low_scale")) / scale_of(scale)
    return low if low < high else None


def _is_chinese_date(text: str, match: re.Match[str]) -> bool:
    number = match.group("number")
    if match.group("unit") == "年":
        return not (match.group("scale") or len(number) <= 2) or number[0] in "零〇"
    return bool(re.match(r"[月日号]", text[match.end("number") : match.end("number") + 1]))


def _is_chinese_word(text: str, match: re.Match[str]) -> bool:
    """Return whether a number is part of a word: 一个, 第三次, 两国, 一期."""
    number, before = match.group("number"), text[max(0, match.start() - 1) : match.start()]
    if before in ("第", "之", "同", "每") or (
        number in ("一", "两", "二")
        and not match.group("scale")
        and not (number == "两" and match.group("unit") in "座艘架台套枚颗辆")
    ):
        return True
    return match.group("unit") in ("期", "次", "国", "方", "分") and not number[0].isdigit()


# "A class of 300 MW", "four sides": no measured values.
_LEVEL = re.compile(r"级|方面|领域|阶段|角度|层次|环节")
_LATELY = re.compile(r"(?:近|未来|过去|今后|前|头|最近|第)$")


def _is_span_of_time(text: str, match: re.Match[str]) -> bool:
    """Return whether years are only when it was: 近十年来, 三年内."""
    if match.group("unit") not in ("年", "个月", "天"):
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    lately = match.group("before") in ("近", "将近") or _LATELY.search(before) is not None
    return lately or text[match.end() : match.end() + 1] in (
        "来",
        "内",
        "间",
        "前",
        "后",
        "多",
        "以",
    )


def _chinese_comparator(match: re.Match[str]) -> Comparator:
    word = match.group("before") or ""
    if match.group("more") or match.group("more2") or word in ("超过", "逾", "超", "突破", "高于"):
        return ">"
    if word in ("至少", "不少于", "不低于") or _AND_MORE.match(match.string, match.end()):
        return ">="
    if word in ("不到", "不足", "低于"):
        return "<"
    if word in ("至多", "不超过"):
        return "<="
    return "~" if word in ("约", "约为", "大约", "近", "将近") else "="


_AND_MORE = re.compile(r"[㐀-鿿]{0,2}以上")


_YEAR = re.compile(r"((?:19|20)\d\d)年")
# "Fell to 10 billion by 2016" tells what was then, "30 units by 2030" what is due.
_DUE = re.compile(r"(?P<change>[降升增减跌涨缩长加少])?(?:截至|截止)?到(?P<year>(?:19|20)\d\d)年")


def _due_year(sentence: str, modality: Modality) -> str | None:
    """Return the year by which the values of a sentence are due."""
    for match in _DUE.finditer(sentence):
        if not match.group("change") and not match.group().startswith("截"):
            return match.group("year")
    return None


def _year_of(sentence: str, before: str, due: str | None) -> str | None:
    """Return the year nearest before a value, else the first of its sentence; none that is due."""
    years = _YEAR.findall(before) or _YEAR.findall(sentence)[:1]
    year = years[-1] if years else None
    return None if due is not None and year == due else year

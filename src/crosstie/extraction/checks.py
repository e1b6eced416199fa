"""Figures that contradict each other inside one article: flagged, never corrected."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crosstie.extraction.measured import Edition, Measured
from crosstie.extraction.passages import Sentence
from crosstie.text.currencies import same_rate
from crosstie.text.numbers import scale_of

PAIR_CONTRADICTS = "currency_pair_contradicts_other_rate"
PARTS_DO_NOT_SUM = "parts_do_not_sum"
SHARES_EXCEED_WHOLE = "shares_exceed_100"
# Shares of one whole: who holds what, what was sold to whom.
_SHARED_OUT = re.compile(
    r"\b(?:holds?|held|owns?|owned|sold|split|divided|shares?|stakes?|remaining|the rest)\b"
    r"|持有|占股|持股"
)
_CHANGED = re.compile(
    r"\b(?:from|rose|fell|raised|increased|reduced|cut|up|down|by)\b|增至|增长|升至|降至"
)
_OF_A_WHOLE = re.compile(r"\s?(?:of|in)\s")
_TOTAL_WORDS = ("all ", "total of ", "altogether ", "in total ", "共", "总计")


@dataclass(slots=True)
class Checked:
    """A quantity with its sentence and the flags that the article's other figures raise."""

    measured: Measured
    sentence: Sentence
    flags: list[str] = field(default_factory=list)
    edition: Edition | None = None
    """The edition of a report that the value is of."""


def check(text: str, found: Sequence[Checked]) -> None:
    """Raise flags in place: on currency pairs that disagree, on parts that do not sum."""
    _check_pairs(found)
    by_sentence: dict[Sentence, list[Checked]] = {}
    for item in found:
        by_sentence.setdefault(item.sentence, []).append(item)
    for items in by_sentence.values():
        _check_sum(text, items)
        _check_shares(text, items)


def _check_pairs(found: Sequence[Checked]) -> None:
    """Flag a pair whose implied rate no other pair of the article shares, when others agree."""
    pairs: dict[tuple[str, str], list[tuple[float, Checked]]] = {}
    for item in found:
        measured = item.measured
        if measured.other is None or measured.currency is None or measured.other[0] <= 0:
            continue
        rate = measured.value * scale_of(measured.unit) / measured.other[0]
        pairs.setdefault((measured.currency, measured.other[1]), []).append((rate, item))
    for rates in pairs.values():
        for number, (rate, item) in enumerate(rates):
            others = [r for k, (r, _) in enumerate(rates) if k != number]
            agreeing = [r for r in others if sum(same_rate(r, q) for q in others) > len(others) / 2]
            if agreeing and not any(same_rate(rate, other) for other in agreeing):
                item.flags.append(PAIR_CONTRADICTS)


def _check_sum(text: str, items: Sequence[Checked]) -> None:
    """Flag a total and its parts when "all N ..., a ..., b ... and c" do not add up."""
    for number, total in enumerate(items):
        start = total.measured.start
        if not any(text[max(0, start - 12) : start].lower().endswith(w) for w in _TOTAL_WORDS):
            continue
        parts = [
            item for item in items[number + 1 :]
            if not item.measured.currency and item.measured.unit in ("", total.measured.unit)
            and item.measured.value < total.measured.value
        ]  # fmt: skip
        if len(parts) > 1 and sum(p.measured.value for p in parts) != total.measured.value:
            for item in (total, *parts):
                item.flags.append(PARTS_DO_NOT_SUM)


def _check_shares(text: str, items: Sequence[Checked]) -> None:
    """Flag shares of one whole that come to more than all of it: "40 %, 35 % and 30 %"."""
    shares = [i for i in items if i.measured.unit == "%" and i.measured.comparator in ("=", "~")]
    if len(shares) < 2 or sum(item.measured.value for item in shares) <= 100:
        return
    sentence = text[shares[0].sentence.start : shares[0].sentence.end]
    wholes = sum(bool(_OF_A_WHOLE.match(text, item.measured.end)) for item in shares)
    # "60 % of A and 51 % of B" are shares of two things.
    if wholes > 1 or _CHANGED.search(sentence) or not _SHARED_OUT.search(sentence):
        return
    for item in shares:
        item.flags.append(SHARES_EXCEED_WHOLE)

"""A Chinese sentence as its tie patterns see it: names as symbols, and who a clause is about.

Chinese leaves a subject out once it is known, and points back with 其, 该公司, 双方. Each such
place becomes a symbol of its own that stands for the names meant, so that one pattern reads
"A向B供货" and "A…，长期向B供货" alike. A post with its holder ("校长顾明远") is part of the
organisation's symbol, since what the holder signs the organisation signs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from crosstie.extraction.chinese_organisations import offices
from crosstie.extraction.chinese_subjects import Item, Reader, Talk
from crosstie.extraction.lexicon import alternatives
from crosstie.extraction.masking import uncovered
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot
from crosstie.extraction.surfaces import Symbols, symbols_of

_QUOTES = {"“": "”", "《": "》", "「": "」"}


@dataclass(frozen=True)
class Clauses:
    """A sentence's symbols, with persons apart and with persons joined to their organisations."""

    people: Symbols
    plain: Symbols
    implied: frozenset[int]
    """Where in the document a subject has been put in that the text leaves out."""


def clauses_of(text: str, sentence: Sentence, inside: Sequence[Spot], talk: Talk) -> Clauses:
    """Return the sentence's symbols, and remember in `talk` what it speaks of."""
    names = uncovered(inside)
    joined = _with_holders(text, names)
    whole = [_item(text, sentence, spot) for spot in names]
    plain = [_item(text, sentence, spot) for spot in _without_countries(text, joined)]
    reader = Reader(text, sentence, joined, talk)
    stand_ins = _apart(reader.stand_ins(), plain)
    talk.readers[sentence] = (reader, talk.topic)
    talk.named += [(spot, sentence) for spot in inside]
    talk.topic = reader.topic() or talk.topic
    if text[sentence.start : sentence.end].endswith("："):
        talk.lead = talk.topic
    elif not reader.is_item():
        talk.lead = None
    if talk.topic is not None:
        talk.main.setdefault(talk.topic[0].kind, talk.topic)
    pair = reader.pair(sentence.end)
    talk.parties = (pair, sentence) if pair else talk.parties
    implied = frozenset(start for start, end, _, _ in stand_ins if start == end)
    return Clauses(
        symbols_of(text, sentence, (), whole),
        symbols_of(text, sentence, (), [*plain, *stand_ins]),
        implied,
    )


def _item(text: str, sentence: Sentence, spot: Spot) -> Item:
    """Return the place of a name, with the quotation marks around it."""
    start, end = spot.start, min(spot.covered, sentence.end)
    close = _QUOTES.get(text[start - 1], "") if start > sentence.start else ""
    if close and text[spot.end : spot.end + 1] == close:
        start, end = start - 1, max(end, spot.end + 1)
    return start, end, (replace(spot, cover_end=0),), sentence


def _apart(items: Sequence[Item], taken: Sequence[Item]) -> list[Item]:
    """Return the items that touch none of the names."""
    return [
        item
        for item in items
        if all(item[1] <= start or end <= item[0] for start, end, _, _ in taken)
    ]


@cache
def _holder() -> re.Pattern[str]:
    return re.compile(
        rf"[^，。；、\s的]{{0,12}}?(?:{alternatives(offices())})(?:兼[^，。；、]{{1,10}})?"
    )


def _with_holders(text: str, names: Sequence[Spot]) -> list[Spot]:
    """Return the names, those of people in a post joined to the organisation before them."""
    found: list[Spot] = []
    for spot in names:
        last = found[-1] if found else None
        if (
            spot.kind == "person"
            and last is not None
            and last.kind in ORGANISATION_LIKE
            and _holder().fullmatch(text, last.covered, spot.start)
        ):
            found[-1] = replace(last, cover_end=spot.end)
        else:
            found.append(spot)
    return found


_AT = ("位于", "设在", "地处", "在", "坐落于", "来自", "总部", "于", "落户")


def _without_countries(text: str, names: Sequence[Spot]) -> list[Spot]:
    """Leave out places that only tell where the name behind them is: 瑞典的北海大学."""
    kept: list[Spot] = []
    for at, spot in enumerate(names):
        following = names[at + 1] if at + 1 < len(names) else None
        tells = (
            spot.kind == "place"
            and following is not None
            and following.kind in ORGANISATION_LIKE
            and text[spot.covered : following.start] in ("的", "")
            and not text[: spot.start].endswith(_AT)
        )
        if not tells:
            kept.append(spot)
    return kept

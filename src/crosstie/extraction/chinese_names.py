"""Find the names in Chinese running text: a tagger's words, joined and typed by their endings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from crosstie.extraction.aliases import short_form
from crosstie.extraction.chinese_fields import action_length, field_names
from crosstie.extraction.chinese_words import (
    INNER_TAGS,
    MAX_WORDS,
    STOP_INSIDE,
    Tagged,
    endings,
    kind_of_chinese_name,
    tagged_words,
    zh_words,
)
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.lexicon import load_lexicon, places, terms, word_set
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import (
    ORGANISATION_LIKE,
    Spot,
    Strength,
    known_yield,
    without_overlaps,
)

_NAME_TAGS = frozenset({"ORG", "LOC", "nz", "PER"})
# Common nouns that open the names of national bodies and systems.
_OPENERS = frozenset({"国家", "全军", "全国", "中央", "中华", "国际", "中国", "国防", "联合国"})
_BOOK_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_QUOTED = re.compile(r"[“「]([^”」\n]{2,20})[”」]")


@cache
def offices() -> tuple[str, ...]:
    """Return the Chinese words for posts, the longest first."""
    found = word_set(load_lexicon("offices"), "zh")
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def chinese_spots(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Spot]:
    """Return the names in the sentences, in order, without overlaps."""
    found: list[Spot] = []
    for sentence in sentences:
        words = tagged_words(text, sentence)
        found.extend(_known(text, sentence, gazetteer))
        found.extend(_titles(text, sentence))
        found.extend(_terms(text, sentence))
        found.extend(_organisations(text, words))
        found.extend(field_names(text, words))
        found.extend(_models(text, sentence))
        found.extend(_people(text, words))
        found.extend(_places(words))
    spots = without_overlaps(known_yield(found))
    return _everywhere(text, sentences, _with_aliases(text, spots))


def _known(text: str, sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Spot]:
    for found in gazetteer.find(text[sentence.start : sentence.end]):
        start, end = sentence.start + found.start, sentence.start + found.end
        yield Spot(
            start,
            end,
            found.name.kind,
            found.name.text,
            Strength.GAZETTEER,
            country=found.name.country,
        )


def _titles(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield titles in book marks; a plan's title is a programme, any other a document."""
    for match in _BOOK_TITLE.finditer(text, sentence.start, sentence.end):
        title = match.group(1)
        kind = kind_of_chinese_name(title)
        if kind == "media":
            yield Spot(match.start(1), match.end(1), "media", title, Strength.QUOTED)
        else:
            kind = (
                "programme" if kind in ("programme", None) or title.endswith("法") else "document"
            )
            yield Spot(match.start(1), match.end(1), kind, title, Strength.QUOTED)
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        if kind_of_chinese_name(match.group(1)) == "programme" or re.fullmatch(
            r"十[一二三四五六七]五|[一二三四五六七八九十]带.{1,4}", match.group(1)
        ):
            yield Spot(match.start(1), match.end(1), "programme", match.group(1), Strength.QUOTED)


def _terms(text: str, sentence: Sentence) -> Iterator[Spot]:
    pattern, programmes = _term_pattern()
    for match in pattern.finditer(text, sentence.start, sentence.end):
        kind = "programme" if match.group() in programmes else "technology"
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.TERM)


@cache
def _term_pattern() -> tuple[re.Pattern[str], frozenset[str]]:
    lexicon = terms("zh")
    words = sorted(lexicon.technologies | lexicon.programmes, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words))), lexicon.programmes


def _organisations(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    """Yield the longest runs of words that begin like a name and end like an organisation."""
    at = 0
    while at < len(words):
        stop = _name_end(text, words, at)
        if stop is None:
            at += 1
            continue
        start, end = words[at].start, words[stop].end
        start += action_length(text[start:end])
        if match := _DEED_AT_END.search(text[start:end]):
            end -= len(match.group())
        name = text[start:end]
        kind = kind_of_chinese_name(name) or _organ_kind(name) or "company"
        if kind != "place":
            yield Spot(
                start,
                end,
                kind,
                name,
                Strength.FORM if kind_of_chinese_name(name) else Strength.GUESS,
            )
        at = stop + 1


_ORGAN = re.compile(r"[部委局厅署司]$")
_NO_ORGAN = re.compile(
    r"(?:总部|俱乐部|本部|全部|内部|外部|[东西南北中]部|干部|学部|分部|支部|公司)$"
)


def _organ_kind(name: str) -> str | None:
    """Return `government_body` for a name that ends like a ministry or bureau: 交通部, 发展委."""
    organ = len(name) > 2 and _ORGAN.search(name) and not _NO_ORGAN.search(name)
    return "government_body" if organ else None


def _name_end(text: str, words: Sequence[Tagged], at: int) -> int | None:
    if not _may_open(words, at):
        return None
    best: int | None = None
    for stop in range(at, min(len(words), at + MAX_WORDS)):
        word = words[stop]
        if stop > at and not (
            (_inner(word) or _trade(words, stop)) and word.start == words[stop - 1].end
        ):
            break
        if stop == at + 1 and words[at].tag == "ORG" and _goes_on(word):
            break
        if stop > at and STOP_INSIDE.search(word.text) and word.tag not in _NAME_TAGS:
            break
        name = text[words[at].start : word.end]
        if name in endings()[1]:
            continue
        if (
            (word.tag == "ORG" and kind_of_chinese_name(name))
            or (kind_of_chinese_name(name) not in (None, "place") and _ends_name(word, name))
            or (stop == at and word.tag == "ORG")
        ):
            best = stop
    return best


_DEED_AT_END = re.compile(r"(?<=公司|集团|大学)(?:控股|全资|计划|下属|旗下)$")


def _goes_on(word: Tagged) -> bool:
    """Return whether a word behind an organisation's name says what it does or who leads it."""
    return word.text in zh_words("deeds") or word.text in offices()


def _inner(word: Tagged) -> bool:
    """Return whether a word may stand inside a name; the tagger takes 能 and 5号 for verbs."""
    return word.tag in INNER_TAGS or word.text in "能建控联防检测造" or word.text.endswith("号")


def _trade(words: Sequence[Tagged], at: int) -> bool:
    """Return whether a verb is a firm's trade, right before 公司: 定位, 运输, 勘探."""
    word = words[at]
    if word.text not in zh_words("trades") or at + 1 == len(words):
        return False
    return words[at + 1].text == "公司" and words[at + 1].start == word.end


def _may_open(words: Sequence[Tagged], at: int) -> bool:
    word = words[at]
    if word.tag in ("ORG", "LOC", "nz") or word.text in _OPENERS:
        return True
    if re.search(r"(?:站|厂|所|院|基地)\d+号$", word.text):
        return True
    return bool(re.fullmatch(r"[A-Za-z0-9-]{2,12}", word.text)) and at + 1 < len(words)


def _ends_name(word: Tagged, name: str) -> bool:
    """Return whether a word is, or ends in, an ending: 研究所, or 军工集团 in one word."""
    if name.endswith(tuple(zh_words("weak_last"))):
        return word.text == name
    return any(
        word.text.endswith(ending) or (ending.endswith(word.text) and len(word.text) > 1)
        for ending, _ in endings()[0]
    )


_MODEL = re.compile(
    r"(?<![第月年])[㐀-鿿]{2}[一二三四五六七八九十]{1,2}号(?!楼|线|令|文|公告|机组)"
)


def _models(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield numbered designs and craft: 天路三号."""
    for match in _MODEL.finditer(text, sentence.start, sentence.end):
        follows = text[match.end() : match.end() + 4]
        kind = "technology" if re.match(r"技术|机组|反应堆|堆型", follows) else "system"
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.ALIAS)


def _people(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    """Yield the people whose post stands right before the name, lists included."""
    posted = False
    for number, word in enumerate(words):
        if word.tag != "PER":
            continue
        before = text[max(0, word.start - 8) : word.start].rstrip("：:、 ")
        follows = number > 1 and posted and words[number - 1].text in ("、", "和", "及")
        posted = before.endswith(offices()) or follows
        if posted and len(word.text) > 1:
            yield Spot(word.start, word.end, "person", word.text, Strength.FORM)


def _places(words: Sequence[Tagged]) -> Iterator[Spot]:
    known = places().chinese
    for word in words:
        if word.tag == "LOC" or word.text in known:
            kind = kind_of_chinese_name(word.text)
            kind = kind if kind in ("facility", "university") else "place"
            yield Spot(
                word.start, word.end, kind, word.text, Strength.PLACE, country=known.get(word.text)
            )


def _with_aliases(text: str, spots: Iterable[Spot]) -> list[Spot]:
    result: list[Spot] = []
    table: dict[str, tuple[str, str]] = {}
    for spot in spots:
        named = short_form(text, spot.end, spot.name) if spot.kind != "person" else None
        if named and named[0] not in places().chinese:
            table.setdefault(named[0], (spot.name, spot.kind))
            spot = replace(spot, alias=named[0], cover_end=named[1])
        result.append(spot)
    return [_full(spot, table) for spot in result]


def _full(spot: Spot, table: dict[str, tuple[str, str]]) -> Spot:
    if spot.name in table:
        name, kind = table[spot.name]
        return replace(spot, name=name, kind=kind)
    return spot


def _everywhere(text: str, sentences: Sequence[Sentence], spots: list[Spot]) -> list[Spot]:
    """Find every other place where a name or alias of the text stands."""
    names: dict[str, tuple[str, str]] = {}
    for spot in spots:
        names.setdefault(text[spot.start : spot.end], (spot.name, spot.kind))
        if spot.alias:
            names[spot.alias] = (spot.name, spot.kind)
    if not names:
        return spots
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))))
    more = [
        Spot(m.start(), m.end(), names[m.group()][1], names[m.group()][0], Strength.TERM)
        for sentence in sentences
        for m in pattern.finditer(text, sentence.start, sentence.end)
        if len(m.group()) > 1
    ]
    return [
        _full(s, {a: f for a, f in names.items() if s.kind in ORGANISATION_LIKE})
        for s in without_overlaps([*spots, *more])
    ]


_UNITS = frozenset({"research_institute", "laboratory"})
_UNIT_OWNERS = frozenset({"company", "university", "military_unit", "government_body"})
# What a unit's name adds to its owner's: 研究院 and longer.
_MIN_UNIT = 3


def units_by_name(text: str, spots: Sequence[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Yield units whose name begins with another's that the text names too: 云航研究院, 云航."""
    owners: dict[str, Spot] = {}
    for spot in spots:
        written = text[spot.start : spot.end]
        if spot.kind in _UNIT_OWNERS:
            owners.setdefault(written, spot)
            if spot.alias:
                owners.setdefault(spot.alias, spot)
    seen: set[str] = set()
    for unit in spots:
        name = text[unit.start : unit.end]
        if unit.kind not in _UNITS or name in seen:
            continue
        seen.add(name)
        fitting = [o for o in owners if name.startswith(o) and len(name) >= len(o) + _MIN_UNIT]
        if fitting:
            yield unit, owners[max(fitting, key=len)]

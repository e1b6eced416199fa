"""Short forms of Chinese names: in parentheses, with 以下简称, or as the name's own beginning."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from crosstie.extraction.aliases import is_short_form
from crosstie.extraction.lexicon import alternatives, load_lexicon, places, word_set
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

_PARENTHESIS = re.compile(r"[》”]?\s?[(（]([^()（）\n]{2,80})[)）]")
_SEPARATORS = re.compile(r"[，,；;、/]\s?")
_INTRODUCED = re.compile(
    r"^(?:以下|下|下文)?(?:简称|统称|称)(?:为)?|^(?:又称|也称|又名|即|原名|原|英文名|英文|缩写(?:为)?|英文简称|英语)(?:名)?[:：]?"
)
_LABEL = re.compile(r"(?:股票|证券|公司|英文|中文)?(?:简称|代码|名称|全称)")
_MARKS = "“”《》「」\"' ‘’"
_LEGAL = re.compile(
    r"(?:集团|控股|股份|信息|科技|技术|通信|实业|投资|产业|电子)*(?:有限责任公司|股份有限公司|有限公司|集团公司|总公司|公司|集团)$"
)
# A shorter beginning of a name may be a common word.
_SHORTEST = 4
_WIDE = ("中国", "国家", "中央", "中华", "全国")


def aliases_behind(text: str, spot: Spot) -> tuple[list[str], int]:
    """Return the short forms given in parentheses behind a name, and where these end."""
    match = _PARENTHESIS.match(text, spot.end)
    if match is None:
        return [], spot.end
    found = []
    for part in _SEPARATORS.split(match.group(1)):
        alias = _INTRODUCED.sub("", part.strip()).strip(_MARKS)
        if _LABEL.fullmatch(alias):
            continue
        if len(alias) > 1 and alias not in places().chinese and is_short_form(alias, spot.name):
            found.append(alias)
    return found, match.end() if found else spot.end


def beginnings(text: str, spots: Sequence[Spot]) -> Iterator[tuple[str, Spot]]:
    """Yield parts of the text that begin like a full name in it, its place left off or not.

    启明信息 for 启明信息技术有限公司, 极光无人机 for 深圳市极光无人机公司.
    """
    seen: set[str] = set()
    for spot in spots:
        name = text[spot.start : spot.end]
        if name in seen or spot.kind not in ORGANISATION_LIKE or not _LEGAL.search(name):
            continue
        seen.add(name)
        place = _place_of().match(name)
        own = name[place.end() :] if place else name
        for part in dict.fromkeys((name, own)):
            for match in re.finditer(re.escape(part[:_SHORTEST]), text):
                if spot.start <= match.start() < spot.end or len(part) <= _SHORTEST:
                    continue
                alias = _common(text, match.start(), part)
                if alias != name and _stands(text, match.start(), alias, part):
                    yield alias, spot


@cache
def _place_of() -> re.Pattern[str]:
    places_of_names = alternatives(word_set(load_lexicon("known_zh"), "places"))
    return re.compile(rf"(?:{places_of_names})(?:省|市)?|[㐀-鿿]{{2,3}}[省市县]")


def initials(spots: Sequence[Spot], table: Mapping[str, Spot]) -> Iterator[tuple[str, Spot]]:
    """Yield short names whose characters a longer name of the text holds in order: 北航, 工信部.

    A numbered institute may leave its parent off: 第七一五研究所.
    """
    full = {s.name: s for s in spots if s.kind in ORGANISATION_LIKE and len(s.name) >= _LEAST_FULL}
    full |= {alias: spot for alias, spot in table.items() if len(alias) >= _LEAST_FULL}
    for short in {s.name: s for s in spots if s.kind in ORGANISATION_LIKE}.values():
        name = short.name
        fitting = [
            f
            for written, f in full.items()
            if written != name
            and (_stands_for(name, written) or _stands_for(name, _without_country(written)))
        ]
        if len({f.name for f in fitting}) == 1:
            yield name, fitting[0]


def _without_country(name: str) -> str:
    country = _country().match(name)
    return name[country.end() :] if country and len(name) > country.end() + 3 else name


@cache
def _country() -> re.Pattern[str]:
    return re.compile(alternatives(places().chinese))


_LEAST_FULL, _LEAST_ENDING = 6, 7
_NUMBERED = re.compile(r"第?[一二三四五六七八九十〇零百\d]+(?:研究所|研究院|所|院)$")
_BODY = re.compile(r"[部委局厅署办院所]$")


def _stands_for(short: str, full: str) -> bool:
    if short == full:
        return True
    if len(short) + 2 > len(full):
        return False
    if _NUMBERED.fullmatch(short) or len(short) >= _LEAST_ENDING:
        return full.endswith(short)
    if len(short) > _LONGEST_INITIALS or short[0] != full[0]:
        return False
    if _BODY.search(short) and short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short) and not full.startswith(short)


_LONGEST_INITIALS = 6


def _common(text: str, start: int, name: str) -> str:
    length = 0
    while length < len(name) and text[start + length : start + length + 1] == name[length]:
        length += 1
    # "河西集团有任何…" shares one character too many with 河西集团有限公司.
    cut = name[length - 1 : length + 1] in ("有限", "股份", "公司", "集团", "责任")
    return name[: length - cut]


def _stands(text: str, start: int, alias: str, name: str) -> bool:
    """Return whether a beginning is a name of its own, and not cut out of a longer word."""
    if alias.startswith(_WIDE) and not alias.endswith(("集团", "公司")):
        return False
    rest = name[len(alias) :]
    return _REST.match(rest) is not None and text[
        start + len(alias) : start + len(alias) + 1
    ] not in ("有", "股")


_REST = re.compile(r"[㐀-鿿]{0,6}?(?:有限|股份|集团|公司)")


def with_aliases(text: str, spots: Sequence[Spot]) -> tuple[list[Spot], dict[str, Spot]]:
    """Return the spots with what stands behind them, and the short form of each name."""
    result: list[Spot] = []
    table: dict[str, Spot] = {}
    for spot in spots:
        named, end = aliases_behind(text, spot) if spot.kind != "person" else ([], spot.end)
        for alias in named:
            table.setdefault(alias, spot)
        if named:
            spot = replace(spot, alias=named[-1], cover_end=end)
        result.append(spot)
    for alias, spot in beginnings(text, spots):
        table.setdefault(alias, spot)
    for alias, spot in [*initials(spots, table)]:
        table.setdefault(alias, spot)
    return result, table

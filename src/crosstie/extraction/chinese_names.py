"""Find the names in Chinese running text: a tagger's words, joined and typed by their endings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from crosstie.extraction.chinese_aliases import with_aliases
from crosstie.extraction.chinese_brands import brands
from crosstie.extraction.chinese_cuts import cut_words, join_terms
from crosstie.extraction.chinese_fields import field_names, founded_names
from crosstie.extraction.chinese_organisations import offices, organisations, projects
from crosstie.extraction.chinese_titles import (
    agencies,
    designs,
    joined_programmes,
    known_short_names,
    known_terms,
    listed,
    models,
    numbered,
    titled,
)
from crosstie.extraction.chinese_words import Tagged, kind_of_chinese_name, tagged_words, zh_words
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.lexicon import alternatives, load_lexicon, places, word_set
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import (
    ORGANISATION_LIKE,
    Spot,
    Strength,
    known_yield,
    without_overlaps,
)


def chinese_spots(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Spot]:
    """Return the names in the sentences, in order, without overlaps."""
    found: list[Spot] = []
    for sentence in sentences:
        known = list(known_terms(text, sentence))
        words = list(cut_words(tagged_words(text, sentence)))
        words = join_terms(text, words, [(spot.start, spot.end) for spot in known])
        found.extend(_known(text, sentence, gazetteer))
        found.extend(titled(text, sentence))
        found.extend(known)
        formed = list(organisations(text, words))
        found.extend(formed)
        found.extend(_sure_short_names(known_short_names(text, sentence), formed))
        found.extend(founded_names(text, sentence.start, sentence.end))
        found.extend(brands(text, words))
        found.extend(projects(text, words))
        found.extend(joined_programmes(text, sentence))
        found.extend(field_names(text, words))
        found.extend(models(text, sentence))
        found.extend(numbered(text, sentence))
        found.extend(agencies(text, sentence))
        found.extend(designs(text, sentence))
        found.extend(listed(text, sentence))
        found.extend(_people(text, words))
        found.extend(_places(text, words))
        found.extend(_foreign_cities(text, sentence))
    spots = _parted(text, without_overlaps(known_yield(found)))
    return _everywhere(text, sentences, _same_places(spots))


def _sure_short_names(short: Iterator[Spot], formed: Sequence[Spot]) -> Iterator[Spot]:
    """Yield the well-known short names that are no part of a longer name."""
    for spot in short:
        longer = spot.end - spot.start
        if not any(
            f.start <= spot.start and spot.end <= f.end and f.end - f.start > longer for f in formed
        ):
            yield replace(spot, strength=Strength.STATE)


_DASHES = "—－-·–"
_LEAST_LABORATORY = 5


def _parted(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """Part the second party from a laboratory's name: 云门大学—河西集团|毫米波联合实验室."""
    owners = {s.name: s.kind for s in spots if s.kind in _PARTIES}
    found: list[Spot] = []
    for spot in spots:
        joined = spot.start > 0 and text[spot.start - 1] in _DASHES
        shared = _SHARED_LABORATORY.fullmatch(spot.name)
        if shared and text[: spot.start].endswith(_JOINS):
            party = shared.group("party")
            kind = owners.get(party) or kind_of_chinese_name(party) or "company"
            found.append(replace(spot, end=spot.start + len(party), kind=kind, name=party))
            continue
        if spot.kind != "laboratory" or not joined:
            found.append(spot)
            continue
        fitting = [o for o in owners if spot.name.startswith(o)]
        formed = _PARTY.match(spot.name)
        owner = max(fitting, key=len, default=formed.group() if formed else "")
        at = spot.start + len(owner)
        if owner and spot.end - at >= _LEAST_LABORATORY:
            kind = owners.get(owner) or kind_of_chinese_name(owner) or "company"
            found.append(replace(spot, end=at, kind=kind, name=owner))
            found.append(replace(spot, start=at, name=text[at : spot.end]))
        else:
            found.append(spot)
    return found


# "Hexi and Yunmen University joint laboratory": the laboratory has no name of its own.
_SHARED_LABORATORY = re.compile(
    r"(?P<party>[㐀-鿿]{2,}(?:大学|研究院|研究所|集团|公司))(?:共建)?联合(?:实验室|研究中心|研发中心|创新中心|研究院|研究所)"
)
_JOINS = ("与", "和", "同", *"—－-·–")
_PARTIES = ("company", "university", "research_institute", "military_unit")
_PARTY = re.compile(r"[㐀-鿿]{2,}?(?:大学|研究院|研究所|集团|公司)")


_OF_PLACE = ("省", "市", "县", "区", "州", "自治区")


def _same_places(spots: Sequence[Spot]) -> list[Spot]:
    """Call 云门市 云门 where the text names it both ways."""
    names = {spot.name for spot in spots if spot.kind == "place"}
    found = []
    for spot in spots:
        bare = next((spot.name[: -len(end)] for end in _OF_PLACE if spot.name.endswith(end)), "")
        found.append(replace(spot, name=bare) if spot.kind == "place" and bare in names else spot)
    return found


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


def _people(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    """Yield the people whose post stands right before the name, lists included."""
    posted = False
    for number, word in enumerate(words):
        if word.tag != "PER":
            continue
        before = text[max(0, word.start - 8) : word.start].rstrip("：:、 ").removesuffix("的")
        follows = number > 1 and posted and words[number - 1].text in ("、", "和", "及")
        posted = before.endswith(offices()) or follows or _post_behind(text, word)
        name = word.text[:-1] if word.text[3:] in ("说", "称") else word.text
        if posted and len(name) > 1:
            yield Spot(word.start, word.start + len(name), "person", name, Strength.FORM)


_HOLDS = re.compile(
    r"(?:现|曾|历|兼|已|将|于[^，。；]{2,12}?|同时|此前|先后)*(?:任|担任|出任|就任|当选|受聘|被任命|升任|接任|兼任)"
    r"|[，（(][^，。；（）()]{4,30}[，。；）)]|(?:同志|先生|女士)?(?:为|担任|出任|任)"
)


def _post_behind(text: str, word: Tagged) -> bool:
    """Return whether a post stands behind the name: 现任云门大学校长, （云门大学教授）."""
    match = _HOLDS.match(text, word.end)
    if match is None:
        return False
    if match.group()[-1] in "，。；）)":
        return match.group()[:-1].endswith(offices())
    clause = re.split(r"[，。；]", text[match.end() : match.end() + 30])[0]
    return any(office in clause for office in offices())


# What stands before and behind a foreign place that the tagger takes for a person's name.
_TO_PLACE = "向在被对从往赴于自"
_FROM_PLACE = re.compile(
    r"出口|列入|列为|制裁|筹|成立|新建|兴|设|建|运营|投资|境内|政府|市场|国防|军方|海军|空军|当地|首都|等国|等地|开展|的|交付|提供|拉黑"
)


def _is_foreign(text: str, word: Tagged) -> bool:
    before = text[max(0, word.start - 1) : word.start]
    return (
        word.tag == "PER"
        and len(word.text) > 1
        and before != ""
        and before in _TO_PLACE
        and _FROM_PLACE.match(text, word.end) is not None
    )


_FOREIGN_SOUNDS = re.compile(
    r"[阿埃艾安昂奥巴拜班邦贝本比宾波博布查茨达丹德迪蒂丁杜多厄恩尔法菲费芬弗福盖甘冈戈格古圭哈海汉赫霍基吉加贾杰金卡凯坎康考科克肯孔库拉莱兰"
    r"劳勒雷里利连林隆卢鲁伦罗洛马迈曼毛梅门蒙米莫姆穆那纳南瑙内尼宁纽努诺欧帕潘佩彭皮平普奇乔琴萨赛桑瑟森沙舍圣史斯苏索塔泰坦汤特滕提廷通图"
    r"托瓦万旺威维韦沃乌武西锡夏香谢辛休许雅亚扬耶伊英因尤约泽扎詹哲佐兹]{3,8}"
)
_TOWARDS = ("到", "往", "至", "销往", "访问", "驻", "出口")


def _listed_place(text: str, words: Sequence[Tagged], at: int) -> bool:
    """Return whether a foreign name that the tagger takes for a person's stands among places."""
    word = words[at]
    if word.tag != "PER" or not _FOREIGN_SOUNDS.fullmatch(word.text):
        return False
    if text[: word.start].endswith(_TOWARDS):
        return True
    before = words[at - 2] if at > 1 and words[at - 1].text in ("和", "、", "与", "及") else None
    return before is not None and before.tag == "LOC"


def _places(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    known = places().chinese
    for at, word in enumerate(words):
        if word.text in zh_words("not_places"):
            continue
        foreign = _is_foreign(text, word) or _listed_place(text, words, at)
        if word.tag == "LOC" or word.text in known or foreign:
            kind = kind_of_chinese_name(word.text)
            kind = kind if kind in ("facility", "university") else "place"
            yield Spot(
                word.start, word.end, kind, word.text, Strength.PLACE, country=known.get(word.text)
            )


def _foreign_cities(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield well-known foreign cities, which the tagger cuts apart: 塔什干."""
    for match in _cities().finditer(text, sentence.start, sentence.end):
        yield Spot(match.start(), match.end(), "place", match.group(), Strength.PLACE)


@cache
def _cities() -> re.Pattern[str]:
    return re.compile(alternatives(word_set(load_lexicon("known_zh"), "foreign_cities")))


def _everywhere(text: str, sentences: Sequence[Sentence], spots: list[Spot]) -> list[Spot]:
    """Find every other place where a name or short form of the text stands."""
    spots, table = with_aliases(text, spots)
    spots = [_full(spot, table) for spot in spots]
    names: dict[str, tuple[str, str]] = {
        alias: (spot.name, spot.kind) for alias, spot in table.items()
    }
    for spot in spots:
        names.setdefault(text[spot.start : spot.end], (spot.name, spot.kind))
    if not names:
        return spots
    pattern = re.compile(alternatives(names))
    more = [
        Spot(m.start(), m.end(), names[m.group()][1], names[m.group()][0], Strength.TERM)
        for sentence in sentences
        for m in pattern.finditer(text, sentence.start, sentence.end)
        if len(m.group()) > 1
    ]
    # A defined short form is that name, whatever its look told.
    sure = [replace(s, strength=Strength.STATE) for s in more if text[s.start : s.end] in table]
    rest = [s for s in more if text[s.start : s.end] not in table]
    return without_overlaps([*spots, *_outside(sure, spots), *rest])


def _outside(sure: Sequence[Spot], spots: Sequence[Spot]) -> list[Spot]:
    """Return the short forms that do not stand inside a longer name."""
    longer = [s for s in spots if s.strength >= Strength.FORM]
    return [
        short
        for short in sure
        if not any(
            o.start <= short.start
            and short.end <= o.end
            and o.end - o.start > short.end - short.start
            for o in longer
        )
    ]


def _full(spot: Spot, table: dict[str, Spot]) -> Spot:
    if spot.name in table and spot.kind in ORGANISATION_LIKE | {"programme"}:
        full = table[spot.name]
        return replace(spot, name=full.name, kind=full.kind)
    return spot


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

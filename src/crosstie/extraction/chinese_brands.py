"""Chinese firms called by a brand and a trade, without 公司: 东屿资本, 泽岭轴承."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from crosstie.extraction.chinese_words import Tagged, kind_of_chinese_name, zh_words
from crosstie.extraction.lexicon import alternatives, load_lexicon, places, terms, word_set
from crosstie.extraction.spots import Spot, Strength

# Proper nouns by the tagger; a noun that no word list knows may be a brand too.
_PROPER = frozenset({"ORG", "LOC", "nz", "PER", "nw"})
_LONGEST_BRAND = 4
_OPENS = re.compile(r"[，。；：、“（(《\s—－·]$")
_HOLDER_BEHIND = re.compile(
    r"董事|监事|合伙人|发言人|负责人|总经理|总裁|首席|创始|法定代表|[（(](?:股票|证券|代码|下称|以下|简称|英文)"
)
_BEHIND_TAGS = frozenset({"p", "c", "w", "d", "TIME", "v", "u", "vd", "ad", "m", "xc"})
_BEFORE_TAGS = frozenset({"p", "c", "w", "TIME"})


def brands(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    """Yield the firms that a brand and a trade name, where the text treats them as one."""
    for at in range(len(words) - 1):
        brand, trade = words[at], words[at + 1]
        if trade.start != brand.end or trade.text not in zh_words("brand_trades"):
            continue
        if not _may_be_brand(brand) or not _stands_alone(text, words, at):
            continue
        name = text[brand.start : trade.end]
        yield Spot(brand.start, trade.end, "company", name, Strength.FORM)


def _may_be_brand(word: Tagged) -> bool:
    if not re.fullmatch(r"[㐀-鿿A-Za-z]{2,8}", word.text) or kind_of_chinese_name(word.text):
        return False
    if word.text in places().chinese or _known().fullmatch(word.text):
        return False
    return word.tag in _PROPER or (word.tag == "n" and len(word.text) <= _LONGEST_BRAND)


@cache
def _known() -> re.Pattern[str]:
    """Match common words, which are no brands, technologies and programmes among them."""
    known = terms("zh").technologies | terms("zh").programmes | zh_words("generic")
    known |= (
        zh_words("no_brands") | zh_words("branches") | word_set(load_lexicon("known_zh"), "places")
    )
    return re.compile(alternatives(known))


def _stands_alone(text: str, words: Sequence[Tagged], at: int) -> bool:
    """Return whether what stands around takes the two words for the name of a party."""
    brand, trade = words[at], words[at + 1]
    if _HOLDER_BEHIND.match(text, trade.end):
        return True
    following = words[at + 2] if at + 2 < len(words) else None
    if following is not None and not (
        following.tag in _BEHIND_TAGS or following.text in zh_words("party_verbs")
    ):
        return False
    if trade.tag == "v" and _is_deed(words, at):
        return False
    if brand.tag in _PROPER:
        return True
    if trade.text not in zh_words("telling_trades"):
        return False
    before = words[at - 1] if at else None
    return (
        before is None
        or _OPENS.search(text[: brand.start][-1:]) is not None
        or before.text in zh_words("before_brands")
        or before.tag in _BEFORE_TAGS - {"w"}
    ) and _before_party(before)


def _is_deed(words: Sequence[Tagged], at: int) -> bool:
    """Return whether a trade's word says what is done at a place: 在塞利姆建设了."""
    following = words[at + 2] if at + 2 < len(words) else None
    done = following is not None and (following.tag == "m" or following.text in ("了", "着", "过"))
    return done or (at > 0 and words[at - 1].text in zh_words("before_fields"))


def _before_party(word: Tagged | None) -> bool:
    """Return whether a word may stand right before a party; 在 and 从事 stand before a field."""
    return word is None or word.text not in zh_words("before_fields")

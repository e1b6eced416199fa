"""Pinyin: the syllables of Han text, and Latin words cut back into syllables."""

from collections.abc import Sequence
from functools import cache, lru_cache

_LONGEST = 6
# Characters whose most frequent reading in names is not the first of the dictionary.
_READINGS = {
    "都": "du", "长": "chang", "行": "hang", "重": "zhong", "乐": "le", "厦": "xia", "藏": "zang",
    "校": "xiao", "系": "xi", "和": "he", "大": "da", "区": "qu", "厂": "chang", "广": "guang",
    "所": "suo", "中": "zhong", "会": "hui", "石": "shi", "车": "che", "沈": "shen",
    "术": "shu", "卜": "bu", "柏": "bai", "曾": "zeng", "单": "dan", "弹": "dan", "传": "chuan",
    "调": "diao", "量": "liang", "省": "sheng", "属": "shu", "贾": "jia", "蚌": "beng",
}  # fmt: skip
_NUMERALS = {"ling": 0, "yi": 1, "er": 2, "san": 3, "si": 4, "wu": 5, "liu": 6, "qi": 7, "ba": 8,
             "jiu": 9}  # fmt: skip
_UNITS = {"shi": 10, "bai": 100}


@cache
def _readings() -> dict[str, str]:
    # The dictionary takes a while to read: only who meets a Han name waits for it.
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    table = {
        chr(code): to_normal(sounds.split(",")[0]).replace("ü", "v")
        for code, sounds in PINYIN_DICT.items()
    }
    return table | _READINGS


@cache
def _syllables() -> frozenset[str]:
    return frozenset(
        sound.replace("v", "u")
        for character, sound in _readings().items()
        if "\u4e00" <= character <= "\u9fff" and sound.isascii() and sound.isalpha()
    ) - frozenset({"n", "m", "ng", "hm", "hng", "o", "r"})


def syllables_of(han: str) -> list[str]:
    """Return the syllables of the Han characters: '西安' → ['xi', 'an']; others are left out."""
    table = _readings()
    text = han.replace("重庆", "冲庆").replace("校长", "校掌").replace("行政", "形政")
    return [table[character].replace("v", "u") for character in text if character in table]


def pinyin(han: str) -> str:
    """Return the joined pinyin of a Han word: '湘潭' → 'xiangtan'."""
    return "".join(syllables_of(han))


@lru_cache(1 << 14)
def split_word(word: str) -> tuple[str, ...]:
    """Cut a Latin word into pinyin syllables, the fewest that fit; empty when it is not pinyin."""
    if word == "xian":
        return ("xi", "an")
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    known = _syllables()
    reached = 0
    for start, before in enumerate(best):
        if start > reached:
            return ()
        if before is None:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(word)) + 1):
            found = best[end]
            if word[start:end] in known and (found is None or len(before) + 1 < len(found)):
                best[end] = (*before, word[start:end])
                reached = max(reached, end)
    return best[-1] or ()


def split_words(words: Sequence[str]) -> list[str]:
    """Cut words into syllables; empty unless every word is pinyin."""
    found: list[str] = []
    for word in words:
        syllables = split_word(word) if word.isascii() else ()
        if not syllables:
            return []
        found += syllables
    return found


def spoken_numbers(syllables: Sequence[str]) -> list[int]:
    """Return the ordinals that syllables spell: di wu shi wu → 55."""
    found = []
    place = 0
    while place < len(syllables):
        start = place
        place += 1
        if syllables[start] != "di":
            continue
        while place < len(syllables) and (
            syllables[place] in _NUMERALS or syllables[place] in _UNITS
        ):
            place += 1
        if place > start + 1:
            found.append(_value(syllables[start + 1 : place]))
    return found


def _value(syllables: Sequence[str]) -> int:
    if not any(syllable in _UNITS for syllable in syllables):
        return int("".join(str(_NUMERALS[syllable]) for syllable in syllables))
    total, digit = 0, 0
    for syllable in syllables:
        if syllable in _UNITS:
            total += (digit or 1) * _UNITS[syllable]
            digit = 0
        else:
            digit = _NUMERALS[syllable]
    return total + digit

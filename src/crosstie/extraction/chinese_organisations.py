"""Chinese organisations in a row of tagged words: where a name begins, and where it ends."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from crosstie.extraction.chinese_fields import action_length
from crosstie.extraction.chinese_words import (
    INNER_TAGS,
    MAX_WORDS,
    STOP_INSIDE,
    Tagged,
    endings,
    kind_of_chinese_name,
    zh_words,
)
from crosstie.extraction.lexicon import alternatives, load_lexicon, word_set
from crosstie.extraction.spots import Spot, Strength

_NAME_TAGS = frozenset({"ORG", "LOC", "nz", "PER"})
# Words that are no names may open one where its ending is telling: 船舶动力研究所, 北方舰队.
_COMMON_TAGS = frozenset({"n", "s", "f", "PER", "nz", "vn", "m", "nw", "a", "LOC"})
# Common nouns that open the names of national bodies and systems.
_OPENERS = frozenset({"国家", "全军", "全国", "中央", "中华", "国际", "中国", "国防", "联合国"})
_ORGAN = re.compile(r"[部委局厅署司]$")
_NO_ORGAN = re.compile(
    r"(?:总部|俱乐部|会议厅|大厅|展厅|音乐厅|餐厅|客厅|本部|全部|内部|外部|[东西南北中]部|干部|学部|分部|支部|公司|大部|布局|格局|结局|当局)$"
)
_DEED_AT_END = re.compile(
    r"(?:(?<=公司|集团|大学|学院)|(?<=[所院局厂校]))(?:控股|全资|计划|下属|旗下)$"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+届(?=[㐀-鿿]{3})")
# "Held in the hall of the university's main building" names the university.
_ROOM_AT_END = re.compile(
    r"(?<=大学|学院|公司|集团|政府)(?:主楼|办公楼|综合楼|科技楼|会议中心)?(?:会议厅|大厅|展厅|报告厅|会议室|礼堂|大楼|主楼|餐厅)$"
)
# "The university's transfer company, Lanxin Technology Ltd": the name is the second.
_APPOSED = re.compile(
    r"[㐀-鿿]{2,14}(?:转化|投资|运营|控股|参股|合资|项目|平台|关联|上市|产业)公司(?=[㐀-鿿]{4,}公司)"
)
_SEVERAL = re.compile(r"[两三四各]地|两国|两省|两市|[%％]")
_COUNTED = re.compile(r"[\d一二两三四五六七八九十几数多各]+余?[家所个名批条座类大]")


@cache
def offices() -> tuple[str, ...]:
    """Return the Chinese words for posts, the longest first."""
    found = word_set(load_lexicon("offices"), "zh")
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def organisations(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    """Yield the longest runs of words that begin like a name and end like an organisation."""
    at = 0
    while at < len(words):
        stop = _name_end(text, words, at)
        if stop is None:
            stop = _common_end(text, words, at)
        if stop is None:
            at += 1
            continue
        spot = _spot(text, words[at : stop + 1])
        if spot is not None:
            yield spot
        at = stop + 1


def _spot(text: str, words: Sequence[Tagged]) -> Spot | None:
    start, end = words[0].start, words[-1].end
    start += action_length(text[start:end])
    for opening in (_ORDINAL, _before_names()):
        if match := opening.match(text, start, end):
            start = match.end()
    if match := _APPOSED.match(text, start, end):
        start = match.end()
    if match := _ROOM_AT_END.search(text[start:end]):
        end -= len(match.group())
    if match := _DEED_AT_END.search(text[start:end]):
        end -= len(match.group())
    name = text[start:end]
    if name.endswith("股份") and text[:start].endswith(tuple(zh_words("share_verbs"))):
        end -= 2
        name = text[start:end]
    if name.endswith(("党组", "党委")) and text.startswith(("书记", "副书记", "成员"), end):
        end -= 2
        name = text[start:end]
    told = kind_of_chinese_name(name)
    kind = told or _organ_kind(name) or "company"
    sure = len(words) == 1 and words[0].tag == "ORG"
    if (
        kind == "place"
        or ((not sure or _COUNTED.match(name)) and _is_generic(name))
        or _is_branch(text, end, name)
        or _SEVERAL.search(name)
    ):
        return None
    return Spot(start, end, kind, name, Strength.FORM if told else Strength.GUESS)


@cache
def _before_names() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(zh_words('before_names'))})+(?=[㐀-鿿]{{4}})")


def _is_branch(text: str, end: int, name: str) -> bool:
    weak = name.endswith(tuple(zh_words("weak_last")))
    return weak and text.startswith(tuple(zh_words("branches")), end)


def _organ_kind(name: str) -> str | None:
    """Return `government_body` for a name that ends like a ministry or bureau: 交通部, 发展委."""
    organ = len(name) > 2 and _ORGAN.search(name) and not _NO_ORGAN.search(name)
    return "government_body" if organ else None


def _is_generic(name: str) -> bool:
    """Return whether a name has no word of its own: 全国重点大学, 多家国有企业."""
    return _generic().fullmatch(name) is not None


@cache
def _generic() -> re.Pattern[str]:
    words = sorted(zh_words("generic"), key=lambda w: (-len(w), w))
    last = sorted(zh_words("generic_last"), key=lambda w: (-len(w), w))
    return re.compile(rf"(?:{_COUNTED.pattern})?(?:{'|'.join(words)})*(?:{'|'.join(last)})")


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
        if stop > at and words[at].tag == "LOC" and _founds(words, stop):
            break
        if stop > at and STOP_INSIDE.search(word.text) and word.tag not in _NAME_TAGS:
            break
        name = text[words[at].start : word.end]
        if name in endings()[1]:
            continue
        if _closes(words[at], word, name, alone=stop == at):
            best = stop
    return best


def _closes(first: Tagged, word: Tagged, name: str, *, alone: bool) -> bool:
    kind = kind_of_chinese_name(name)
    if alone:
        return first.tag == "ORG"
    return (word.tag == "ORG" and kind is not None) or (
        kind not in (None, "place") and _ends_name(word, name)
    )


@cache
def _telling() -> tuple[str, ...]:
    return tuple(sorted(zh_words("proper_last"), key=lambda last: (-len(last), last)))


def _common_end(text: str, words: Sequence[Tagged], at: int) -> int | None:
    """Return where a name of common words ends, if its ending is telling and it is not generic."""
    if words[at].tag not in _COMMON_TAGS or _COUNTED.match(words[at].text):
        return None
    telling = _telling()
    # "The only research institute of its kind" names none.
    described = text[words[at].start - 1 : words[at].start] == "的"
    best: int | None = None
    for stop in range(at, min(len(words), at + MAX_WORDS)):
        word = words[stop]
        if stop > at and (not _inner(word) or _breaks(words, stop)):
            break
        name = text[words[at].start : word.end]
        if not name.endswith(telling):
            continue
        ending = next(last for last in telling if name.endswith(last))
        if _is_telling(name, ending) and not (described and ending in _FIELDS):
            best = stop
    return best


def _breaks(words: Sequence[Tagged], at: int) -> bool:
    word = words[at]
    return (
        word.start != words[at - 1].end
        or STOP_INSIDE.search(word.text) is not None
        or word.text in zh_words("deeds")
        or word.text in offices()
    )


# An ending of a kind that common words often precede asks for more of them.
_FIELDS = ("学院", "研究院", "研究所", "设计院", "设计所")
_LEAST_FIELD, _LEAST = 6, 4


def _is_telling(name: str, ending: str) -> bool:
    least = _LEAST_FIELD if ending in _FIELDS else _LEAST
    if ending in ("基金", "联盟", "协会", "学会", "论坛", "大学"):
        least = len(ending) + 3
    return len(name) >= least and name not in endings()[1] and not _is_generic(name)


def projects(text: str, words: Sequence[Tagged]) -> Iterator[Spot]:
    """Yield projects named by where they are: 塞利姆港智慧港口项目."""
    for at, word in enumerate(words):
        if word.tag not in ("LOC", "ORG", "nz", "PER"):
            continue
        stop = at + 1
        while stop < len(words) and stop - at < MAX_WORDS and _inner(words[stop]):
            stop += 1
        name = text[word.start : words[stop - 1].end]
        if (
            name.endswith("项目")
            and len(name) > len(word.text) + 3
            and not _DEALINGS.search(name)
            and not any(_is_party(text[word.start : words[i].end]) for i in range(at, stop - 1))
        ):
            yield Spot(word.start, words[stop - 1].end, "programme", name, Strength.FORM)


def _is_party(name: str) -> bool:
    """Return whether a project's name begins with its client's: 岚州市公安局视频监控项目."""
    return _organ_kind(name) is not None or kind_of_chinese_name(name) in _CLIENTS


_CLIENTS = frozenset({"government_body", "military_unit", "university", "company", "court"})
_DEALINGS = re.compile(r"采购|招标|合作|科研|研发|研究|签约|投资|建设|改造|重点|的")


_FOUNDING = frozenset({"建设", "成立", "设立", "组建", "新建", "共建", "创办", "筹建"})
_BUILDERS = ("集团", "银行", "部", "局", "公司", "工程", "委员会", "厅", "厂", "投资", "管理")


def _founds(words: Sequence[Tagged], at: int) -> bool:
    """Return whether a word behind a place founds what follows: 在高新区建设研究院."""
    following = words[at + 1].text if at + 1 < len(words) else ""
    return words[at].text in _FOUNDING and not following.startswith(_BUILDERS)


def _goes_on(word: Tagged) -> bool:
    """Return whether a word behind an organisation's name says what it does or who leads it."""
    return word.text in zh_words("deeds") or word.text in offices()


def _inner(word: Tagged) -> bool:
    """Return whether a word may stand inside a name; the tagger takes 能 and 5号 for verbs."""
    return (
        word.tag in INNER_TAGS
        or word.tag == "PER"
        or word.text in "能建控联防检测造"
        or word.text in zh_words("inner_verbs")
        or word.text.endswith(("号", "船厂", "制造厂", "修理厂"))
    )


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

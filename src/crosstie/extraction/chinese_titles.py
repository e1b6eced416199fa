"""Chinese names that marks or a lexicon show: 《titles》, “quoted”, terms, numbered designs."""

import re
from collections.abc import Iterator
from functools import cache

from crosstie.extraction.chinese_words import kind_of_chinese_name, zh_words
from crosstie.extraction.lexicon import alternatives, load_lexicon, terms, word_set
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot, Strength

_BOOK_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_QUOTED = re.compile(r"[“「]([^“”「」\n，。；、—－]{2,30})[”」]")
_NUMBERED_PLAN = re.compile(r"十[一二三四五六七]五|[一二三四五六七八九十两]带.{1,4}")
# "The seven sons of defence", "the two-A universities": a collective with a name.
_COLLECTIVE = re.compile(r"[㐀-鿿A-Z]{1,4}[二三四五六七八九十百]+(?:子|校|强|杰|雄|巨头)")
_NAMED_IN_QUOTES = frozenset(
    {"laboratory", "research_institute", "programme", "ngo", "event", "facility", "company"}
)
_SHORTEST_QUOTED = 4
_PRIZE = re.compile(r"(?:奖学金|奖教金|助学金|奖|班|项目|计划|工程|专项|行动)$")
_MODEL = re.compile(
    r"(?<![第月年])(?:东方红|[㐀-鿿]{2})[一二三四五六七八九十]{1,2}号(?!楼|线|令|文|公告|机组)"
)


def titled(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield titles in book marks (a plan's is a programme, any other a document) and in quotes."""
    for match in _BOOK_TITLE.finditer(text, sentence.start, sentence.end):
        title = match.group(1)
        kind = _kind_of_title(text, match, title)
        yield Spot(match.start(1), match.end(1), kind, title, Strength.QUOTED)
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        quoted_kind = _kind_of_quoted(match.group(1)) or _kind_behind(text, match.end())
        if quoted_kind:
            name = match.group(1)
            yield Spot(match.start(1), match.end(1), quoted_kind, name, Strength.QUOTED)


def _kind_of_title(text: str, match: re.Match[str], title: str) -> str:
    kind = kind_of_chinese_name(title)
    before = text[max(0, match.start() - 1) : match.start()]
    behind = text[match.end() : match.end() + 2]
    if text[max(0, match.start() - 3) : match.start()].endswith(("题为", "题目为", "作了", "作")):
        return "document"
    if kind == "media" or (before == "据" and behind in ("报道", "消息", "披露")):
        return "media"
    if kind in (None, "programme") and re.match(r"报告|一文|文章|论文|一书|白皮书", behind):
        return "document"
    return "programme" if kind in ("programme", None) or title.endswith("法") else "document"


def _kind_of_quoted(name: str) -> str | None:
    if _NUMBERED_PLAN.fullmatch(name):
        return "programme"
    if _COLLECTIVE.fullmatch(name):
        return "group"
    kind = kind_of_chinese_name(name)
    if kind == "programme":
        return kind
    if len(name) >= _SHORTEST_QUOTED and kind in _NAMED_IN_QUOTES:
        return kind
    return "programme" if len(name) >= _SHORTEST_QUOTED and _PRIZE.search(name) else None


_SYSTEM_BEHIND = re.compile(
    r"[㐀-鿿]{0,6}?(?:星座|卫星|系统|导弹|无人机|战机|飞机|舰|火箭|探测器|飞船|雷达|平台)"
)
_PROGRAMME_BEHIND = re.compile(r"计划|工程|专项|项目|行动|战略|倡议")


def _kind_behind(text: str, at: int) -> str | None:
    """Return the kind that the noun behind a quoted name tells: “白鹭”星座."""
    if _SYSTEM_BEHIND.match(text, at):
        return "system"
    return "programme" if _PROGRAMME_BEHIND.match(text, at) else None


def known_terms(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield technologies, and programmes that a lexicon knows."""
    pattern, programmes = _term_pattern()
    for match in pattern.finditer(text, sentence.start, sentence.end):
        kind = "programme" if match.group() in programmes else "technology"
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.TERM)


@cache
def _term_pattern() -> tuple[re.Pattern[str], frozenset[str]]:
    lexicon = terms("zh")
    programmes = lexicon.programmes | word_set(load_lexicon("known_zh"), "programmes")
    technology, before = alternatives(lexicon.technologies), alternatives(zh_words("mounted"))
    return (
        re.compile(rf"{alternatives(programmes)}|(?:{before})?(?:{technology}){{1,2}}"),
        programmes,
    )


def known_short_names(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield organisations that are mostly called by a short form: 北航, 中船重工."""
    pattern, kinds = _short_pattern()
    for match in pattern.finditer(text, sentence.start, sentence.end):
        kind = kinds[match.group()]
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.WEAK_FORM)


_KINDS_OF_SHORT = (
    "university", "company", "research_institute", "government_body", "military_unit", "system",
)  # fmt: skip


@cache
def _short_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    data = load_lexicon("known_zh")
    kinds = {name: kind for kind in _KINDS_OF_SHORT for name in word_set(data, kind)}
    return re.compile(alternatives(kinds)), kinds


_LISTED = re.compile(
    r"、(?P<name>[㐀-鿿A-Za-z]{2,8})等(?:\d+|[一二三四五六七八九十两]+)?(?:余|多)?(?:家|所|个)?"
    r"(?:单位|企业|公司|机构|院校|高校|厂商|科研院所)"
)


def listed(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield the last of a list that is said to be of firms or bodies: 河西集团、北河光学等单位."""
    for match in _LISTED.finditer(text, sentence.start, sentence.end):
        name = match.group("name")
        if not re.search(r"[的和与及以在]", name):
            kind = kind_of_chinese_name(name) or "company"
            yield Spot(match.start("name"), match.end("name"), kind, name, Strength.WEAK_FORM)


def models(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield numbered designs and craft: 天路三号."""
    for match in _MODEL.finditer(text, sentence.start, sentence.end):
        follows = text[match.end() : match.end() + 4]
        kind = "technology" if re.match(r"技术|机组|反应堆|堆型", follows) else "system"
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.ALIAS)


_NUMBERED = re.compile(
    r"第[一二三四五六七八九十〇零百\d]{1,5}"
    r"(?P<rest>(?:机械|电子|航空|航天|兵器|造船|船舶|核|化学|冶金|轻|纺织|石油|煤炭|建筑|工业){1,4}部"
    r"|[㐀-鿿]{0,6}?(?:研究所|研究院|设计所|设计院|研究室|工厂|基地))"
)


# A numbered plant is an enterprise of the state.
_KINDS_OF_NUMBERED = {"工厂": "company"}


def numbered(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield bodies known by a number: 第九机械工业部, 第二三五工厂, 第四二〇研究所."""
    for match in _NUMBERED.finditer(text, sentence.start, sentence.end):
        if re.search(r"[的和与在了、个家]|轮|批|次|届", match.group("rest")):
            continue
        told = kind_of_chinese_name(match.group())
        kind = _KINDS_OF_NUMBERED.get(match.group()[-2:]) or told or "government_body"
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.ALIAS)


_AGENCY = re.compile(
    r"(?:^|[\s（(【])(?P<name>[㐀-鿿]{2,6}?)[\s]?(?:[㐀-鿿]{2,4})?\d{1,2}月\d{1,2}日(?:电|讯|消息)"
)


def agencies(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield the medium that opens a report: 证券时闻4月7日电."""
    match = _AGENCY.match(text[sentence.start : sentence.start + _LONGEST_OPENING])
    if match:
        start, end = sentence.start + match.start("name"), sentence.start + match.end("name")
        yield Spot(start, end, "media", text[start:end], Strength.ALIAS)


_LONGEST_OPENING = 30


_DESIGN = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z]{1,4}-\d{1,4}[A-Z]?|[A-Z]{1,3}\d{2,4}[A-Z]?)(?![A-Za-z0-9-])"
    r"|[歼运直轰强教]-\d{1,2}[A-Z]?|(?:东风|长征|红旗|翼龙|彩虹|长剑|鹰击)-\d{1,3}[A-Z]?"
)


def designs(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield designs by letter and number: K-2 is a facility where reactors are spoken of."""
    whole = text[sentence.start : sentence.end]
    kind = "facility" if re.search(r"机组|核电|电站", whole) else "system"
    for match in _DESIGN.finditer(text, sentence.start, sentence.end):
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.ALIAS)


def joined_programmes(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield programmes of common words behind a verb of joining: 参与海眼工程."""
    for match in _joined().finditer(text, sentence.start, sentence.end):
        name = match.group("name")
        if _is_own(name):
            yield Spot(match.start("name"), match.end("name"), "programme", name, Strength.FORM)


@cache
def _joined() -> re.Pattern[str]:
    verbs, last = alternatives(zh_words("joining")), alternatives(zh_words("programme_last"))
    return re.compile(
        rf"(?:(?:{verbs})(?:了)?){{1,2}}(?P<name>[㐀-鿿A-Z0-9]{{2,16}}?(?:{last}))"
        rf"(?=[，。；、的等“”）)]|$|建设|研制|项目|任务)"
    )


def _is_own(name: str) -> bool:
    """Return whether a name has a word of its own, and no grammar inside."""
    if re.search(r"[的了与和及在将被为]|一批|多项|多个|\d项|该|这|有关|相关|各", name):
        return False
    rest = name
    for word in sorted(zh_words("generic") | zh_words("programme_last"), key=len, reverse=True):
        # One character, as 原 in 白原, may be part of a word.
        rest = rest.replace(word, "") if len(word) > 1 else rest
    return len(rest) > 1

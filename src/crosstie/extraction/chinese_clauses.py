"""A Chinese sentence as its tie patterns see it: names as symbols, and who a clause is about.

Chinese leaves a subject out once it is known, and points back with 其, 该公司, 双方. Each such
place becomes a symbol of its own that stands for the names meant, so that one pattern reads
"A向B供货" and "A…，长期向B供货" alike. A post with its holder ("校长顾明远") is part of the
organisation's symbol, since what the holder signs the organisation signs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from crosstie.extraction.chinese_organisations import offices
from crosstie.extraction.lexicon import alternatives
from crosstie.extraction.masking import uncovered
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot
from crosstie.extraction.surfaces import Symbols, symbols_of

# How many names back "that company" may reach.
_LAST_NAMED = 40
# What may stand between a clause's begin and the name that it is about: a date, 近日, 由.
_BEFORE_SUBJECT = 16
_QUOTES = {"“": "”", "《": "》", "「": "」"}
_TOPICAL = ORGANISATION_LIKE | {"facility", "system", "place", "programme", "document"}
_CLAUSE_MARKS = "，；。：\n"
_NOT_SUBJECT = re.compile(
    r"(?:据|在|向|对|从|于|到|与|同|为|给|被|把|将|由|由原|关于|根据|按照|参观了?|设在|位于)$"
)

Item = tuple[int, int, tuple[Spot, ...], Sentence]
Named = tuple[Spot, Sentence]


@dataclass
class Talk:
    """What has been spoken of so far in the article: names, the topic, the last two parties."""

    named: list[Named] = field(default_factory=list)
    topic: Named | None = None
    parties: tuple[tuple[Spot, ...], Sentence] | None = None
    main: dict[str, Named] = field(default_factory=dict)
    """Of each kind, the first name that a sentence was about."""
    readers: "dict[Sentence, tuple[_Reader, Named | None]]" = field(default_factory=dict)
    """Of each sentence, its reader and what had been spoken of before it."""

    def subject_at(self, sentence: Sentence, place: int) -> Named | None:
        """Return the name that the clause at a place is about."""
        if sentence not in self.readers:
            return None
        reader, before = self.readers[sentence]
        return reader.about(place) or before


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
    reader = _Reader(text, sentence, joined, talk)
    stand_ins = _apart(reader.stand_ins(), plain)
    talk.readers[sentence] = (reader, talk.topic)
    talk.named += [(spot, sentence) for spot in inside]
    talk.topic = reader.topic() or talk.topic
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


class _Reader:
    """Reads who the clauses of one sentence are about."""

    def __init__(self, text: str, sentence: Sentence, names: Sequence[Spot], talk: Talk) -> None:
        self._text, self._sentence, self._talk = text, sentence, talk
        self._names = [spot for spot in names if spot.kind in _TOPICAL]
        self._subjects: list[Item] = [
            (spot.start, spot.end, (spot,), sentence) for spot in self._names
        ]

    def stand_ins(self) -> list[Item]:
        """Return the places that stand for names said before, and those that are left out."""
        those = self._those()
        self._subjects = sorted([*self._subjects, *those], key=lambda item: item[0])
        both = self._both()
        found = [*those, *both, *self._pronouns()]
        taken = {start for start, _, _, _ in found}
        return [*found, *(item for item in self._left_out(both) if item[0] not in taken)]

    def topic(self) -> Named | None:
        """Return the name that the sentence begins with, for the sentence after it."""
        return self._subject_before(self._sentence.end, first=True)

    def about(self, place: int) -> Named | None:
        """Return the name that the clause which holds a place is about."""
        return self._subject_before(place)

    def pair(self, end: int) -> tuple[Spot, ...]:
        """Return the two names before a place that 与 or a like word joins, or nothing."""
        before = [item for item in self._subjects if item[1] <= end]
        for left, right in pairwise(before):
            one, other = left[2][0], right[2][0]
            between = self._text[
                max(left[1], one.covered) if left[0] == one.start else left[1] : right[0]
            ]
            if one.name != other.name and _JOINED.fullmatch(between):
                return one, other
        return ()

    def _those(self) -> list[Item]:
        named = [*self._talk.named[-_LAST_NAMED:], *((s, self._sentence) for s in self._names)]
        found: list[Item] = []
        for match in _THAT_ONE.finditer(self._text, self._sentence.start, self._sentence.end):
            noun = match.group("that") or match.group("bare")
            if match.group("bare") and not self._opens_clause(match.start()):
                continue
            kinds = _KINDS_OF_THAT.get(noun, tuple(ORGANISATION_LIKE))
            before = [n for n in named if n[0].kind in kinds and n[0].end <= match.start()]
            if noun == "集团":
                before = [n for n in before if "集团" in n[0].name] or before
            # "The company" is the one that the article is about, "that company" the last topic.
            wanted = self._talk.main.get(kinds[0]) if match.group("bare") else self._talk.topic
            if wanted and wanted in before and noun not in ("合资公司", "新公司"):
                before.append(wanted)
            if before:
                found.append((match.start(), match.end(), (before[-1][0],), before[-1][1]))
        return found

    def _opens_clause(self, at: int) -> bool:
        start = self._sentence.start
        before = self._text[max(start, at - 2) : at]
        return at == start or before[-1:] in _CLAUSE_MARKS or before.endswith(_SPEAKS)

    def _both(self) -> list[Item]:
        found: list[Item] = []
        for match in _BOTH.finditer(self._text, self._sentence.start, self._sentence.end):
            pair = self.pair(match.start())
            if pair:
                found.append((match.start(), match.end(), pair, self._sentence))
            elif self._talk.parties is not None:
                found.append((match.start(), match.end(), *self._talk.parties))
        return found

    def _pronouns(self) -> list[Item]:
        found: list[Item] = []
        for match in _PRONOUN.finditer(self._text, self._sentence.start, self._sentence.end):
            meant = self._meant(match)
            if meant is not None:
                found.append((match.start("it"), match.end("it"), (meant[0],), meant[1]))
        return found

    def _meant(self, match: re.Match[str]) -> Named | None:
        start = match.start("it")
        if match.group("it") == "其" and not (
            match.group("before") or _OF_IT.match(self._text, match.end())
        ):
            return None
        before = [s for s in self._names if s.end <= start and s.kind in ORGANISATION_LIKE]
        topic = self._subject_before(start)
        said = topic[0].name if topic else ""
        if match.group("before") and len(before) > 1 and self._said_before("后者", start):
            return before[-2], self._sentence
        if match.group("it") == "后者":
            return (before[-1], self._sentence) if before else None
        if match.group("it") == "前者":
            return (before[-2], self._sentence) if len(before) > 1 else None
        if not match.group("before"):
            return topic or self._talk.topic
        first = self._subject_before(start, first=True)
        if first and first[0].name != said:
            return first
        others = [s for s in before if s.name != said]
        if others:
            return others[-1], self._sentence
        earlier = self._talk.topic
        return earlier if earlier and earlier[0].name != said else None

    def _said_before(self, word: str, at: int) -> bool:
        """Return whether a word stands before a place in its clause."""
        opened = max(self._text.rfind(mark, 0, at) for mark in _CLAUSE_MARKS) + 1
        return word in self._text[opened:at]

    def _left_out(self, both: Sequence[Item]) -> list[Item]:
        found: list[Item] = []
        for at in self._clause_starts():
            match = _NO_SUBJECT.match(self._text, at, self._sentence.end)
            if match is None:
                continue
            together = _TOGETHER.search(match.group()) is not None
            said = [item for item in both if item[1] <= at] if together else []
            pair = self.pair(at) if together else ()
            one = self._subject_before(at)
            if said:
                found.append((at, at, said[-1][2], said[-1][3]))
            elif pair:
                found.append((at, at, pair, self._sentence))
            elif meant := one or self._talk.topic:
                found.append((at, at, (meant[0],), meant[1]))
        return found

    def _clause_starts(self) -> list[int]:
        start, end = self._sentence.start, self._sentence.end
        return [start, *(at + 1 for at in range(start, end) if self._text[at] in "，；：")]

    def _subject_before(self, end: int, *, first: bool = False) -> Named | None:
        """Return the name that the clauses before a place are about, and where it was said."""
        subject: Named | None = None
        for at in self._clause_starts():
            if at >= end:
                break
            stop = next((i for i in range(at, end) if self._text[i] in "，；。："), end)
            opening = [item for item in self._subjects if at <= item[0] < stop]
            if opening and self._leads(at, opening[0], later=subject is not None):
                # "The subsidiary of Hexi, Beihe": the clause is about Beihe.
                lead = opening[1] if len(opening) > 1 and self._owned(*opening[:2]) else opening[0]
                subject = (lead[2][0], lead[3])
                if first:
                    break
        return subject

    def _owned(self, owner: Item, item: Item) -> bool:
        between = self._text[max(owner[1], owner[2][0].covered) : item[0]]
        return _OWNED.fullmatch(between) is not None

    def _leads(self, at: int, item: Item, *, later: bool) -> bool:
        start, end, names, _ = item
        before = self._text[at:start]
        if names[0].kind == "place" and self._text[end : end + 1] in "的、":
            return False
        if names[0].kind in ("programme", "document") and before.strip("《“"):
            return False
        if len(before) > (4 if later else _BEFORE_SUBJECT):
            return False
        return _NOT_SUBJECT.search(before) is None


_OWNED = re.compile(r"(?:的|旗下|下属|所属|直属|全资|控股|子公司|企业|单位|上市公司){1,4}")
_JOINED = re.compile(r"[^，。；]{0,8}?(?:与|和|同|跟|携手|联合|会同|[—－-]+)(?:[^，。；]{0,6})?")
_BOTH = re.compile(
    r"双方|两校|两国|两家(?:单位|企业|公司|机构|集团)?|校企|两单位|两(?:个|家)?机构|校地|院企|两院|两所"
)
_THAT_ONE = re.compile(
    r"(?:该|这家|这所|这份|上述|这一|此|我们)(?P<that>公司|集团|企业|校|大学|学院|院|所|研究所|研究院|实验室|中心|厂|机构|单位|部|局|行"
    r"|规划|方案|计划|办法|意见|条例|文件|项目|基地|系统|平台|清单|名单)"
    r"|(?P<bare>公司|学校|集团|研究所|研究院|学院|实验室|我校|本校|我院|本院|我所|本所|本公司|我公司|合资公司|新公司|论坛|大会|会议|展会|峰会)"
    r"(?!名|员|股东|法|章|治理|债|化|制|领导|高管|人士|董事|们|和|、|级|有限|股份|方面|内部|校|里|一行)"
)
_SPEAKS = (
    "表明",
    "表示",
    "称",
    "说",
    "指出",
    "显示",
    "认为",
    "透露",
    "强调",
    "但",
    "而",
    "由",
    "年来",
    "以来",
)
_UNIVERSITY, _INSTITUTE, _LAB = ("university",), ("research_institute",), ("laboratory",)
_BODY_KINDS = (*_INSTITUTE, *_UNIVERSITY)
_KINDS_OF_THAT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("公司", "集团", "企业", "本公司", "我公司", "行", "合资公司", "新公司"), ("company",)
    ),
    **dict.fromkeys(("校", "大学", "学校", "我校", "本校", "学院"), _UNIVERSITY),
    **dict.fromkeys(("所", "研究所", "我所", "本所", "研究院"), _INSTITUTE),
    **dict.fromkeys(("院", "我院", "本院"), _BODY_KINDS),
    **dict.fromkeys(("部", "局"), ("government_body",)),
    **dict.fromkeys(("论坛", "大会", "会议", "展会", "峰会"), ("event",)),
    **dict.fromkeys(
        ("规划", "方案", "计划", "办法", "意见", "条例", "文件", "清单", "名单"),
        ("programme", "document"),
    ),
    "厂": ("company", "military_unit", "facility"),
    "实验室": _LAB,
    "中心": (*_LAB, *_INSTITUTE),
    "项目": ("programme",),
    "基地": ("facility",),
    "系统": ("system",),
    "平台": ("system",),
}
_PRONOUN = re.compile(
    r"(?P<before>[为向与同对给由被将把]|持有|拥有|收购|控股)?(?P<it>后者|前者|其)(?!他|它|中|余|实(?!际控)|次|间)"
)
_OF_IT = re.compile(
    r"控股股东|实际控制人|总部|子公司|全资|前身|下属|旗下|母公司|股东|大股东|产品|主管"
)
# A clause that begins so leaves its subject out.
_NO_SUBJECT = re.compile(
    r"(?:并|也|还|又|曾|现|已|将|拟|则|后|均|先后|同时|此外|目前|随后|之后|一直|长期|至今|主要|正在|正|计划|打算"
    r"|正式|成功|共同|联合|且|而|从未|未|并未|没有|不再|其后|此后|每年|累计|约定|决定|宣布|希望"
    r"|(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以前|之前|前|起|以来|至今|后)?|去年|今年|明年|近日|日前|当年|同年){0,4}"
    r"(?:旗下|下属|与|同(?!时|年|样)|向|为(?![了期此止])|由|被|隶属|直属|归属|归|位于|坐落|总部|校址|院址|厂址|客户|用户|产品|注册地|控股股东|实际控制人|从事|主营|研制|研发|承担|承建|承接|参与|参加|入选|入围|获"
    r"|持有|拥有|下设|下辖|设有|设立|收购|参股|控股|入股|是|系|采用|使用|应用于|列入|列装|加入|退出|共建|成立|组建|签署|签订|提供|供应|依托|在(?!此)|就|围绕|生产|运营|供货|交付"
    r"|携手|合作|联合|共同|拟|投资|资助|培养|中标|出资|起诉|转让|开展|建设|建有|挂靠|印发|发布)"
)
_TOGETHER = re.compile(
    r"共建|共同|联合|合作|携手|就|围绕|成立|组建|约定|^(?:计划|拟|将)?在|开展|建设|签署|签订"
)

"""How a stretch of a Chinese sentence is meant, and by which words: denied, planned, ended, …

Scope is the clause. What opens a sentence (据报道，…) or speaks in it (某报称，…否认，…) holds for
the clauses behind it; a plan holds on for a clause that leaves its subject out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from crosstie.extraction.assertion import Assertion, cues
from crosstie.extraction.lexicon import alternatives
from crosstie.extraction.patterns import NAME_FIRST, NAME_LAST
from crosstie.extraction.speakers import HAN_CHARGE

_NAME = f"[{NAME_FIRST}-{NAME_LAST}]"
_MARKS = "，；。：\n"
_UNTIL = re.compile(
    r"(?:至|直到|直至|截至)\s?((?:19|20)\d\d)年(?:[^，。]{0,6})(?:止|为止|结束|终止)?"
)
# "Before 2015, it supplied" opens a clause.
_OPENS_BEFORE = re.compile(r"(?:^|[。；\n])((?:19|20)\d\d)年(?:之前|以前)，")
# "Before 2015 it had always": it did so no longer after that.
_BEFORE = re.compile(r"((?:19|20)\d\d)年(?:之前|以前|前)[^，。；]{0,4}(?:一直|长期|始终)")
# "Until 2015, it had always supplied": a bare 至 needs the "always".
_ALWAYS = re.compile(
    rf"(?:^|[。；])(?:至|到)((?:19|20)\d\d)年，{_NAME}?[^，。；]{{0,8}}(?:一直|长期|始终)"
)
_REPORTED = re.compile(r"据(?!此|测)[^，。]{1,18}(?:报道|称|披露|消息|透露|悉|介绍)")
_SPEAKER = re.compile(
    rf"(?:{_NAME}|人士|媒体|外媒|官员|专家|消息)[^，。；]{{0,6}}(?:(?<![简统])称|报道|透露|披露|援引)"
)
_HAN_CHARGE = re.compile(HAN_CHARGE)
_ACCUSER = re.compile(r"指控|指称|指责|控告|涉嫌|被控|起诉书|诉状")
# 将 before a name takes an object; 拟 in 模拟 and 虚拟 plans nothing.
_PLANNED = re.compile(
    rf"将(?!{_NAME}|其|该|上述|[^。；]{{1,34}}(?:转让|授权|列入|列为|纳入|移出|移交|应用于|转化|作为|出售给))"
    rf"|(?<![虚模比草])拟(?!合|定|订)|(?<!不)可能(?!性)|或将|或会|有望"
)
_NEGATED = re.compile(
    r"不(?=隶属|属于|持有|从事|生产|参与|向|与|为|是|存在|提供|拥有|具有|归|由)|未(?!来|经|名|必|知)|没有"
    r"|无(?=任何|业务|股权|合作|关联)|并非|绝非|从不"
)
_NOT_NEGATED = re.compile(r"不仅|不但|不只|不再|不断|不止|没有停止|未曾中断|是不是|不得不")
_FORMER = re.compile(
    r"原(?=隶属|属|为|是|系|由|归)|(?:最初|起初|原先|早年|早期|初期|此前|先前|过去|从前)(?=归|由|隶属|属|是|为|受|系)|曾(?!经?计划)|已(?:经)?(?:终止|结束|解除|取消|退出|转让所持|出售所持|撤出|停止)|转让所持|出售所持|时任|前任"
)


# What is said behind a statement to reject it.
_REJECTED = re.compile(r"(?:予以|加以|一概|均|坚决|断然)否认|否认了?(?:这|该|上述|此)|予以驳斥")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says how a clause is meant, and where it stands in the sentence's symbols."""

    start: int
    end: int
    tells: str


@dataclass(frozen=True, slots=True)
class Read:
    """An assertion with the cues that gave it."""

    assertion: Assertion
    cues: tuple[Cue, ...] = ()


def chinese_assertion(
    text: str, start: int, end: int, *, implied: bool = False, event: bool = False
) -> Read:
    """Return how text[start:end], a tie's match in a sentence of symbols, is meant.

    `implied` says that the match begins with a subject that the text leaves out; `event`, that
    what the tie tells happened once, so that nothing behind it ends it.
    """
    opened = next((at + 1 for at in range(start - 1, -1, -1) if text[at] in _MARKS), 0)
    closed = next((at for at in range(end, len(text)) if text[at] in _MARKS), len(text))
    found = [
        *_denials(text, opened, end, closed),
        *_plans(text, opened, end, implied=implied),
        *_endings(text, opened, end),
        *(() if event else _ended_behind(text, end)),
        *_voices(text, start, end),
    ]
    return Read(_assertion(text, found, opened, end), tuple(found))


def _assertion(text: str, found: list[Cue], opened: int, end: int) -> Assertion:
    tells = {cue.tells for cue in found}
    result = Assertion(
        polarity="denied" if "denied" in tells else "affirmed",
        modality="planned" if "planned" in tells else "actual",
        ended="ended" in tells,
        stance="alleged"
        if "alleged" in tells
        else "reported"
        if "reported" in tells
        else "asserted",
    )
    if result.stance == "alleged" and (charge := _HAN_CHARGE.search(text, 0, end)):
        result = replace(result, attribution=(charge.group("han"),))
    scope = text[opened:end]
    until = _UNTIL.search(scope) or _BEFORE.search(scope) or _ALWAYS.search(text[:end])
    until = until or (None if result.modality == "planned" else _OPENS_BEFORE.search(text[:end]))
    if until and result.polarity == "affirmed":
        result = replace(result, ended=True, valid_to=until.group(1))
    return result


def _denials(text: str, opened: int, end: int, closed: int) -> Iterator[Cue]:
    skipped = {at for m in _NOT_NEGATED.finditer(text, opened, closed) for at in range(*m.span())}
    for pattern in (_NEGATED, _words("denied")):
        for match in pattern.finditer(text, opened, end):
            if match.start() not in skipped:
                yield Cue(*match.span(), "denied")
    for match in re.finditer(
        r"否认|驳斥|澄清[^，。；]{0,4}，?[^。；]{0,20}?(?:不存在|并未|未)", text[:end]
    ):
        if "。" not in text[match.end() : end]:
            yield Cue(*match.span(), "denied")
    for match in _REJECTED.finditer(text, end):
        yield Cue(*match.span(), "denied")
    if _ASKED.search(text, opened, end) and (answer := _NO_SUCH.search(text, end)):
        yield Cue(*answer.span(), "denied")
    for match in _words("untrue").finditer(text, opened):
        yield Cue(*match.span(), "denied")


def _plans(text: str, opened: int, end: int, *, implied: bool) -> Iterator[Cue]:
    first = opened
    if implied:
        before = max(text.rfind(mark, 0, max(0, opened - 1)) for mark in "；。") + 1
        clause = text[opened:end]
        first = opened if _happened(clause) or _LASTING.search(clause) else before
    for pattern in (_PLANNED, _words("planned")):
        for match in pattern.finditer(text, first, end):
            yield Cue(*match.span(), "planned")


# What is so already, whatever is planned beside it.
_LASTING = re.compile(r"位于|坐落|隶属|属于|是|系|拥有|持有|从事|主营|总部|控股|主管|成立于|始建")


def _happened(clause: str) -> bool:
    return re.search(r"了|已|曾|(?:19|20)\d\d年", clause) is not None


def _endings(text: str, opened: int, end: int) -> Iterator[Cue]:
    for pattern in (_FORMER, _words("ended")):
        for match in pattern.finditer(text, opened, end):
            yield Cue(*match.span(), "ended")


def _ended_behind(text: str, end: int) -> Iterator[Cue]:
    for behind in (_OVER_BEHIND.match(text, end), _BOTH_OVER.search(text, end)):
        if behind is not None:
            yield Cue(*behind.span(), "ended")


# "…, which the other side ended last year": a clause behind that names nobody.
_OVER_BEHIND = re.compile(
    rf"[^。；，{NAME_FIRST}-{NAME_LAST}]{{0,10}}，[^，。；{NAME_FIRST}-{NAME_LAST}]{{0,14}}"
    r"(?:终止|停止|解除|取消|到期|中止)"
)


# "The two no longer cooperate", "(ended)": what is said behind a tie of both ends it.
_BOTH_OVER = re.compile(
    rf"{_NAME}(?:已|现|均|便|就)?(?:不再(?:有)?(?:任何)?合作|(?:终止|停止|结束|中止|解除)(?:了)?[^，。；]{{0,6}}合作"
    r"|[^，。；]{0,4}合作(?:关系)?(?:已|即)?(?:告)?(?:终止|结束|停止|破裂))"
    r"|[（(](?:已|现已|均已)?(?:结束|终止|到期|解除|停止|期满|注销)[）)]"
)

_IF = re.compile(r"如果|假如|倘若|假设|一旦|若(?=[^干])|猜测|揣测|臆测")
_ASKED = re.compile(r"是否|能否|会不会|有无")
_NO_SUCH = re.compile(
    r"没有(?:这样|这种|此|该|相关|任何|这方面)?的?(?:打算|计划|意向|安排|想法)|不会|无此|并无此|不属实|予以否认|否认"
)


def supposed(text: str, start: int, end: int) -> bool:
    """Return whether a tie is only asked about or imagined, and nothing answers it."""
    opened = max(text.rfind(mark, 0, start) for mark in "，；。") + 1
    if _IF.search(text, opened, end):
        return True
    if _ASKED.search(text, opened, end):
        return _NO_SUCH.search(text, end) is None
    return False


def _voices(text: str, start: int, end: int) -> Iterator[Cue]:
    sentence = text.rfind("。", 0, start) + 1
    for pattern, tells in (
        (_ACCUSER, "alleged"),
        (_words("alleged"), "alleged"),
        (_REPORTED, "reported"),
        (_words("reported"), "reported"),
    ):
        for match in pattern.finditer(text, sentence, end):
            yield Cue(*match.span(), tells)
    for match in _SPEAKER.finditer(text, sentence, start):
        yield Cue(*match.span(), "reported")


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(alternatives(cues("zh")[key]))

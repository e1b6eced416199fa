"""What a Chinese clause adds to its tie: the share held, the kind of presence, the direction."""

import re

from crosstie.extraction.drafts import RawTie
from crosstie.text.numbers import read_number

_SHARE = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)\s?[%％]|百分之(?P<han>[零一二三四五六七八九十百点]+)"
)
_MARKS = "，。；"
# The first that fits; each is a kind of presence of kinds.yaml.
_PRESENCE = (
    ("data_centre", re.compile(r"数据中心|云计算中心|算力中心")),
    ("surveillance_equipment", re.compile(r"监控|摄像头|平安城市|安防")),
    ("telecom_infrastructure", re.compile(r"基站|电信|通信网|光缆|移动网络|5G|地面站")),
    ("port", re.compile(r"港口|码头|泊位|航运枢纽|经营权")),
    ("joint_venture", re.compile(r"合资")),
    ("research_partnership", re.compile(r"研发中心|实验室|研究院|研究所|研究中心|创新")),
    ("manufacturing", re.compile(r"工厂|生产线|设厂|建厂|组装|厂房|产业园|生产基地|投产")),
    ("training", re.compile(r"培训|学校|学院|鲁班工坊")),
    ("office", re.compile(r"办事处|代表处|分公司|子公司|分支机构|总部|分院|基地")),
)
_AGREEMENT = re.compile(r"[㐀-鿿]{0,8}(?:协议|合同|合约|备忘录|协定|意向书)")
_CIVIL = frozenset({"company", "university", "research_institute", "laboratory", "ngo"})


def details(text: str, tie: RawTie) -> dict[str, str]:
    """Return the attributes that the tie's own clause states, in the words of kinds.yaml."""
    clause = _clause(text, tie)
    kind = tie.pattern.tie
    if kind in ("owns", "invests_in"):
        return _share(clause)
    if kind == "operates_in":
        return _presence(clause)
    if kind == "signed_agreement":
        match = _AGREEMENT.search(text, tie.trigger[0], min(tie.trigger[1] + 2, tie.sentence.end))
        return {"agreement": _plain(match.group())} if match else {}
    if kind == "transfers_technology":
        return _direction(tie)
    return {}


def _clause(text: str, tie: RawTie) -> str:
    """Return the match with the rest of its clause."""
    end = next(
        (at for at in range(tie.trigger[1], tie.sentence.end) if text[at] in _MARKS),
        tie.sentence.end,
    )
    return text[tie.trigger[0] : end]


def _share(clause: str) -> dict[str, str]:
    found = list(_SHARE.finditer(clause))
    if len(found) != 1:
        return {}
    value = found[0].group("figure")
    if value is None:
        number = read_number(found[0].group("han"))
        value = None if number is None else f"{number:g}"
    return {"share": f"{value}%"} if value is not None else {}


def _presence(clause: str) -> dict[str, str]:
    found = next((kind for kind, words in _PRESENCE if words.search(clause)), None)
    return {"presence": found} if found else {}


def _plain(agreement: str) -> str:
    return re.sub(r"^.*(?:签署|签订|签下|续签|订立|达成|了|的)", "", agreement)


def _direction(tie: RawTie) -> dict[str, str]:
    subject, object = tie.subject.kind == "military_unit", tie.object.kind == "military_unit"
    if subject and tie.object.kind in _CIVIL:
        return {"direction": "military_to_civil"}
    if object and tie.subject.kind in _CIVIL:
        return {"direction": "civil_to_military"}
    return {}

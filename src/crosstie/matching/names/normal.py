"""One key for the spellings of a name, and whether a name can identify anything by itself."""

import re
from collections.abc import Sequence
from functools import lru_cache

from crosstie.matching.names.legal_forms import canonical_legal_forms, han_legal_forms
from crosstie.matching.names.lexicon import default_lexicon
from crosstie.matching.names.words import words_of
from crosstie.text.scripts import fold, has_han

_CACHED = 1 << 16
_HAN_ORGANISATION = re.compile(
    "(?:公司|集团|大学|学院|学校|研究[所院室会]|设计院|科学院|实验室|中心|银行|[工钢药电水林茶酒药船]厂|"
    "协会|学会|商会|联合会|基金会?|委员会|办公室|[总分支]队|医院|[部局厅署处]|政府|法院|检察院|基地|"
    "[药实工矿渔林农牧商]业|科技|控股|重工|股份|军区|部队|司令部|工作站|观测站|出版社|报社|合作社|事务所|机构|组织|企业|株式会社|財団|院|所|厂|社)"
)
# Type and trade words that are also given names or surnames in some language.
_PERSONAL = (
    "golden star people family brothers sons line road house city great new young youth east west "
    "north south middle first special water basic element absolute ural volga main general united "
    "public advanced quality real fish wood gold front hall farm min club court party prison sea "
    "east asset glass cotton forces line store yard naval"
)
_ALSO_PERSONS = frozenset(_PERSONAL.split())
_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9&.\-]*")
_LONGEST_ACRONYM = 5
_MOST_GENERIC_WORDS = 3
_ROUNDS = 6


def _parts(text: str) -> tuple[list[str], list[str]]:
    words = [word for word in words_of(text) if word != "the"]
    rest, legal = canonical_legal_forms(words)
    if has_han(text):
        rest, legal = _without_han_forms(rest, legal)
    return rest, legal


def _without_han_forms(words: Sequence[str], legal: list[str]) -> tuple[list[str], list[str]]:
    rest: list[str] = []
    found = list(legal)
    for word in words:
        kept = word
        for form, canonical in () if word.isascii() else han_legal_forms():
            if kept.endswith(form) and len(kept) > len(form):
                kept = kept[: -len(form)]
                found.append(canonical)
                break
        rest.append(kept)
    return rest, found


def _join(words: Sequence[str]) -> str:
    text = ""
    for word in words:
        between = " " if text and text[-1].isascii() and word[:1].isascii() else ""
        text += between + word
    return text


@lru_cache(_CACHED)
def normal_name(text: str) -> str:
    """Return the key under which equal names merge: 'The Acme Company, Limited' → 'acme ltd'.

    Case, width, accents, punctuation, spacing, traditional forms, the spelling of numbers and of
    legal forms fold; a different legal form ('acme corp') stays different.
    """
    rest, legal = _parts(text)
    name = _join([*rest, *sorted(set(legal))]) or fold(text)
    # Forms brought together may be a form anew ('co' and 'ltd'), and a number may meet its noun.
    for _ in range(_ROUNDS if len(legal) > 1 or not name.isascii() else 0):
        rest, legal = _parts(name)
        again = _join([*rest, *sorted(set(legal))]) or fold(name)
        if again == name:
            break
        name = again
    return name


@lru_cache(_CACHED)
def core_name(text: str) -> str:
    """Return the normal name without its legal form: 'Acme Co., Ltd.' → 'acme'."""
    return _join(_parts(text)[0]) or fold(text)


@lru_cache(_CACHED)
def is_weak_name(text: str) -> bool:
    """Return whether a name cannot identify an organisation alone.

    So it is with acronyms ('CETC'), single common words, and names of type words and numbers only
    ('28th Research Institute', 'Institute of Technology').
    """
    rest, _ = _parts(text)
    if has_han("".join(rest)):
        return _is_weak_han("".join(rest))
    lexicon = default_lexicon()
    concepts = lexicon.concepts(rest)
    telling = [c for c in concepts if lexicon.kind(c) != "stop"]
    own = [c for c in telling if c not in lexicon.common and not c.isdigit()]
    if not own:
        return len(telling) <= _MOST_GENERIC_WORDS or any(c.isdigit() for c in telling)
    if len(telling) > 1:
        return False
    if lexicon.kind(own[0]) == "place":
        return True
    written = text.strip()
    if _ACRONYM.fullmatch(written) and len(own[0]) <= _LONGEST_ACRONYM:
        return True
    return len(own[0]) <= 3


def _is_weak_han(text: str) -> bool:
    bare = re.sub(r"[0-9]+", "", text)
    if len(bare) <= 2:
        return True
    match = _HAN_ORGANISATION.match(bare)
    return match is not None and match.end() == len(bare)


def looks_like_organisation(name: str) -> bool:
    """Return whether a name in a list that gives no type reads like an organisation's.

    'KAL TEK LABS' and 'Piricas Trading Company' do; 'Edwin Acety' does not.
    """
    rest, legal = _parts(name)
    if legal or any(character.isdigit() for character in name) or " & " in name:
        return True
    text = "".join(rest)
    if has_han(text):
        return len(text) > 4 or _HAN_ORGANISATION.search(text[1:]) is not None
    lexicon = default_lexicon()
    concepts = lexicon.concepts(rest)
    return any(c in lexicon.common and c not in _ALSO_PERSONS for c in concepts)

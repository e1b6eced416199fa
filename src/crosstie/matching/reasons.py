"""Say in words why two names are alike, or are not: the parts that meet and those that do not."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from crosstie.matching.names.compass import POINTS, point_name
from crosstie.matching.names.groups import FIRST_GROUP, seats_differ, whole_and_part
from crosstie.matching.names.legal_forms import canonical_legal_forms
from crosstie.matching.names.lexicon import Lexicon
from crosstie.matching.names.normal import normal_name
from crosstie.matching.names.views import (
    DERIVED,
    HAN,
    LATIN,
    PINYIN,
    SHORT,
    TRANSLATED,
    Slot,
    View,
    views_of,
)
from crosstie.matching.names.words import LONGEST_NAME, words_of
from crosstie.matching.names.written import name_only
from crosstie.ontology.records import Reason

_PAIRS = {
    (LATIN, LATIN): "", (HAN, HAN): "", (LATIN, TRANSLATED): "translated",
    (TRANSLATED, LATIN): "translated", (PINYIN, PINYIN): "pinyin", (SHORT, DERIVED): "short",
    (DERIVED, SHORT): "short",
}  # fmt: skip
_WORDS = {
    "core": "name", "place": "place", "field": "field", "generic": "common word",
    "type": "type", "parent": "parent", "number": "number",
}  # fmt: skip
_ALIKE_ENOUGH = 0.66
_ONE_GROUP = 0.3
_INITIALS = 7
"""Letters of a group's short name at most: longer ones are words."""


def reasons_for(a: str, b: str, lexicon: Lexicon) -> tuple[Reason, ...]:
    """Return why two names are alike or not; weights are shares of the names' own weight."""
    return (*_compared(a, b, lexicon), *_notices(a, b))


def _notices(a: str, b: str) -> list[Reason]:
    if max(len(a), len(b)) <= LONGEST_NAME:
        return []
    return [Reason("name_cut", f"only the first {LONGEST_NAME} characters of a name are read")]


def _compared(a: str, b: str, lexicon: Lexicon) -> tuple[Reason, ...]:
    if normal_name(a) == normal_name(b):
        return (Reason("same_name", "the same name but for spelling and legal form", 1.0),)
    pairs = [
        (_met(x, y, lexicon), how, x, y)
        for x in views_of(a, lexicon)
        for y in views_of(b, lexicon)
        if (how := _PAIRS.get((x.sort, y.sort))) is not None
    ]
    if not pairs:
        return (Reason("nothing_shared", "the names share nothing that can be compared", -1.0),)
    _, how, x, y = max(
        pairs, key=lambda pair: pair[0] + _ONE_GROUP * _share_a_group(pair[2], pair[3], lexicon)
    )
    if how == "short":
        return (_short_reason(x, y),)
    found = [*_compass_reasons(x, y), *_number_reasons(a, b)]
    found += _group_reasons(a, b, lexicon)
    if how == "pinyin":
        found.append(_pinyin_reason(x, y))
    else:
        found += _part_reasons(x, y, how, lexicon)
    found += _legal_reasons(a, b)
    return tuple(found) or (Reason("nothing_shared", "no part of the names agrees", -1.0),)


def _share_a_group(a: View, b: View, lexicon: Lexicon) -> bool:
    """Return whether both views have one group as a whole: it says more than the words of it."""
    return bool(_groups_of(a, lexicon) & _groups_of(b, lexicon))


def _groups_of(view: View, lexicon: Lexicon) -> set[str]:
    heads = {slot.readings[0][0] for slot in view.slots if len(slot.readings[0]) == 1}
    return {concept for concept in heads if concept in lexicon.full_names}


def _group_reasons(a: str, b: str, lexicon: Lexicon) -> list[Reason]:
    """Return that two groups are two, or that one name is a part's and the other the group's."""
    one, two = views_of(a, lexicon), views_of(b, lexicon)
    left, right = (
        {group for view in row for group in _groups_of(view, lexicon)} for row in (one, two)
    )
    if left and right and not left & right:
        shown = " and ".join(_shown_group(min(side)) for side in (left, right))
        return [Reason("other_group", f"two different bodies: {shown}", -1.0)]
    numbers = [{n for view in row for n in view.numbers} for row in (one, two)]
    if seats_differ(*numbers):
        return [Reason("other_seat", "the places in brackets differ", -1.0)]
    if not left & right or not whole_and_part(*numbers):
        return []
    group = _shown_group(min(left & right))
    text = f"one name is {group}'s own, the other a part's or a branch's"
    return [Reason("part_of_the_other", text, -1.0)]


def _shown_group(concept: str) -> str:
    """Return a group's name as it is written: short ones are initials."""
    return concept.upper() if len(concept) <= _INITIALS and " " not in concept else concept


def _likeness(a: Slot, b: Slot, lexicon: Lexicon) -> float:
    if a.kind == b.kind == "place":
        return 1.0 if set(a.readings) & set(b.readings) else 0.0
    return max(
        (_reading_likeness(x, y, lexicon) for x in a.readings for y in b.readings), default=0.0
    )


def _reading_likeness(a: Sequence[str], b: Sequence[str], lexicon: Lexicon) -> float:
    shared = set(a) & set(b)
    if shared:
        return len(shared) / max(len(a), len(b))
    if len(a) == len(b) == 1:
        near = lexicon.near.get((a[0], b[0]), 0.0)
        two_words = lexicon.knows(a[0]) and lexicon.knows(b[0])
        long = min(len(a[0]), len(b[0])) > 3 and not two_words
        spelled = OSA.normalized_similarity(a[0], b[0]) if long else 0.0
        return max(near, spelled if spelled > _ALIKE_ENOUGH else 0.0)
    return 0.0


def _met(a: View, b: View, lexicon: Lexicon) -> float:
    sides = []
    for mine, theirs in ((a, b), (b, a)):
        total = sum(slot.weight for slot in mine.slots)
        met = sum(
            slot.weight * max((_likeness(slot, o, lexicon) for o in theirs.slots), default=0.0)
            for slot in mine.slots
        )
        sides.append(met / total if total else 0.0)
    return min(sides) + 0.1 * max(sides)


def _part_reasons(a: View, b: View, how: str, lexicon: Lexicon) -> Iterable[Reason]:
    total = sum(slot.weight for slot in (*a.slots, *b.slots)) or 1.0
    right = list(b.slots)
    unmet = []
    for slot in a.slots:
        scored = [(_likeness(slot, other, lexicon), other) for other in right]
        likeness, other = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if slot.kind == "number":
            continue
        if other is None or likeness < 0.5:
            unmet.append(slot)
            continue
        # A slot of several words may be met by several: 'naval university' by 海军大学.
        if len(other.readings[0]) == 1:
            right.remove(other)
        share = round((slot.weight + other.weight) * likeness / total, 3)
        yield Reason(_code(slot, likeness, how), _same_text(slot, other, likeness, how), share)
    for side, rest, others in (("first", unmet, b), ("second", right, a)):
        known = {c for slot in others.slots for row in slot.readings for c in row}
        for slot in rest:
            if slot.kind == "number" or any(c in known for c in slot.readings[0]):
                continue
            text = f"{_WORDS[slot.kind]} '{_show(slot)}' only in the {side} name"
            yield Reason(f"{slot.kind}_unmatched", text, -round(slot.weight / total, 3))


def _code(slot: Slot, likeness: float, how: str) -> str:
    if how == "translated":
        return f"{slot.kind}_translated"
    return f"same_{slot.kind}" if likeness == 1.0 else f"{slot.kind}_alike"


def _same_text(a: Slot, b: Slot, likeness: float, how: str) -> str:
    one, two = _show(a), _show(b)
    what = _WORDS[a.kind]
    if how == "translated":
        return f"{what} {a.text or one} = {b.text or two}"
    if one == two:
        return f"same {what} {one}"
    return f"{what} {one} ~ {two} ({likeness:.0%} alike)"


def _show(slot: Slot) -> str:
    text = slot.text or " ".join(slot.readings[0])
    return _shown_group(text) if slot.kind == "parent" else text


def _short_reason(a: View, b: View) -> Reason:
    forms = {r[0] for r in a.slots[0].readings} & {r[0] for r in b.slots[0].readings}
    if not forms:
        return Reason("other_initials", "the initials do not agree", -1.0)
    form = min(forms)[1:]
    if form.isascii():
        return Reason("initials", f"{form.upper()} are initials of the other name", 0.5)
    return Reason("short_form", f"{form} is a short form of the other name by rule", 0.5)


def _pinyin_reason(a: View, b: View) -> Reason:
    if a.text == b.text:
        return Reason("same_pinyin", f"the same pinyin: {a.text}", 1.0)
    ratio = OSA.normalized_similarity(a.text, b.text)
    return Reason("pinyin_alike", f"pinyin {a.text} ~ {b.text} ({ratio:.0%} alike)", ratio)


def _compass_reasons(a: View, b: View) -> list[Reason]:
    one, two = ({n for n in view.numbers if FIRST_GROUP < n < 0} for view in (a, b))
    left, right = one - two, two - one
    if not (left and right):
        return []
    # The forms of a point are named only where the points are one: northwest, northwestern.
    points = [{n for n in side if n in POINTS.values()} for side in (left, right)]
    shown = points if all(points) else [left, right]
    first, second = (", ".join(map(point_name, sorted(side, reverse=True))) for side in shown)
    return [Reason("other_direction", f"directions differ: {first} and {second}", -1.0)]


def _number_reasons(a: str, b: str) -> list[Reason]:
    # The number of a house is none of the name's.
    one, two = ({w for w in words_of(name_only(name)) if w.isdigit()} for name in (a, b))
    if not one and not two:
        return []
    if one == two:
        return [Reason("same_number", f"same number {', '.join(sorted(one))}", 0.5)]
    if one and two:
        text = f"numbers differ: {', '.join(sorted(one))} and {', '.join(sorted(two))}"
        return [Reason("other_number", text, -1.0)]
    return [Reason("number_missing", f"number {', '.join(one or two)} in one name only", -0.3)]


def _legal_reasons(a: str, b: str) -> list[Reason]:
    one, two = (canonical_legal_forms(words_of(name))[1] for name in (a, b))
    if one and two and not set(one) & set(two):
        text = (
            f"legal forms differ ({', '.join(one)} and {', '.join(two)}); they are often mixed up"
        )
        return [Reason("other_legal_form", text, -0.02)]
    return []

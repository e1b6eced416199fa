"""A name's parts in words a person can read."""

from dataclasses import dataclass

from crosstie.matching.names.legal_forms import canonical_legal_forms, han_legal_forms
from crosstie.matching.names.lexicon import Lexicon, default_lexicon
from crosstie.matching.names.views import HAN, LATIN, TRANSLATED, Slot, View, views_of
from crosstie.matching.names.words import words_of
from crosstie.text.scripts import han_share

_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Parts:
    """What a name is made of. `english` is how a Han name reads part by part, else empty."""

    script: str
    core: tuple[str, ...]
    place: tuple[str, ...]
    field: tuple[str, ...]
    common: tuple[str, ...]
    type: tuple[str, ...]
    parent: tuple[str, ...]
    numbers: tuple[int, ...]
    legal_form: tuple[str, ...]
    english: str = ""


def parts_of(name: str, lexicon: Lexicon | None = None) -> Parts:
    """Return the parts of a name: '中电科28所' has the parent cetc, the number 28, the type 所."""
    views = views_of(name, lexicon or default_lexicon())
    han = han_share(name) > _MOSTLY
    main = next((view for view in views if view.sort == (HAN if han else LATIN)), None)
    english = next((view for view in views if view.sort == TRANSLATED), None) if han else None
    return Parts(
        script="Han" if han else "Latin or other",
        core=_of(main, "core"),
        place=_of(main, "place"),
        field=_of(main, "field"),
        common=_of(main, "generic"),
        type=_of(main, "type"),
        parent=_of(main, "parent"),
        numbers=tuple(n for n in main.numbers if n >= 0) if main else (),
        legal_form=_legal_form(name),
        english=" ".join(_reading(slot) for slot in english.slots) if english else "",
    )


def _of(view: View | None, kind: str) -> tuple[str, ...]:
    slots = view.slots if view else ()
    return tuple(slot.text or _reading(slot) for slot in slots if slot.kind == kind)


def _reading(slot: Slot) -> str:
    return " ".join(slot.readings[0])


def _legal_form(name: str) -> tuple[str, ...]:
    words = words_of(name)
    found = canonical_legal_forms(words)[1]
    for form, canonical in han_legal_forms():
        if words and words[-1].endswith(form) and words[-1] != form:
            return (*found, canonical)
    return tuple(found)

"""Find the legal forms in a name ('Co., Ltd.', OOO, 有限公司) and the form each stands for."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError

# Words that may belong to the name itself: at its head they are no legal form.
_AT_THE_END = (
    "as at se ad ab spa sal est sia pat pt sl lp ip ep uo dd nv gk too sca odo vat firm co pte ou "
    "ug kg state cv"
)
_ONLY_AT_THE_END = frozenset(_AT_THE_END.split())


@cache
def _forms() -> dict[tuple[str, ...], str]:
    name = "legal_forms.yaml"
    data = load_data(files("crosstie.matching") / "lexicon" / name)
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=name, line=1, remedy="write `form: [..]`")
    forms: dict[tuple[str, ...], str] = {}
    for canonical in data:
        for spelling in data.require(canonical, list):
            forms[tuple(str(spelling).split())] = canonical
    return forms


@cache
def _first_words() -> dict[str, int]:
    """Return the first words of forms, each with the most words that a form so begun has."""
    longest: dict[str, int] = {}
    for form in _forms():
        longest[form[0]] = max(longest.get(form[0], 0), len(form))
    return longest


def begins_legal_form(word: str) -> bool:
    """Return whether a word is a legal form or the first word of one."""
    return word in _first_words()


def canonical_legal_forms(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split the words of a name into its other words and its canonical legal forms.

    Order among the other words is kept: ['acme', 'company', 'limited'] → (['acme'], ['ltd']).
    A name that is nothing but legal forms keeps its words.
    """
    first = _first_words()
    if first.keys().isdisjoint(words):
        return list(words), []
    forms = _forms()
    rest: list[str] = []
    found: list[str] = []
    place = 0
    while place < len(words):
        most = first.get(words[place], 0)
        size = _longest_form(words, place, forms, most) if most else 0
        if size:
            found.append(forms[tuple(words[place : place + size])])
            place += size
        else:
            rest.append(words[place])
            place += 1
    return (rest, found) if rest else (list(words), [])


def _longest_form(
    words: Sequence[str], place: int, forms: dict[tuple[str, ...], str], longest: int
) -> int:
    for size in range(min(longest, len(words) - place), 0, -1):
        form = tuple(words[place : place + size])
        if form not in forms:
            continue
        if size == 1 and form[0] in _ONLY_AT_THE_END:
            at_end = place and all((word,) in forms for word in words[place + size :])
            if not at_end:
                continue
        return size
    return 0


@cache
def han_legal_forms() -> tuple[tuple[str, str], ...]:
    """Return the Han legal forms, longest first, each with its canonical form."""
    forms = [(form[0], canonical) for form, canonical in _forms().items() if len(form) == 1]
    han = [pair for pair in forms if not pair[0].isascii()]
    return tuple(sorted(han, key=lambda pair: (-len(pair[0]), pair[0])))

"""What registers of research organisations share: types as kinds, names with a country behind."""

import re
from collections.abc import Sequence

from crosstie.ontology.records import Name
from crosstie.sources.kind_words import kind_of_names
from crosstie.text.countries import country_code

_RESEARCH = {"laboratory", "research_institute"}
_STATE = {"government_body", "military_unit", "party_body", "court"}
# ROR's types → the kind, and the kinds that words in the name may make of it instead. There is no
# kind for a hospital; those in ROR do research.
_KINDS: dict[str, tuple[str, set[str]]] = {
    "education": ("university", _RESEARCH),
    "company": ("company", set()),
    "government": ("government_body", _STATE | _RESEARCH | {"university"}),
    "facility": ("research_institute", _RESEARCH | {"military_unit"}),
    "healthcare": ("research_institute", {"laboratory"}),
    "archive": ("research_institute", set()),
    "nonprofit": ("ngo", _RESEARCH),
    "funder": ("ngo", _STATE),
    "other": ("research_institute", _RESEARCH | _STATE | {"university", "ngo", "company"}),
}
_COUNTRY_TAIL = re.compile(r"^(?P<name>.+\S) \((?P<country>[^()]+)\)$")


def kind_of_types(types: Sequence[str], names: Sequence[Name]) -> str:
    """Return the kind that ROR's types, and then words in the names, make of an organisation."""
    # "funder" is said beside what an organisation is.
    telling = [t.lower() for t in types if t.lower() != "funder"] or [t.lower() for t in types]
    usual, others = _KINDS.get(telling[0] if telling else "other", _KINDS["other"])
    found = kind_of_names(names, default=usual)
    return found if found in others else usual


def without_country(name: str) -> str | None:
    """Return a name without the country that ROR adds: 'Hexi Optics (China)' → 'Hexi Optics'.

    None for a name without one.
    """
    tail = _COUNTRY_TAIL.match(name)
    return tail["name"] if tail and country_code(tail["country"]) else None

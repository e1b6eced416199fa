"""Identifiers as US lists label them, in our schemes (`identifier_labels.yaml`)."""

import re
from functools import cache
from importlib import resources

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.records import Identifier

_FILE = "identifier_labels.yaml"
_COUNTRY = re.compile(r"[A-Z]{2}")
# Numbers that each country gives out for itself: without it they would clash.
_NATIONAL = ("registration", "tax")


def identifier_of(parts: list[str]) -> Identifier | None:
    """Read ["CN", "9111…", "Unified Social Credit Code (USCC)"]; the label may also stand first."""
    for label, rest in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
        scheme = _schemes().get(label.rstrip(":").strip())
        if scheme is not None and rest:
            country = next((part for part in rest if _COUNTRY.fullmatch(part)), None)
            values = [part for part in rest if part != country]
            return identifier(scheme, values[0], country) if len(values) == 1 else None
    return None


def labelled(label: str, value: str, country: str | None) -> Identifier | None:
    """Return the identifier that a label and a value make, or None for other labels."""
    scheme = _schemes().get(label.rstrip(":").strip())
    return identifier(scheme, value, country) if scheme else None


def identifier(scheme: str, value: str, country: str | None = None) -> Identifier | None:
    """Return an identifier in its usual form: a domain bare, a national number with its country."""
    value = " ".join(value.split())
    if scheme == "domain":
        value = domain_of(value)
    elif scheme in _NATIONAL and country:
        value = f"{country}:{value}"
    return Identifier(scheme, value) if value else None


def domain_of(address: str) -> str:
    """Return the bare domain: 'https://www.hexi.example/en' → 'hexi.example'."""
    bare = re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", address.strip().lower())
    return bare.split("/")[0].split(":")[0].rstrip(".")


@cache
def _schemes() -> dict[str, str]:
    data = load_data(resources.files("crosstie.sources") / _FILE)
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="write label: scheme")
    return {label: str(data.require(label)) for label in data}

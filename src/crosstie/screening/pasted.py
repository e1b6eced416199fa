"""Names as a person pastes them: one a line, a country behind a tab or a comma if they like."""

import re

from crosstie.ontology.errors import InputError
from crosstie.ontology.findings import Party
from crosstie.screening.parties import PartyFile
from crosstie.screening.tables import tidy
from crosstie.text.countries import country_code

_PLACE = "the names"
# What lists on pages and in letters put before a name.
_BULLET = re.compile(r"^\s*(?:[•·▪◦*–-]|\d{1,4}[.)])\s+")
_LAST_PART = re.compile(r"^(?P<name>.*\S)\s*[\t,;，；]\s*(?P<country>[^\t,;，；]+)$")


def pasted_parties(text: str) -> PartyFile:
    """Read pasted lines: 'Foo Co., Ltd., China' is Foo Co., Ltd. in China. Raises InputError."""
    parties: list[Party] = []
    aside: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if not any(character.isalnum() for character in line):
            aside.append(f"line {number}: no name in it")
            continue
        name, country = _parted(_BULLET.sub("", line))
        parties.append(Party(name=tidy(name), country=country, row=number))
    if not parties:
        raise InputError("no name is among them", where=_PLACE, remedy="write one name on a line")
    return PartyFile(tuple(parties), tuple(aside), {"name": "each line"})


def _parted(line: str) -> tuple[str, str | None]:
    """Part a line into name and country; what is no country stays part of the name."""
    found = _LAST_PART.match(line.strip())
    if found is None:
        return line, None
    code = country_code(found["country"])
    if code is None or not any(character.isalnum() for character in found["name"]):
        return line, None
    return found["name"].strip(), code

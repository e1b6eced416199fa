"""What a row of a list says, apart from how its file words it, and how two rows differ.

Layouts of one list differ in punctuation, in order and in which columns they have: values are
compared as sets of what they name, letters and digits alone, and a field only where both editions
tell it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from crosstie.ontology.changes import FieldChange, RowEvidence
from crosstie.store.comparing import EditionRow
from crosstie.text.countries import country_code

FIELDS = (
    "name", "country", "programme", "legal basis", "listed on", "valid until",
    "address", "licence requirement", "licence policy",
)  # fmt: skip
_ATTRIBUTES = {
    "programme": "programme",
    "legal_basis": "legal basis",
    "licence_requirement": "licence requirement",
    "licence_policy": "licence policy",
}
_PARTS = {
    "programme": re.compile("[;,]"),
    "legal basis": re.compile("[;,]"),
    "address": re.compile(";"),
}
# Days of a citation are written 02/26/13 in one layout and 2/26/2013 in another.
_DAY = re.compile(r"\b0?(\d{1,2})/0?(\d{1,2})/(?:19|20)?(\d\d)\b")
_SPELLING = 0.88
IDENTIFIER = "identifier "
"""How the fields of identifiers begin: each scheme is a field of its own, told or not."""
_Values = dict[str, str]
"""What a field holds: by letters and digits alone, the words as they are written."""


@dataclass(frozen=True)
class RowContent:
    """A row of an edition; equal content has equal values whatever the layout."""

    row: EditionRow
    source_title: str

    @cached_property
    def list_name(self) -> str:
        """The list that the row stands in: a source may hold several."""
        told = self.row.designation.attributes if self.row.designation else {}
        return told.get("list_name") or told.get("list") or self.source_title

    @cached_property
    def code(self) -> str:
        """What tells the row's list from others in whatever edition."""
        told = self.row.designation.attributes if self.row.designation else {}
        return told.get("list") or self.list_name

    @cached_property
    def name(self) -> str:
        """The first name of whom the row is about."""
        return self.row.about.names[0].text

    @cached_property
    def values(self) -> dict[str, _Values]:
        """What each field of the row holds."""
        found = {
            "name": _keyed(name.text for name in self.row.about.names),
            "country": {code: code for code in self.countries},
            "address": _parted("address", "; ".join(self._lines.get("addresses", ()))),
        }
        for item in self.row.about.identifiers:
            field = f"{IDENTIFIER}{item.scheme}"
            found.setdefault(field, {}).update(_keyed([f"{item.scheme}: {item.value}"]))
        if claim := self.row.designation:
            found["listed on"] = _keyed([claim.valid_from or ""])
            found["valid until"] = _keyed([claim.valid_to or ""])
            for attribute, field in _ATTRIBUTES.items():
                found[field] = _parted(field, claim.attributes.get(attribute, ""))
            if claim.attributes.get("legal_basis") == claim.attributes.get("licence_requirement"):
                # Where a row cites nothing its requirement stands in: one fact, told once.
                found["legal basis"] = {}
        return {field: values for field, values in found.items() if values}

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries that the row gives, the mention's own first."""
        own = [self.row.about.country or ""]
        told = (country_code(line) or "" for line in self._lines.get("countries", ()))
        return tuple(dict.fromkeys(code for code in [*own, *told] if code))

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self.row.text.split("\n"):
            field, colon, value = line.partition(": ")
            if colon:
                found.setdefault(field, []).append(value)
        return found

    def evidence(self, as_of: str) -> RowEvidence:
        """Return where the row stands, and its words."""
        claim = self.row.designation
        return RowEvidence(
            as_of=as_of,
            number=self.row.number,
            document_id=self.row.document_id,
            claim_id=claim.id if claim else None,
            quotes=tuple(e.quote for e in claim.evidence) if claim else (self.row.about.quote,),
        )


def told_by(rows: Iterable[RowContent]) -> dict[str, set[str]]:
    """Return, for each list, the fields that any of its rows holds."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.code, set()).update(row.values)
    return found


def differences(before: RowContent, after: RowContent, fields: set[str]) -> tuple[FieldChange, ...]:
    """Return what two rows say differently, of the fields that both editions tell."""
    changes: list[FieldChange] = []
    schemes = sorted(field for field in fields if field.startswith(IDENTIFIER))
    for field in (*FIELDS, *schemes):
        if field in fields:
            old, new = before.values.get(field, {}), after.values.get(field, {})
            changes += _differences(field, old, new)
    return tuple(changes)


def disagree(one: RowContent, two: RowContent) -> bool:
    """Return whether both rows bear an identifier of one scheme, and not the same."""
    return any(
        not values.keys() & two.values.get(field, values).keys()
        for field, values in one.values.items()
        if field.startswith(IDENTIFIER)
    )


def likeness(one: str, two: str) -> float:
    """Return how alike two names are letter by letter, from 0 to 1."""
    return fuzz.ratio(key_of(one), key_of(two)) / 100


def spelt_anew(one: str, two: str) -> bool:
    """Return whether a name reads like the other with its spelling corrected."""
    return likeness(one, two) >= _SPELLING


def _differences(field: str, old: _Values, new: _Values) -> list[FieldChange]:
    gone = [words for key, words in old.items() if key not in new]
    come = [words for key, words in new.items() if key not in old]
    if not gone and not come:
        return []
    if field == "country":
        # One layout gives every country of a row, another that of its first address, or none.
        return [] if not (old and new) or old.keys() & new.keys() else [_change(field, old, new)]
    if field == "name":
        return _names(gone, come)
    if field in _PARTS and "".join(sorted("".join(old))) == "".join(sorted("".join(new))):
        # The same words, cut into parts elsewhere.
        return []
    return [
        FieldChange(
            field.split()[0] if field.startswith(IDENTIFIER) else field,
            "; ".join(gone),
            "; ".join(come),
        )
    ]


def _change(field: str, old: _Values, new: _Values) -> FieldChange:
    return FieldChange(field, "; ".join(old.values()), "; ".join(new.values()))


def _names(gone: list[str], come: list[str]) -> list[FieldChange]:
    """Return names added and taken away; two that are nearly the same are one, spelt anew."""
    changes = []
    for old in gone:
        near = max(come, key=lambda new: likeness(old, new), default=None)
        if near is not None and spelt_anew(old, near):
            come.remove(near)
            changes.append(FieldChange("spelling", old, near))
        else:
            changes.append(FieldChange("name", old, ""))
    return changes + [FieldChange("name", "", new) for new in come]


def _keyed(values: Iterable[str]) -> _Values:
    found: _Values = {}
    for value in values:
        if key := key_of(value):
            found.setdefault(key, value.strip())
    return found


def _parted(field: str, value: str) -> _Values:
    parts = _PARTS[field].split(value) if field in _PARTS else [value]
    return {
        _DAY.sub(r"\1/\2/\3", part.strip()) if _DAY.search(part) else key: words
        for part in parts
        for key, words in _keyed([part]).items()
    }


def key_of(text: str) -> str:
    """Return the letters and digits of a text, without case, width or accents."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if character.isalnum())

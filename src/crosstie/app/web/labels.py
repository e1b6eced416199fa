"""Words and icons for kinds: one place, so that a kind looks the same on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from crosstie.ontology.records import Quantity

_ICONS: Mapping[str, str] = {
    "company": "building-2",
    "university": "graduation-cap",
    "research_institute": "microscope",
    "laboratory": "flask-conical",
    "government_body": "landmark",
    "party_body": "flag",
    "military_unit": "shield",
    "court": "gavel",
    "media": "newspaper",
    "ngo": "users",
    "intergovernmental_body": "globe",
    "facility": "factory",
    "place": "map-pin",
    "programme": "scroll-text",
    "technology": "cpu",
    "system": "satellite",
    "event": "calendar",
    "document": "file-text",
    "group": "layers",
    "person": "users",
}

_STATUSES: Mapping[str, str] = {
    "asserted": "A source says so in its own voice.",
    "reported": "A source passes on what another says.",
    "alleged": "Somebody claims it against somebody, as in a lawsuit.",
    "planned": "It is planned, proposed or a target; nobody says that it is done.",
    "ended": "The source itself says that it is over.",
    "denied": "A source denies it.",
    "not yet": "Every source that tells of it speaks of a later time.",
}

_SIGNS: Mapping[str, str] = {">": "more than", "<": "less than", ">=": "≥", "<=": "≤", "~": "≈"}

_OUTCOMES: Mapping[str, str] = {
    "hit": "Hit",
    "possible": "Possible",
    "nothing_found": "Nothing found",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """What templates ask for: an icon, a status in words, an outcome's name."""

    statuses: Mapping[str, str]
    outcomes: Mapping[str, str]

    def icon(self, kind: str) -> str:
        """Return the icon of a kind of entity."""
        return _ICONS.get(kind, "circle-dot")

    def quantity(self, found: Quantity) -> str:
        """Return a measured value as a reader sees it: '≈ 41 billion yuan (2025)'."""
        sign = _SIGNS.get(found.comparator, "")
        value = f"{found.value:,.15g}"
        if found.comparator == "range" and found.upper is not None:
            value = f"{value} to {found.upper:,.15g}"
        day = f" (by {found.by})" if found.by else f" ({found.as_of})" if found.as_of else ""
        return " ".join(part for part in (sign, value, found.unit) if part) + day

    def language(self, code: str) -> str:
        """Return the English name of a language, or "" where it is not known."""
        return "" if code in ("", "und") else _language_name(code)


@cache
def _language_name(code: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


LABELS = Labels(_STATUSES, _OUTCOMES)

"""Words and icons for kinds: one place, so that a kind looks the same on every page."""

from collections.abc import Mapping
from dataclasses import dataclass

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


LABELS = Labels(_STATUSES, _OUTCOMES)

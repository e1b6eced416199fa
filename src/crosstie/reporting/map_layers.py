"""Map layers as GeoJSON: one point for each company, country and kind of presence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from crosstie.ontology.rollups import Presence
from crosstie.text.countries import country_name, country_points


def presence_layer(presences: Iterable[Presence]) -> dict[str, Any]:
    """Return a FeatureCollection (RFC 7946).

    A feature stands at its country's mark, not at the place itself; its geometry is null where the
    country is not known or has no mark.
    """
    grouped: dict[tuple[str, str, str, str], list[Presence]] = defaultdict(list)
    for presence in presences:
        country = presence.country or ""
        key = presence.company.name, presence.company.id, country, presence.kind
        grouped[key].append(presence)
    return {
        "type": "FeatureCollection",
        "features": [_feature(grouped[key]) for key in sorted(grouped)],
    }


def _feature(found: Sequence[Presence]) -> dict[str, Any]:
    first = found[0]
    point = country_points().get(first.country or "")
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]} if point else None,
        "properties": {
            "company": first.company.name,
            "company_id": first.company.id,
            "country": first.country,
            "country_name": country_name(first.country) if first.country else None,
            "presence": first.kind,
            "places": sorted({presence.place.name for presence in found}),
            "statuses": sorted({presence.status for presence in found}),
            "sources": max(presence.sources for presence in found),
            "ties": sorted({tie for presence in found for tie in presence.ties}),
        },
    }

"""The map: presence and cooperation abroad by country and kind; without script, a table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from crosstie.app.web.desk import desk_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.ontology.errors import UsageError
from crosstie.ontology.kinds import kinds
from crosstie.text.countries import country_name, country_points
from crosstie.workspace.mapping import Abroad

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/map", tags=["map"], responses=PROBLEM_RESPONSES)
_SHOWN = 200
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the map is asked for; empty asks for all. `undated` keeps what no source dates."""

    home: str
    country: str
    mechanism: str
    presence: str
    year: int | None
    undated: bool
    of: str = ""

    def takes(self, found: Abroad) -> bool:
        """Return whether a tie is asked for."""
        return (
            (not self.of or self.of in (found.home.id, found.there.id))
            and (not self.country or found.country == self.country)
            and (not self.mechanism or found.mechanism == self.mechanism)
            and (not self.presence or found.presence == self.presence)
            and self._stands(found)
        )

    def _stands(self, found: Abroad) -> bool:
        if self.year is None:
            return True
        return found.stands_in(self.year) if found.dated else self.undated


def _wanted(
    home: Annotated[str, Query(pattern="^([A-Z]{2})?$")] = "",
    country: Annotated[str, Query(pattern="^([A-Z]{2})?$")] = "",
    mechanism: Annotated[str, Query(max_length=40)] = "",
    presence: Annotated[str, Query(max_length=40)] = "",
    year: Annotated[str, Query(pattern="^([12][0-9]{3})?$")] = "",
    undated: Annotated[str, Query(max_length=3)] = "yes",
    of: Annotated[str, Query(pattern="^(ent-[0-9a-f]{20})?$")] = "",
) -> Wanted:
    for name, given, known in (
        ("mechanism", mechanism, tuple(kinds().mechanisms)),
        ("presence", presence, kinds().presence_kinds),
    ):
        if given and given not in known:
            raise UsageError(
                f"{name} `{given}` is not known", remedy=f"use one of {', '.join(known)}"
            )
    return Wanted(
        home, country, mechanism, presence, int(year) if year else None, undated == "yes", of
    )


_Wants = Annotated[Wanted, Depends(_wanted)]


@router.get("/map", response_class=HTMLResponse)
async def world(request: Request, wanted: _Wants) -> HTMLResponse:
    """Show where a country's organisations are present, and with whom they work."""
    homes = await desk_of(request).ask(lambda workspace: workspace.mapping.homes())
    one = None
    if wanted.of:
        one = (await desk_of(request).ask(lambda workspace: workspace.entity(wanted.of))).entity
    own = one.country if one is not None else None
    home = wanted.home or own or (homes[0][0] if homes else "")
    everything = await desk_of(request).ask(lambda workspace: workspace.mapping.abroad(home))
    found = [one for one in everything if wanted.takes(one)]
    return page(
        request,
        "map.html",
        {
            "home": home,
            "homes": homes,
            "one": one,
            "wanted": wanted,
            "found": found[:_SHOWN],
            "total": len(found),
            "everything": len(everything),
            "by_country": _by_country(found),
            "years": _years(everything),
            "mechanisms": sorted({one.mechanism for one in everything}),
            "presences": sorted({one.presence for one in everything if one.presence}),
        },
    )


@api.get("/layer.geojson", summary="Presence and cooperation abroad as GeoJSON (RFC 7946)")
async def layer(request: Request, wanted: _Wants) -> JSONResponse:
    """Return a feature for each country, at its mark: not at the place itself."""
    home = wanted.home
    if not home:
        homes = await desk_of(request).ask(lambda workspace: workspace.mapping.homes())
        home = homes[0][0] if homes else ""
    found = await desk_of(request).ask(lambda workspace: workspace.mapping.abroad(home))
    kept = [one for one in found if wanted.takes(one)]
    return JSONResponse(
        {
            "type": "FeatureCollection",
            "features": [_feature(code, ties) for code, ties in _by_country(kept).items()],
        },
        media_type="application/geo+json",
    )


@api.get("/abroad", summary="Presence and cooperation abroad, tie by tie")
async def abroad_json(request: Request, wanted: _Wants) -> list[Abroad]:
    """Return the ties of a country's organisations that cross its border."""
    if not wanted.home:
        raise UsageError("no country is named", remedy="say home=CN, or another alpha-2 code")
    found = await desk_of(request).ask(lambda workspace: workspace.mapping.abroad(wanted.home))
    return [one for one in found if wanted.takes(one)]


def _by_country(found: Iterable[Abroad]) -> dict[str, list[Abroad]]:
    """Return the ties by country, most first; those without a country under ""."""
    grouped: dict[str, list[Abroad]] = defaultdict(list)
    for one in found:
        grouped[one.country or ""].append(one)
    order = sorted(grouped, key=lambda code: (code == "", -len(grouped[code]), code))
    return {code: grouped[code] for code in order}


def _years(found: Iterable[Abroad]) -> tuple[int, int] | None:
    years = [int(day[:4]) for one in found for day in (one.valid_from, one.valid_to) if day]
    return (min(years), max(years)) if years else None


def _feature(code: str, ties: list[Abroad]) -> dict[str, Any]:
    point = country_points().get(code)
    mechanisms: dict[str, int] = defaultdict(int)
    for one in ties:
        mechanisms[one.mechanism] += 1
    return {
        "type": "Feature",
        "id": code,
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]} if point else None,
        "properties": {
            "country": code or None,
            "name": country_name(code) if code else "country not stated",
            "ties": len(ties),
            "mechanism": max(sorted(mechanisms), key=lambda key: mechanisms[key]),
            "mechanisms": dict(mechanisms),
        },
    }

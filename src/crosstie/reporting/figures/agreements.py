"""Agreements by country and sector, and what sources count beyond those that they name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crosstie.ontology.figures import (
    Agreement,
    AgreementCount,
    AgreementGroup,
    AgreementTable,
    SectorReading,
)
from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.records import Claim
from crosstie.reporting.figures.sectors import (
    TechnologiesOf,
    agreement_words,
    counts_agreements,
    is_open,
    sectors_of,
)
from crosstie.reporting.figures.series import Value
from crosstie.text.countries import country_code, country_name, country_points

UNSTATED = "unstated"
_UNSTATED_LABEL = "sector not stated"
_STRENGTH = ("asserted", "reported", "alleged", "planned", "ended", "denied")
_GOVERNMENT = re.compile(r"^(?:[Tt]he )?(.+?)(?:['’]s)? [Gg]overnment$")


@dataclass(frozen=True, slots=True)
class Signed:
    """A claim of an agreement with its ends, its quotes and the paragraph that it stands in."""

    claim: Claim
    subject: EntityRef
    object: EntityRef
    quotes: tuple[Quote, ...]
    paragraph: str


def agreement_table(
    signed: Iterable[Signed],
    counted: Iterable[Value],
    technologies: TechnologiesOf,
    *,
    sector: str | None = None,
) -> AgreementTable:
    """Return the agreements that claims name and count; of one sector, if asked."""
    agreements = [
        agreement
        for agreement in _agreements(signed, technologies)
        if sector is None or sector in _keys(agreement.sectors)
    ]
    counts = [
        count
        for value in counted
        if (count := _count(value, agreements, technologies)) is not None
        and (sector is None or sector in _keys(count.sectors))
    ]
    return AgreementTable(
        agreements=tuple(agreements),
        counts=tuple(sorted(counts, key=lambda c: (c.subject.name, -c.value, c.claim_id))),
        by_country=_by_country(agreements),
        by_sector=_by_sector(agreements),
    )


def country_of(ref: EntityRef) -> str | None:
    """Return the country of a party: its own, the one it is, or the one whose government it is."""
    if ref.country is not None:
        return ref.country
    government = _GOVERNMENT.match(ref.name)
    if government:
        return country_code(government.group(1))
    return country_code(ref.name) if ref.kind in ("place", "government_body") else None


def agreement_layer(table: AgreementTable) -> dict[str, Any]:
    """Return a FeatureCollection (RFC 7946): a mark for each country and sector.

    A mark stands at its country's point, never at the place where anything was signed.
    """
    grouped: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for agreement in table.agreements:
        for country in agreement.countries:
            for key in _keys(agreement.sectors):
                grouped[country, key].append(agreement)
    return {
        "type": "FeatureCollection",
        "features": [_feature(*key, grouped[key]) for key in sorted(grouped)],
    }


def _feature(country: str, sector: str, found: Sequence[Agreement]) -> dict[str, Any]:
    point = country_points().get(country)
    partners = {
        ref.name
        for agreement in found
        for ref in (agreement.subject, agreement.object)
        if country_of(ref) != country
    }
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]} if point else None,
        "properties": {
            "country": country,
            "country_name": country_name(country),
            "sector": sector,
            "sector_label": _label(sector),
            "agreements": len(found),
            "partners": sorted(partners),
            "statuses": sorted({agreement.status for agreement in found}),
            "quotes": sorted({quote.text for agreement in found for quote in agreement.quotes}),
            "claims": sorted({claim for agreement in found for claim in agreement.claims}),
        },
    }


def _agreements(signed: Iterable[Signed], technologies: TechnologiesOf) -> list[Agreement]:
    pairs: dict[tuple[str, str], list[Signed]] = defaultdict(list)
    for item in signed:
        pairs[_pair(item)].append(item)
    made = [
        _agreement(items, technologies) for pair in sorted(pairs) for items in _apart(pairs[pair])
    ]
    return sorted(made, key=lambda a: (a.subject.name, a.object.name, a.date or "~", a.claims))


def _pair(item: Signed) -> tuple[str, str]:
    first, last = sorted((item.subject.id, item.object.id))
    return first, last


def _apart(items: Sequence[Signed]) -> list[list[Signed]]:
    """Part the claims on two parties by date; one without a date goes with the only date."""
    by_date: dict[str | None, list[Signed]] = defaultdict(list)
    for item in items:
        by_date[item.claim.valid_from].append(item)
    undated = by_date.pop(None, [])
    if len(by_date) == 1:
        (only,) = by_date.values()
        return [[*only, *undated]]
    return [*(by_date[date] for date in sorted(by_date, key=str)), *([undated] if undated else [])]


def _agreement(items: Sequence[Signed], technologies: TechnologiesOf) -> Agreement:
    first = items[0]
    sectors: dict[str, SectorReading] = {}
    for item in items:
        for reading in sectors_of(_text(item.quotes), item.paragraph, technologies):
            known = sectors.get(reading.sector)
            if known is None or (known.where == "paragraph" and reading.where == "quote"):
                sectors[reading.sector] = reading
    statuses = [item.claim.status for item in items]
    countries = [country_of(ref) for ref in (first.subject, first.object)]
    return Agreement(
        subject=first.subject,
        object=first.object,
        countries=tuple(sorted({code for code in countries if code})),
        sectors=tuple(sectors.values()),
        status=min(statuses, key=_STRENGTH.index),
        date=next((item.claim.valid_from for item in items if item.claim.valid_from), None),
        claims=tuple(item.claim.id for item in items),
        quotes=tuple(quote for item in items for quote in item.quotes),
        open_list=any(is_open(_text(item.quotes)) for item in items),
    )


def _count(
    value: Value, agreements: Sequence[Agreement], technologies: TechnologiesOf
) -> AgreementCount | None:
    claim, quantity = value.claim, value.claim.quantity
    quote = value.quotes[0].text if value.quotes else ""
    if quantity is None or claim.polarity == "denied":
        return None
    counted = claim.attributes.get("measured", quantity.measure)
    if not counts_agreements(f"{quote} {counted}", counted):
        return None
    sectors = sectors_of(quote, value.paragraph, technologies)
    named = {
        other.id: other
        for agreement in agreements
        if set(_keys(agreement.sectors)) & set(_keys(sectors))
        for other in _other(agreement, value.subject)
    }
    return AgreementCount(
        claim_id=claim.id,
        subject=value.subject,
        written=value.written or f"{quantity.value:g} {quantity.unit}",
        value=quantity.value,
        comparator=quantity.comparator,
        counted=counted,
        date=quantity.as_of or quantity.by,
        sectors=sectors,
        named=tuple(sorted(named.values(), key=lambda ref: (ref.name, ref.id))),
        missing=_missing(quantity.value, quantity.comparator, len(named)),
        quotes=value.quotes,
        flags=claim.flags,
    )


def _other(agreement: Agreement, subject: EntityRef) -> list[EntityRef]:
    ends = (agreement.subject, agreement.object)
    return [ref for ref in ends if ref.id != subject.id] if subject in ends else []


def _missing(value: float, comparator: str, named: int) -> int | None:
    if comparator in ("<", "<="):
        return None
    least = int(value) + (1 if comparator == ">" else 0)
    return max(0, least - named)


def _by_country(agreements: Sequence[Agreement]) -> tuple[AgreementGroup, ...]:
    grouped: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        for country in agreement.countries:
            grouped[country].append(agreement)
    return _groups(grouped, {code: country_name(code) for code in grouped})


def _by_sector(agreements: Sequence[Agreement]) -> tuple[AgreementGroup, ...]:
    grouped: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        for key in _keys(agreement.sectors):
            grouped[key].append(agreement)
    return _groups(grouped, {key: _label(key) for key in grouped})


def _groups(
    grouped: Mapping[str, Sequence[Agreement]], labels: Mapping[str, str]
) -> tuple[AgreementGroup, ...]:
    ordered = sorted(grouped, key=lambda key: (-len(grouped[key]), labels[key]))
    return tuple(
        AgreementGroup(
            key=key,
            label=labels[key],
            agreements=tuple(grouped[key]),
            statuses=dict(sorted(Counter(found.status for found in grouped[key]).items())),
        )
        for key in ordered
    )


def _keys(sectors: Sequence[SectorReading]) -> tuple[str, ...]:
    return tuple(reading.sector for reading in sectors) or (UNSTATED,)


def _label(key: str) -> str:
    labels = {sector.id: sector.label for sector in agreement_words().sectors}
    return labels.get(key, _UNSTATED_LABEL)


def _text(quotes: Sequence[Quote]) -> str:
    return " ".join(quote.text for quote in quotes)

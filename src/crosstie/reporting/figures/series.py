"""Series from measured values: what belongs together, in which unit, and what contradicts what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crosstie.ontology.figures import MeasureLine, Point, Series, TimeKind
from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import ClaimId, content_id
from crosstie.ontology.records import Claim, Quantity
from crosstie.text.currencies import currency_code
from crosstie.text.numbers import SCALES, scale_of

# Measures that name no thing: values under them are not the same thing twice.
_VAGUE = frozenset({"amount", "count", "fraction", "%"})
# How far apart two values may be where one of them is only "about".
_ABOUT = 0.1
_RELATIVE_DATE = "relative_date_resolved_from_article_date"


@dataclass(frozen=True, slots=True)
class Value:
    """A claim of a quantity with what is needed to show it.

    `written` is the figure as it stands in the document, `paragraph` the text around it.
    """

    claim: Claim
    subject: EntityRef
    written: str
    quotes: tuple[Quote, ...]
    paragraph: str = ""


def around(values: Iterable[Value], asked: str) -> list[Value]:
    """Return the values whose paragraph, not their measure, holds all the words asked for."""
    words = asked.casefold().split()
    return [v for v in values if words and all(w in v.paragraph.casefold() for w in words)]


def series_of(values: Iterable[Value]) -> tuple[Series, ...]:
    """Return the series of all values, those with the most points first."""
    grouped: dict[tuple[str, str, str], list[tuple[Value, Point]]] = defaultdict(list)
    labels: dict[tuple[str, str, str], str] = {}
    for value in values:
        quantity = value.claim.quantity
        if quantity is None:
            continue
        label = value.claim.attributes.get("measured", quantity.measure)
        unit, point = base_unit(quantity.unit), _point(value, quantity)
        work = value.claim.attributes.get("edition_of", "")
        key = (" ".join(label.casefold().split()), unit, work.casefold())
        labels.setdefault(key, label)
        grouped[key].append((value, point))
    made = [_series(key, labels[key], found) for key, found in grouped.items()]
    return tuple(sorted(made, key=lambda s: (-len(s.points), s.measure.casefold(), s.unit, s.id)))


def measure_lines(series: Iterable[Series]) -> tuple[MeasureLine, ...]:
    """Return what a list of measures shows of each series."""
    return tuple(
        MeasureLine(
            id=one.id,
            measure=one.measure,
            unit=one.unit,
            work=one.work,
            points=len(one.points),
            subjects=len(one.subjects),
            first=one.times[0] if one.times else None,
            last=one.times[-1] if one.times else None,
            flagged=one.flagged,
            contradicted=one.contradicted,
        )
        for one in series
    )


def matching(series: Iterable[Series], asked: str) -> tuple[Series, ...]:
    """Return the series that a user names: by id, by the measure itself, else by all its words.

    The words may stand in the measure, in its unit, in the report's title, or in a subject's name.
    """
    known, wanted = list(series), " ".join(asked.casefold().split())
    exact = [s for s in known if wanted in (s.id, s.measure.casefold())]
    if exact:
        return tuple(exact)
    words = wanted.split()
    return tuple(s for s in known if all(word in _said(s) for word in words))


def narrowed(
    series: Iterable[Series], *, of: str | None, country: str | None
) -> tuple[Series, ...]:
    """Return the series with only the points of one subject (its id), or of one country."""
    kept = []
    for one in series:
        points = tuple(
            point
            for point in one.points
            if (of is None or point.subject.id == of)
            and (country is None or point.subject.country == country)
        )
        if points:
            kept.append(replace(one, points=points))
    return tuple(kept)


def base_unit(unit: str) -> str:
    """Return the unit without its scale: "billion yuan" → "CNY", "万人" → "人"."""
    words = unit.split()
    if words and words[0].casefold() in SCALES:
        bare = " ".join(words[1:])
    else:
        han = next((s for s in _HAN_SCALES if unit.startswith(s) and len(unit) > len(s)), "")
        bare = unit.removeprefix(han)
    return currency_code(bare) or bare


_HAN_SCALES = sorted((scale for scale in SCALES if not scale.isascii()), key=len, reverse=True)


def _said(series: Series) -> str:
    subjects = " ".join(ref.name for ref in series.subjects)
    return f"{series.measure} {series.unit} {series.work} {subjects}".casefold()


def _series(key: tuple[str, str, str], label: str, found: Sequence[tuple[Value, Point]]) -> Series:
    ordered = sorted(found, key=lambda item: _order(item[1]))
    against = {} if key[0] in _VAGUE else _contradictions(ordered)
    points = tuple(
        replace(point, contradicted_by=against.get(point.claim_id, ())) for _, point in ordered
    )
    work = next((v.claim.attributes.get("edition_of", "") for v, _ in ordered), "")
    return Series(id=content_id("ser", *key), measure=label, unit=key[1], work=work, points=points)


def _order(point: Point) -> tuple[str, str, str, float, str]:
    return (
        point.time or "~",
        point.modality if point.modality != "actual" else "",
        point.subject.name,
        point.amount,
        point.claim_id,
    )


def _point(value: Value, quantity: Quantity) -> Point:
    claim, scale = value.claim, scale_of(quantity.unit)
    time, kind = _time(quantity, claim.attributes.get("edition"))
    return Point(
        claim_id=claim.id,
        subject=value.subject,
        written=value.written,
        amount=_scaled(quantity.value, scale),
        upper=None if quantity.upper is None else _scaled(quantity.upper, scale),
        comparator=quantity.comparator,
        time=time,
        time_kind=kind,
        modality=claim.modality,
        polarity=claim.polarity,
        stance=claim.stance,
        quotes=value.quotes,
        # How a date was read is no fault of the source.
        flags=tuple(flag for flag in claim.flags if flag != _RELATIVE_DATE),
        whose=claim.attributes.get("whose", ""),
        also_printed=claim.attributes.get("other_amount", ""),
    )


def _scaled(value: float, scale: float) -> float:
    # 10.2 × 1e9 in binary is not quite 10,200,000,000.
    return float(f"{value * scale:.12g}")


def _time(quantity: Quantity, edition: str | None) -> tuple[str | None, TimeKind]:
    if quantity.as_of is not None:
        return quantity.as_of, "as_of"
    if quantity.by is not None:
        return quantity.by, "due"
    if edition:
        return edition, "edition"
    return None, "undated"


def _contradictions(
    found: Sequence[tuple[Value, Point]],
) -> Mapping[ClaimId, tuple[ClaimId, ...]]:
    """Return, by claim, the claims of other articles that give another value for the same."""
    same: dict[tuple[str, str, str], list[tuple[Value, Point]]] = defaultdict(list)
    for value, point in found:
        if point.time is not None and point.polarity == "affirmed":
            whose = point.whose.casefold() or point.subject.id
            same[whose, point.time, point.modality].append((value, point))
    against: dict[ClaimId, tuple[ClaimId, ...]] = {}
    for items in same.values():
        for value, point in items:
            others = tuple(
                other.claim_id
                for whose, other in items
                if _article(whose) != _article(value) and not _agree(point, other)
            )
            if others:
                against[point.claim_id] = others
    return against


def _article(value: Value) -> tuple[str, str]:
    return value.claim.document_id, value.claim.article_id or ""


def _agree(first: Point, second: Point) -> bool:
    low, high = _bounds(first)
    other_low, other_high = _bounds(second)
    return low <= other_high and other_low <= high


def _bounds(point: Point) -> tuple[float, float]:
    amount, margin = point.amount, abs(point.amount) * _ABOUT
    if point.comparator == "range":
        return amount, amount if point.upper is None else point.upper
    if point.comparator == "~":
        return amount - margin, amount + margin
    if point.comparator in (">", ">="):
        return amount, float("inf")
    if point.comparator in ("<", "<="):
        return float("-inf"), amount
    return amount, amount

"""Figures, dates and flags in words, for tables, charts and CSV alike."""

from crosstie.ontology.figures import Agreement, AgreementCount, DisputeEvent, Point, Series

_SIGNS = {"=": "", "~": "≈", ">": ">", "<": "<", ">=": "≥", "<=": "≤", "range": ""}
_FLAGS = {
    "currency_pair_contradicts_other_rate": "the printed conversion contradicts the other exchange "
    "rates in the same article",
    "parts_do_not_sum": "the parts that the source prints do not add up to its total",
    "relative_date_resolved_from_article_date": "the date is told from that of the article",
    "shares_exceed_100": "the shares that the source prints come to more than the whole",
}
_READINGS = {"planned": "plan", "proposed": "proposal", "target": "target", "estimate": "estimate"}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def flag_words(flag: str) -> str:
    """Return what a flag means, in words."""
    return _FLAGS.get(flag, flag.replace("_", " "))


def value_words(point: Point) -> str:
    """Return a value with its comparator, in the document's own figures: "> 30 countries"."""
    sign = _SIGNS[point.comparator]
    written = point.written or amount_words(point.amount)
    return f"{sign} {written}".strip()


def printed_words(point: Point) -> str:
    """Return a value with what the source prints for it in another currency."""
    amount, _, currency = point.also_printed.partition(" ")
    if not currency:
        return value_words(point)
    return f"{value_words(point)}, printed as {currency} {amount_words(float(amount))}"


def short_value(point: Point, unit: str) -> str:
    """Return a value for a label in a chart: "41 billion", ">30", "300–350"."""
    low = amount_words(point.amount)
    high = "" if point.upper is None else f"–{amount_words(point.upper)}"
    percent = "%" if unit == "%" else ""
    return f"{_SIGNS[point.comparator]}{low}{high}{percent}"


def amount_words(amount: float) -> str:
    """Return an amount as people write it: 4.1e10 → "41 billion", 22957.68 → "22,957.68"."""
    for size, name in _SCALES:
        if abs(amount) >= size:
            return f"{amount / size:.4g} {name}"
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.6g}"


def reading_words(point: Point) -> str:
    """Return how a value is meant: "actual", "target", "estimate", "denied"."""
    if point.polarity == "denied":
        return "denied"
    return _READINGS.get(point.modality, "actual")


def time_words(point: Point) -> str:
    """Return the time of a point: "2012", "by 2030", "2019 edition", "no date"."""
    if point.time is None:
        return "no date"
    if point.time_kind == "due":
        return f"by {point.time}"
    return f"{point.time} edition" if point.time_kind == "edition" else point.time


def unit_words(series: Series) -> str:
    """Return the unit of a series for a heading; what is counted needs no second word."""
    same = series.unit and series.measure.casefold().endswith(series.unit.casefold())
    return "" if same else series.unit


def title_of(series: Series) -> str:
    """Return a heading for a series: the measure, the report it is from, the unit."""
    unit = unit_words(series)
    named = f"{series.measure[:1].upper()}{series.measure[1:]}"
    if series.work:
        named = f"{named}, {series.work}"
    return f"{named} ({unit})" if unit else named


def said_words(event: DisputeEvent) -> str:
    """Return who says it: "indictment → Radio Free Asia (alleged)"."""
    chain = " → ".join(event.said_by) or "the document"
    return chain if event.stance == "asserted" else f"{chain} ({event.stance})"


def how_words(event: DisputeEvent) -> str:
    """Return how the date of an event was read, where the text does not state it."""
    if event.how == "from_article":
        return f"“{event.date_words}”, told from the date of the article"
    if event.how == "from_before":
        return f"“{event.date_words}”, told from the date before it"
    return "" if event.date else "no date in the text"


def sector_words(found: Agreement | AgreementCount) -> str:
    """Return the sectors of an agreement, with where they are told if not in the quote."""
    if not found.sectors:
        return "not stated"
    return ", ".join(
        reading.label if reading.where == "quote" else f"{reading.label} (by its paragraph)"
        for reading in found.sectors
    )


def count_words(count: AgreementCount) -> str:
    """Return a count against the named: "> 30 countries: 0 named, at least 31 not named"."""
    # A Chinese figure ends in its measure word; what it counts stands behind it.
    han = any("㐀" <= c <= "鿿" for c in count.written)
    written = f"{count.written}{count.counted}" if han else count.written
    sign = _SIGNS[count.comparator]
    named = f"{len(count.named)} named"
    if count.missing is None:
        return f"{sign} {written}: {named}".strip()
    rest = f"at least {count.missing} not named" if count.missing else "all named"
    return f"{sign} {written}: {named}, {rest}".strip()

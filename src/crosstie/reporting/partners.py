"""Partners in words and as a table: with whom an institution published, and what is known."""

import csv
import io
from collections.abc import Iterable, Mapping

from crosstie.ontology.collaborations import JointWork, Partner, Partnerships, Standing
from crosstie.reporting import words
from crosstie.reporting.tables import safe_cell

WEAK = (
    "Joint papers are a weak tie: that authors of two institutions stand on one paper says nothing"
    " of a common project, a contract or money. They carry no exposure."
)
TOLD_BY_WORDS = (
    "A technology is told by words in a paper's title and in the topic that OpenAlex gives it, not"
    " by what the paper does with it."
)
COLUMNS = (
    "partner", "country", "kind", "entity_id", "ror", "standing", "works", "first_year",
    "last_year", "by_year", "co_affiliated", "part_of", "technologies", "topics", "anchor",
    "designations", "exposure_score", "exposure_path", "dois", "quotes", "note",
)  # fmt: skip
_STANDINGS: dict[Standing, str] = {
    "anchor": "Part of a defence establishment",
    "designated": "Designated",
    "exposed": "Exposed",
    "formerly_designated": "No longer designated",
    "nothing_found": "Nothing found",
}
_QUOTED = 3


def standing_label(standing: Standing) -> str:
    """Return what is known of a partner, as a reader sees it."""
    return _STANDINGS[standing]


def span_line(found: Partnerships) -> str:
    """Return how many joint papers of which years count, and from where the years are counted."""
    years = f"{found.first} to {found.newest}" if found.first < found.newest else str(found.newest)
    spoken = f" that speak of {found.technology.replace('_', ' ')}" if found.technology else ""
    return (
        f"{counted(found.works, 'joint paper')}{spoken} with"
        f" {counted(len(found.partners), 'partner')}, {years}; years are counted back from the"
        f" newest joint paper that is loaded ({found.newest})"
    )


def silence_line(found: Partnerships) -> str:
    """Return of how many partners nothing is known, and what that means."""
    if not found.silent:
        return ""
    return (
        f"Nothing is known of {counted(found.silent, 'partner')}: no list, no anchor and no path in"
        " what was searched. That is silence, not a clearance."
    )


def work_line(work: JointWork) -> str:
    """Return a joint paper in one line: title, date, what it speaks of, DOI."""
    spoken = "; ".join(f"{t.label} ({', '.join(t.words)})" for t in work.technologies)
    parts = [
        f"“{work.title}”" if work.title else "a paper without a title",
        work.date or str(work.year or ""),
        "one author gives both institutions" if work.co_affiliated else "",
        spoken,
        work.work,
    ]
    return ", ".join(part for part in parts if part)


def tally(counts: Mapping[str, int], *, most: int | None = None) -> str:
    """Return counts as "2026: 3, 2025: 4"; beyond `most` it says how many more there are."""
    items = list(counts.items())
    shown = items[:most]
    more = f", and {len(items) - len(shown)} more" if len(shown) < len(items) else ""
    return ", ".join(f"{key}: {count:,}" for key, count in shown) + more


def technologies(partner: Partner) -> dict[str, int]:
    """Return by label how many of a partner's joint papers speak of each technology."""
    labels = {t.technology: t.label for work in partner.works for t in work.technologies}
    return {labels[key]: count for key, count in partner.by_technology.items()}


def counted(count: int, what: str) -> str:
    """Return "1 partner", "1,200 partners"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def partners_csv(found: Partnerships) -> str:
    """Return the partners as CSV with a byte order mark, which Excel needs for Chinese."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for partner in found.partners:
        row = _row(partner)
        writer.writerow({key: safe_cell(row[key]) for key in COLUMNS})
    return "\ufeff" + text.getvalue()


def _row(partner: Partner) -> dict[str, str]:
    entity, years = partner.entity, sorted(partner.by_year)
    best = partner.exposures[0] if partner.exposures else None
    return {
        "partner": entity.name,
        "country": entity.country or "",
        "kind": entity.kind,
        "entity_id": entity.id,
        "ror": partner.identifiers.get("ror", ""),
        "standing": standing_label(partner.standing),
        "works": str(len(partner.works)),
        "first_year": years[0],
        "last_year": years[-1],
        "by_year": tally(partner.by_year),
        "co_affiliated": str(partner.co_affiliated),
        "part_of": "yes" if partner.part_of else "",
        "technologies": tally(technologies(partner)),
        "topics": tally(partner.by_topic),
        "anchor": partner.anchor,
        "designations": _lines(map(words.designation_sentence, partner.designations)),
        "exposure_score": f"{best.score:.2f}" if best else "",
        "exposure_path": words.path_sentence(best) if best else "",
        "dois": _lines(work.work for work in partner.works),
        "quotes": _lines(quote.text for work in partner.works[:_QUOTED] for quote in work.quotes),
        "note": WEAK,
    }


def _lines(values: Iterable[str]) -> str:
    return "\n".join(values)

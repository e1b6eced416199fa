"""A screening as one HTML page: no script, no outside request, and it prints well."""

from crosstie.ontology.findings import Screening
from crosstie.reporting.pages import environment


def screening_page(screening: Screening) -> str:
    """Return the report as a page that stands alone."""
    outcomes: list[str] = [finding.outcome for finding in screening.findings]
    return environment().get_template("screening.html").render(
        screening=screening,
        totals={
            label: outcomes.count(outcome)
            for outcome, label in (
                ("hit", "hits"), ("possible", "to review"), ("nothing_found", "nothing found"),
            )
        },
    )  # fmt: skip

"""A screening as one HTML page: no script, no outside request, and it prints well."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from crosstie.ontology.findings import Screening
from crosstie.reporting import chain_words, words


def screening_page(screening: Screening) -> str:
    """Return the report as a page that stands alone."""
    outcomes: list[str] = [finding.outcome for finding in screening.findings]
    return _environment().get_template("screening.html").render(
        screening=screening,
        totals={
            label: outcomes.count(outcome)
            for outcome, label in (
                ("hit", "hits"), ("possible", "to review"), ("nothing_found", "nothing found"),
            )
        },
    )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("crosstie.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = words
    environment.globals["chain_words"] = chain_words
    return environment

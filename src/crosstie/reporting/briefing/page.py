"""A briefing as one HTML page: no script, no outside request, and it prints well."""

from crosstie.ontology.briefings import Briefing
from crosstie.reporting.briefing import words
from crosstie.reporting.briefing.notes import Notes, note_lines
from crosstie.reporting.briefing.ties import tie_lines
from crosstie.reporting.pages import environment


def briefing_page(briefing: Briefing) -> str:
    """Return the briefing as a page that stands alone."""
    return (
        environment()
        .get_template("briefing.html")
        .render(
            briefing=briefing,
            notes=Notes(briefing),
            note_lines=note_lines,
            telling=words,
            tie_lines=tie_lines,
            sections=[
                (category, items)
                for category in briefing.categories
                if (items := briefing.under(category.id))
            ],
        )
    )

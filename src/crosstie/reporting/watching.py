"""A round of watching in words: on the terminal, as a page, as a table, as JSON for a hook."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from crosstie.ontology.findings import Quote
from crosstie.ontology.ids import ClaimId
from crosstie.ontology.watching import Cause, Change, Rescreening
from crosstie.reporting import words
from crosstie.reporting.pages import environment
from crosstie.reporting.tables import safe_cell

Quotes = Mapping[ClaimId, Sequence[Quote]]
_KINDS = {"new": "New", "changed": "Changed", "gone": "Gone"}
_COLUMNS = ("name", "country", "id", "outcome_before", "outcome_now", "change", "about", "what",
            "before", "why", "quote")  # fmt: skip


def summary_line(found: Rescreening) -> str:
    """Return who is affected in one line."""
    if found.since is None:
        return f"{_names(found.watched)} screened for the first time: the next round tells changes"
    first = f", {_names(found.baseline)} for the first time" if found.baseline else ""
    affected = f"{len(found.affected):,} affected" if found.affected else "none is affected"
    return f"{_names(found.watched)} screened{first}; since {found.since[:10]} {affected}"


def change_line(change: Change) -> str:
    """Return a change in words, without its reasons."""
    line = f"{_KINDS[change.kind]}: {change.words}"
    return f"{line} (before: {change.before})" if change.before not in ("", change.words) else line


def cause_lines(change: Change, quotes: Quotes) -> list[str]:
    """Return why, a line for each reason, with the words of claims."""
    return [_cause(cause, quotes) for cause in change.causes]


def rescreening_page(found: Rescreening, quotes: Quotes) -> str:
    """Return the round as a page that stands alone."""
    return environment().get_template("rescreening.html").render(
        found=found, quotes=quotes, summary=summary_line(found),
        change_line=change_line, cause_lines=cause_lines,
    )  # fmt: skip


def rescreening_table(found: Rescreening, quotes: Quotes) -> str:
    """Return the round as CSV: one row for each change."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for name in found.affected:
        party = name.watched.party
        for change in name.changes:
            said = [q.text for c in change.causes if c.claim for q in quotes.get(c.claim, ())]
            row = (
                party.name, party.country or "", party.id or "", name.before, name.after,
                change.kind, change.fact, change.words, change.before,
                "; ".join(cause.words for cause in change.causes), " / ".join(said),
            )  # fmt: skip
            writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def rescreening_json(found: Rescreening, quotes: Quotes) -> dict[str, Any]:
    """Return the round and the quotes of its claims, for programs."""
    return {
        **msgspec.to_builtins(found),
        "summary": summary_line(found),
        "quotes": {key: msgspec.to_builtins(tuple(said)) for key, said in quotes.items()},
    }


def _names(number: int) -> str:
    return f"{number:,} name{'' if number == 1 else 's'}"


def _cause(cause: Cause, quotes: Quotes) -> str:
    if cause.claim is None:
        return cause.words
    said = quotes.get(cause.claim, ())
    if not said:
        return f"{cause.words}, and forgotten or superseded later"
    first = said[0]
    mark = "" if first.citation.curated else '"'
    return f"{cause.words}: {mark}{first.text}{mark} ({words.citation_line(first.citation)})"

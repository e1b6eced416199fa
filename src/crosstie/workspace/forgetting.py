"""Redact a document or a passage, so that no byte of it stays in the workspace's files."""

from crosstie.extraction.backends import forget_replies
from crosstie.ontology.errors import Ambiguous, NotFound, UsageError
from crosstie.ontology.records import Document, Span
from crosstie.store import Store, derived, keeping, reading, writing
from crosstie.store.engine import Transaction
from crosstie.workspace.fetched_evidence import erase_evidence
from crosstie.workspace.reports import ForgetReport

_SCRUB = "scrub"
"""The fact that says whether forgotten text may still stand in free pages of the file."""


def redact(
    store: Store, name: str, *, because: str, start: int | None, end: int | None, at: str
) -> ForgetReport:
    """Redact a document (by id, name or title), or the passage [start, end) of it.

    What is derived must be made anew and the free pages scrubbed before it is gone from the file:
    `needs_scrub` says so until `scrub` has run.
    """
    with store.writing() as db:
        held = _document(db, name)
        span = _span(held, start, end)
        # First, so that a stop in between can be made good by forgetting again.
        erase_evidence(db, store.path, held)
        claims = keeping.forget(db, held, at=at, because=because, span=span)
        writing.set_fact(db, derived.FINGERPRINT, "")
        writing.set_fact(db, _SCRUB, "due")
    forget_replies(held.id)
    return ForgetReport(held.id, claims, whole=span is None)


def needs_scrub(db: Transaction) -> bool:
    """Say whether forgotten text may still stand in free pages."""
    return reading.fact(db, _SCRUB) == "due"


def scrub(store: Store) -> None:
    """Rewrite the file without its free pages."""
    keeping.scrub(store)
    with store.writing() as db:
        writing.set_fact(db, _SCRUB, "done")


def _document(db: Transaction, text: str) -> Document:
    states = reading.documents_called(db, text)
    if not states:
        raise NotFound(f"no document `{text}`", remedy="`crosstie status --documents` lists them")
    if len(states) > 1:
        choices = [f"{state.id} ({state.name})" for state in states]
        raise Ambiguous(
            f"several documents are called `{text}`",
            remedy=f"name one: {', '.join(choices)}",
            choices=choices,
        )
    if states[0].forgotten_at:
        raise UsageError(f"`{text}` was forgotten on {states[0].forgotten_at}")
    found = reading.document(db, states[0].id)
    if found is None:
        raise NotFound(f"the text of `{text}` is not held")
    return found


def _span(document: Document, start: int | None, end: int | None) -> Span | None:
    if start is None and end is None:
        return None
    if start is None or end is None or not 0 <= start < end <= len(document.text):
        raise UsageError(
            f"no passage [{start}, {end}) in {len(document.text)} characters",
            where=document.name,
            remedy="give both --from and --to, inside the text",
        )
    return Span(start, end)

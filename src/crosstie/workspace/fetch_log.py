"""Write down in the workspace what was fetched, and tell when a source was fetched last."""

import msgspec

from crosstie.ontology.errors import WorkspaceError
from crosstie.sources.fetching.addresses import discreet
from crosstie.store import fetched
from crosstie.store.engine import PATIENT
from crosstie.store.fetched import FetchRow
from crosstie.workspace.fetch_reports import PageFetch, SourceFetch
from crosstie.workspace.opened import Opened


def note_fetch(opened: Opened, url: str, made: SourceFetch | PageFetch) -> None:
    """Keep what came of a fetch, well or badly. A user's key in the address is left out."""
    archived = made.archived
    record = {
        "outcome": made.outcome,
        "reason": made.reason,
        "message": made.message,
        "record": archived.record if archived else None,
    }
    row = FetchRow(
        url=discreet(url),
        source_id=made.source_id if isinstance(made, SourceFetch) else None,
        fetched_at=opened.now(),
        status=made.status,
        sha256=made.sha256 or None,
        archive=archived.file if archived else None,
        record=msgspec.json.encode(record).decode(),
    )
    try:
        with opened.store.writing(tries=PATIENT) as db:
            fetched.add_fetch(db, row)
    except WorkspaceError:
        # A full disk is why it failed: what is shown must be that, and the others must go on.
        if made.outcome != "failed":
            raise


def last_fetched(opened: Opened, source_id: str) -> str | None:
    """Return when a source was fetched last with success, or None."""
    with opened.store.reading() as db:
        rows = fetched.fetches(db, source_id=source_id)
    good = (r for r in rows if msgspec.json.decode(r.record).get("outcome") != "failed")
    return next((row.fetched_at for row in good), None)

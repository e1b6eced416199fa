"""Erase what was archived of a page that is to be forgotten."""

from pathlib import Path

from crosstie.ontology.records import Document
from crosstie.sources.fetching import erase
from crosstie.store import fetched
from crosstie.store.engine import Transaction


def archive_of(path: Path) -> Path:
    """Return the folder beside a workspace that holds what was fetched for it."""
    return path.with_name(f"{path.stem}.archive")


def erase_evidence(db: Transaction, path: Path, document: Document) -> None:
    """Erase a document's page from the archive of a workspace, and its address from its log."""
    urls = set(fetched.forget_fetches(db, document.sha256))
    if document.url:
        urls.add(document.url)
    if document.origin == "document":
        erase(archive_of(path), urls=urls, sha256=document.sha256)

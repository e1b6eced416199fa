"""The extractor with the names that a workspace knows, and the mark of what was read with it."""

import hashlib
from dataclasses import dataclass

from crosstie.extraction import EXTRACTOR_VERSION, Extractor, Gazetteer, GazetteerName
from crosstie.matching.names import is_weak_name
from crosstie.ontology.records import Origin
from crosstie.store import reading
from crosstie.store.engine import Transaction

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Reader:
    """An extractor, and the mark that its documents bear: its version and its known names."""

    extractor: Extractor
    mark: str


def reader_of(db: Transaction) -> Reader:
    """Return an extractor that knows the names of the starter pack and the lists."""
    names = _known_names(db)
    return Reader(Extractor(Gazetteer.build(names)), _mark(names))


def present_mark(db: Transaction) -> str:
    """Return the mark that a document read now would bear; other marks can be read again."""
    return _mark(_known_names(db))


def _mark(names: list[GazetteerName]) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name.text}\t{name.kind}\t{name.country}\n".encode())
    return f"{EXTRACTOR_VERSION} with names {digest.hexdigest()[:_DIGITS]}"


def _known_names(db: Transaction) -> list[GazetteerName]:
    """Names from the starter pack and the lists, in a fixed order.

    Names from documents stay out: what a document says must not hang on which was read before it.
    """
    entries: dict[str, GazetteerName] = {}
    origins: tuple[Origin, ...] = ("starter", "list")
    for origin in origins:
        for mention in reading.mentions_from(db, origin):
            for name in mention.names:
                # A person chose the pack's short names; a list's acronym may be anything.
                if origin == "starter" or not is_weak_name(name.text):
                    known = GazetteerName(name.text, mention.kind, name.language, mention.country)
                    entries.setdefault(name.text, known)
    return list(entries.values())

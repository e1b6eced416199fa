"""Who reads: a back end with the names that a workspace knows, and the mark it leaves."""

import hashlib
from dataclasses import dataclass

from crosstie.extraction import Gazetteer, GazetteerName
from crosstie.extraction.backends import BackEnd, ReaderSettings, open_back_end, rules_mark
from crosstie.matching.names import is_weak_name
from crosstie.ontology.records import Origin
from crosstie.store import reading
from crosstie.store.engine import Transaction

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Reader:
    """What it takes to open a back end, here or in another process."""

    settings: ReaderSettings
    names: tuple[GazetteerName, ...] = ()

    def open(self) -> BackEnd:
        """Return the back end. Raises BackEndError or UsageError for what it lacks."""
        return open_back_end(self.settings, Gazetteer.build(self.names))

    def mark(self, back_end: BackEnd) -> str:
        """Return what a document bears that this reader read: for the rules, the names too."""
        if self.settings.name != "rules":
            return back_end.mark
        return _with_names(back_end.mark, self.names)


def reader_of(db: Transaction, settings: ReaderSettings) -> Reader:
    """Return a reader; the rules know the names of the starter pack and the lists."""
    return Reader(settings, _known_names(db) if settings.name == "rules" else ())


def present_mark(db: Transaction) -> str:
    """Return the mark that a document read by rules now would bear."""
    return _with_names(rules_mark(), _known_names(db))


def _with_names(mark: str, names: tuple[GazetteerName, ...]) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name.text}\t{name.kind}\t{name.country}\n".encode())
    return f"{mark}, names {digest.hexdigest()[:_DIGITS]}"


def _known_names(db: Transaction) -> tuple[GazetteerName, ...]:
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
    return tuple(entries.values())

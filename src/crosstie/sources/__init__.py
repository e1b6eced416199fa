"""Get official lists and registers: one module per publisher, each with SOURCE and read()."""

from pathlib import Path
from typing import Protocol

from crosstie.ontology.errors import NotFound
from crosstie.ontology.records import Source
from crosstie.sources import us_csl
from crosstie.sources.reading import Notice, Reading

__all__ = ["SOURCES", "Notice", "Reading", "SourceModule", "find_source"]


class SourceModule(Protocol):
    """What each module of a publisher offers."""

    @property
    def SOURCE(self) -> Source:
        """Who publishes the list, where, and under which licence."""

    def read(self, path: Path, *, as_of: str | None = None) -> Reading:
        """Read one edition; `as_of` dates it where neither the file nor its name does."""


SOURCES: tuple[SourceModule, ...] = (us_csl,)


def find_source(source_id: str) -> SourceModule:
    """Return the module of a source; raises NotFound with the ids that there are."""
    known = {str(module.SOURCE.id): module for module in SOURCES}
    if source_id not in known:
        raise NotFound(
            f"no source `{source_id}`",
            remedy=f"use one of {', '.join(known)}",
            suggestions=list(known),
        )
    return known[source_id]

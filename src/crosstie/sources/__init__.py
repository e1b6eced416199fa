"""Get official lists and registers: one module per publisher, each with SOURCE and read()."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.records import Source
from crosstie.sources import (
    china_defence_universities,
    cn_schools,
    ftm,
    meti_eul,
    mofcom,
    ofac_nonsdn,
    openalex,
    opensanctions,
    ror,
    starter,
    table,
    us_csl,
    wikidata,
)
from crosstie.sources.reading import Notice, Reading

__all__ = ["SOURCES", "Notice", "Reading", "SourceReader", "find_source"]


@dataclass(frozen=True, slots=True)
class SourceReader:
    """A source and how an edition of it is read."""

    source: Source
    reader: Callable[[Path, str | None, Path | None], Reading]

    def read(self, path: Path, *, as_of: str | None = None, mapping: Path | None = None) -> Reading:
        """Read one edition; `as_of` dates it where neither the file nor its name does.

        `mapping` describes the columns of a `table` and belongs to no other source. Raises
        InputError, UsageError or NotFound.
        """
        return self.reader(path, as_of, mapping)


def _without_mapping(source: Source, read: Callable[..., Reading]) -> SourceReader:
    def reader(path: Path, as_of: str | None, mapping: Path | None) -> Reading:
        if mapping is not None:
            raise UsageError(
                f"`{source.id}` knows its own columns", remedy="leave out --mapping, or use `table`"
            )
        return read(path, as_of=as_of)

    return SourceReader(source, reader)


def _shipped(path: Path, as_of: str | None, mapping: Path | None) -> Reading:
    raise UsageError("the starter pack ships with Crosstie", remedy="name no file")


SOURCES: tuple[SourceReader, ...] = (
    SourceReader(starter.SOURCE, _shipped),
    _without_mapping(us_csl.SOURCE, us_csl.read),
    _without_mapping(ofac_nonsdn.SOURCE, ofac_nonsdn.read),
    _without_mapping(china_defence_universities.SOURCE, china_defence_universities.read),
    _without_mapping(cn_schools.SOURCE, cn_schools.read),
    _without_mapping(meti_eul.SOURCE, meti_eul.read),
    _without_mapping(mofcom.SOURCE, mofcom.read),
    _without_mapping(ror.SOURCE, ror.read),
    _without_mapping(openalex.SOURCE, openalex.read),
    _without_mapping(wikidata.SOURCE, wikidata.read),
    _without_mapping(opensanctions.SOURCE, opensanctions.read),
    _without_mapping(ftm.SOURCE, ftm.read),
    SourceReader(table.SOURCE, table.read),
)


def find_source(source_id: str) -> SourceReader:
    """Return the reader of a source; raises NotFound with the ids that there are."""
    known = {str(reader.source.id): reader for reader in SOURCES}
    if source_id not in known:
        raise NotFound(
            f"no source `{source_id}`",
            remedy=f"use one of {', '.join(known)}",
            suggestions=list(known),
        )
    return known[source_id]

"""OpenSanctions: the user's own copy of `entities.ftm.json`, read as FollowTheMoney."""

from pathlib import Path

from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import Source
from crosstie.sources import ftm
from crosstie.sources.reading import Reading

SOURCE = Source(
    id=SourceId("opensanctions"),
    title="OpenSanctions",
    publisher="OpenSanctions",
    url="https://www.opensanctions.org/",
    licence="CC BY-NC 4.0; business use needs a licence from OpenSanctions",
    stale_after_days=30,
)


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read `entities.ftm.json`, or a delta of it; persons are skipped.

    Raises UnknownLayout for `targets.nested.json`, whose entities hold others inside.
    """
    return ftm.read(path, as_of=as_of, source=SOURCE)

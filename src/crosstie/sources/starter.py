"""Read the starter pack: each curated entity and tie becomes a small document with its records."""

from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable

from crosstie.ontology.findings import Anchor
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import (
    Claim,
    Document,
    Identifier,
    ListRow,
    Mention,
    Source,
    SourceVersion,
)
from crosstie.sources.reading import Reading
from crosstie.sources.starter_pack import (
    Cited,
    CuratedEntity,
    CuratedTie,
    StarterPack,
    load_pack,
)

SOURCE = Source(
    id=SourceId("starter"),
    title="Crosstie starter pack",
    publisher="Crosstie",
    url="",
    licence="Apache-2.0",
    stale_after_days=365,
)
METHOD = "starter"


def read_starter(root: Traversable | None = None) -> Reading:
    """Read a pack (default: the shipped one) as rows: its entities, then its ties.

    Raises DataFileError with file, line and remedy at the first mistake in the pack's files.
    """
    pack = load_pack(root)
    version = SourceVersion(
        source_id=SOURCE.id,
        as_of=pack.as_of,
        file_name="starter",
        sha256=pack.sha256,
        layout="starter-1",
    )
    return Reading(version=version, rows=_rows(pack), total=len(pack.entities) + len(pack.ties))


def read_anchors(root: Traversable | None = None) -> tuple[Anchor, ...]:
    """Return the anchors of a pack (default: the shipped one), in the file's order."""
    return _shipped_anchors() if root is None else load_pack(root).anchors


@cache
def _shipped_anchors() -> tuple[Anchor, ...]:
    return load_pack().anchors


def _rows(pack: StarterPack) -> Iterator[ListRow]:
    number = 0
    for entity in pack.entities.values():
        number += 1
        yield _entity_row(entity, number)
    for tie in pack.ties:
        number += 1
        yield _tie_row(tie, pack.entities[tie.subject], pack.entities[tie.object], number)


def _document(name: str, lines: list[str], cited: Cited) -> Document:
    curated = f"curated from: {cited.title}, {cited.publisher}, {cited.date}, {cited.url}"
    return Document.of(
        origin="starter",
        name=name,
        text="\n".join([*lines, curated]),
        language="en",
        title=cited.title,
        url=cited.url,
        publisher=cited.publisher,
        date=cited.date,
        source_id=SOURCE.id,
    )


def _entity_row(entity: CuratedEntity, number: int) -> ListRow:
    lines = [name.text for name in entity.names]
    if entity.description:
        lines.append(entity.description)
    document = _document(entity.slug, lines, entity.cited)
    mention = Mention.of(
        document,
        0,
        len(entity.names[0].text),
        kind=entity.kind,
        names=entity.names,
        country=entity.country,
        identifiers=entity.identifiers,
        tier=entity.tier,
        description=entity.description,
        method=METHOD,
    )
    return ListRow(entity.slug, number, document, (mention,), ())


def _tie_row(
    tie: CuratedTie, subject: CuratedEntity, target: CuratedEntity, number: int
) -> ListRow:
    subject_line, object_line = _end_line("subject", subject), _end_line("object", target)
    document = _document(tie.key, [tie.statement, subject_line, object_line], tie.cited)
    subject_start = len(tie.statement) + 1
    object_start = subject_start + len(subject_line) + 1
    mentions = (
        _end_mention(document, subject_start, subject_line, subject),
        _end_mention(document, object_start, object_line, target),
    )
    claim = Claim.of(
        document,
        mentions[0],
        tie.kind,
        mentions[1],
        evidence=[document.evidence(0, len(tie.statement))],
        method=METHOD,
        polarity=tie.polarity,
        modality=tie.modality,
        stance=tie.stance,
        ended=tie.ended,
        attribution=(*tie.attribution, tie.cited.publisher),
        valid_from=tie.valid_from,
        valid_to=tie.valid_to,
        attributes={"curated": "yes", **tie.attributes},
    )
    return ListRow(tie.key, number, document, mentions, (claim,))


def _end_line(role: str, entity: CuratedEntity) -> str:
    return f"{role}: " + " | ".join(name.text for name in entity.primary())


def _end_mention(document: Document, start: int, line: str, entity: CuratedEntity) -> Mention:
    """Mention an end of a tie by its primary names; the starter identifier says who it is."""
    name_start = start + line.index(": ") + 2
    return Mention.of(
        document,
        name_start,
        name_start + len(entity.primary()[0].text),
        kind=entity.kind,
        names=entity.primary(),
        country=entity.country,
        identifiers=(Identifier("starter", entity.slug),),
        tier=entity.tier,
        method=METHOD,
    )

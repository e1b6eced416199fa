"""FollowTheMoney entities as JSON lines: organisations, and what ties or sanctions them."""

from collections.abc import Iterator
from pathlib import Path

from crosstie.ontology.errors import UnknownLayout
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, SetAside, Source, SourceVersion
from crosstie.sources.files import file_digest, head_of, json_lines
from crosstie.sources.ftm_entities import NESTED, FtmEntity, FtmNode, entity_of, node_of
from crosstie.sources.ftm_rows import IGNORED, TIES, organisation_row, tie_row
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys

SOURCE = Source(
    id=SourceId("ftm"),
    title="FollowTheMoney entities",
    publisher="as the file's datasets say",
    url="https://followthemoney.tech/",
    licence="as the file's publisher says",
    stale_after_days=30,
)


def read(path: Path, *, as_of: str | None = None, source: Source = SOURCE) -> Reading:
    """Read entities, or a delta of them; ties are read in a second pass, by the entities' ids.

    `source` is who publishes the file, where its reader knows. Raises UnknownLayout.
    """
    digest = file_digest(path)
    if not head_of(path).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise UnknownLayout(
            "the file does not begin with a JSON object",
            where=path.name,
            remedy="expected one FollowTheMoney entity a line",
        )
    nodes: dict[str, FtmNode] = {}
    total, known, newest, delta = 0, 0, "", False
    for _, line in json_lines(path):
        total += 1
        entity = entity_of(line)
        if entity == NESTED:
            raise UnknownLayout(
                f"line {total}: {NESTED}",
                where=path.name,
                remedy="take the flat export, `entities.ftm.json`, not a nested one",
            )
        if isinstance(entity, FtmEntity):
            known += 1
            delta = delta or entity.operation != ""
            newest = max(newest, entity.seen)
            if node := node_of(entity):
                nodes[entity.id] = node
    if not known:
        raise UnknownLayout(
            "no line holds `id`, `schema` and `properties`",
            where=path.name,
            remedy="expected one FollowTheMoney entity a line",
        )
    version = SourceVersion(
        source_id=source.id,
        as_of=edition_date(source, path, in_file=newest[:10] or None, as_of=as_of),
        file_name=path.name,
        sha256=digest,
        layout="FollowTheMoney delta" if delta else "FollowTheMoney entities",
        scope="the entities that changed" if delta else "",
    )
    return Reading(version, _rows(path, source, nodes), total=total)


def _rows(
    path: Path, source: Source, nodes: dict[str, FtmNode]
) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    for number, line in json_lines(path):
        entity = entity_of(line)
        if isinstance(entity, str):
            yield SetAside(number, "bad", entity, _kept(line))
        elif entity.operation.upper() in ("DEL", "DELETE"):
            yield SetAside(number, "out_of_scope", "a deletion")
        elif entity.schema in TIES:
            yield tie_row(source, number, entity, nodes, keys)
        elif node := nodes.get(entity.id):
            if node.person:
                yield SetAside(number, "individual", "a person")
            else:
                yield organisation_row(source, number, entity, node, keys)
        else:
            what = IGNORED.get(entity.schema, f"schema {entity.schema} is not read")
            yield SetAside(number, "out_of_scope", what)


def _kept(line: bytes) -> str:
    """Return what is kept of a bad line: nothing if a person may stand in it."""
    return "" if b'"Person"' in line else line[:2000].decode("utf-8", "replace")

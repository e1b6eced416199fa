"""The graph for network programs: GraphML and GEXF, written by networkx."""

import io
import re
from collections.abc import Mapping
from typing import Any

from crosstie.ontology.kinds import kinds
from crosstie.reporting.contents import Contents

# XML 1.0 cannot hold these, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml_file(contents: Contents) -> bytes:
    """Return the graph as GraphML, ties as directed edges with their status."""
    import networkx

    out = io.BytesIO()
    networkx.write_graphml(_network(contents), out, named_key_ids=True)
    return out.getvalue()


def gexf_file(contents: Contents) -> bytes:
    """Return the graph as GEXF."""
    import networkx

    out = io.BytesIO()
    # networkx writes today's date; the same workspace must give the same file.
    networkx.write_gexf(_network(contents), out)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())


def _network(contents: Contents) -> Any:
    import networkx

    made = networkx.MultiDiGraph()
    for entity in contents.entities:
        made.add_node(
            entity.id,
            **_plain(label=entity.name, kind=entity.kind, country=entity.country, tier=entity.tier),
        )
    for tie in contents.ties:
        kind = kinds().tie(tie.kind)
        # A reader who overlooks the status must not take a denial for a tie.
        label = kind.label if tie.status == "asserted" else f"{tie.status}: {kind.label}"
        made.add_edge(
            tie.subject,
            tie.object,
            key=tie.id,
            **_plain(
                label=label,
                kind=tie.kind,
                mechanism=kind.mechanism,
                status=tie.status,
                sources=tie.sources,
                valid_from=tie.valid_from,
                valid_to=tie.valid_to,
            ),
        )
    return made


def _plain(**values: str | int | None) -> Mapping[str, str | int]:
    return {
        key: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
        for key, value in values.items()
        if value is not None
    }

"""Screen parties against one moment of a workspace, a batch at a time."""

from collections.abc import Iterator, Sequence

from crosstie.matching import NameIndex
from crosstie.ontology.findings import Finding, Party
from crosstie.ontology.ids import EntityId
from crosstie.screening import Candidates, Options, screen
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.progress import Progress

_BATCH = 200


def screen_parties(
    parties: Sequence[Party],
    index: NameIndex,
    knowledge: Knowledge,
    options: Options,
    *,
    progress: Progress,
) -> Iterator[Finding]:
    """Yield each party's finding, in their order; progress counts parties."""

    def search(names: Sequence[str]) -> list[Candidates]:
        # Reasons are worked out when they are first read: only for what may be shown.
        return [
            [
                (EntityId(c.id), c.matched_name, c.score, c.reasons)
                for c in found
                if c.score >= options.possible
            ]
            for found in index.search_many(names, options.limit)
        ]

    for start in range(0, len(parties), _BATCH):
        progress("screening", start, len(parties))
        part = parties[start : start + _BATCH]
        yield from screen(part, search=search, known=knowledge, options=options)
    progress("screening", len(parties), len(parties))

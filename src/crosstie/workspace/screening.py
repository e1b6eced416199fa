"""Screen parties against one moment of a workspace, a batch at a time."""

from collections.abc import Iterator, Sequence

from crosstie import __version__
from crosstie.matching import NameIndex
from crosstie.ontology.findings import Finding, Party, Screening
from crosstie.ontology.ids import EntityId
from crosstie.screening import Candidates, Options, screen
from crosstie.workspace.asking import Asked
from crosstie.workspace.contents import searched_in
from crosstie.workspace.dispositions import Decisions
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.progress import Progress

_BATCH = 200


def screening_of(
    asked: Asked,
    parties: Sequence[Party],
    *,
    threshold: float,
    possible: float,
    limit: int,
    now: str,
    set_aside: Sequence[str],
    progress: Progress,
    heed: bool = False,
) -> Screening:
    """Screen parties on the terms of the question, and say what was searched.

    With `heed` what people decided by the question's day is heeded.
    """
    knowledge = asked.knowledge
    options = Options(
        threshold=threshold,
        possible=min(possible, threshold),
        today=knowledge.day,
        limit=limit,
    )
    decisions = Decisions.of(
        asked.db, parties if heed else (), until=knowledge.question.known_day()
    )
    found = screen_parties(
        parties, asked.index, knowledge, options, decisions=decisions, progress=progress
    )
    return Screening(
        at=now,
        crosstie_version=__version__,
        rules_version=knowledge.terms.rules.version,
        threshold=threshold,
        findings=tuple(found),
        searched=searched_in(asked.db, now=now),
        set_aside=tuple(set_aside),
        as_of=knowledge.question.known_day(),
        valid_on=knowledge.day,
        grades_version=knowledge.terms.grades.version,
        dispositions_version=decisions.version,
    )


def screen_parties(
    parties: Sequence[Party],
    index: NameIndex,
    knowledge: Knowledge,
    options: Options,
    *,
    decisions: Decisions,
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
            for found in index.search_many(names, options.limit, wholes=True)
        ]

    for start in range(0, len(parties), _BATCH):
        progress("screening", start, len(parties))
        part = parties[start : start + _BATCH]
        found = screen(
            part, search=search, known=knowledge, options=options, confirmed=decisions.confirmed
        )
        yield from map(decisions.over, found)
    progress("screening", len(parties), len(parties))

"""Have a model sum up the quotes of a briefing's items; what the check does not pass is left out.

Whatever goes wrong, the briefing stands: its quotes are there, and it says what is missing and why.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from crosstie.extraction.backends.protocol import EndpointSettings
from crosstie.extraction.backends.summaries import Proposal, Summariser
from crosstie.ontology.briefings import Briefing, Item, Tally, Writing, WrittenSummary
from crosstie.ontology.errors import BackEndError, Unanswered
from crosstie.reporting.briefing.verifying import speaks_to_its_reader, verified

NOTE = "Written by a model; each sentence was checked against the quotes it cites."
_ORDERS = "its quotes speak to whoever sums them up, and were not shown to the model"
_MALFORMED = "it does not have the form that was asked for"
# An endpoint that keeps silent so often in a row is asked no more.
_MOST_UNANSWERED = 3


def with_summaries(
    briefing: Briefing, settings: EndpointSettings, *, progress: Callable[[int, int], object]
) -> Briefing:
    """Return the briefing with a model's summaries of its items. Raises UsageError alone.

    Kept replies are used first, so that the same quotes have the same summary.
    """
    summariser = Summariser(settings)
    try:
        return replace(briefing, writing=_Run(summariser, settings.model).write(briefing, progress))
    finally:
        summariser.close()


class _Run:
    """One run over a briefing's items: what was written, dropped, and not to be had."""

    def __init__(self, summariser: Summariser, model: str) -> None:
        self._summariser = summariser
        self._model = model
        self._dropped: Counter[str] = Counter()
        self._unwritten: Counter[str] = Counter()
        self._silent = 0
        self._stopped = ""

    def write(self, briefing: Briefing, progress: Callable[[int, int], object]) -> Writing:
        quoted = [item for item in briefing.items if item.summary]
        summaries = []
        for done, item in enumerate(quoted, 1):
            summary = self._summary(item)
            if summary is not None:
                summaries.append(summary)
            progress(done, len(quoted))
        return Writing(
            model=self._model,
            prompt=self._summariser.prompt,
            note=NOTE,
            asked=len(quoted),
            summaries=tuple(summaries),
            dropped=_tallies(self._dropped),
            unwritten=_tallies(self._unwritten),
        )

    def _summary(self, item: Item) -> WrittenSummary | None:
        shown = [quote for quote in item.summary if not speaks_to_its_reader(quote.text)]
        if not shown:
            self._unwritten[_ORDERS] += 1
            return None
        proposal = self._proposal(item.citation.document_id, [quote.text for quote in shown])
        if proposal is None:
            return None
        sentences, dropped = verified(proposal.sentences, shown)
        self._dropped.update(dropped)
        if proposal.malformed:
            self._dropped[_MALFORMED] += proposal.malformed
        return WrittenSummary(item.id, sentences) if sentences else None

    def _proposal(self, document: str, quotes: list[str]) -> Proposal | None:
        kept = self._summariser.kept(document, quotes)
        if kept is not None:
            return kept
        if self._stopped:
            self._unwritten[self._stopped] += 1
            return None
        try:
            proposal = self._summariser.propose(document, quotes)
        except BackEndError as error:
            self._unwritten[error.problem] += 1
            self._silent += 1
            if not isinstance(error, Unanswered) or self._silent >= _MOST_UNANSWERED:
                self._stopped = f"not asked after that ({error.problem})"
            return None
        self._silent = 0
        return proposal


def _tallies(counts: Counter[str]) -> tuple[Tally, ...]:
    return tuple(Tally(what, count) for what, count in sorted(counts.items()))

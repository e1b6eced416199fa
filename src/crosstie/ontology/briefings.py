"""What a briefing holds: what came in during a period, in items, each with its quotes."""

from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.findings import Citation, EntityRef
from crosstie.ontology.ids import ArticleId, ClaimId, TieId

Reckoning = Literal["document", "recorded"]
"""By which day a thing belongs to a period: its document's own, or the day it was recorded."""
Dated = Literal["article", "document", "recorded"]


@dataclass(frozen=True, slots=True)
class Category:
    """A part of a briefing; which items stand in it is told by the data file of categories."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document, verbatim: `text[start:end]` of the document is `text`.

    `claims` are those that it bears, with their different `statuses` and chains of `attribution`.
    """

    text: str
    start: int
    end: int
    citation: Citation
    claims: tuple[ClaimId, ...] = ()
    statuses: tuple[str, ...] = ()
    attribution: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TieNews:
    """A tie that an item speaks of: its status, and the one known before (None: the tie is new)."""

    tie_id: TieId
    subject: EntityRef
    kind: str
    label: str
    object: EntityRef
    status: str
    before: str | None

    @property
    def is_new(self) -> bool:
        """Return whether nothing told of the tie before."""
        return self.before is None

    @property
    def changed(self) -> bool:
        """Return whether the tie was known, in another status."""
        return self.before is not None and self.before != self.status


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two passages that cannot both be so: one denies what the other says, or values differ."""

    kind: Literal["denial", "value"]
    text: str
    here: Passage
    there: Passage


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What a reader should know before relying on an item; `level` says how much it matters.

    `error`: the source contradicts itself. `caution`: something is missing or was worked out.
    `note`: how the item came to be.
    """

    code: str
    level: Literal["error", "caution", "note"]
    text: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a document, in the words of the document.

    `headline` is the article's own (`own_headline`), or one that names its source where the own
    one would put a private person first. `day` is the day by which it belongs to the period,
    `dated` says whose day that is. `also_in` cites other copies of the same story.
    """

    id: ArticleId
    category: str
    because: str
    headline: str
    own_headline: bool
    day: str
    dated: Dated
    date: str | None
    citation: Citation
    document: str
    summary: tuple[Passage, ...]
    attribution: tuple[tuple[str, ...], ...]
    technologies: tuple[str, ...]
    new_entities: tuple[EntityRef, ...]
    ties: tuple[TieNews, ...]
    contradictions: tuple[Contradiction, ...]
    checks: tuple[SelfCheck, ...]
    claims: int
    reviewed: int
    private_sentences: int
    """Sentences that name a private person: they are never quoted."""
    also_in: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A row of a list that is new, gone, or dated in the period; quoted as the row words it."""

    change: Literal["added", "removed", "dated"]
    name: str
    country: str | None
    on: str | None
    watched: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ListNews:
    """What one list did in the period: how many rows, and the first of them, watched ones first.

    `edition` and `before` are the editions that were compared; without `before`, `dated` counts
    the rows whose own date of listing lies in the period.
    """

    source: str
    title: str
    list_name: str
    authority: str
    edition: str
    before: str | None
    added: int
    removed: int
    dated: int
    entries: tuple[ListEntry, ...]

    @property
    def total(self) -> int:
        """Return how many rows the entries were chosen from."""
        return self.added + self.removed + self.dated


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a model wrote, and the quotes that it was checked against."""

    text: str
    quotes: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class WrittenSummary:
    """What is left of a model's summary of one item, after every sentence was checked."""

    item: ArticleId
    sentences: tuple[WrittenSentence, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened, in words."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Writing:
    """What a model wrote for a briefing, apart from its items: those are the documents' words.

    `asked` counts the items that have quotes. `dropped` counts sentences by what the
    check found in them, `unwritten` items by why no usable answer came.
    """

    model: str
    prompt: str
    note: str
    asked: int
    summaries: tuple[WrittenSummary, ...]
    dropped: tuple[Tally, ...]
    unwritten: tuple[Tally, ...]

    def about(self, item: ArticleId) -> tuple[WrittenSentence, ...]:
        """Return what was written about an item; nothing if no sentence stood the check."""
        return next((s.sentences for s in self.summaries if s.item == item), ())


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole briefing, which follows from the workspace, the period and the question alone.

    `since` None is the beginning. `topic_as` says how the topic was understood. `considered`
    counts the articles of the period, before topic and name chose among them, and `copies` those
    that stand with another one as the same story. `writing` is there if a model was asked to write.
    """

    since: str | None
    until: str
    reckoning: Reckoning
    topic: str | None
    topic_as: str
    about: EntityRef | None
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    lists: tuple[ListNews, ...]
    considered: int
    copies: int
    undated: int
    known_before: str
    crosstie_version: str
    categories_version: str
    writing: Writing | None = None

    def under(self, category: str) -> tuple[Item, ...]:
        """Return the items of a category, in their order."""
        return tuple(item for item in self.items if item.category == category)

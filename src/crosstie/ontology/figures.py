"""Figures over time, disputes as timelines, agreements by country and sector: with every quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import ClaimId
from crosstie.ontology.records import Comparator, Modality, Polarity, Stance

TimeKind = Literal["as_of", "edition", "due", "undated"]
HowDated = Literal["stated", "from_article", "from_before", "undated"]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series, as a document states it.

    `subject` is the entity that the claim is about; `whose` are the document's words where the
    value is that of others, who have no name ("Chinese newspapers").
    `written` is the figure in the words of the document. `amount` is the value in the unit of the
    series ("41 billion yuan" → 41e9 CNY), `upper` the other end of a range. `time` is a partial ISO
    date, of the kind that `time_kind` tells: the date that the value is of, the edition of a report
    that gives it, or the date by which it is due. `also_printed` is the same amount in another
    currency as the source prints it; nothing is converted and nothing corrected: `flags` say what
    contradicts what. `contradicted_by` are claims of other articles that give another value for the
    same thing and time.
    """

    claim_id: ClaimId
    subject: EntityRef
    written: str
    amount: float
    upper: float | None
    comparator: Comparator
    time: str | None
    time_kind: TimeKind
    modality: Modality
    polarity: Polarity
    stance: Stance
    quotes: tuple[Quote, ...]
    flags: tuple[str, ...] = ()
    whose: str = ""
    also_printed: str = ""
    contradicted_by: tuple[ClaimId, ...] = ()

    @property
    def is_actual(self) -> bool:
        """Return whether the value is told as a fact, and not as a plan, target or estimate."""
        return self.modality == "actual"

    @property
    def owner(self) -> str:
        """Return whose value it is: in the document's own words, else by the name of the entity."""
        return self.whose or self.subject.name


@dataclass(frozen=True, slots=True)
class Series:
    """All values of one measure in one unit, over time; of one subject or of many.

    `measure` is in the words of the documents, `unit` an ISO 4217 code or what is counted, `work`
    the report whose editions give the values, if one does. Points are in the order of time.
    """

    id: str
    measure: str
    unit: str
    work: str
    points: tuple[Point, ...]

    @property
    def subjects(self) -> tuple[EntityRef, ...]:
        """Return whose values these are, each once, in the order of names."""
        found = {point.subject.id: point.subject for point in self.points}
        return tuple(sorted(found.values(), key=lambda ref: (ref.name, ref.id)))

    @property
    def times(self) -> tuple[str, ...]:
        """Return the different times of the points, in order."""
        return tuple(sorted({point.time for point in self.points if point.time is not None}))

    @property
    def flagged(self) -> int:
        """Return how many points bear a flag that says that the source contradicts itself."""
        return sum(bool(point.flags) for point in self.points)

    @property
    def contradicted(self) -> int:
        """Return how many points another source contradicts."""
        return sum(bool(point.contradicted_by) for point in self.points)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One line of the list of measures: a series without its points."""

    id: str
    measure: str
    unit: str
    work: str
    points: int
    subjects: int
    first: str | None
    last: str | None
    flagged: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class Tied:
    """A claim in short: who did what to whom, and how the claim is meant."""

    claim_id: ClaimId
    subject: EntityRef
    kind: str
    label: str
    object: EntityRef
    status: str


@dataclass(frozen=True, slots=True)
class DisputeEvent:
    """One step of a dispute: a verbatim sentence, its date, and who says so.

    `date` is a partial ISO date or None; `how` tells whether the text states it, whether the date
    of the article tells it ("in August last year"), or the date told before it ("three years
    later"), `date_words` are those words. `statement` is the part of the sentence that the date
    speaks of.
    `said_by` runs from the first speaker to the publisher. `claims` are the claims that rest on the
    sentence.
    """

    date: str | None
    how: HowDated
    date_words: str
    statement: str
    quote: Quote
    parties: tuple[EntityRef, ...]
    claims: tuple[Tied, ...]
    said_by: tuple[str, ...]
    stance: Stance
    polarity: Polarity
    modality: Modality


@dataclass(frozen=True, slots=True)
class Dispute:
    """A lawsuit between two parties, as the documents that speak of it tell it.

    `others` are third parties that the same articles tie to one of the two. Events stand in the
    order of their dates, those without a date last.
    """

    id: str
    plaintiff: EntityRef
    defendant: EntityRef
    others: tuple[EntityRef, ...]
    filed: str | None
    status: str
    events: tuple[DisputeEvent, ...]
    articles: int

    @property
    def name(self) -> str:
        """Return how a dispute is called: plaintiff v. defendant."""
        return f"{self.plaintiff.name} v. {self.defendant.name}"

    @property
    def dated(self) -> tuple[DisputeEvent, ...]:
        """Return the events that have a date."""
        return tuple(event for event in self.events if event.date is not None)


@dataclass(frozen=True, slots=True)
class SectorReading:
    """The sector that an agreement is in, with the words that say so and where they stand.

    `where` is `quote`, or `paragraph` where only the words around the quote tell it.
    """

    sector: str
    label: str
    words: tuple[str, ...]
    where: Literal["quote", "paragraph"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement between two named parties, as one claim or several state it."""

    subject: EntityRef
    object: EntityRef
    countries: tuple[str, ...]
    sectors: tuple[SectorReading, ...]
    status: str
    date: str | None
    claims: tuple[ClaimId, ...]
    quotes: tuple[Quote, ...]
    open_list: bool = False
    """Whether the sentence says that there are others: "and other countries"."""


@dataclass(frozen=True, slots=True)
class AgreementCount:
    """How many agreements a source counts, against those that sources name.

    `named` are the parties named in the same sector with the same subject; `missing` is how many
    the source counts beyond them, at least (None where the count has no lower bound).
    """

    claim_id: ClaimId
    subject: EntityRef
    written: str
    value: float
    comparator: Comparator
    counted: str
    date: str | None
    sectors: tuple[SectorReading, ...]
    named: tuple[EntityRef, ...]
    missing: int | None
    quotes: tuple[Quote, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementGroup:
    """The agreements of one country or one sector; `statuses` counts them by status."""

    key: str
    label: str
    agreements: tuple[Agreement, ...]
    statuses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """All agreements, and what sources count beyond those that they name."""

    agreements: tuple[Agreement, ...]
    counts: tuple[AgreementCount, ...]
    by_country: tuple[AgreementGroup, ...]
    by_sector: tuple[AgreementGroup, ...]

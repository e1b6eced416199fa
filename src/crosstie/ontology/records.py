"""The records that every stage takes and yields: frozen, slotted, encoded by msgspec.

Offsets count Unicode code points of a document's stored text; spans are half-open [start, end).
Dates are ISO 8601 text and may be partial ("2015", "2015-08"). Countries are ISO 3166-1 alpha-2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, TypeVar

import msgspec

from crosstie.ontology.errors import EvidenceMismatch
from crosstie.ontology.ids import (
    ArticleId,
    ClaimId,
    DocumentId,
    EntityId,
    JudgementId,
    MentionId,
    SourceId,
    TieId,
    content_id,
    text_digest,
)

T = TypeVar("T")
Polarity = Literal["affirmed", "denied"]
Modality = Literal["actual", "planned", "proposed", "target", "estimate"]
Stance = Literal["asserted", "reported", "alleged"]
NameKind = Literal["primary", "alias", "former", "acronym", "weak"]
Comparator = Literal["=", ">", "<", ">=", "<=", "~", "range"]
Verdict = Literal["same", "different", "accepted", "rejected", "unsure"]
Origin = Literal["document", "list", "starter"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a document's text, with what it holds."""

    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote and where it stands: `document.text[start:end] == quote`."""

    document_id: DocumentId
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document; a page may hold several. Spans point into the document."""

    id: ArticleId
    document_id: DocumentId
    number: int
    start: int
    end: int
    body_start: int
    title: str
    language: str
    date: str | None = None
    publisher: str | None = None
    blocks: tuple[Span, ...] = ()
    """Parts that are no running text, by kind: boilerplate, title, byline, source, footnote, …"""

    @classmethod
    def of(cls, document_id: DocumentId, number: int, **values: Any) -> Self:
        """Build an article whose id follows from its document and its number (from 1)."""
        key = content_id("art", document_id, number)
        return cls(id=ArticleId(key), document_id=document_id, number=number, **values)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as stored: its text for ever unchanged, and the hash of the bytes it came from.

    `origin` is `document` (prose), `list` (one row of an official list) or `starter` (one curated
    fact). `publisher` is who vouches for it; `title`, `url` and `date` are what a citation needs.
    """

    id: DocumentId
    origin: Origin
    name: str
    text: str
    sha256: str
    language: str
    media_type: str = "text/plain"
    title: str = ""
    url: str | None = None
    publisher: str | None = None
    date: str | None = None
    source_id: SourceId | None = None

    @classmethod
    def of(cls, *, origin: Origin, name: str, text: str, sha256: str = "", **values: Any) -> Self:
        """Build a document whose id follows from its origin, source and bytes.

        Without `sha256` (a list row, a curated fact) the text itself is what is hashed.
        """
        digest = sha256 or text_digest(text)
        key = content_id("doc", origin, values.get("source_id"), digest)
        return cls(id=DocumentId(key), origin=origin, name=name, text=text, sha256=digest, **values)

    def evidence(self, start: int, end: int) -> Evidence:
        """Cut a quote out of the text. Raises EvidenceMismatch for an empty or outlying range."""
        if not 0 <= start < end <= len(self.text):
            raise EvidenceMismatch(
                f"no text at [{start}, {end}) of {len(self.text)} characters", where=self.name
            )
        return Evidence(self.id, start, end, self.text[start:end])

    def verify(self, evidence: Evidence) -> None:
        """Raise EvidenceMismatch unless the quote stands here, verbatim, at its offsets."""
        if (
            evidence.document_id != self.id
            or not evidence.quote
            or self.text[evidence.start : evidence.end] != evidence.quote
        ):
            raise EvidenceMismatch(
                f"the quote {evidence.quote[:60]!r} is not at [{evidence.start}, {evidence.end})",
                where=self.name,
                remedy="drop the claim, or locate the quote again",
            )


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in a named scheme: ror, lei, uscc, wikidata, ticker, domain, ofac, starter."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, with its language (BCP 47, `und` if unknown) and what sort it is."""

    text: str
    language: str = "und"
    kind: NameKind = "primary"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a document names an entity.

    In prose `names` holds the one name written there; in a list row it holds all the names that
    the row gives for the same organisation. `kind` is a kind of entity from kinds.yaml.
    """

    id: MentionId
    document_id: DocumentId
    start: int
    end: int
    quote: str
    kind: str
    names: tuple[Name, ...]
    article_id: ArticleId | None = None
    country: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    tier: str | None = None
    description: str | None = None
    method: str = ""

    @classmethod
    def of(cls, document: Document, start: int, end: int, *, kind: str, **values: Any) -> Self:
        """Build a mention from a span of the document; `names` defaults to the quote itself."""
        evidence = document.evidence(start, end)
        names = values.pop("names", None) or (Name(evidence.quote, document.language),)
        key = content_id("men", document.id, start, end, kind)
        return cls(
            id=MentionId(key),
            document_id=document.id,
            start=start,
            end=end,
            quote=evidence.quote,
            kind=kind,
            names=tuple(names),
            **values,
        )


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured value: `unit` as written, `upper` only for a range, dates partial ISO."""

    measure: str
    value: float
    unit: str = ""
    comparator: Comparator = "="
    upper: float | None = None
    as_of: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says, for ever unchanged: subject, predicate, object or quantity.

    `predicate` is a kind of tie from kinds.yaml, or `measure` for a quantity. `attribution` runs
    from the first speaker to the document: ("indictment", "DP World", "Radio Free Asia").
    `ended` says that the document itself calls it over ("until 2015"). `confidence` in [0, 1] is
    how sure the method is that the document says this, not that it is true.
    """

    id: ClaimId
    document_id: DocumentId
    subject: MentionId
    predicate: str
    object: MentionId | None
    evidence: tuple[Evidence, ...]
    method: str
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    stance: Stance = "asserted"
    ended: bool = False
    attribution: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    quantity: Quantity | None = None
    flags: tuple[str, ...] = ()
    confidence: float = 1.0
    article_id: ArticleId | None = None

    @classmethod
    def of(
        cls,
        document: Document,
        subject: Mention,
        predicate: str,
        object: Mention | None,
        *,
        evidence: Sequence[Evidence],
        method: str,
        **values: Any,
    ) -> Self:
        """Build a claim with a content id; every quote is verified against the document."""
        for item in evidence:
            document.verify(item)
        if not evidence:
            raise EvidenceMismatch("a claim needs at least one quote", where=document.name)
        draft = cls(
            id=ClaimId(""),
            document_id=document.id,
            subject=subject.id,
            predicate=predicate,
            object=object.id if object else None,
            evidence=tuple(evidence),
            method=method,
            **values,
        )
        return replace(draft, id=ClaimId(content_id("clm", encode(draft).decode())))

    @property
    def status(self) -> str:
        """Return one word for readers: denied, ended, planned, alleged, reported or asserted."""
        if self.polarity == "denied":
            return "denied"
        if self.ended:
            return "ended"
        if self.modality != "actual":
            return "planned"
        return self.stance


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person or a rule decided about two things, or about one claim; append-only.

    `left` and `right` are mention ids for same / different, `left` a claim id and `right` empty
    for accepted / rejected. A later judgement on the same pair takes the earlier one's place; an
    undo is a judgement whose `undoes` names the one that it takes back.
    """

    id: JudgementId
    left: str
    right: str
    verdict: Verdict
    by: str
    at: str
    because: str
    undoes: JudgementId | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's list or register. `stale_after_days` is when its age starts to warn."""

    id: SourceId
    title: str
    publisher: str
    url: str
    licence: str
    country: str | None = None
    stale_after_days: int = 30


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """One edition of a source: `as_of` is the publisher's date, `scope` what it covers.

    `scope` is empty for the whole list; else it says in words which part ("CN, HK, MO, TW"), and
    rows outside of it are not taken to be removed. `layout` names the file's recognised form.
    """

    source_id: SourceId
    as_of: str
    file_name: str
    sha256: str
    layout: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list, read: its small document, the mentions and claims that it supports.

    `key` stays the same for the same row in every edition; `number` is its place in the file,
    counted from 1 and without the header.
    """

    key: str
    number: int
    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not taken in. `reason` is a short fixed phrase; `text` is the row itself.

    `kind` is `bad` (a mistake in the file, reported), `individual` (a person: the text is not
    kept) or `out_of_scope` (a vessel, an aircraft, a repeated header).
    """

    number: int
    kind: Literal["bad", "individual", "out_of_scope"]
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words. `weight` is what it added to or took from a score, if anything."""

    code: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention that resolution counts as naming the entity, with the reason for each merge."""

    mention_id: MentionId
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation, place, programme, … made from mentions and judgements; rebuildable."""

    id: EntityId
    kind: str
    name: str
    names: tuple[Name, ...]
    country: str | None
    tier: str | None
    identifiers: tuple[Identifier, ...]
    mentions: tuple[EntityMention, ...]
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """All claims of one kind between the same two entities; rebuildable.

    `status` is that of its strongest live claim: asserted, reported, alleged, planned, ended or
    denied. `sources` counts the different publishers behind it.
    """

    id: TieId
    subject: EntityId
    kind: str
    object: EntityId
    status: str
    claims: tuple[ClaimId, ...]
    sources: int
    valid_from: str | None = None
    valid_to: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


def encode(record: object) -> bytes:
    """Encode a record as JSON, keys in declaration order: equal records give equal bytes."""
    return msgspec.json.encode(record, order="deterministic")


def decode(raw: bytes | str, kind: type[T]) -> T:
    """Decode JSON made by `encode`; raises msgspec.ValidationError on any other shape."""
    return msgspec.json.decode(raw, type=kind)

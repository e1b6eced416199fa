"""The evidence reader: a document's text with what it names and says, and what was judged of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosstie.ontology.errors import Ambiguous, NotFound
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import ClaimId, DocumentId
from crosstie.ontology.records import Article, Judgement, Mention, Quantity
from crosstie.resolution import verdicts_in_force
from crosstie.store import reader, reading, showing
from crosstie.store.engine import Transaction
from crosstie.store.reader import HeldClaim, HeldDocument, RowEdition
from crosstie.workspace.opened import Opened
from crosstie.workspace.passages import Mark, Paragraph, paragraphs, part_at, parts_of

_CLAIMS_SHOWN = 150
"""The most claims beside one part of a document."""


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as the reader shows it beside the text; `object` or `quantity` is what it says.

    `here` says that its words stand in the part that is shown.
    """

    id: ClaimId
    kind: str
    subject: EntityRef | None
    subject_words: str
    object: EntityRef | None
    object_words: str
    quantity: Quantity | None
    status: str
    quote: str
    start: int
    confidence: float
    method: str
    attribution: tuple[str, ...]
    flags: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    superseded_at: str | None
    judged: Judgement | None
    here: bool


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article of the part that is shown, or a stretch of the text that belongs to none."""

    number: int
    title: str
    publisher: str | None
    date: str | None
    language: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document open at one of its parts, `part` of `parts`, counted from 1.

    `chosen` is the claim that was asked for. Of a forgotten document nothing but the tombstone is
    left: no text, no claims.
    """

    document: HeldDocument
    title: str
    part: int
    parts: int
    articles: tuple[ReadArticle, ...]
    claims: tuple[ReadClaim, ...]
    claims_total: int
    chosen: ReadClaim | None
    editions: tuple[RowEdition, ...]
    list_title: str


class Documents:
    """Open documents at a part, a claim or a passage of theirs."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def open(
        self,
        key: str,
        *,
        claim: str | None = None,
        part: int | None = None,
        passage: tuple[int, int] | None = None,
    ) -> OpenDocument:
        """Open a document by its id, or by a name or title that no other bears.

        `claim` opens it where the claim's first words stand, `passage` at [start, end). Raises
        NotFound or Ambiguous.
        """
        with self._opened.asking() as (db, _):
            held = _held(db, key)
            if held.forgotten_at:
                return _tombstone(held)
            return _opened(db, held, claim, part, passage)

    def of_claim(self, claim_id: str) -> DocumentId:
        """Return the document that makes a claim. Raises NotFound."""
        with self._opened.asking() as (db, _):
            found = reader.document_of_claim(db, claim_id)
            if found is None:
                raise NotFound(
                    f"no claim `{claim_id}`", remedy="it may be of another workspace; search for it"
                )
            return found


def _held(db: Transaction, key: str) -> HeldDocument:
    held = reader.held_document(db, key)
    if held is not None:
        return held
    called = reading.documents_called(db, key)
    if len(called) > 1:
        raise Ambiguous(
            f"{len(called)} documents are called `{key[:80]}`",
            remedy="open one by its id",
            choices=[f"{state.id} {state.title or state.name}" for state in called],
        )
    found = reader.held_document(db, called[0].id) if called else None
    if found is None:
        raise NotFound(
            f"no document `{key[:80]}`", remedy="look under Sources, or search for its words"
        )
    return found


def _tombstone(held: HeldDocument) -> OpenDocument:
    return OpenDocument(held, held.title or held.name, 1, 1, (), (), 0, None, (), "")


def _opened(
    db: Transaction,
    held: HeldDocument,
    claim: str | None,
    part: int | None,
    passage: tuple[int, int] | None,
) -> OpenDocument:
    document = reading.document(db, held.id)
    if document is None:
        raise NotFound(f"the text of `{held.name}` is not held")
    every = reader.claims_of(db, held.id)
    asked = next((found for found in every if found.claim.id == claim), None)
    if claim is not None and asked is None:
        raise NotFound(
            f"the document makes no claim `{claim[:80]}`", where=held.title or held.name,
            remedy="open the document without it",
        )  # fmt: skip
    starts = parts_of(document.text)
    place = asked.claim.evidence[0].start if asked else passage[0] if passage else 0
    number = part_at(starts, place) if part is None else min(max(part, 1), len(starts)) - 1
    start, end = starts[number], [*starts[1:], len(document.text)][number]
    live = [found for found in every if found.superseded_at is None or found is asked]
    near = [found for found in live if _stands_in(found, start, end)]
    shown = list({id(f): f for f in [*([asked] if asked else []), *near[:_CLAIMS_SHOWN]]}.values())
    mentions = reader.owned_mentions(db, held.id)
    marks = [
        *_names(db, mentions, start, end),
        *_said(near, start, end),
        *_chosen(asked, passage, start, end),
    ]
    read = _read(db, shown, dict((m.id, m) for m, _ in mentions), start, end)
    articles = reading.articles(db, held.id)
    return OpenDocument(
        document=held,
        title=held.title or held.name,
        part=number + 1,
        parts=len(starts),
        articles=_articles(document.text, start, end, articles, marks),
        claims=tuple(sorted(read, key=lambda found: (found.start, found.id))),
        claims_total=sum(found.superseded_at is None for found in every),
        chosen=next((found for found in read if found.id == claim), None),
        editions=tuple(reader.editions_of_row(db, held.id)) if held.origin == "list" else (),
        list_title=_list_title(db, held),
    )


def _stands_in(held: HeldClaim, start: int, end: int) -> bool:
    return any(e.start < end and e.end > start for e in held.claim.evidence)


def _names(
    db: Transaction, mentions: Sequence[tuple[Mention, str | None]], start: int, end: int
) -> Iterable[Mark]:
    here = [(m, owner) for m, owner in mentions if m.start < end and m.end > start and owner]
    refs = {
        str(key): ref for key, ref in showing.entity_refs(db, {o for _, o in here if o}).items()
    }
    for mention, owner in here:
        ref = refs.get(str(owner))
        if ref is not None:
            yield Mark(mention.start, mention.end, entity=ref)


def _said(claims: Iterable[HeldClaim], start: int, end: int) -> Iterable[Mark]:
    for held in claims:
        for evidence in held.claim.evidence:
            if evidence.start < end and evidence.end > start:
                yield Mark(evidence.start, evidence.end, claim=held.claim.id)


def _chosen(
    asked: HeldClaim | None, passage: tuple[int, int] | None, start: int, end: int
) -> Iterable[Mark]:
    spans = [(e.start, e.end) for e in asked.claim.evidence] if asked else []
    if asked is None and passage is not None:
        spans = [passage]
    return [Mark(a, b, chosen=True) for a, b in spans if a < end and b > start]


def _articles(
    text: str, start: int, end: int, articles: Sequence[Article], marks: Sequence[Mark]
) -> tuple[ReadArticle, ...]:
    """Return what of each article lies in the part, and what lies between them."""
    found: list[ReadArticle] = []

    def add(left: int, right: int, article: Article | None) -> None:
        if left >= right or not (article or text[left:right].strip()):
            return
        here, leads = _over(marks, left, right), not any(map(_leads, found))
        lines = paragraphs(text, left, right, here, article, leads=leads)
        found.append(_read_article(article, lines))

    place = start
    for article in sorted(articles, key=lambda a: a.start):
        if article.end <= start or article.start >= end:
            continue
        left, right = max(start, article.start), min(end, article.end)
        add(place, left, None)
        add(left, right, article)
        place = max(place, right)
    add(place, end, None)
    return tuple(found)


def _leads(article: ReadArticle) -> bool:
    return any(piece.first for line in article.paragraphs for piece in line.pieces)


def _read_article(article: Article | None, lines: tuple[Paragraph, ...]) -> ReadArticle:
    if article is None:
        return ReadArticle(0, "", None, None, "", lines)
    return ReadArticle(
        article.number, article.title, article.publisher, article.date, article.language, lines
    )


def _over(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in marks if mark.start < end and mark.end > start]


def _read(
    db: Transaction,
    shown: Sequence[HeldClaim],
    mentions: dict[str, Mention],
    start: int,
    end: int,
) -> list[ReadClaim]:
    refs = reader.ends_of(db, [held.claim for held in shown])
    judged = verdicts_in_force(j for j in reading.judgements(db) if not j.right).claims

    def words(key: str | None) -> str:
        return mentions[key].quote if key in mentions else ""

    return [
        ReadClaim(
            id=held.claim.id,
            kind=held.claim.predicate,
            subject=refs.get(held.claim.subject),
            subject_words=words(held.claim.subject),
            object=refs.get(held.claim.object) if held.claim.object else None,
            object_words=words(held.claim.object),
            quantity=held.claim.quantity,
            status=held.claim.status,
            quote=held.claim.evidence[0].quote,
            start=held.claim.evidence[0].start,
            confidence=held.claim.confidence,
            method=held.claim.method,
            attribution=held.claim.attribution,
            flags=held.claim.flags,
            valid_from=held.claim.valid_from,
            valid_to=held.claim.valid_to,
            superseded_at=held.superseded_at,
            judged=judged.get(held.claim.id),
            here=_stands_in(held, start, end),
        )
        for held in shown
    ]


def _list_title(db: Transaction, held: HeldDocument) -> str:
    if held.source_id is None:
        return ""
    titles = (e.source.title for e in reading.editions(db) if e.source.id == held.source_id)
    return next(titles, held.source_id)

"""Disputes as timelines: who sued whom, what the same articles date, and who says so."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crosstie.ontology.figures import Dispute, DisputeEvent, HowDated, Tied
from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import ClaimId, content_id
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Claim, Stance
from crosstie.reporting.figures.dispute_words import dispute_words

ArticleKey = tuple[str, str]
"""A document's id and the id of one of its articles."""

_OUTSPOKEN: tuple[Stance, ...] = ("alleged", "reported", "asserted")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of an article, with its ends and its first quote."""

    claim: Claim
    subject: EntityRef
    object: EntityRef
    quote: Quote


@dataclass(frozen=True, slots=True)
class Statement:
    """A dated statement of an article: verbatim words of one sentence that name entities.

    `start` and `end` are the place of the whole sentence in the document, `quote` holds its words.
    """

    date: str
    how: HowDated
    date_words: str
    statement: str
    quote: Quote
    named: tuple[EntityRef, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Return where the sentence stands in its document."""
        return self.quote.start, self.quote.end


def disputes_of(
    suits: Iterable[Said],
    said: Mapping[ArticleKey, Sequence[Said]],
    told: Mapping[ArticleKey, Sequence[Statement]],
) -> tuple[Dispute, ...]:
    """Return the disputes that claims of lawsuits open, in the order of their names.

    `said` and `told` hold, by article, all its claims between entities and its dated statements.
    """
    pairs: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for suit in suits:
        first, last = sorted((suit.subject.id, suit.object.id))
        pairs[first, last].append(suit)
    opened = Counter(
        key for found in pairs.values() for key in {article_of(s.claim) for s in found}
    )
    alone = {key for key, number in opened.items() if number == 1}
    made = [_dispute(found, said, told, alone) for found in pairs.values()]
    return tuple(sorted(made, key=lambda dispute: (dispute.name, dispute.id)))


def called(disputes: Iterable[Dispute], asked: str) -> tuple[Dispute, ...]:
    """Return the disputes in which each word asked for stands in the name of a party."""
    words = asked.casefold().split()
    return tuple(
        dispute
        for dispute in disputes
        if all(any(word in name for name in _names(dispute)) for word in words)
    )


def _names(dispute: Dispute) -> list[str]:
    refs = (dispute.plaintiff, dispute.defendant, *dispute.others)
    return [ref.name.casefold() for ref in refs] + [dispute.id]


def article_of(claim: Claim) -> ArticleKey:
    """Return the article that makes a claim."""
    return claim.document_id, claim.article_id or ""


def _dispute(
    suits: Sequence[Said],
    said: Mapping[ArticleKey, Sequence[Said]],
    told: Mapping[ArticleKey, Sequence[Statement]],
    alone: Container[ArticleKey],
) -> Dispute:
    """Put one dispute together; `alone` are the articles that tell of no other."""
    ordered = sorted(suits, key=lambda suit: (suit.claim.valid_from or "~", suit.claim.id))
    first = ordered[0]
    parties: dict[str, EntityRef] = {
        ref.id: ref for suit in ordered for ref in (suit.subject, suit.object)
    }
    articles = list(dict.fromkeys(article_of(suit.claim) for suit in ordered))
    others: dict[str, EntityRef] = {}
    for key in articles:
        others.update(_others(said.get(key, ()), parties))
    everyone = {**parties, **others}
    events = [
        event
        for key in articles
        for event in _events(
            said.get(key, ()), told.get(key, ()), parties, everyone, alone=key in alone
        )
    ]
    statuses = [suit.claim.status for suit in ordered]
    return Dispute(
        id=content_id("dsp", *sorted(parties)),
        plaintiff=first.subject,
        defendant=first.object,
        others=tuple(sorted(others.values(), key=lambda ref: (ref.name, ref.id))),
        filed=next((suit.claim.valid_from for suit in ordered if suit.claim.valid_from), None),
        status="denied" if set(statuses) == {"denied"} else next(
            status for status in statuses if status != "denied"
        ),
        events=tuple(sorted(events, key=_order)),
        articles=len(articles),
    )  # fmt: skip


def _order(event: DisputeEvent) -> tuple[str, str, int, str]:
    return event.date or "~", event.quote.citation.document_id, event.quote.start, event.statement


def _others(said: Sequence[Said], parties: Mapping[str, EntityRef]) -> dict[str, EntityRef]:
    """Return the organisations that an article ties to a party by dealings between them."""
    found: dict[str, EntityRef] = {}
    for item in said:
        if item.claim.predicate not in dispute_words().dealings:
            continue
        for ref, other in ((item.subject, item.object), (item.object, item.subject)):
            organisation = kinds().is_organisation(other.kind)
            if organisation and ref.id in parties and other.id not in parties:
                found[other.id] = other
    return found


def _events(
    said: Sequence[Said],
    told: Sequence[Statement],
    parties: Mapping[str, EntityRef],
    everyone: Mapping[str, EntityRef],
    *,
    alone: bool,
) -> list[DisputeEvent]:
    """Return an article's events: its dated statements, then the claims that no date reaches."""
    between = [item for item in said if _is_between(item, parties, everyone)]
    events: list[DisputeEvent] = []
    shown: set[ClaimId] = set()
    for statement in told:
        beside = [item for item in said if _overlap(item, statement.place)]
        only = sum(other.place == statement.place for other in told) == 1
        claims = [
            item
            for item in between
            if _overlap(item, statement.place)
            and (item.claim.valid_from == statement.date or (only and not item.claim.valid_from))
        ]
        meant = (_meant(ref, everyone) for ref in statement.named)
        named = tuple(dict.fromkeys(ref for ref in meant if ref is not None))
        step = alone and dispute_words().is_step(statement.quote.text)
        if not (named or claims or step):
            continue
        shown.update(item.claim.id for item in claims)
        events.append(_event(statement, named, claims, beside))
    return [*events, *_undated([item for item in between if item.claim.id not in shown])]


def _meant(ref: EntityRef, everyone: Mapping[str, EntityRef]) -> EntityRef | None:
    """Return who is meant by a name of the article: a party, also by the first words of its name.

    Within one article "Beihe Optics" is Beihe Optics Corporation, unless it fits another too.
    """
    if ref.id in everyone:
        return everyone[ref.id]
    short = f"{ref.name.casefold()} "
    fitting = [party for party in everyone.values() if party.name.casefold().startswith(short)]
    return fitting[0] if len(fitting) == 1 else None


def _is_between(
    item: Said, parties: Mapping[str, EntityRef], everyone: Mapping[str, EntityRef]
) -> bool:
    if item.claim.predicate not in dispute_words().dealings:
        return False
    ends = (item.subject.id, item.object.id)
    return any(end in parties for end in ends) or all(end in everyone for end in ends)


def _overlap(item: Said, place: tuple[int, int]) -> bool:
    first = item.claim.evidence[0]
    return first.start < place[1] and place[0] < first.end


def _event(
    statement: Statement,
    named: tuple[EntityRef, ...],
    claims: Sequence[Said],
    beside: Sequence[Said],
) -> DisputeEvent:
    speaking = claims or beside
    said_by, stance = _voice(speaking, statement.quote)
    lead = claims[0].claim if claims else None
    flags = dict.fromkeys(flag for item in claims for flag in item.claim.flags)
    quote = statement.quote if lead is None else _of_claim(statement.quote, lead, tuple(flags))
    return DisputeEvent(
        date=statement.date,
        how=statement.how,
        date_words=statement.date_words,
        statement=statement.statement,
        quote=quote,
        parties=named,
        claims=tuple(_tied(item) for item in sorted(claims, key=_weight)),
        said_by=said_by,
        stance=stance,
        polarity=lead.polarity if lead else "affirmed",
        modality=lead.modality if lead else "actual",
    )


def _weight(item: Said) -> tuple[bool, str]:
    return item.claim.predicate != "sued", item.claim.id


def _of_claim(quote: Quote, claim: Claim, flags: tuple[str, ...]) -> Quote:
    return Quote(
        claim_id=claim.id, text=quote.text, start=quote.start, end=quote.end, status=claim.status,
        citation=quote.citation, attribution=claim.attribution, flags=flags,
    )  # fmt: skip


def _voice(items: Sequence[Said], quote: Quote) -> tuple[tuple[str, ...], Stance]:
    """Return who says it, first speaker first, and how: an allegation goes before a report."""
    publisher = quote.citation.publisher
    spoken = min(
        (item.claim for item in items),
        key=lambda claim: (_OUTSPOKEN.index(claim.stance), -len(claim.attribution), claim.id),
        default=None,
    )
    chain = spoken.attribution if spoken else ()
    if publisher and publisher not in chain:
        chain = (*chain, publisher)
    return chain, spoken.stance if spoken else "asserted"


def _tied(item: Said) -> Tied:
    claim = item.claim
    label = kinds().tie(claim.predicate).label
    return Tied(claim.id, item.subject, claim.predicate, label, item.object, claim.status)


def _undated(items: Sequence[Said]) -> list[DisputeEvent]:
    """Return the claims that no dated statement shows, those of one sentence as one event."""
    by_place: dict[tuple[int, int, str | None], list[Said]] = defaultdict(list)
    for item in items:
        by_place[item.quote.start, item.quote.end, item.claim.valid_from].append(item)
    events = []
    for (_, _, date), found in sorted(by_place.items(), key=lambda entry: entry[0][:2]):
        lead = found[0]
        refs = {ref.id: ref for item in found for ref in (item.subject, item.object)}
        said_by, stance = _voice(found, lead.quote)
        events.append(
            DisputeEvent(
                date=date,
                how="undated" if date is None else "stated",
                date_words="",
                statement=lead.quote.text,
                quote=lead.quote,
                parties=tuple(refs.values()),
                claims=tuple(_tied(item) for item in found),
                said_by=said_by,
                stance=stance,
                polarity=lead.claim.polarity,
                modality=lead.claim.modality,
            )
        )
    return events


NO_CLAIM = ClaimId("")
"""The claim of a quote on which no claim rests: a sentence that only has a date and a party."""

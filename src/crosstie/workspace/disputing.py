"""The disputes of a workspace: lawsuits, and what the articles that tell of them date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosstie.extraction.chronology import Dated, chronology
from crosstie.ontology.figures import Dispute
from crosstie.ontology.findings import Citation, EntityRef, Quote
from crosstie.ontology.ids import EntityId, MentionId
from crosstie.ontology.records import Article, Claim, Document, Mention
from crosstie.reporting.figures.disputes import (
    NO_CLAIM,
    ArticleKey,
    Said,
    Statement,
    article_of,
    disputes_of,
)
from crosstie.resolution.verdicts import verdicts_in_force
from crosstie.store import reaching, reading, showing, stating
from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class TiedClaim:
    """A claim between two entities, with all its quotes."""

    claim: Claim
    subject: EntityRef
    object: EntityRef
    quotes: tuple[Quote, ...]


def tied(db: Transaction, claims: Sequence[Claim]) -> list[TiedClaim]:
    """Return the claims whose two ends name different entities, with those and the quotes."""
    ends = [end for claim in claims for end in (claim.subject, claim.object) if end is not None]
    owners = reaching.owners(db, ends)
    refs = showing.entity_refs(db, owners.values())
    quotes = showing.quotes(db, [claim.id for claim in claims])
    found = []
    for claim in claims:
        subject, other = owners.get(claim.subject), owners.get(claim.object or MentionId(""))
        if subject is not None and other is not None and subject != other:
            found.append(TiedClaim(claim, refs[subject], refs[other], quotes[claim.id]))
    return found


class Disputes:
    """Puts a workspace's disputes together, reading each article that tells of one once."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    def all(self) -> tuple[Dispute, ...]:
        """Return every dispute."""
        rejected = verdicts_in_force(reading.judgements(self._db)).rejected
        suits = self._said(stating.claims_stating(self._db, ["sued"]), rejected)
        articles = {article_of(suit.claim): suit.quote.citation for suit in suits}
        claims = stating.claims_in(self._db, dict.fromkeys(s.claim.document_id for s in suits))
        said: dict[ArticleKey, list[Said]] = defaultdict(list)
        for item in self._said([c for c in claims if article_of(c) in articles], rejected):
            said[article_of(item.claim)].append(item)
        told = {key: self._told(key, citation) for key, citation in sorted(articles.items())}
        return disputes_of(suits, said, told)

    def _said(self, claims: Iterable[Claim], rejected: Iterable[str]) -> list[Said]:
        kept = [c for c in claims if c.object is not None and c.id not in set(rejected)]
        return [
            Said(item.claim, item.subject, item.object, item.quotes[0])
            for item in tied(self._db, kept)
        ]

    def _told(self, key: ArticleKey, citation: Citation) -> list[Statement]:
        """Return the dated statements of an article, with the entities that each names."""
        document = reading.document(self._db, key[0])
        articles = reading.articles(self._db, key[0]) if document else []
        article = next((found for found in articles if found.id == key[1]), None)
        if document is None or article is None:
            return []
        return self._statements(document, article, citation)

    def _statements(
        self, document: Document, article: Article, citation: Citation
    ) -> list[Statement]:
        mentions = stating.mentions_in(self._db, document.id)
        owners = reaching.owners(self._db, [mention.id for mention in mentions])
        refs = showing.entity_refs(self._db, owners.values())
        return [
            _statement(document, dated, citation, _named(dated, mentions, owners, refs))
            for dated in chronology(document, article)
        ]


def _named(
    dated: Dated,
    mentions: Sequence[Mention],
    owners: dict[MentionId, EntityId],
    refs: dict[EntityId, EntityRef],
) -> tuple[EntityRef, ...]:
    start, end = dated.sentence
    inside = [m for m in mentions if start <= m.start and m.end <= end and m.id in owners]
    return tuple(dict.fromkeys(refs[owners[mention.id]] for mention in inside))


def _statement(
    document: Document, dated: Dated, citation: Citation, named: tuple[EntityRef, ...]
) -> Statement:
    start, end = dated.sentence
    quote = Quote(
        claim_id=NO_CLAIM,
        text=document.text[start:end],
        start=start,
        end=end,
        status="asserted",
        citation=citation,
    )
    return Statement(
        date=dated.date,
        how=dated.how,
        date_words=document.text[slice(*dated.words)],
        statement=document.text[dated.start : dated.end],
        quote=quote,
        named=named,
    )

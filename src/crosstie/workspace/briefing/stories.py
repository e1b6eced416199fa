"""Gather a period's articles as stories: sentences, claims, news, and who must not be named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crosstie.extraction.classification import classify
from crosstie.extraction.passages import sentences
from crosstie.ontology.briefings import Dated
from crosstie.ontology.findings import Citation
from crosstie.ontology.ids import ArticleId, ClaimId, DocumentId, EntityId, text_digest
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Article, Claim, Document, Mention
from crosstie.reporting.briefing.story import Sentence, Story
from crosstie.resolution.verdicts import verdicts_in_force
from crosstie.store import dated, reaching, reading
from crosstie.store.dated import DatedArticle, Days
from crosstie.store.engine import Transaction
from crosstie.store.printings import told_together
from crosstie.workspace.briefing.news import News
from crosstie.workspace.briefing.period import Period
from crosstie.workspace.briefing.topics import Topic
from crosstie.workspace.private_names import Known, PrivatePeople

_NO_ORGANISATION = frozenset(kind.id for kind in kinds().entities.values() if not kind.organisation)


@dataclass(frozen=True, slots=True)
class _Read:
    """An article of the period with what was read from it."""

    found: DatedArticle
    day: str
    document: Document
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]

    @property
    def article(self) -> Article:
        return self.found.article

    @property
    def text(self) -> str:
        return self.document.text[self.article.start : self.article.end]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The stories, how many articles the period holds, and which of the stories are copies."""

    stories: tuple[Story, ...]
    considered: int
    same: Mapping[ArticleId, str]


def gather(
    db: Transaction,
    period: Period,
    *,
    topic: Topic | None,
    about: EntityId | None,
    progress: Callable[[int, int], None],
) -> Gathered:
    """Return the stories of a period on a topic and about an entity, where such are asked."""
    in_period = [
        (found, day)
        for found in dated.dated_articles(db)
        if period.holds(day := period.day(_days(found)))
    ]
    verdicts = verdicts_in_force(reading.judgements(db))
    articles = [
        read for read in _read(db, in_period, verdicts.rejected) if _wanted(db, read, topic, about)
    ]
    everything = [claim for read in articles for claim in read.claims]
    news = News(db, period, everything, verdicts.rejected)
    stories = []
    for number, read in enumerate(articles):
        progress(number, len(articles))
        stories.append(_story(read, news, frozenset(verdicts.claims)))
    return Gathered(tuple(stories), len(in_period), _same(db, articles))


def _days(found: DatedArticle) -> Days:
    return Days(found.article.date or found.document_date, found.recorded)


def _read(
    db: Transaction, articles: Sequence[tuple[DatedArticle, str]], rejected: frozenset[ClaimId]
) -> Iterable[_Read]:
    ids = sorted({found.article.document_id for found, _ in articles})
    claims = dated.claims_in(db, ids)
    mentions = dated.mentions_in(db, ids)
    documents: dict[DocumentId, Document] = {}
    for found, day in articles:
        article = found.article
        if article.document_id not in documents:
            document = reading.document(db, article.document_id)
            assert document is not None
            documents[article.document_id] = document
        yield _Read(
            found,
            day,
            documents[article.document_id],
            tuple(
                claim
                for claim in claims.get(article.document_id, ())
                if claim.article_id == article.id and claim.id not in rejected
            ),
            tuple(
                mention
                for mention in mentions.get(article.document_id, ())
                if mention.article_id == article.id
            ),
        )


def _wanted(db: Transaction, read: _Read, topic: Topic | None, about: EntityId | None) -> bool:
    if topic is not None and not topic.fits(read.document.id, read.text, read.claims):
        return False
    if about is None:
        return True
    return about in reaching.owners(db, [mention.id for mention in read.mentions]).values()


def _same(db: Transaction, articles: Sequence[_Read]) -> dict[ArticleId, str]:
    """Return what copies share as a key: the story found on taking them in, or the words."""
    told = {article: group[0] for group in told_together(db) for article in group}
    return {read.article.id: told.get(read.article.id) or _sameness(read) for read in articles}


def _sameness(read: _Read) -> str:
    body = read.document.text[read.article.body_start : read.article.end]
    return text_digest(" ".join(body.split()))


def _story(read: _Read, news: News, reviewed: frozenset[ClaimId]) -> Story:
    article, document = read.article, read.document
    known = Known.of(read.mentions)
    title = " ".join(article.title.split())
    spans = [found for found in sentences(document, article) if not found.dateline]
    said = [document.text[found.start : found.end] for found in spans]
    private = PrivatePeople.of([title, *said], article.language, known)
    quoted = " ".join(claim.evidence[0].quote for claim in read.claims)
    date = article.date or read.found.document_date
    return Story(
        article=article,
        document_name=document.name,
        citation=_citation(read, hide_title=private.named_in(title)),
        day=read.day,
        dated=_dated_by(read),
        date=date,
        read_by=read.found.read_by or "",
        text=read.text,
        sentences=tuple(
            Sentence(
                found.start,
                found.end,
                text,
                names_private=private.named_in(text),
                public_people=known.public_person_in(text),
                organisations=sum(
                    m.kind not in _NO_ORGANISATION and found.start <= m.start < found.end
                    for m in read.mentions
                ),
            )
            for found, text in zip(spans, said, strict=True)
        ),
        claims=read.claims,
        title_names_private=private.named_in(title),
        title_names_organisation=_names_organisation(title, read.mentions),
        technologies=tuple(found.label for found in classify(quoted)),
        ties=news.ties(read.claims),
        new_entities=news.entities(read.claims),
        contradictions=news.contradictions(article.id, read.claims),
        reviewed=frozenset(claim.id for claim in read.claims) & reviewed,
    )


def _dated_by(read: _Read) -> Dated:
    if read.article.date:
        return "article"
    return "document" if read.found.document_date else "recorded"


def _names_organisation(title: str, mentions: Iterable[Mention]) -> bool:
    return any(m.kind not in _NO_ORGANISATION and m.quote in title for m in mentions)


def _citation(read: _Read, *, hide_title: bool) -> Citation:
    """Cite the article; by its document's name where its title names a private person."""
    article, document = read.article, read.document
    title = "" if hide_title else article.title or document.title
    return Citation(
        document_id=document.id,
        title=title or document.name,
        publisher=article.publisher or document.publisher,
        date=article.date or document.date,
        url=document.url,
        sha256=document.sha256,
    )

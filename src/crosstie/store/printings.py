"""Articles as they were printed: the texts that have no signature yet, and who printed what."""

from collections.abc import Iterable, Iterator

from crosstie.ontology.ids import ArticleId, DocumentId
from crosstie.ontology.records import Article, Document, decode
from crosstie.ontology.stories import Printing
from crosstie.store import reading
from crosstie.store.engine import Transaction


def unsigned(db: Transaction) -> list[ArticleId]:
    """Return the articles of live documents whose texts have no signature yet."""
    rows = db.exec_driver_sql(
        "SELECT a.id FROM articles a JOIN documents d ON d.id = a.document_id"
        " LEFT JOIN text_signatures t ON t.article_id = a.id WHERE t.article_id IS NULL"
        " AND d.origin = 'document' AND d.forgotten_at IS NULL ORDER BY a.id"
    )
    return [ArticleId(row[0]) for row in rows]


def signed_count(db: Transaction) -> int:
    """Return how many articles have a signature."""
    return int(db.exec_driver_sql("SELECT count(*) FROM text_signatures").scalar_one())


def told_together(db: Transaction) -> list[list[ArticleId]]:
    """Return the articles of each story that more than one of them tells."""
    rows = db.exec_driver_sql(
        "SELECT t.story, t.article_id FROM text_signatures t JOIN documents d"
        " ON d.id = t.document_id WHERE t.story IS NOT NULL AND d.forgotten_at IS NULL"
        " ORDER BY t.story, t.article_id"
    )
    found: dict[str, list[ArticleId]] = {}
    for story, article in rows:
        found.setdefault(str(story), []).append(ArticleId(article))
    return [members for members in found.values() if len(members) > 1]


def with_text(
    db: Transaction, articles: Iterable[ArticleId]
) -> Iterator[tuple[Document, tuple[Article, ...]]]:
    """Yield the documents of these articles, each with those of its articles that were asked."""
    wanted = set(articles)
    rows = reading.chunked(
        db, "SELECT DISTINCT document_id FROM articles WHERE id IN ({marks})", sorted(wanted)
    )
    for document_id in sorted({DocumentId(row[0]) for row in rows}):
        document = reading.document(db, document_id)
        if document is not None:
            found = reading.articles(db, document_id)
            yield document, tuple(article for article in found if article.id in wanted)


def printings(db: Transaction, articles: Iterable[ArticleId]) -> dict[ArticleId, Printing]:
    """Return who printed each of these articles, when and where; what a citation would say."""
    rows = reading.chunked(
        db,
        "SELECT a.record, d.title, d.publisher, d.date, d.url FROM articles a"
        " JOIN documents d ON d.id = a.document_id WHERE a.id IN ({marks})",
        articles,
    )
    found: dict[ArticleId, Printing] = {}
    for record, title, publisher, date, url in rows:
        article = decode(str(record), Article)
        found[article.id] = Printing(
            article_id=article.id,
            document_id=article.document_id,
            start=article.start,
            end=article.end,
            title=article.title or str(title),
            publisher=article.publisher or publisher or None,
            date=article.date or date or None,
            url=url or None,
        )
    return found


def publishers_of_articles(db: Transaction) -> dict[str, int]:
    """Return how many articles of live documents each publisher printed, by its name as written."""
    rows = db.exec_driver_sql(
        "SELECT coalesce(json_extract(a.record, '$.publisher'), d.publisher) AS who, count(*)"
        " FROM articles a JOIN documents d ON d.id = a.document_id"
        " WHERE d.origin = 'document' AND d.forgotten_at IS NULL GROUP BY who ORDER BY who"
    )
    return {str(who): int(count) for who, count in rows if who}

"""Find what belongs to a period: articles, claims, entities and list rows with their days.

A thing has two days: its own (the article's date, else the document's, else the edition's of the
list that it stands in), and the one on which it was recorded. What has none of its own goes by the
second.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crosstie.ontology.ids import ClaimId, DocumentId, EntityId, TieId
from crosstie.ontology.records import Article, Claim, Mention, Tie, decode
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.text.bigrams import query_form

_LIVE = "d.superseded_at IS NULL AND d.forgotten_at IS NULL"
_OWN_DAY = (
    "COALESCE(json_extract(a.record, '$.date'), d.date, (SELECT min(e.as_of) FROM list_rows r"
    " JOIN editions e ON e.id = r.edition_id WHERE r.document_id = d.id AND e.as_of <> ''))"
)


@dataclass(frozen=True, slots=True)
class Days:
    """The day of a thing's own (ISO 8601, perhaps partial; None if none), and of its record."""

    own: str | None
    recorded: str


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """An article of a live document, with its document's date and what read it."""

    article: Article
    document_date: str | None
    recorded: str
    read_by: str | None


def dated_articles(db: Transaction) -> Iterator[DatedArticle]:
    """Yield every article of the documents that a user added, in order of id."""
    rows = db.exec_driver_sql(
        "SELECT a.record, d.date, d.added_at, d.read_by FROM articles a"
        f" JOIN documents d ON d.id = a.document_id WHERE d.origin = 'document' AND {_LIVE}"
        " ORDER BY a.id"
    )
    for record, date, added_at, read_by in rows:
        yield DatedArticle(decode(record, Article), date, str(added_at)[:10], read_by)


def claims_in(db: Transaction, documents: Iterable[DocumentId]) -> dict[DocumentId, list[Claim]]:
    """Return the live claims of each document, in order of id."""
    found: dict[DocumentId, list[Claim]] = defaultdict(list)
    sql = (
        "SELECT record FROM claims WHERE document_id IN ({marks}) AND superseded_at IS NULL"
        " ORDER BY id"
    )
    for row in reading.chunked(db, sql, documents):
        claim = decode(str(row[0]), Claim)
        found[claim.document_id].append(claim)
    return found


def mentions_in(
    db: Transaction, documents: Iterable[DocumentId]
) -> dict[DocumentId, list[Mention]]:
    """Return the live mentions of each document, in order of id."""
    found: dict[DocumentId, list[Mention]] = defaultdict(list)
    sql = (
        "SELECT record FROM mentions WHERE document_id IN ({marks}) AND superseded_at IS NULL"
        " ORDER BY id"
    )
    for row in reading.chunked(db, sql, documents):
        mention = decode(str(row[0]), Mention)
        found[mention.document_id].append(mention)
    return found


def ties(db: Transaction, ids: Iterable[TieId]) -> dict[TieId, Tie]:
    """Return the ties of these ids that stand."""
    rows = reading.chunked(db, "SELECT record FROM ties WHERE id IN ({marks})", ids)
    found = (decode(str(row[0]), Tie) for row in rows)
    return {tie.id: tie for tie in found}


def claim_days(db: Transaction, ids: Iterable[ClaimId]) -> dict[ClaimId, Days]:
    """Return the days of each claim."""
    rows = reading.chunked(
        db,
        f"SELECT c.id, {_OWN_DAY}, c.recorded_at FROM claims c"
        " JOIN documents d ON d.id = c.document_id"
        " LEFT JOIN articles a ON a.id = json_extract(c.record, '$.article_id')"
        " WHERE c.id IN ({marks})",
        ids,
    )
    return {ClaimId(str(key)): _days(own, recorded) for key, own, recorded in rows}


def entity_days(db: Transaction, ids: Iterable[EntityId]) -> dict[EntityId, list[Days]]:
    """Return the days of every document, list row and curated fact that names each entity."""
    rows = reading.chunked(
        db,
        f"SELECT DISTINCT m.entity_id, {_OWN_DAY}, substr(d.added_at, 1, 10) FROM entity_mentions m"
        " JOIN mentions x ON x.id = m.mention_id JOIN documents d ON d.id = x.document_id"
        " LEFT JOIN articles a ON a.id = json_extract(x.record, '$.article_id')"
        f" WHERE m.entity_id IN ({{marks}}) AND {_LIVE}",
        ids,
    )
    found: dict[EntityId, list[Days]] = defaultdict(list)
    for key, own, recorded in rows:
        found[EntityId(str(key))].append(_days(own, recorded))
    return found


def documents_holding(db: Transaction, words: str) -> set[DocumentId]:
    """Return the documents, list rows and curated facts that hold every one of the words."""
    form = query_form(words)
    if not form:
        return set()
    rows = db.exec_driver_sql(
        "SELECT d.id FROM passages p JOIN documents d ON d.seq = p.rowid"
        " WHERE passages MATCH ? AND d.forgotten_at IS NULL",
        (form,),
    )
    return {DocumentId(row[0]) for row in rows}


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of an edition that designates somebody: the claim, and the document that words it."""

    key: str
    claim: Claim


def designating_rows(
    db: Transaction, edition_id: int, *, but_not_in: int | None = None
) -> list[ListedRow]:
    """Return the designations of an edition, in order of key; without those of another edition.

    Rows count as the same by their key, whatever their wording.
    """
    where, values = "", [edition_id]
    if but_not_in is not None:
        where = "AND r.key NOT IN (SELECT key FROM list_rows WHERE edition_id = ?)"
        values.append(but_not_in)
    rows = db.exec_driver_sql(
        "SELECT r.key, c.record FROM list_rows r JOIN documents d ON d.id = r.document_id"
        " JOIN claims c ON c.document_id = d.id AND c.predicate = 'designated'"
        " AND c.superseded_at IS NULL"
        f" WHERE r.edition_id = ? AND d.forgotten_at IS NULL {where} ORDER BY r.key, c.id",
        tuple(values),
    )
    return [ListedRow(str(key), decode(record, Claim)) for key, record in rows]


def _days(own: object, recorded: object) -> Days:
    return Days(None if own is None else str(own), str(recorded)[:10])

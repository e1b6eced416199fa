"""The claims that stand behind ties, each with who published it and when."""

from collections.abc import Iterator
from dataclasses import dataclass

from crosstie.ontology.records import Claim, decode
from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class Vouched:
    """A live claim with its publisher, its document's origin and address, its date and title.

    The date is the article's, else the document's; for a row of a list it is the date of the last
    edition that holds the row.
    """

    claim: Claim
    publisher: str | None
    origin: str
    url: str | None
    date: str | None
    title: str


def vouched_claims(db: Transaction) -> Iterator[Vouched]:
    """Yield every live claim that is about two things, in order of id."""
    rows = db.exec_driver_sql(
        "SELECT c.record, coalesce(json_extract(a.record, '$.publisher'), d.publisher), d.origin,"
        " d.url, coalesce(s.as_of, json_extract(a.record, '$.date'), d.date),"
        " coalesce(json_extract(a.record, '$.title'), d.title)"
        " FROM claims c JOIN documents d ON d.id = c.document_id"
        " LEFT JOIN articles a ON d.origin = 'document'"
        " AND a.id = json_extract(c.record, '$.article_id')"
        " LEFT JOIN (SELECT r.document_id, max(e.as_of) AS as_of FROM list_rows r"
        " JOIN editions e ON e.id = r.edition_id GROUP BY r.document_id) s"
        " ON d.origin = 'list' AND s.document_id = d.id"
        " WHERE c.object IS NOT NULL AND c.superseded_at IS NULL AND d.superseded_at IS NULL"
        " AND d.forgotten_at IS NULL ORDER BY c.id"
    )
    for record, publisher, origin, url, date, title in rows:
        yield Vouched(decode(record, Claim), publisher or None, origin, url, date or None, title)

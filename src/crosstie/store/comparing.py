"""Find the rows of an edition with what each says: its document, who is named, and the claim."""

from collections.abc import Iterator
from dataclasses import dataclass

from crosstie.ontology.ids import DocumentId
from crosstie.ontology.records import Claim, Mention, decode
from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A row of an edition: whom it is about, and the designation that it makes, if it makes one."""

    key: str
    number: int
    document_id: DocumentId
    text: str
    about: Mention
    designation: Claim | None


def edition_rows(db: Transaction, edition_id: int) -> Iterator[EditionRow]:
    """Yield the rows of an edition in the order of the file, without those that were forgotten.

    A row is about whom it designates; without a designation, about the first that it names.
    """
    rows = db.exec_driver_sql(
        "SELECT r.key, r.number, d.id, d.text, c.record, coalesce(m.record, (SELECT x.record FROM"
        " mentions x WHERE x.document_id = d.id ORDER BY json_extract(x.record, '$.start'), x.id"
        " LIMIT 1)) FROM list_rows r JOIN documents d ON d.id = r.document_id"
        " LEFT JOIN claims c ON c.id = (SELECT min(y.id) FROM claims y WHERE y.document_id = d.id"
        " AND y.predicate = 'designated') LEFT JOIN mentions m ON m.id = c.object"
        " WHERE r.edition_id = ? AND d.forgotten_at IS NULL ORDER BY r.number, r.key",
        (edition_id,),
    )
    for key, number, document_id, text, claim, mention in rows:
        if mention is not None:
            yield EditionRow(
                str(key), int(number), DocumentId(document_id), str(text),
                decode(mention, Mention), None if claim is None else decode(claim, Claim),
            )  # fmt: skip

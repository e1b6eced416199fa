"""Join records into what people are shown: entity references, quotes and designations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from crosstie.ontology.findings import Citation, Designation, EntityRef, Quote
from crosstie.ontology.ids import ClaimId, DocumentId, EntityId
from crosstie.ontology.records import Article, Claim, Entity, decode
from crosstie.store import reading
from crosstie.store.engine import Transaction


def entity_ref(entity: Entity) -> EntityRef:
    """Return enough of an entity to print it."""
    return EntityRef(entity.id, entity.name, entity.kind, entity.country, entity.tier)


def entity_refs(db: Transaction, ids: Iterable[str]) -> dict[EntityId, EntityRef]:
    """Return references to the entities of these ids."""
    rows = reading.chunked(
        db, "SELECT id, name, kind, country, tier FROM entities WHERE id IN ({marks})", ids
    )
    refs = (EntityRef(*row) for row in rows)
    return {ref.id: ref for ref in refs}


def quotes(db: Transaction, ids: Iterable[ClaimId]) -> dict[ClaimId, tuple[Quote, ...]]:
    """Return the quotes of each claim, in the order of its evidence, with their citations."""
    found = reading.claims(db, ids)
    citations = _citations(db, found.values())
    return {
        claim.id: tuple(
            Quote(
                claim_id=claim.id,
                text=evidence.quote,
                start=evidence.start,
                end=evidence.end,
                status=claim.status,
                citation=citations[claim.document_id, claim.article_id or ""],
                attribution=claim.attribution,
                flags=claim.flags,
            )
            for evidence in claim.evidence
        )
        for claim in found.values()
    }


def designations(
    db: Transaction, ids: Iterable[EntityId]
) -> dict[EntityId, tuple[Designation, ...]]:
    """Return the designations of each entity, newest listing first.

    Only live wordings count: where a row stands in several editions, the latest speaks. A list row
    or a curated fact is an authority's act; what a document tells of one is a tie with its status.
    """
    rows = list(
        reading.chunked(
            db,
            "SELECT m.entity_id, c.record FROM entity_mentions m"
            " JOIN claims c ON c.object = m.mention_id AND c.predicate = 'designated'"
            " JOIN documents d ON d.id = c.document_id"
            " WHERE m.entity_id IN ({marks}) AND c.superseded_at IS NULL AND d.origin <> 'document'"
            " AND d.superseded_at IS NULL AND d.forgotten_at IS NULL ORDER BY c.id",
            ids,
        )
    )
    rejected = _rejected(db)
    claims = [
        (EntityId(str(row[0])), claim)
        for row in rows
        if _is_act(claim := decode(str(row[1]), Claim)) and claim.id not in rejected
    ]
    refs = entity_refs(db, [entity_id for entity_id, _ in claims])
    shown = quotes(db, [claim.id for _, claim in claims])
    authorities = _names_of(db, [claim.subject for _, claim in claims])
    seen = _presence(db, [claim.document_id for _, claim in claims])
    found: dict[EntityId, list[Designation]] = defaultdict(list)
    for entity_id, claim in claims:
        first, last, removed = seen.get(claim.document_id, (None, None, None))
        found[entity_id].append(
            Designation(
                entity=refs[entity_id],
                authority=authorities.get(claim.subject, ""),
                list_name=claim.attributes.get("list_name", claim.attributes.get("list", "")),
                programme=claim.attributes.get("programme", ""),
                listed_on=claim.valid_from,
                first_seen=first,
                last_seen=last,
                removed_on=removed,
                legal_basis=claim.attributes.get("legal_basis", ""),
                valid_to=claim.valid_to,
                quotes=shown[claim.id],
            )
        )
    return {
        key: tuple(sorted(values, key=_newest_first, reverse=True)) for key, values in found.items()
    }


def designated_now(db: Transaction, *, on: str) -> set[EntityId]:
    """Return the entities that a listing in force on a day designates."""
    rows = db.exec_driver_sql(
        "SELECT DISTINCT m.entity_id FROM entity_mentions m"
        " JOIN claims c ON c.object = m.mention_id AND c.predicate = 'designated'"
    )
    found = designations(db, [EntityId(row[0]) for row in rows])
    return {key for key, listed in found.items() if any(d.in_force(on) for d in listed)}


def _is_act(claim: Claim) -> bool:
    return claim.polarity == "affirmed" and claim.modality == "actual"


def _rejected(db: Transaction) -> set[str]:
    verdicts = {j.left: j.verdict for j in reading.judgements(db) if not j.right}
    return {key for key, verdict in verdicts.items() if verdict == "rejected"}


def _newest_first(designation: Designation) -> tuple[str, str, str]:
    date = designation.listed_on or designation.first_seen or ""
    return date, designation.list_name, designation.quotes[0].claim_id


def _names_of(db: Transaction, mention_ids: Sequence[str]) -> dict[str, str]:
    rows = reading.chunked(
        db,
        "SELECT m.mention_id, e.name FROM entity_mentions m JOIN entities e ON e.id = m.entity_id"
        " WHERE m.mention_id IN ({marks})",
        mention_ids,
    )
    return {str(row[0]): str(row[1]) for row in rows}


def _presence(
    db: Transaction, document_ids: Sequence[str]
) -> dict[DocumentId, tuple[str | None, str | None, str | None]]:
    """First and last edition, by date, that held the row; and the first whole one without it."""
    rows = reading.chunked(
        db,
        "SELECT mine.document_id, min(e.as_of), max(e.as_of), e.source_id FROM list_rows mine"
        " JOIN editions home ON home.id = mine.edition_id"
        " JOIN list_rows r ON r.key = mine.key"
        " JOIN editions e ON e.id = r.edition_id AND e.source_id = home.source_id"
        " WHERE mine.document_id IN ({marks}) GROUP BY mine.document_id, e.source_id",
        document_ids,
    )
    whole: dict[str, list[str]] = defaultdict(list)
    for edition in reading.editions(db):
        if not edition.scope:
            whole[edition.source.id].append(edition.as_of)
    found: dict[DocumentId, tuple[str | None, str | None, str | None]] = {}
    for document_id, first, last, source_id in rows:
        later = [as_of for as_of in whole[str(source_id)] if as_of > str(last)]
        found[DocumentId(str(document_id))] = (str(first), str(last), min(later, default=None))
    return found


def _citations(
    db: Transaction, claims: Iterable[Claim]
) -> Mapping[tuple[DocumentId, str], Citation]:
    """Cite the article where a page holds several, else the document."""
    wanted = list(claims)
    documents = {
        str(row[0]): row
        for row in reading.chunked(
            db,
            "SELECT id, title, name, publisher, date, url, sha256, origin FROM documents"
            " WHERE id IN ({marks})",
            [claim.document_id for claim in wanted],
        )
    }
    articles = {
        article.id: article
        for article in (
            decode(str(row[0]), Article)
            for row in reading.chunked(
                db,
                "SELECT record FROM articles WHERE id IN ({marks})",
                [claim.article_id for claim in wanted if claim.article_id],
            )
        )
    }
    found = {}
    for claim in wanted:
        _, title, name, publisher, date, url, sha256, origin = documents[claim.document_id]
        article = articles.get(claim.article_id) if claim.article_id else None
        found[claim.document_id, claim.article_id or ""] = Citation(
            document_id=claim.document_id,
            title=(article.title if article else "") or str(title) or str(name),
            publisher=(article.publisher if article else None) or _text(publisher),
            date=(article.date if article else None) or _text(date),
            url=_text(url),
            sha256=str(sha256),
            curated=origin == "starter",
        )
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)

"""An extraction in the layout of the evaluation corpus: entities, ties, quantities, articles.

One documented mapping: a laboratory is a `lab`, a person a `person_public_role`, a court a
`government_body`; `supervises` becomes `affiliated_with` with its ends swapped; what the corpus
has no word for takes the nearest one, and what has none is left out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from crosstie.extraction.claiming import Extraction
from crosstie.ontology.records import Article, Claim, Document, Mention

ENTITY_TYPES = {
    "laboratory": "lab",
    "person": "person_public_role",
    "court": "government_body",
    "intergovernmental_body": "ngo",
    "event": "programme",
    "document": "programme",
    "group": "company",
}
TIE_TYPES = {
    "supervises": ("affiliated_with", True),
    "participates_in": ("member_of", False),
    "trains": ("supplies", False),
    "uses": ("affiliated_with", False),
    "transfers_technology": ("supplies", False),
    "co_published": ("collaborates_with", False),
}
# Statements about a thing have no counterpart among the corpus's ties.
NOT_TIES = frozenset({"describes_as", "measure"})


def to_gold(
    document: Document, articles: Sequence[Article], extractions: Iterable[Extraction]
) -> dict[str, Any]:
    """Return one JSON object for a document; offsets count code points of its text."""
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for extraction in extractions:
        mentions += extraction.mentions
        claims += extraction.claims
    owner = _clusters(mentions)
    return {
        "articles": [_article(article) for article in articles],
        "entities": _entities(mentions, owner),
        "ties": [tie for claim in claims if (tie := _tie(claim, owner)) is not None],
        "quantities": [_quantity(claim, owner) for claim in claims if claim.quantity is not None],
    }


def _clusters(mentions: Sequence[Mention]) -> dict[str, str]:
    """Return mention id → entity id: mentions that share a name name one thing."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for mention in mentions:
        for name in mention.names:
            a, b = root(mention.id), root("name:" + _folded(name.text))
            parent[max(a, b)] = min(a, b)
    numbers: dict[str, str] = {}
    owner: dict[str, str] = {}
    for mention in mentions:
        key = root(mention.id)
        owner[mention.id] = numbers.setdefault(key, f"e{len(numbers) + 1}")
    return owner


def _folded(name: str) -> str:
    words = name.replace("’", "'").casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _entities(mentions: Sequence[Mention], owner: dict[str, str]) -> list[dict[str, Any]]:
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(owner[mention.id], []).append(mention)
    return [_entity(key, group) for key, group in grouped.items()]


def _entity(key: str, group: Sequence[Mention]) -> dict[str, Any]:
    written = sorted({m.quote for m in group}, key=lambda text: (-len(text), text))
    kinds = [m.kind for m in group]
    kind = max(sorted(set(kinds)), key=kinds.count)
    return {
        "id": key,
        "name": " ".join(written[0].split()),
        "type": ENTITY_TYPES.get(kind, kind),
        "aliases": [" ".join(text.split()) for text in written[1:]],
        "mentions": [{"start": m.start, "end": m.end, "text": m.quote} for m in group],
    }


def _tie(claim: Claim, owner: dict[str, str]) -> dict[str, Any] | None:
    if claim.object is None or claim.predicate in NOT_TIES:
        return None
    kind, swapped = TIE_TYPES.get(claim.predicate, (claim.predicate, False))
    ends = [owner[claim.subject], owner[claim.object]]
    subject, object = reversed(ends) if swapped else ends
    first, *rest = [{"start": e.start, "end": e.end, "text": e.quote} for e in claim.evidence]
    return {
        "subject": subject,
        "type": kind,
        "object": object,
        "status": STATUSES.get(claim.status, claim.status),
        "attrs": dict(claim.attributes),
        "evidence": first,
        "context": rest,
        "method": claim.method,
    }


STATUSES = {"alleged": "reported"}


def _quantity(claim: Claim, owner: dict[str, str]) -> dict[str, Any]:
    assert claim.quantity is not None
    quantity = claim.quantity
    evidence = claim.evidence[0]
    return {
        "subject": owner[claim.subject],
        "measure": quantity.measure,
        "value": quantity.value,
        "unit": quantity.unit,
        "date": quantity.as_of or quantity.by,
        "qualifier": None if quantity.comparator == "=" else quantity.comparator,
        "evidence": {"start": evidence.start, "end": evidence.end, "text": evidence.quote},
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": f"A{article.number}",
        "title": article.title,
        "start": article.start,
        "end": article.end,
        "date": article.date,
        "source_name": article.publisher,
    }

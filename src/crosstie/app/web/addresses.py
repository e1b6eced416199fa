"""The addresses of pages: stable, and readable by people. Templates know them as `url`."""

import re
import unicodedata
from urllib.parse import quote, urlencode

from crosstie.ontology.findings import EntityRef, Quote

_LONGEST = 60
_PREFIX = "ent-"


def slug(name: str) -> str:
    """Return a name as part of an address: 'Hikvision (海康威视)' → 'hikvision-海康威视'."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-")[:_LONGEST].strip("-")


def entity_key(ref: EntityRef) -> str:
    """Return what names an entity in an address: its name, for people, and its id."""
    return f"{slug(ref.name) or 'entity'}~{ref.id.removeprefix(_PREFIX)}"


def entity(ref: EntityRef) -> str:
    """Return the address of an entity's page."""
    return f"/entities/{quote(entity_key(ref))}"


def entity_id(key: str) -> str | None:
    """Return the entity's id that an address ends in, or None for an address by name."""
    found = re.search(r"~([0-9a-f]{20})$", key)
    return _PREFIX + found.group(1) if found else None


def document(document_id: str) -> str:
    """Return the address of a document in the evidence reader."""
    return f"/documents/{quote(document_id)}"


def claim(claim_id: str) -> str:
    """Return the address that leads to a claim's sentence in its document."""
    return f"/claims/{quote(claim_id)}"


def passage(document_id: str, start: int, end: int) -> str:
    """Return the address that leads to a passage of a document."""
    return f"{document(document_id)}?passage={start}-{end}#evidence"


def claim_in(document_id: str, claim_id: str) -> str:
    """Return the address of a claim's sentence, in its document."""
    return f"{document(document_id)}?claim={quote(claim_id)}#evidence"


def evidence(found: Quote) -> str:
    """Return the address of a quote's sentence, in its document."""
    return claim_in(found.citation.document_id, found.claim_id)


def case(case_id: str) -> str:
    """Return the address of a saved screening."""
    return f"/cases/{quote(case_id)}"


def graph(*refs: EntityRef) -> str:
    """Return the address of the graph around entities."""
    return f"/graph?{urlencode([('of', ref.id) for ref in refs])}"


def with_query(path: str, **values: object) -> str:
    """Return a path with those of the values that are set."""
    query = urlencode({key: str(value) for key, value in values.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path


_OUTSIDE = {
    "ror": "https://ror.org/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "lei": "https://search.gleif.org/#/record/{}",
    "openalex": "https://openalex.org/{}",
    "isni": "https://isni.org/isni/{}",
    "ofac": "https://sanctionssearch.ofac.treas.gov/Details.aspx?id={}",
    "domain": "https://{}/",
}


def identifier(scheme: str, value: str) -> str:
    """Return the public address of an identifier, or "" where its scheme has none."""
    pattern = _OUTSIDE.get(scheme)
    return pattern.format(quote(value, safe="")) if pattern else ""

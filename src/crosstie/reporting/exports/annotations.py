"""Claims as JSON-LD: W3C Web Annotations that select the quote, with their derivation in PROV."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from crosstie.ontology.records import Claim, Document, Evidence, Tie
from crosstie.reporting.contents import Contents

_AROUND = 32
_BATCH = 200
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"prov": "http://www.w3.org/ns/prov#", "crosstie": "urn:crosstie:"},
]


def jsonld_file(contents: Contents) -> bytes:
    """Return an annotation for every quote of every tie, in one JSON-LD document.

    Offsets count Unicode code points of the text as Crosstie holds it; the quote with the words
    around it finds the place in any copy.
    """
    graph = [*_entities(contents), *_annotations(contents)]
    value = {"@context": _CONTEXT, "@graph": graph}
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _entities(contents: Contents) -> Iterator[dict[str, Any]]:
    for entity in contents.entities:
        yield {
            "id": f"urn:crosstie:{entity.id}",
            "type": "prov:Entity",
            "label": entity.name,
            "crosstie:kind": entity.kind,
        }


def _annotations(contents: Contents) -> Iterator[dict[str, Any]]:
    for start in range(0, len(contents.ties), _BATCH):
        part = contents.ties[start : start + _BATCH]
        claims = contents.claims([claim for tie in part for claim in tie.claims])
        for tie in part:
            for key in tie.claims:
                if claim := claims.get(key):
                    yield from _of_claim(tie, claim, contents)


def _of_claim(tie: Tie, claim: Claim, contents: Contents) -> Iterator[dict[str, Any]]:
    document = contents.document(claim.document_id)
    if document is None:
        return
    for number, evidence in enumerate(claim.evidence, 1):
        yield {
            "id": f"urn:crosstie:{claim.id}:{number}",
            "type": "Annotation",
            "motivation": "linking",
            "body": {
                "type": "crosstie:Tie",
                "id": f"urn:crosstie:{tie.id}",
                "crosstie:subject": f"urn:crosstie:{tie.subject}",
                "crosstie:kind": tie.kind,
                "crosstie:object": f"urn:crosstie:{tie.object}",
                "crosstie:status": claim.status,
                **({"crosstie:attribution": list(claim.attribution)} if claim.attribution else {}),
            },
            "target": _target(document, evidence),
            "prov:wasGeneratedBy": f"urn:crosstie:method:{claim.method}",
            "prov:wasDerivedFrom": f"urn:crosstie:{document.id}",
        }


def _target(document: Document, evidence: Evidence) -> Mapping[str, Any]:
    text, start, end = document.text, evidence.start, evidence.end
    return {
        "source": document.url or f"urn:crosstie:{document.id}",
        "crosstie:sha256": document.sha256,
        "crosstie:title": document.title or document.name,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": evidence.quote,
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }

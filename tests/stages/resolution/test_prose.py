"""Resolution of names in prose, on the annotated documents: short forms, and what they mean."""

import json
from collections import defaultdict
from itertools import combinations

import pytest

from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Document, ListRow, Mention
from crosstie.resolution import resolve
from crosstie.sources import starter

pytestmark = pytest.mark.shared


def _annotated(shared):
    """Yield the text and the annotated entities of each document."""
    for path in sorted((shared / "corpus" / "seeds").glob("seed_*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        raw = (shared / "corpus" / "seeds" / gold["source_file"]).read_bytes()
        yield raw.decode("utf-8"), gold["entities"]
    for path in sorted((shared / "corpus" / "dev" / "gold").glob("*.json")):
        told = (shared / "corpus" / "dev" / "docs" / path.name).read_text(encoding="utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield json.loads(told)["text"], gold["entities"]


@pytest.fixture(scope="module")
def resolved(shared):
    """Return by document the named spans with the annotator's entity and ours."""
    rows = [row for row in starter.read_starter().rows if isinstance(row, ListRow)]
    mentions = [mention for row in rows for mention in row.mentions]
    origins = {row.document.id: row.document.origin for row in rows}
    meant = {}
    for text, entities in _annotated(shared):
        document = Document.of(origin="document", name="article", text=text, language="en")
        origins[document.id] = "document"
        for entity in entities:
            named = [s for s in entity["mentions"] if s.get("level", "NAM") == "NAM"]
            for span in named if entity["type"] in kinds().entities else ():
                mention = Mention.of(document, span["start"], span["end"], kind=entity["type"])
                meant[mention.id] = (mention, entity["id"])
    mentions.extend(mention for mention, _ in meant.values())
    found = resolve(mentions, origins=origins)
    ours = {m.mention_id: entity for entity in found.entities for m in entity.mentions}
    by_document = defaultdict(list)
    for mention, entity_id in meant.values():
        by_document[mention.document_id].append((mention, entity_id, ours[mention.id]))
    return by_document


def test_two_names_in_one_document_are_one_only_where_the_annotator_says_so(resolved):
    right = wrong = missed = 0
    for spans in resolved.values():
        for (one, meant, ours), (two, also_meant, also_ours) in combinations(spans, 2):
            if one.quote == two.quote:
                continue
            if ours.id == also_ours.id:
                right += meant == also_meant
                wrong += meant != also_meant
            else:
                missed += meant == also_meant
    assert right / (right + wrong) >= 0.99
    assert right / (right + missed) >= 0.65


@pytest.mark.parametrize(
    ("quote", "entity"),
    [
        ("Hikvision", "Hikvision"),
        ("Alibaba", "Alibaba"),
        ("PLA", "People's Liberation Army"),
        ("CETC", "China Electronics Technology Group Corporation"),
        (
            "SASTIND",
            "State Administration for Science, Technology and Industry for National Defense",
        ),
        ("中核集团", "China National Nuclear Corporation"),
        ("清华大学", "Tsinghua University"),
    ],
)
def test_a_name_in_prose_means_the_curated_entity(resolved, quote, entity):
    names = {o.name for spans in resolved.values() for m, _, o in spans if m.quote == quote}
    assert names == {entity}

"""The made reading set keeps its own rules: verbatim offsets, known kinds, evidence that shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.eval.reading_made import ids_of

ROOT = Path(__file__).resolve().parent / "reading_made"
_ENTITY_KINDS = set(
    [
        "company",
        "university",
        "research_institute",
        "lab",
        "government_body",
        "military_unit",
        "party_body",
        "media",
        "ngo",
        "facility",
        "person_public_role",
        "place",
        "programme",
        "technology",
        "system",
    ]
)
_TIE_KINDS = set(
    [
        "owns",
        "founded",
        "joint_venture",
        "supplies",
        "collaborates_with",
        "joint_lab",
        "signed_agreement",
        "funds",
        "invests_in",
        "affiliated_with",
        "member_of",
        "hosts",
        "operates_in",
        "issued",
        "sued",
        "designated",
        "develops",
        "prioritises",
        "located_in",
        "published",
    ]
)
_STATUSES = {"asserted", "reported", "planned", "denied", "ended"}
_IDS = sorted(path.stem for path in (ROOT / "docs").glob("*.json"))


def _load(folder: str, number: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((ROOT / folder / f"{number}.json").read_text("utf-8"))
    return value


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, dict):
        if "start" in value:
            yield value
        for item in value.values():
            yield from _spans(item)


def test_every_document_has_gold_and_one_part() -> None:
    parts = json.loads((ROOT / "split.json").read_text("utf-8"))
    assert list(parts) == ["dev", "test", "blind"]
    assert sorted(path.stem for path in (ROOT / "gold").glob("*.json")) == _IDS
    assert sorted(number for ids in parts.values() for number in ids) == _IDS
    assert all(int(number[-2:]) % 2 == 1 for number in parts["dev"])
    assert all(int(number[-2:]) % 2 == 0 for number in parts["test"])


def test_the_blind_part_begins_where_the_first_set_ends() -> None:
    blind = ids_of("blind")
    assert blind == [n for n in _IDS if int(n[-2:]) > {"en": 14, "zh": 10}[n[5:7]]]
    assert len(blind) == 18
    assert sorted(ids_of("dev") + ids_of("test") + blind) == ids_of("all") == _IDS


@pytest.mark.parametrize("number", _IDS)
def test_spans_are_verbatim(number: str) -> None:
    text, gold = _load("docs", number)["text"], _load("gold", number)
    for span in _spans(gold):
        assert text[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("number", _IDS)
def test_entities_are_told_apart_and_labelled_wherever_they_stand(number: str) -> None:
    doc, gold = _load("docs", number), _load("gold", number)
    text, entities = doc["text"], gold["entities"]
    assert doc["id"] == gold["id"] == number
    assert len({e["id"] for e in entities}) == len(entities)
    assert len({e["name"].casefold() for e in entities}) == len(entities)
    covered: set[int] = set()
    for entity in entities:
        assert entity["type"] in _ENTITY_KINDS
        assert entity["mentions"]
        for mention in entity["mentions"]:
            places = set(range(mention["start"], mention["end"]))
            assert not places & covered, f"{mention['text']} overlaps another mention"
            covered |= places
    for entity in entities:
        for surface in {m["text"] for m in entity["mentions"]}:
            edge = r"\b" if doc["lang"] == "en" and surface[0].isalnum() else ""
            end = r"\b" if doc["lang"] == "en" and surface[-1].isalnum() else ""
            for found in re.finditer(edge + re.escape(surface) + end, text):
                taken = covered & set(range(*found.span()))
                assert taken, f"{surface!r} at {found.start()} is not labelled"


@pytest.mark.parametrize("number", _IDS)
def test_ties_are_typed_unique_and_shown_by_their_evidence(number: str) -> None:
    gold = _load("gold", number)
    mentions = {e["id"]: e["mentions"] for e in gold["entities"]}
    seen = set()
    for tie in gold["ties"]:
        assert tie["type"] in _TIE_KINDS
        assert tie["status"] in _STATUSES
        assert tie["subject"] != tie["object"]
        key = (tie["subject"], tie["type"], tie["object"], tie["status"])
        assert key not in seen, f"{key} is labelled twice"
        seen.add(key)
        shown = [tie["evidence"], *tie["context"]]
        for end in (tie["subject"], tie["object"]):
            assert any(_within(m, span) for m in mentions[end] for span in shown), key
        in_sentence = [
            any(_within(m, tie["evidence"]) for m in mentions[end])
            for end in (tie["subject"], tie["object"])
        ]
        assert tie["needs_coref"] is not all(in_sentence)


def _within(mention: dict[str, Any], span: dict[str, Any]) -> bool:
    return bool(span["start"] <= mention["start"] and mention["end"] <= span["end"])


@pytest.mark.parametrize("number", _IDS)
def test_quantities_stand_by_an_entity(number: str) -> None:
    gold = _load("gold", number)
    ids = {e["id"] for e in gold["entities"]}
    for quantity in gold["quantities"]:
        assert quantity["subject"] in ids
        assert isinstance(quantity["value"], int | float)
        assert {"measure", "unit", "date", "qualifier", "evidence"} <= quantity.keys()


def test_hard_negatives_of_each_kind_are_there() -> None:
    kinds = {_load("docs", number)["hard_negative"] for number in _IDS}
    assert {"denied", "ended", "no_ties"} <= kinds
    for number in _IDS:
        if _load("docs", number)["hard_negative"] == "no_ties":
            organisations = {"supplies", "signed_agreement", "collaborates_with", "owns"}
            assert not organisations & {t["type"] for t in _load("gold", number)["ties"]}

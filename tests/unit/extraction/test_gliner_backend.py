"""The `gliner` back end, through a module that speaks the library's API."""

import os
import sys
from types import ModuleType
from typing import ClassVar

import pytest

from crosstie.documents import read_document
from crosstie.extraction.backends import ReaderSettings, gliner, open_back_end
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.ontology.errors import BackEndError
from crosstie.ontology.kinds import kinds

SUPPLY = "Hexi Group supplied lenses to Lantian Holdings."
NAMES = {"Hexi Group": "company", "Lantian Holdings": "company", "Li Wei": "person"}


class StandIn:
    """Finds the names it knows, and takes each first pair of a sentence for a supply."""

    loaded: ClassVar[list[tuple[str, str | None]]] = []

    @classmethod
    def from_pretrained(cls, folder):
        cls.loaded.append((folder, os.environ.get("HF_HUB_OFFLINE")))
        return cls()

    def extract_entities(self, text, entity_types, **options):
        assert options["include_spans"] and options["include_confidence"]
        assert isinstance(entity_types, dict)
        found = {}
        for name, kind in NAMES.items():
            if kind in entity_types and name in text:
                found.setdefault(kind, []).append(self._span(text, name))
        return {"entities": found}

    def extract_relations(self, text, relation_types, **options):
        assert set(relation_types) <= set(kinds().ties)
        pair = {
            "head": self._span(text, "Hexi Group"),
            "tail": self._span(text, "Lantian Holdings"),
        }
        return {"relation_extraction": {"supplies": [pair], "located_in": [pair]}}

    @staticmethod
    def _span(text, name):
        at = text.index(name)
        return {"text": name.upper(), "confidence": 0.9, "start": at, "end": at + len(name)}


@pytest.fixture
def library(monkeypatch):
    """Put the stand-in where the library would be."""
    module = ModuleType("gliner2")
    module.GLiNER2 = StandIn
    module.__spec__ = type("Spec", (), {"name": "gliner2"})()
    monkeypatch.setitem(sys.modules, "gliner2", module)
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv("TRANSFORMERS_OFFLINE", "0")
    StandIn.loaded = []
    return module


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "small-model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    return folder


def read(text, folder):
    back_end = open_back_end(ReaderSettings("gliner", gliner_model=folder), Gazetteer())
    document, (article,) = read_document(f"{text}\n".encode(), name="a.txt")
    return back_end.extract(document, article)


@pytest.mark.usefixtures("library")
def test_spans_become_mentions_and_relations_become_claims(model):
    found = read(SUPPLY, model)
    assert {m.quote: m.kind for m in found.mentions} == {
        "Hexi Group": "company",
        "Lantian Holdings": "company",
    }
    (claim,) = found.claims
    assert (claim.predicate, claim.status, claim.confidence) == ("supplies", "asserted", 0.9)
    assert claim.evidence[0].quote == SUPPLY
    assert claim.method == "gliner/1:small-model"
    assert found.rejected == {"kinds_do_not_fit": 1}


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hexi Group denied that it supplied lenses to Lantian Holdings.", "denied"),
        ("Hexi Group did not supply lenses to Lantian Holdings.", "denied"),
        ("Hexi Group plans to supply lenses to Lantian Holdings.", "planned"),
        ("Hexi Group supplied lenses to Lantian Holdings until 2015.", "ended"),
    ],
)
def test_how_a_tie_is_meant_is_read_by_the_rules(model, text, status):
    assert [c.status for c in read(text, model).claims] == [status]


@pytest.mark.usefixtures("library")
def test_the_hub_is_shut_off_before_the_library_is_loaded(model):
    read(SUPPLY, model)
    assert StandIn.loaded == [(str(model.resolve()), "1")]


def test_without_the_package_it_fails_at_once_with_the_remedy(model, monkeypatch):
    monkeypatch.setattr(gliner, "find_spec", lambda name: None)
    with pytest.raises(BackEndError, match=r"pip install 'crosstie\[gliner\]'"):
        open_back_end(ReaderSettings("gliner", gliner_model=model), Gazetteer())


@pytest.mark.usefixtures("library")
def test_without_a_model_it_fails_at_once_and_fetches_none(tmp_path):
    with pytest.raises(BackEndError, match="none is ever downloaded"):
        open_back_end(ReaderSettings("gliner"), Gazetteer())
    for folder in (tmp_path / "absent", tmp_path):
        with pytest.raises(BackEndError, match="no model in this folder"):
            open_back_end(ReaderSettings("gliner", gliner_model=folder), Gazetteer())
    assert StandIn.loaded == []


@pytest.mark.usefixtures("library")
def test_a_damaged_model_is_named(model, monkeypatch):
    def broken(_folder):
        raise OSError("no weights")

    monkeypatch.setattr(StandIn, "from_pretrained", broken)
    with pytest.raises(BackEndError, match="no weights"):
        read(SUPPLY, model)

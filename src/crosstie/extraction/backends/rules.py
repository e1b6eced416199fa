"""The default back end: the rules, offline and deterministic."""

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from crosstie.extraction.claiming import EXTRACTOR_VERSION, Extraction
from crosstie.extraction.extractor import Extractor
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.models import model_versions
from crosstie.ontology.records import Article, Document

_DIGITS = 8


class RulesBackEnd:
    """The rules behind the protocol."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._extractor = Extractor(gazetteer)

    @property
    def mark(self) -> str:
        """The rules' version, the digest of their data, and the versions of the models."""
        return rules_mark()

    def extract(self, document: Document, article: Article) -> Extraction:
        """Return the mentions and verified claims of one article."""
        return self._extractor.extract(document, article)


@cache
def rules_mark() -> str:
    """Return what a document bears that the present rules read; no model is loaded for it."""
    return f"{EXTRACTOR_VERSION} data {_data_digest()}, {', '.join(model_versions())}"


def _data_digest() -> str:
    """Return a digest of patterns and lexicons: a changed one is another extractor."""
    digest = hashlib.sha256()
    room = resources.files("crosstie.extraction")
    for folder in ("lexicons", "patterns"):
        for file in sorted(_data_files(room / folder), key=lambda file: file.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:_DIGITS]


def _data_files(folder: Traversable) -> list[Traversable]:
    return [file for file in folder.iterdir() if file.name.endswith(".yaml")]

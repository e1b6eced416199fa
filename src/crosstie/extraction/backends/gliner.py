"""The back end for a GLiNER2 model that stands on this machine; it never fetches one."""

import importlib
import os
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from crosstie.extraction.backends.judging import judged
from crosstie.extraction.backends.proposals import Proposed, ProposedName, ProposedTie
from crosstie.extraction.backends.protocol import GLINER_VERSION
from crosstie.extraction.claiming import Extraction
from crosstie.extraction.passages import Sentence, sentences
from crosstie.ontology.errors import BackEndError
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Article, Document

_PACKAGE = "gliner2"
# People are left to the rules, which ask for a stated office; groups and documents are no names.
_NOT_ASKED = frozenset({"person", "group", "document"})
Labels = Mapping[str, str]


class GlinerModel(Protocol):
    """What is used of the library's model: labels with definitions in, spans out."""

    def extract_entities(
        self, text: str, entity_types: Labels, **options: Any
    ) -> Mapping[str, Any]:
        """Return {"entities": {label: [{"text", "confidence", "start", "end"}]}}."""
        ...

    def extract_relations(
        self, text: str, relation_types: Labels, **options: Any
    ) -> Mapping[str, Any]:
        """Return {"relation_extraction": {label: [{"head": span, "tail": span}]}}."""
        ...


class GlinerBackEnd:
    """Names and ties from a local model; how a tie is meant is read by the rules."""

    def __init__(self, folder: Path | None, *, threshold: float) -> None:
        self._folder = _checked(folder)
        self._threshold = threshold
        self._model: GlinerModel | None = None

    @property
    def mark(self) -> str:
        """The back end's version, the library's, and the model folder's name."""
        try:
            library = version(_PACKAGE)
        except PackageNotFoundError:
            library = "?"
        return f"{GLINER_VERSION} {self._folder.name} at {self._threshold:g}, {_PACKAGE} {library}"

    def extract(self, document: Document, article: Article) -> Extraction:
        """Return the mentions and verified claims of one article."""
        found = [self._proposed(document.text, s) for s in sentences(document, article)]
        return judged(document, article, found, method=f"{GLINER_VERSION}:{self._folder.name}")

    def _proposed(self, text: str, sentence: Sentence) -> Proposed:
        words = text[sentence.start : sentence.end]
        model = self._loaded()
        asked = {"threshold": self._threshold, "include_confidence": True, "include_spans": True}
        named = model.extract_entities(words, _entity_labels(), **asked)
        names = _names(words, named.get("entities", {}))
        ties: tuple[ProposedTie, ...] = ()
        if len(names) > 1:
            related = model.extract_relations(words, _tie_labels(), **asked)
            kind_of = {name.text: name for name in names}
            ties = tuple(_ties(words, related.get("relation_extraction", {}), kind_of))
        return Proposed(sentence.start, sentence.end, tuple(names), ties)

    def _loaded(self) -> GlinerModel:
        if self._model is None:
            # Set before the import: the library's own would ask a model hub at once.
            os.environ["HF_HUB_OFFLINE"] = "1"
            os.environ["TRANSFORMERS_OFFLINE"] = "1"
            library = importlib.import_module(_PACKAGE)
            try:
                self._model = library.GLiNER2.from_pretrained(str(self._folder))
            except (OSError, ValueError, RuntimeError, ImportError) as error:
                raise BackEndError(
                    f"the model cannot be loaded ({error})", where=str(self._folder),
                    remedy="name the folder of a complete GLiNER2 model",
                ) from error  # fmt: skip
        assert self._model is not None
        return self._model


def _checked(folder: Path | None) -> Path:
    """Return the model's folder, or say at once what is missing: package, setting or folder."""
    if find_spec(_PACKAGE) is None:
        raise BackEndError(
            "the package `gliner2` is not installed", where="--extractor gliner",
            remedy="run `pip install 'crosstie[gliner]'`, or read by rules",
        )  # fmt: skip
    if folder is None:
        raise BackEndError(
            "no model is named, and none is ever downloaded", where="--extractor gliner",
            remedy="give --gliner-model FOLDER, or set CROSSTIE_GLINER_MODEL",
        )  # fmt: skip
    if not folder.is_dir() or not any(folder.iterdir()):
        raise BackEndError(
            "there is no model in this folder", where=str(folder),
            remedy="name the folder that holds the model's config and weights",
        )  # fmt: skip
    return folder.resolve()


def _entity_labels() -> dict[str, str]:
    known = kinds().entities.values()
    return {kind.id: kind.definition for kind in known if kind.id not in _NOT_ASKED}


def _tie_labels() -> dict[str, str]:
    return {tie.id: tie.definition for tie in kinds().ties.values() if tie.id != "describes_as"}


def _names(words: str, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[ProposedName]:
    """Return each span once, under the kind that the model is surest of."""
    best: dict[str, tuple[float, str]] = {}
    for kind, spans in found.items():
        for span in spans:
            text = _written(words, span)
            best[text] = max(best.get(text, (0.0, "")), (float(span.get("confidence", 0)), kind))
    return [ProposedName(text, kind) for text, (_, kind) in sorted(best.items())]


def _ties(
    words: str, found: Mapping[str, Sequence[Mapping[str, Any]]], names: Mapping[str, ProposedName]
) -> list[ProposedTie]:
    ties = []
    for kind, pairs in found.items():
        for pair in pairs:
            head, tail = _written(words, pair["head"]), _written(words, pair["tail"])
            if head not in names or tail not in names:
                continue
            sure = min(float(pair[end].get("confidence", 0)) for end in ("head", "tail"))
            tie = ProposedTie(
                names[head], kind, names[tail], words, stated=False, confidence=round(sure, 2)
            )
            ties.append(tie)
    return ties


def _written(words: str, span: Mapping[str, Any]) -> str:
    """Return what stands at the span's offsets: the library may have tidied its own text."""
    if "start" in span and "end" in span:
        return words[int(span["start"]) : int(span["end"])]
    return str(span.get("text", ""))

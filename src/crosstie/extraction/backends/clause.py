"""How the words around a proposed tie mean it, read by the rules and by no model."""

import re
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crosstie.extraction.assertion import Assertion, cues, english_assertion
from crosstie.extraction.chinese_assertion import chinese_assertion
from crosstie.extraction.frames import Parsed
from crosstie.extraction.masking import masked
from crosstie.extraction.models import english_model
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_DENY = {"en": ("deny", "not", "fail", "untrue"), "zh": ("denied", "untrue")}
_END = {"en": ("end", "ended", "ended_noun"), "zh": ("ended",)}
_ENDED_PHRASE = re.compile(
    r"\b(?:until|no longer|any longer|anymore|used to|former|from \d{4} to|left|gave up)\b"
    r"|至今已|直到|直至|为止|以前|之前|不再",
    re.IGNORECASE,
)
_DENIED_PHRASE = re.compile(r"\b(?:den(?:y|ies|ied|ial)|cannot)\b|n['’]t\b")
_MARKS = "，。；："
_LONG_STEM = 4
_ONE_PARSER = threading.Lock()
"""Articles may be read by several threads, and the parser's vocabulary is one."""


def read_clause(
    text: str, language: str, sentence: Sentence, spots: Sequence[Spot], ends: Sequence[Spot]
) -> Assertion:
    """Return how the clause that joins the ends in this sentence is meant.

    `spots` are the names inside the sentence, `ends` those of the tie that stand in it.
    """
    if language.startswith("zh"):
        return chinese_assertion(*_chinese_scope(text, sentence, ends)).assertion
    piece = masked(text, sentence, spots)
    model = english_model()
    with _ONE_PARSER, model.memory_zone():
        parsed = Parsed.of(piece, model(piece.text, disable=["ner"]))
        token = _joint(parsed, ends)
        return Assertion() if token is None else english_assertion(parsed, token)


def _chinese_scope(text: str, sentence: Sentence, ends: Sequence[Spot]) -> tuple[str, int, int]:
    """Return the sentence, and where in it the clause that joins the ends starts and ends."""
    start = min((spot.start for spot in ends), default=sentence.start)
    end = max((spot.end for spot in ends), default=sentence.end)
    closed = min(
        (at for m in _MARKS if (at := text.find(m, end, sentence.end)) >= 0), default=sentence.end
    )
    first = sentence.start
    return text[first : sentence.end], start - first, closed - first


def _joint(parsed: Parsed, ends: Sequence[Spot]) -> "Token | None":
    """Return the deepest verb above an end: in "Hexi denied that it supplied Lantian", supplied.

    Without one it is the sentence's root. From there the assertion is read upwards.
    """
    tokens = [token for end in ends if (token := _token_of(parsed, end)) is not None]
    verbs = [verb for token in tokens if (verb := _verb_above(token)) is not None]
    if verbs:
        return max(verbs, key=lambda verb: sum(1 for _ in verb.ancestors))
    return next((token for token in parsed.doc if token.dep_ == "ROOT"), None)


def _verb_above(token: "Token") -> "Token | None":
    return next((above for above in token.ancestors if above.pos_ == "VERB"), None)


def _token_of(parsed: Parsed, spot: Spot) -> "Token | None":
    for number, spots in parsed.spots.items():
        if any(other.start <= spot.start and spot.end <= other.covered for other in spots):
            return parsed.doc[number]
    return None


def has_word_of_denial(evidence: str, language: str) -> bool:
    """Return whether any word of the evidence denies anything."""
    return bool(_DENIED_PHRASE.search(evidence)) or _has_cue(evidence, language, _DENY)


def has_word_of_ending(evidence: str, language: str) -> bool:
    """Return whether any word of the evidence calls anything over."""
    return bool(_ENDED_PHRASE.search(evidence)) or _has_cue(evidence, language, _END)


def _has_cue(evidence: str, language: str, table: dict[str, tuple[str, ...]]) -> bool:
    code = "zh" if language.startswith("zh") else "en"
    words = [word for key in table[code] for word in cues(code)[key]]
    if code == "zh":
        return any(word in evidence for word in words)
    lowered = evidence.casefold().replace("’", "'")
    return any(_stands(word, lowered) for word in words)


def _stands(word: str, text: str) -> bool:
    """Return whether a word, or a form of it, stands in the text: "cease" in "ceased"."""
    stem = word[:-1] if len(word) > _LONG_STEM and word[-1] in "ey" else word
    tail = r"\w{0,4}\b" if len(word) >= _LONG_STEM else r"\b"
    return re.search(rf"(?<!\w){re.escape(stem)}{tail}", text) is not None

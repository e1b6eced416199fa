"""Tell the language of a text: by script where the script decides, else by a small model."""

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNDETERMINED = "und"
# The opening of a text is enough, and keeps the cost of a long one flat.
_SAMPLE = 20_000

# One Han character carries about as much as this many Latin letters.
_HAN_WEIGHT = 4
# Kana make up at least this share of Japanese text; a Chinese page may quote a Japanese name.
_KANA_SHARE = 0.08
# Below this the model is guessing.
_LEAST_CONFIDENCE = 0.5

_BY_SCRIPT: dict[str, tuple[str, ...]] = {
    "latin": (
        "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "sk", "hu",
        "ro", "hr", "sl", "et", "lv", "lt", "tr", "vi", "id", "ms",
    ),
    "cyrillic": ("ru", "uk", "bg", "sr", "be", "kk"),
    "arabic": ("ar", "fa", "ur", "ug"),
    "greek": ("el",),
    "hebrew": ("he",),
    "devanagari": ("hi", "mr", "ne"),
    "thai": ("th",),
    "georgian": ("ka",),
    "armenian": ("hy",),
    "bengali": ("bn",),
    "tamil": ("ta",),
}  # fmt: skip
_RANGES = {
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f",
    "kana": "\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d",
    "hangul": "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0620-\u06ff\u0750-\u077f",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "hebrew": "\u05d0-\u05ea",
    "devanagari": "\u0900-\u097f",
    "thai": "\u0e00-\u0e7f",
    "georgian": "\u10a0-\u10ff",
    "armenian": "\u0530-\u058f",
    "bengali": "\u0980-\u09ff",
    "tamil": "\u0b80-\u0bff",
}
_RUNS = {name: re.compile(f"[{ranges}]+") for name, ranges in _RANGES.items()}


def language_of(text: str) -> str:
    """Return the text's main language as a BCP 47 code ('en', 'zh', 'ja'); `und` if none shows.

    Chinese, Japanese and Korean are told by script; languages that share a script are told apart
    by a naive Bayes model that is allowed only the languages written in that script.
    """
    sample = text[:_SAMPLE]
    weights = _script_weights(sample)
    if not weights:
        return UNDETERMINED
    # The first of equals in a fixed order, so that a tie never depends on anything else.
    script = max(weights, key=lambda name: weights[name])
    if script == "east_asian":
        return _east_asian(sample)
    languages = _BY_SCRIPT[script]
    return languages[0] if len(languages) == 1 else _by_model(sample, script)


def _script_weights(sample: str) -> dict[str, int]:
    counts = {name: sum(map(len, runs.findall(sample))) for name, runs in _RUNS.items()}
    east_asian = counts.pop("han") * _HAN_WEIGHT + counts.pop("kana") * 2 + counts.pop("hangul") * 2
    weights = {"east_asian": east_asian, **counts}
    return {name: weight for name, weight in weights.items() if weight}


def _east_asian(sample: str) -> str:
    han, kana, hangul = (
        sum(map(len, _RUNS[name].findall(sample))) for name in ("han", "kana", "hangul")
    )
    if hangul > han + kana:
        return "ko"
    if kana >= _KANA_SHARE * (han + kana):
        return "ja"
    # Korean newspapers write some names in Han characters, so Hangul needs no majority to show.
    return "ko" if hangul > han // 4 else "zh"


def _by_model(sample: str, script: str) -> str:
    # Digits, marks and other scripts carry no evidence between the languages of one script.
    letters = " ".join(_RUNS[script].findall(sample))
    language, confidence = _identifier(script).classify(letters)
    return str(language) if confidence >= _LEAST_CONFIDENCE else UNDETERMINED


@functools.cache
def _identifier(script: str) -> "LanguageIdentifier":
    # The model takes most of a second to load; Chinese, Japanese and Korean need none.
    from py3langid.langid import LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
    known = set(identifier.labels)
    identifier.set_languages([code for code in _BY_SCRIPT[script] if code in known])
    return identifier

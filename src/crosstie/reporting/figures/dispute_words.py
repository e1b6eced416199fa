"""What disputes.yaml holds: dealings that make a third party, and the words of a case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import kinds

_FILE = "disputes.yaml"


@dataclass(frozen=True, slots=True)
class DisputeWords:
    """Kinds of tie that count as dealings, and a pattern of words of a case by language."""

    dealings: frozenset[str]
    steps: Mapping[str, re.Pattern[str]]

    def is_step(self, sentence: str) -> bool:
        """Return whether a sentence holds a word of a case."""
        return any(pattern.search(sentence) for pattern in self.steps.values())


@cache
def dispute_words() -> DisputeWords:
    """Read disputes.yaml. Raises DataFileError at the line of a mistake."""
    data = load_data(resources.files("crosstie.reporting.figures") / _FILE)
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="write `dealings:`")
    data.allow(("dealings", "steps"))
    dealings = list(map(str, data.require("dealings", list)))
    if unknown := [kind for kind in dealings if kind not in kinds().ties]:
        raise data.fail(f"`{unknown[0]}` is no kind of tie", "see crosstie kinds", key="dealings")
    steps = data.require("steps", Section)
    steps.allow(("en", "zh"))
    english, chinese = (
        "|".join(re.escape(str(word)) for word in steps.require(language, list))
        for language in ("en", "zh")
    )
    return DisputeWords(
        frozenset(dealings),
        {
            "en": re.compile(rf"\b(?:{english})s?\b", re.IGNORECASE),
            "zh": re.compile(chinese),
        },
    )

"""Text that speaks to a machine and not to a reader: no claim rests on it."""

import re
from functools import cache

from crosstie.extraction.lexicon import load_lexicon


@cache
def _cues() -> re.Pattern[str]:
    data = load_lexicon("instructions")
    found: list[str] = []
    for language in data:
        for cue in data.require(language, list):
            try:
                re.compile(cue)
            except re.error as error:
                raise data.fail(f"`{cue}` is no pattern: {error}", key=language) from error
            found.append(f"(?:{cue})")
    return re.compile("|".join(found), re.IGNORECASE | re.DOTALL)


def addresses_machine(text: str) -> bool:
    """Return whether a text gives a reading machine orders: "Ignore all previous instructions"."""
    return _cues().search(text) is not None

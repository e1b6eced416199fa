"""What a read document bears, so that only what an older extractor read is read again."""

from crosstie.extraction.backends.prompt import shipped_prompt
from crosstie.extraction.backends.protocol import GLINER_VERSION, LLM_VERSION


def back_end_of(mark: str | None) -> str:
    """Return the name of the back end that left a mark; what has none was read by rules."""
    return (mark or "rules").partition("/")[0]


def is_outdated(mark: str | None, *, rules: str) -> bool:
    """Return whether its own back end would read a document in another way today.

    `rules` is the mark that the rules leave at present. Of the models nothing is loaded: their
    back end's version and their prompt decide, and not which model the settings name today.
    """
    name = back_end_of(mark)
    if name == "llm":
        written = (mark or "").split(" ")
        return written[0] != LLM_VERSION or written[-1] != shipped_prompt().version
    if name == "gliner":
        return (mark or "").split(" ")[0] != GLINER_VERSION
    return mark != rules

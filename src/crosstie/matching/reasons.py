"""Say in words why two names are alike, or are not."""

from crosstie.matching.names.lexicon import Lexicon
from crosstie.ontology.records import Reason


def reasons_for(a: str, b: str, lexicon: Lexicon) -> tuple[Reason, ...]:
    """Return why two names are alike or not."""
    return (Reason("names", f"{a} and {b}"),)

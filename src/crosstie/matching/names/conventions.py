"""How names are written and shortened beyond what single words mean, from `conventions.yaml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crosstie.ontology.datafiles import Section, load_data

_FILE = "conventions.yaml"


@dataclass(frozen=True, slots=True)
class Conventions:
    """The habits of short forms; the file says what each one is for."""

    owners: frozenset[str]
    initials: dict[str, tuple[str, ...]]
    no_initial: frozenset[str]
    may_give_none: frozenset[str]
    left_out_at_head: frozenset[str]
    kept_by_first_character: tuple[str, ...]


@cache
def conventions() -> Conventions:
    """Return the shipped conventions."""
    data: Section = load_data(files("crosstie.matching") / "lexicon" / _FILE)
    data.allow(Conventions.__slots__)
    letters: Section = data.require("initials", Section)
    return Conventions(
        owners=_words(data, "owners"),
        initials={word: tuple(map(str, letters.require(word, list))) for word in letters},
        no_initial=_words(data, "no_initial"),
        may_give_none=_words(data, "may_give_none"),
        left_out_at_head=_words(data, "left_out_at_head"),
        kept_by_first_character=tuple(data.require("kept_by_first_character", list)),
    )


def _words(data: Section, key: str) -> frozenset[str]:
    # YAML reads a bare `y` or `on` as a truth value in some loaders; text is what is meant.
    return frozenset(map(str, data.require(key, list)))

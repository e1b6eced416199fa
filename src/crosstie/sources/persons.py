"""Tell a person's row from an organisation's on lists that do not say which it is.

A name decides by its words; without any, lists write persons as two to six plain words. Measured
on rows that do say it (Treasury's list), see `docs/reference/sources.md`.
"""

import itertools
import re
from collections.abc import Sequence

from crosstie.matching.names import looks_like_organisation
from crosstie.sources.kind_words import kind_by_words
from crosstie.text.countries import country_code

_WORD = re.compile(r"[^\W\d_]+")
# Capitals amid small letters, "IKCO France" or "Kassem IT", are no initials: those have points.
_CAPITALS = re.compile(r"(?<![\w.])(?!(?:II|III|IV|JR|SR|AL|EL)\b)[A-Z]{2,}(?![\w.])")
# Beginnings and joints that no person's name has.
_NO_PERSON = re.compile(r"^the |\b(?:and|und|et|y) |\s[–-]\s", re.IGNORECASE)
# "TEST, Ana Maria": how Treasury writes persons.
_SURNAME_FIRST = re.compile(r"^[^a-z,]{2,}, [^,]*[a-z][^,]*$")
_SIGNS = re.compile(r"[/+&\"“”«»]")
# Words between the parts of a person's name; they are also legal forms or initials elsewhere.
_PERSON_WORDS = re.compile(r"\b(?:bin|ben|ibn|abd|abu|al|el|ag|bint|van|von|de|jr|sr)\b", re.I)
_LONGEST_PERSON = 6


def looks_like_person(
    name: str, aliases: Sequence[str] = (), *, also: Sequence[str] = (), capitals: bool = True
) -> bool:
    """Return whether a listed name, without any other sign, reads as a person's.

    `aliases` are the row's other names and `also` those written into the name itself. `capitals`
    says that the list writes all names in capitals; on others only trade names stand in them.
    """
    if any(_says_organisation(alias) for alias in (*aliases, *also)):
        return False
    if _says_organisation(name):
        return False
    if _SURNAME_FIRST.match(name):
        return True
    written = name.split()
    if len(written) < 2:
        # One word is a trade name, unless the list itself calls it the alias of a longer one.
        return bool(also) and len(also[0].split()) > 1
    if _SIGNS.search(name) or _NO_PERSON.search(name):
        return False
    if (not capitals) if name.isupper() else _CAPITALS.search(name):
        return False
    words = _WORD.findall(name)
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    if any(country_code(word) for word in [*words, *pairs] if len(word) > 3):
        return False
    return len(words) <= _LONGEST_PERSON or bool(_PERSON_WORDS.search(name))


def _says_organisation(name: str) -> bool:
    return kind_by_words(name) is not None or looks_like_organisation(name)

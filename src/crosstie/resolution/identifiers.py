"""Is an identifier well formed? Registers that add check digits let us see a slip of the pen.

ROR and LEI end in two digits after ISO 7064 (mod 97-10), the Chinese Unified Social Credit Code in
a character after GB 32100 (mod 31). A value that fails neither merges records nor keeps them apart.
"""

import re
from collections.abc import Callable

from crosstie.ontology.records import Identifier

_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?0([a-hj-km-np-tv-z0-9]{6})(\d{2})/?", re.I)
_LEI = re.compile(r"[A-Z0-9]{18}\d{2}")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?Q\d+")
_TICKER = re.compile(r"\S+:\S+")
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_BASE31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_well_formed(identifier: Identifier) -> bool:
    """Return whether the value can be one of its scheme's; schemes without a form take any."""
    check = _CHECKS.get(identifier.scheme)
    return check is None or check(identifier.value.strip())


def _is_ror(value: str) -> bool:
    found = _ROR.fullmatch(value)
    if found is None:
        return False
    number = 0
    for letter in found[1].lower():
        number = number * 32 + _BASE32.index(letter)
    return 98 - number * 100 % 97 == int(found[2])


def _is_lei(value: str) -> bool:
    upper = value.upper()
    return bool(_LEI.fullmatch(upper)) and int("".join(str(int(c, 36)) for c in upper)) % 97 == 1


def _is_uscc(value: str) -> bool:
    upper = value.upper()
    if _USCC.fullmatch(upper) is None:
        return False
    total = sum(_BASE31.index(c) * pow(3, place, 31) for place, c in enumerate(upper[:17]))
    return (31 - total % 31) % 31 == _BASE31.index(upper[17])


def _is_wikidata(value: str) -> bool:
    return _WIKIDATA.fullmatch(value) is not None


def _is_ticker(value: str) -> bool:
    return _TICKER.fullmatch(value) is not None


_CHECKS: dict[str, Callable[[str], bool]] = {
    "ror": _is_ror,
    "lei": _is_lei,
    "uscc": _is_uscc,
    "wikidata": _is_wikidata,
    "ticker": _is_ticker,
}

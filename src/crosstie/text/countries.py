"""Country names and codes in English, Chinese and Japanese → ISO 3166-1 alpha-2.

A country serves to tell two organisations apart, and for nothing else.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from babel import Locale
from babel.core import get_global

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError

_FILE = "countries.yaml"
_POINTS = "country_points.yaml"
_LANGUAGES = ("en", "zh", "zh_Hant", "ja")
# CLDR also names regions that are no countries: the EU, the UN, "outlying Oceania", test codes.
_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
_FORM_OF_STATE = re.compile(
    r"^(?:the )?(?:[A-Z][a-z]+ )?(?:Republic|State|Kingdom|Principality|Commonwealth) of (?:the )?",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{2}$")


@lru_cache(maxsize=8192)
def country_code(text: str) -> str | None:
    """Return the alpha-2 code that a name or code means, or None: 'P.R.C.' → 'CN'."""
    key = _key(text)
    if not key:
        return None
    found = _spellings().get(key)
    if found is None and (short := _FORM_OF_STATE.sub("", text.strip())) != text.strip():
        # Tried last: "Republic of China" and "Republic of Korea" are spellings of their own.
        found = _spellings().get(_key(short))
    return found


@cache
def country_name(code: str, language: str = "en") -> str:
    """Return the country's CLDR name in a language; an unknown code comes back as it is."""
    return str(Locale.parse(language.replace("-", "_")).territories.get(code, code))


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    codes = set()
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if _CODE.match(code) and code not in _NO_COUNTRIES:
                codes.add(code)
                found.setdefault(_key(name), code)
    for alias, targets in get_global("territory_aliases").items():
        # Three-letter codes stand here beside dissolved states, which have several heirs.
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in codes:
            found.setdefault(_key(alias), targets[0])
    found.update(_extra(codes))
    found.update((_key(code), code) for code in codes)
    return found


def _extra(codes: set[str]) -> dict[str, str]:
    data = load_data(resources.files("crosstie.text") / _FILE)
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="write `CC: [name]`")
    found: dict[str, str] = {}
    for code in data:
        if code not in codes:
            raise data.fail(f"`{code}` is no country", "use an ISO 3166-1 alpha-2 code", key=code)
        for name in data.require(code, list):
            key = _key(str(name))
            if found.setdefault(key, code) != code:
                raise data.fail(f"`{name}` also stands at {found[key]}", "keep one", key=code)
    return found


def _key(text: str) -> str:
    """Fold case, accents, punctuation and a leading 'the'."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in folded if c.isalnum() or c.isspace())
    return "".join(re.sub(r"^the\s+", "", letters.strip()).split())


@cache
def country_points() -> dict[str, tuple[float, float]]:
    """Return, by alpha-2 code, a point to draw a mark at: latitude, longitude in degrees."""
    data = load_data(resources.files("crosstie.text") / _POINTS)
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_POINTS, line=1, remedy="write `CC: [1, 2]`")
    found = {}
    for code in data:
        point = data.require(code, list)
        if len(point) != 2 or not all(isinstance(value, int | float) for value in point):
            raise data.fail(f"`{code}` is no point", "write [latitude, longitude]", key=code)
        found[code] = (float(point[0]), float(point[1]))
    return found

"""What stands beside a name but is no part of it: an address, a telephone, a web page.

'Beihang University, No. 37 Xueyuan Road, Beijing 100191' is the university. Names turned round
in lists ('Technology, Harbin Institute of') are turned back.
"""

import re
from functools import cache
from importlib.resources import files

from crosstie.ontology.datafiles import Section, load_data
from crosstie.text.countries import country_code
from crosstie.text.scripts import HAN_CLASS, fold

_FILE = "addresses.yaml"
_CONTACT = re.compile(
    r"<[^<>]*@[^<>]*>|\S+@\S+|\b(?:https?://|www\.)\S+|"
    r"\b(?:tel|fax|phone|mobile|e-?mail)\b\s*[.:]\s*[+()\d\s\-./]*",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*[,，、|\n\r]\s*|\s+[-–—]\s+")
_MAY_CUT = re.compile(r"[,，、|\n\r–—-]")
_TURNED = re.compile(r"(?P<tail>[^,]{3,}),\s*(?P<head>[^,]{3,}\s(?:of|for))", re.IGNORECASE)
_HAN_ADDRESS = re.compile(
    rf"[\s,，]+[{HAN_CLASS}]*[省市区县][{HAN_CLASS}]*(?:路|街|大道|巷|弄|道)[{HAN_CLASS}]{{0,4}}\d+.*$"
)
_WORD = re.compile(r"[^\W\d_]+")
_MOST_PIECES = 12
_SHORTEST_COUNTRY = 3


def name_only(text: str) -> str:
    """Return the text without the address, telephone or web page that follows the name."""
    kept = text
    if "@" in text or ":" in text or "www." in text.lower():
        kept = _CONTACT.sub(" ", kept)
    if any(map(str.isdigit, kept)):
        kept = _without_address(_HAN_ADDRESS.sub("", kept))
    kept = _without_seat(kept).strip(" ,;|-")
    turned = _TURNED.fullmatch(kept) if "," in kept else None
    return f"{turned['head']} {turned['tail']}" if turned else kept or text


def _without_address(text: str) -> str:
    """Cut the text before the first of its pieces that is a line of an address."""
    cuts = list(_CUT.finditer(text))[:_MOST_PIECES]
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    for cut, end in zip(cuts, ends, strict=False):
        if text[: cut.start()].strip() and _is_address(text[cut.end() : end]):
            return text[: cut.start()]
    return text


def _is_address(piece: str) -> bool:
    return not _address_words().isdisjoint(_WORD.findall(fold(piece)))


def _without_seat(text: str) -> str:
    """Cut a town and its country off the end: 'Zhejiang University - Hangzhou, China'."""
    if not _MAY_CUT.search(text):
        return text
    cuts = list(_CUT.finditer(text))[:_MOST_PIECES]
    country = text[cuts[-1].end() :].strip(" .") if len(cuts) > 1 else ""
    # A code of two letters may be a legal form: S.A. is no Saudi Arabia.
    if len(country.replace(".", "")) < _SHORTEST_COUNTRY or country_code(country) is None:
        return text
    town = text[cuts[-2].end() : cuts[-1].start()]
    return text[: cuts[-2].start()] if len(town.split()) == 1 else text


@cache
def _address_words() -> frozenset[str]:
    """Return the words that make a piece of text a line of an address."""
    data: Section = load_data(files("crosstie.matching") / "lexicon" / _FILE)
    return frozenset(str(word) for word in data.require("words", list))

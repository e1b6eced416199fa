"""What the words around an English name tell of its kind: "the port of X", "X, a maker of"."""

import re

_BEFORE = (
    ("place", r"(?:town|city|port|province|county|village|district|island|region|prefecture|capital|state) of (?:the )?$"),
    ("company", r"\b(?:company|firm|maker|manufacturer|developer|supplier|conglomerate|giant|start-?up|subsidiary|"
     r"operator|provider|carrier|contractor|shipbuilder|producer|unit|chipmaker|carmaker|insurer|lender),? $"),
    ("company", r"\b(?:chairman|chairwoman|chief executive|CEO|founder|co-founder|managing director|general manager|"
     r"owner|shareholder|subsidiary|part|unit|arm|division|branch|parent|headquarters|shares?|products?|customers?) of (?:the )?$"),
    ("company", r"-based (?:[a-z-]+ ){0,4}$"),
    ("media", r"\b(?:newspaper|news agency|daily|broadcaster|magazine|tabloid|outlet|news site|journal),? $"),
    ("system", r"\b(?:satellite|system|platform|app|supercomputer|rocket|fighter|missile|vessel|ship),? $"),
    ("research_institute", r"\b(?:think[- ]tank|institute|research group|academy),? $"),
    ("government_body", r"\b(?:regulator|ministry|watchdog|authority),? $"),
    ("ngo", r"\b(?:charity|campaign group|rights group|non-profit|association),? $"),
)  # fmt: skip
_AFTER = (
    ("facility", r"\s(?:[a-z-]+\s){0,2}(?:plant|power station|reactor|base|port|terminal|station|mine|dam|pipeline|"
     r"campus|railway|airport|refinery|shipyard|complex)\b(?! design)"),
    ("system", r"\s(?:[a-z-]+\s){0,1}(?:satellites?|rockets?|missiles?|platform|system|app|aircraft|fighters?|drones?|"
     r"supercomputer|constellation|chips?|test|messaging|search engine|vessel)\b"),
    ("technology", r"\s(?:technology|technologies|design|units?|process|reactors?)\b"),
    ("place", r"\s(?:province|city|county|region|prefecture|district)\b"),
    ("company", r"\s\((?:[A-Z]{2,6}:\s?[\w.]+)\)"),
    ("company", r",\sone of (?:the|its)\s(?:[\w'’-]+\s){0,5}?(?:companies|firms|makers|suppliers)\b"),
    ("company", r"\s(?:is|was)\s(?:a|an|the|one of the)\s(?:[\w'’-]+\s){0,6}?(?:company|firm|maker|manufacturer|developer|"
     r"supplier|conglomerate|giant|start-?up|operator|provider|contractor|subsidiary|producer|chipmaker|unit|affiliate)\b"),
    ("company", r",\s(?:a|an|the|one of the)\s(?:[\w'’-]+\s){0,8}?(?:company|firm|maker|manufacturer|developer|supplier|"
     r"conglomerate|giant|start-?up|operator|provider|contractor|subsidiary|producer|chipmaker)\b"),
    ("media", r",\s(?:a|an|the)\s(?:[\w'’-]+\s){0,5}?(?:newspaper|news agency|daily|broadcaster|magazine|journal)\b"),
    ("research_institute", r",\s(?:a|an|the)\s(?:[\w'’-]+\s){0,5}?(?:institute|think[- ]tank|research outfit)\b"),
    ("university", r",\s(?:a|an|the)\s(?:[\w'’-]+\s){0,5}?(?:university|college)\b"),
    ("media", r"\s(?:had\s|has\s|first\s|also\s)?(?:reported|wrote)\b"),
)  # fmt: skip
_BEFORE_PATTERNS = tuple((kind, re.compile(source)) for kind, source in _BEFORE)
_AFTER_PATTERNS = tuple((kind, re.compile(source)) for kind, source in _AFTER)
_PROGRAMME_NOUN = re.compile(
    r"\s(?:list|program|programme|initiative|project|plan|scheme|strategy|register|act)\b"
)
_WINDOW = 48


def kind_from_context(text: str, start: int, end: int) -> str | None:
    """Return the kind that the words before or behind a name tell, or None."""
    before = text[max(0, start - _WINDOW) : start].replace("\n", " ")
    for kind, pattern in _BEFORE_PATTERNS:
        if pattern.search(before):
            return kind
    for kind, pattern in _AFTER_PATTERNS:
        if pattern.match(text, end):
            return kind
    return None


def programme_noun(text: str, end: int) -> int | None:
    """Return where a lower-case noun that belongs to a programme's name ends: "Hexi Firms list"."""
    match = _PROGRAMME_NOUN.match(text, end)
    return match.end() if match else None

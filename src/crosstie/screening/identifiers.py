"""Tell an official identifier from a user's own reference number, by its form."""

import re

from crosstie.ontology.records import Identifier

# The forms are those of the registries: ROR (0, six of Crockford's base 32, two check digits),
# LEI (ISO 17442), the Chinese unified social credit code (GB 32100). A bare "Q123" may as well be a
# user's own number, so that a Wikidata item counts by its address alone.
_FORMS = (
    ("ror", re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?", re.I)),
    ("wikidata", re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)", re.I)),
    ("lei", re.compile(r"([A-Z0-9]{18}\d{2})")),
    ("uscc", re.compile(r"([0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})")),
)


def official_identifier(text: str) -> Identifier | None:
    """Return the identifier that the text is, or None: 'https://ror.org/00wk2mp56' → ror."""
    for scheme, form in _FORMS:
        if match := form.fullmatch(text.strip()):
            return Identifier(scheme, match.group(1))
    return None

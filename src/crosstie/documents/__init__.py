"""Bytes to a document and its articles, with offsets that stay.

`find_documents` finds the files, `document_bytes` reads one within bounds, `read_document` turns
its bytes into a `Document` and its `Article`s or refuses it by name, reason and remedy.
`signature_of` an article tells, with others in `groups`, which articles print the same text.
"""

from crosstie.documents.copies import groups, signature_of
from crosstie.documents.files import document_bytes, find_documents
from crosstie.documents.formats import SUFFIXES
from crosstie.documents.reading import read_document
from crosstie.documents.refusals import MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "document_bytes",
    "find_documents",
    "groups",
    "read_document",
    "signature_of",
]

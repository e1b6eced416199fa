"""What a briefing's topic means: a mechanism, a technology, or words; and which stories it has."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from crosstie.extraction.classification import classify
from crosstie.extraction.technologies import technologies
from crosstie.ontology.errors import UsageError
from crosstie.ontology.ids import DocumentId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Claim
from crosstie.store.dated import documents_holding
from crosstie.store.engine import Transaction
from crosstie.text.bigrams import query_form
from crosstie.text.scripts import has_han

_FORMS = ("mechanism", "technology", "words")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it was understood; `key` is the id, or the words themselves."""

    form: Literal["mechanism", "technology", "words"]
    key: str
    label: str
    documents: frozenset[DocumentId] = frozenset()
    """For words: the documents, rows and facts that hold them all."""

    def fits(self, document: DocumentId, text: str, claims: Iterable[Claim]) -> bool:
        """Return whether an article is on the topic, by its text and its claims."""
        if self.form == "mechanism":
            mechanisms = (
                kinds().tie(claim.predicate).mechanism
                for claim in claims
                if claim.object is not None
            )
            return self.key in mechanisms
        if self.form == "technology":
            return any(found.technology == self.key for found in classify(text))
        return document in self.documents and _holds(text, self.key)

    def fits_row(self, document: DocumentId) -> bool:
        """Return whether a row of a list is on the topic."""
        if self.form == "words":
            return document in self.documents
        return self.form == "mechanism" and self.key == "designation"


def understood(db: Transaction, written: str) -> Topic:
    """Return what a topic means. `technology:`, `mechanism:` and `words:` before it decide.

    Raises UsageError for one of a form that does not know it, or for no word at all.
    """
    form, colon, rest = written.partition(":")
    if colon and form in _FORMS:
        wanted = rest.strip()
        if form == "mechanism":
            return _mechanism(wanted) or _unknown(wanted, form, kinds().mechanisms)
        if form == "technology":
            return _technology(wanted) or _unknown(wanted, form, technologies().by_id)
        return _words(db, wanted)
    return _mechanism(written.strip()) or _technology(written.strip()) or _words(db, written)


def _mechanism(written: str) -> Topic | None:
    for known in kinds().mechanisms.values():
        if written.casefold() in (known.id, known.label.casefold(), known.id.replace("_", " ")):
            return Topic("mechanism", known.id, f"the mechanism “{known.label}”")
    return None


def _technology(written: str) -> Topic | None:
    key = written.casefold()
    for known in technologies().by_id.values():
        terms = {term.casefold() for words in known.terms.values() for term in words}
        labels = {label.casefold() for label in known.labels.values()}
        if key in {known.id, known.id.replace("_", " "), *labels, *terms}:
            return Topic("technology", known.id, f"the technology “{known.label}”")
    return None


def _words(db: Transaction, written: str) -> Topic:
    if not query_form(written):
        raise UsageError("a topic needs a word", where="--topic", remedy="name what to look for")
    label = f"the words “{' '.join(written.split())}”"
    return Topic("words", written, label, frozenset(documents_holding(db, written)))


def _unknown(written: str, form: str, known: Collection[str]) -> Topic:
    raise UsageError(
        f"no {form} `{written}`", where="--topic", remedy=f"use one of {', '.join(known)}"
    )


def _holds(text: str, words: str) -> bool:
    """Return whether one article of a page holds every word: the index knows whole pages."""
    return all(
        word in text
        if has_han(word)
        else re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
        for word in re.findall(r"\w+", words)
    )

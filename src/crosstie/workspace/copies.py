"""Stories of a workspace: which articles print the same text, and who printed it first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from crosstie.documents import groups, signature_of
from crosstie.documents.copies import METHOD
from crosstie.ontology.findings import Quote
from crosstie.ontology.ids import ArticleId, DocumentId, content_id
from crosstie.ontology.records import decode, encode
from crosstie.ontology.stories import Printing, Story, StoryId, TextSignature
from crosstie.store import Store, derived, printings, reading, writing
from crosstie.store import stories as kept
from crosstie.store.engine import PATIENT, Transaction
from crosstie.store.stories import SignedArticle
from crosstie.workspace.progress import Progress

_STAGE = "comparing texts"
_LAST = "9999"
_BATCH = 500


def tell_stories(store: Store, *, progress: Progress) -> None:
    """Sign the articles that have no signature yet, and say anew which print the same text.

    The outcome follows from the articles that are held, not from the order in which they came.
    """
    with store.reading() as db:
        told = reading.fact(db, derived.STORIES) or ""
        outdated = bool(told) and told.split()[0] != METHOD
        missing = printings.unsigned(db)
        if outdated:
            missing = sorted({*missing, *(ArticleId(s.article_id) for s in kept.signatures(db))})
        if not missing and told.split()[:2] == [METHOD, str(printings.signed_count(db))]:
            return
    for start in range(0, len(missing), _BATCH):
        progress(_STAGE, start, len(missing))
        _sign(store, missing[start : start + _BATCH])
    with store.writing(tries=PATIENT) as db:
        _regroup(db)
    progress(_STAGE, len(missing), len(missing))


def untold(db: Transaction) -> bool:
    """Return whether texts were never compared here, or by another method."""
    return (reading.fact(db, derived.STORIES) or " ").split(" ")[0] != METHOD


def stories_of(db: Transaction, *, anew: bool = False) -> tuple[Story, ...]:
    """Return the stories that more than one article tells, by id.

    With `anew` they are worked out from what the transaction sees, as for an earlier day.
    """
    found: Sequence[Sequence[ArticleId]] = (
        groups(_signatures(db)) if anew else printings.told_together(db)
    )
    printed = printings.printings(db, [key for group in found for key in group])
    return tuple(_story([printed[key] for key in group if key in printed]) for group in found)


def story_by_article(stories: Iterable[Story]) -> dict[ArticleId, StoryId]:
    """Return the story of each article that shares one."""
    return {p.article_id: story.id for story in stories for p in story.printings}


class Reprints:
    """Says of a quote whether its article prints what another one printed first."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._places: dict[DocumentId, list[tuple[Printing, Printing]]] = defaultdict(list)
        for story in stories:
            for printing in story.printings[1:]:
                self._places[printing.document_id].append((printing, story.first))

    def same_text(self, quote: Quote) -> str:
        """Return "the same text as …" for a quote from a copy, else nothing."""
        for printing, first in self._places.get(quote.citation.document_id, ()):
            if printing.start <= quote.start < printing.end:
                return f"the same text as {printed_words(first)}"
        return ""


def printed_words(printing: Printing) -> str:
    """Return an article as a reason names it: “Title” (Publisher, date)."""
    details = ", ".join(part for part in (printing.publisher, printing.date) if part)
    title = " ".join(printing.title.split()) or "an article without a title"
    return f"“{title}” ({details})" if details else f"“{title}”"


def _sign(store: Store, articles: Sequence[ArticleId]) -> None:
    with store.reading() as db:
        made = [
            signature_of(document, article)
            for document, found in printings.with_text(db, articles)
            for article in found
        ]
    with store.writing(tries=PATIENT) as db:
        kept.add_signatures(
            db, [SignedArticle(s.article_id, s.document_id, encode(s)) for s in made]
        )


def _regroup(db: Transaction) -> None:
    signed = _signatures(db)
    stories = {key: _story_id(group) for group in groups(signed) for key in group}
    kept.set_stories(db, [(s.article_id, stories.get(s.article_id)) for s in signed])
    digest = content_id("told", *(part for pair in sorted(stories.items()) for part in pair))
    count = printings.signed_count(db)
    writing.set_fact(db, derived.STORIES, f"{METHOD} {count} {digest if stories else 'none'}")


def _signatures(db: Transaction) -> list[TextSignature]:
    return [decode(signed.signature, TextSignature) for signed in kept.signatures(db)]


def _story_id(members: Sequence[ArticleId]) -> StoryId:
    return StoryId(content_id("story", *sorted(members)))


def _story(printed: Sequence[Printing]) -> Story:
    ordered = sorted(
        printed, key=lambda one: (one.date or _LAST, one.publisher or "", one.article_id)
    )
    return Story(_story_id([one.article_id for one in ordered]), tuple(ordered))

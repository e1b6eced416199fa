"""Number the quotes of a briefing as footnotes, in the order in which a reader meets them."""

from collections.abc import Iterator

from crosstie.ontology.briefings import Briefing, Item, Passage
from crosstie.reporting.words import citation_line

Key = tuple[str, int, int]


class Notes:
    """The footnotes of a briefing: each passage once, however often it is quoted."""

    def __init__(self, briefing: Briefing) -> None:
        self._numbers: dict[Key, int] = {}
        self._passages: list[Passage] = []
        for passage in _passages(briefing):
            if _key(passage) not in self._numbers:
                self._passages.append(passage)
                self._numbers[_key(passage)] = len(self._passages)

    def number(self, passage: Passage) -> int:
        """Return the number of a passage's footnote, from 1."""
        return self._numbers[_key(passage)]

    def __iter__(self) -> Iterator[tuple[int, Passage]]:
        return iter(enumerate(self._passages, 1))


def note_lines(passage: Passage) -> tuple[str, str]:
    """Return a footnote: the citation, and where exactly the words stand, in which bytes."""
    place = (
        f"characters {passage.start}–{passage.end} of {passage.citation.document_id};"
        f" sha256 {passage.citation.sha256}"
    )
    if passage.claims:
        shown = ", ".join(passage.claims[:3])
        more = f" and {len(passage.claims) - 3} more" if len(passage.claims) > 3 else ""
        place += f"; claims {shown}{more}"
    return citation_line(passage.citation), place


def _passages(briefing: Briefing) -> Iterator[Passage]:
    for news in briefing.lists:
        for entry in news.entries:
            yield from entry.passages
    for category in briefing.categories:
        for item in briefing.under(category.id):
            yield from _of_item(item)


def _of_item(item: Item) -> Iterator[Passage]:
    yield from item.summary
    for found in item.contradictions:
        yield found.here
        yield found.there
    for check in item.checks:
        yield from check.passages


def _key(passage: Passage) -> Key:
    return passage.citation.document_id, passage.start, passage.end

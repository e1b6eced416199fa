"""Cut an article into passages that a model is shown one at a time, with some overlap."""

from collections.abc import Iterator, Sequence

from crosstie.extraction.passages import Sentence

_OVERLAP = 2
"""Sentences that a passage repeats of the one before: a tie may run over two of them."""


def passages(parts: Sequence[Sentence], longest: int) -> Iterator[list[Sentence]]:
    """Yield runs of whole sentences of up to `longest` characters; a longer sentence is alone."""
    start = 0
    while start < len(parts):
        end = start + 1
        while end < len(parts) and parts[end].end - parts[start].start <= longest:
            end += 1
        yield list(parts[start:end])
        if end == len(parts):
            return
        start = max(end - _OVERLAP, start + 1)


def halves(part: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return a passage as two, for a reply that was cut off; one sentence cannot be halved."""
    middle = len(part) // 2
    return [list(part[:middle]), list(part[middle:])] if middle else []

"""What a match rests on, piece by piece, so that a decision can tell what is new since.

Each piece has an opaque key that is kept with a decision, and words that are made when they are
shown: no word of a document is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosstie.matching.names import normal_name
from crosstie.ontology.findings import Designation, Hit, Quote, Step
from crosstie.ontology.ids import content_id
from crosstie.reporting import words

# A tie shows so many claims at most: which ones may change as days go by.
_ALL_SHOWN = 3
CONFIRMED = "confirmed"
"""The code of the reason that a person took the match as made."""

_CERTAIN = ("same_identifier", "same_domain")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence: its key, and how to say that it is new."""

    key: str
    words: str


def fingerprint(hit: Hit) -> tuple[str, ...]:
    """Return the keys of all that is known of a match, for a decision to keep."""
    keys = {piece.key for piece in _pieces(hit)}
    for step in _steps(hit):
        for quote in step.quotes:
            keys.update((_quote(quote), _status(quote, step)))
    return tuple(sorted(keys))


def news(hit: Hit, known: Sequence[str]) -> tuple[str, ...]:
    """Return in words what is known of a match now, and was not when it was decided.

    New are: another name that matches, an identifier that fits, a designation, a place among
    anchors, a tie of a path, another status of one, and a further claim for a tie that shows all of
    its claims. What has gone is no news, nor is another score.
    """
    before = set(known)
    found = [piece.words for piece in _pieces(hit) if piece.key not in before]
    for step in _steps(hit):
        new = [quote for quote in step.quotes if _quote(quote) not in before]
        told = words.step_sentence(step)
        if step.quotes and len(new) == len(step.quotes):
            found.append(f"new tie: {told}")
        elif step.quotes and not any(_status(q, step) in before for q in step.quotes):
            found.append(f"the standing of a tie has changed: {told}")
        elif new and len(step.quotes) < _ALL_SHOWN:
            sources = "; ".join(dict.fromkeys(words.citation_line(q.citation) for q in new))
            found.append(f"a further claim for {told}: {sources}")
    return tuple(dict.fromkeys(found))


def _pieces(hit: Hit) -> Iterator[Evidence]:
    name = hit.match.matched_name
    # Where a person confirmed the match, the name shown is the entity's, whichever one matched.
    if not any(reason.code == CONFIRMED for reason in hit.match.reasons):
        yield Evidence(_key("name", normal_name(name)), f"another name matches now: “{name}”")
    for reason in hit.match.reasons:
        if reason.code in _CERTAIN:
            yield Evidence(_key(reason.code, reason.text), f"new: {reason.text}")
    for designation in hit.designations:
        said = words.designation_sentence(designation)
        yield Evidence(_designation(designation), f"new designation: {said}")
    if hit.anchor:
        yield Evidence(_key("anchor", hit.anchor), f"new: an anchor itself, {hit.anchor}")


def _steps(hit: Hit) -> Iterator[Step]:
    return (step for path in hit.exposures for step in path.steps)


def _designation(designation: Designation) -> str:
    parent = designation.inherited_from
    return _key(
        "designation", designation.authority, designation.list_name, designation.programme,
        designation.listed_on or "", "" if parent is None else normal_name(parent.name),
    )  # fmt: skip


def _quote(quote: Quote) -> str:
    """A tie is known by its claims' places: ids and names change as entities are merged."""
    return _key("quote", quote.citation.document_id, str(quote.start), str(quote.end))


def _status(quote: Quote, step: Step) -> str:
    return _key("status", _quote(quote), step.status)


def _key(kind: str, *parts: str) -> str:
    return content_id(kind, *parts)

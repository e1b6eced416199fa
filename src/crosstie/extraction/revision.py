"""What an article as a whole says of its claims: carried sources, grounds, endings, repeats."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crosstie.extraction.assertion import Assertion
from crosstie.extraction.carried import Source, carried_sources
from crosstie.extraction.drafts import RawTie
from crosstie.extraction.endings import ended_by
from crosstie.extraction.passages import Sentence
from crosstie.extraction.speakers import stance_of_source

# What an authority says of those whom it lists is its finding, not the document's own.
_GROUNDS = frozenset(
    {"supplies", "develops", "transfers_technology", "collaborates_with", "trains", "uses", "funds"}
)
_STILL = re.compile(r"\b(?:still|continues? to|remains?|to this day)\b|仍|依然|继续")


@dataclass(frozen=True)
class Draft:
    """A tie with its assertion, and further sentences that its evidence must cite."""

    tie: RawTie
    assertion: Assertion
    more: tuple[Sentence, ...] = ()


def revised(text: str, sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts as the whole article has them, each tie of a sentence once."""
    carried = carried_sources(text, sentences)
    found = [_carried(_decreed(draft), carried) for draft in _once(drafts)]
    listed = {
        (d.tie.object.name, d.tie.sentence): d for d in found if d.tie.pattern.tie == "designated"
    }
    found = [_as_grounds(draft, listed) for draft in _by_authority(found)]
    return _with_endings(text, _called_over(text, sentences, found))


def _called_over(text: str, sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> list[Draft]:
    """Mark as ended what a later sentence calls over by a noun: "The listing was lifted"."""
    stated: dict[Sentence, frozenset[str]] = {}
    for draft in drafts:
        kind = draft.tie.pattern.tie
        stated[draft.tie.sentence] = stated.get(draft.tie.sentence, frozenset()) | {kind}
    over = ended_by(text, sentences, stated)
    result = []
    for draft in drafts:
        end = over.get((draft.tie.sentence, draft.tie.pattern.tie))
        if end is not None and draft.assertion.polarity == "affirmed":
            assertion = replace(draft.assertion, ended=True)
            draft = replace(draft, assertion=assertion, more=(*draft.more, end))
        result.append(draft)
    return result


_DECREES = frozenset({"decide", "determine", "resolve", "vote", "rule"})


def _decreed(draft: Draft) -> Draft:
    """Return a listing that an authority "has decided" as done: its decision is the act."""
    token = draft.tie.token
    if (
        draft.tie.pattern.tie == "designated"
        and draft.assertion.modality == "planned"
        and token is not None
        and token.dep_ == "xcomp"
        and token.head.lemma_ in _DECREES
        and token.head.tag_ in ("VBN", "VBD")
    ):
        return replace(draft, assertion=replace(draft.assertion, modality="actual"))
    return draft


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep one draft per tie and sentence; the first pattern that found it explains it."""
    best: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        tie = draft.tie
        key = (tie.subject.name, tie.pattern.tie, tie.object.name, tie.sentence)
        if key not in best or tie.pattern.confidence > best[key].tie.pattern.confidence:
            best[key] = draft
    owned = {(d.tie.subject.name, d.tie.object.name, d.tie.sentence) for d in best.values()
             if d.tie.pattern.tie == "owns"}  # fmt: skip
    return [
        draft
        for draft in best.values()
        # "A unit of Hexi" is owned by it, and the weaker tie says no more.
        if draft.tie.pattern.tie != "affiliated_with"
        or (draft.tie.object.name, draft.tie.subject.name, draft.tie.sentence) not in owned
    ]


def _by_authority(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop "the list names X" where the article says which authority put X on it."""
    acts = {
        draft.tie.object.name
        for draft in drafts
        if draft.tie.pattern.tie == "designated" and draft.tie.subject.kind != "programme"
    }
    return [
        draft
        for draft in drafts
        if draft.tie.pattern.tie != "designated"
        or draft.tie.subject.kind != "programme"
        or draft.tie.object.name not in acts
    ]


def _carried(draft: Draft, carried: Mapping[Sentence, Source]) -> Draft:
    source = carried.get(draft.tie.sentence)
    if source is None or not (draft.assertion.stance == "asserted" or source.speaks_on):
        return draft
    stance = stance_of_source(source.speaker)
    if stance == "alleged" and draft.tie.pattern.tie in ("located_in", "affiliated_with"):
        return draft
    assertion = replace(draft.assertion, stance=stance, attribution=(source.speaker,))
    return replace(draft, assertion=assertion, more=(*draft.more, source.sentence))


def _as_grounds(draft: Draft, listed: dict[tuple[str, Sentence], Draft]) -> Draft:
    tie, assertion = draft.tie, draft.assertion
    if tie.pattern.tie not in _GROUNDS or assertion.stance != "asserted":
        return draft
    for sentence in (tie.sentence, *tie.antecedents):
        act = listed.get((tie.subject.name, sentence))
        if act is not None and tie.trigger[0] > act.tie.trigger[0]:
            return replace(
                draft,
                assertion=replace(
                    assertion, stance="reported", attribution=(act.tie.subject.name,)
                ),
            )
    return draft


def _with_endings(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Mark as ended what another sentence of the article calls over, and cite that sentence."""
    ended: dict[tuple[str, frozenset[str]], Draft] = {}
    for draft in drafts:
        if draft.assertion.ended and draft.assertion.polarity == "affirmed":
            ended.setdefault(_ends(draft), draft)
    result = []
    for draft in drafts:
        end = ended.get(_ends(draft))
        live = not draft.assertion.ended and draft.assertion.polarity == "affirmed"
        if end is None or not live or _goes_on(text, draft):
            result.append(draft)
            continue
        assertion = replace(draft.assertion, ended=True, valid_to=end.assertion.valid_to)
        result.append(replace(draft, assertion=assertion, more=(*draft.more, end.tie.sentence)))
    return result


def _goes_on(text: str, draft: Draft) -> bool:
    """Return whether a sentence speaks of now: "supplies", "still supplied"."""
    sentence = draft.tie.sentence
    if _STILL.search(text[sentence.start : sentence.end]):
        return True
    token = draft.tie.token
    return token is not None and token.tag_ in ("VBZ", "VBP")


def _ends(draft: Draft) -> tuple[str, frozenset[str]]:
    return draft.tie.pattern.tie, frozenset({draft.tie.subject.name, draft.tie.object.name})

"""Proposals to records: everything is looked up in the document, and what fails is counted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from crosstie.extraction.backends.clause import (
    has_word_of_denial,
    has_word_of_ending,
    read_clause,
)
from crosstie.extraction.backends.naming import Names
from crosstie.extraction.backends.proposals import (
    Proposed,
    ProposedName,
    ProposedQuantity,
    ProposedTie,
)
from crosstie.extraction.claiming import Extraction
from crosstie.extraction.passages import Sentence, sentences
from crosstie.extraction.spots import Spot
from crosstie.extraction.verifier import REASONS, locate, verify
from crosstie.extraction.when import date_of
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Article, Claim, Document, Mention, Quantity, Stance
from crosstie.text.numbers import FIGURES, HAN_FIGURES, SCALES, number_words, read_number

# A quote that runs over more sentences than this states no one tie.
_MOST_SENTENCES = 4
_CAUTION: dict[Stance, int] = {"asserted": 0, "reported": 1, "alleged": 2}
_ISO = re.compile(r"(\d{4})(?:-\d\d(?:-\d\d)?)?")


class _Rejected(Exception):
    """A proposal that is turned away, for one of the verifier's reasons."""

    def __init__(self, reason: str) -> None:
        assert reason in REASONS
        super().__init__(reason)
        self.reason = reason


def judged(
    document: Document, article: Article, proposed: Sequence[Proposed], *, method: str
) -> Extraction:
    """Return what holds of the proposals about an article, and the count of what does not."""
    judge = _Judge(document, article, method)
    for passage in proposed:
        judge.take_names(passage)
    judge.names.settle()
    for passage in proposed:
        items: list[ProposedTie | ProposedQuantity] = [*passage.ties, *passage.quantities]
        for item in items:
            judge.take(item, (passage.start, passage.end))
    return judge.extraction()


class _Judge:
    def __init__(self, document: Document, article: Article, method: str) -> None:
        self._document, self._article, self._method = document, article, method
        self._sentences = sentences(document, article)
        self.names = Names(document, self._sentences)
        self._mentions: dict[tuple[int, int], Mention] = {}
        self._claims: dict[tuple[object, ...], Claim] = {}
        self._rejected: Counter[str] = Counter()

    def extraction(self) -> Extraction:
        for spot in self.names.spots:
            self._mention(spot)
        mentions = sorted(self._mentions.values(), key=lambda m: (m.start, -m.end))
        return Extraction(tuple(mentions), tuple(self._claims.values()), dict(self._rejected))

    def take_names(self, passage: Proposed) -> None:
        if passage.malformed:
            self._rejected["malformed_item"] += passage.malformed
        for name in passage.names:
            try:
                self._check_kind(name)
                if not self.names.add(name, (passage.start, passage.end)):
                    raise _Rejected("name_not_found")
            except _Rejected as rejected:
                self._rejected[rejected.reason] += 1

    def take(self, item: ProposedTie | ProposedQuantity, within: tuple[int, int]) -> None:
        try:
            if isinstance(item, ProposedTie):
                self._tie(item, within)
            else:
                self._quantity(item, within)
        except _Rejected as rejected:
            self._rejected[rejected.reason] += 1

    def _check_kind(self, name: ProposedName) -> None:
        if name.kind not in kinds().entities:
            raise _Rejected("unknown_kind")
        if name.kind == "person":
            raise _Rejected("person")

    def _tie(self, tie: ProposedTie, within: tuple[int, int]) -> None:
        if tie.kind not in kinds().ties:
            raise _Rejected("unknown_kind")
        quote, cited = self._evidence(tie.quote, within)
        subject, object = self._end(tie.subject, quote, cited), self._end(tie.object, quote, cited)
        meant = self._meant(tie, subject, object, cited)
        words = self._document.text[cited[0].start : cited[-1].end]
        self._keep(
            subject,
            tie.kind,
            object,
            cited,
            polarity=meant.polarity,
            modality=meant.modality,
            stance=meant.stance,
            ended=meant.ended,
            attribution=self._speakers(meant.attribution),
            valid_from=self._date(meant.valid_from, words),
            valid_to=self._date(meant.valid_to, words),
            attributes=self._attributes(tie.attributes, words),
            confidence=tie.confidence,
        )

    def _meant(
        self, tie: ProposedTie, subject: Spot, object: Spot, cited: Sequence[Sentence]
    ) -> ProposedTie:
        """Return the tie with the more careful of two readings: the model's and the rules'."""
        last = max(cited, key=lambda s: _holds(s, object) + _holds(s, subject))
        ends = [spot for spot in (subject, object) if _holds(last, spot)]
        language = self._article.language
        text = self._document.text
        read = read_clause(text, language, last, self.names.inside(last), ends)
        if not tie.stated:
            return replace(
                tie, polarity=read.polarity, modality=read.modality, stance=read.stance,
                ended=read.ended, attribution=read.attribution, valid_to=read.valid_to,
            )  # fmt: skip
        words = text[cited[0].start : cited[-1].end]
        live = tie.polarity == "affirmed" and not tie.ended and tie.modality == "actual"
        if live and (read.polarity == "denied" or read.ended):
            raise _Rejected("status_against_the_words")
        if tie.polarity == "denied" and not has_word_of_denial(words, language):
            raise _Rejected("denied_without_a_word")
        if tie.ended and not (read.ended or has_word_of_ending(words, language)):
            raise _Rejected("ended_without_a_word")
        stance = max(tie.stance, read.stance, key=_CAUTION.__getitem__)
        modality = read.modality if tie.modality == "actual" else tie.modality
        return replace(tie, stance=stance, modality=modality)

    def _quantity(self, item: ProposedQuantity, within: tuple[int, int]) -> None:
        quote, cited = self._evidence(item.quote, within)
        subject = self._end(item.subject, quote, cited)
        words = self._document.text[cited[0].start : cited[-1].end]
        for value in (item.value, *([] if item.upper is None else [item.upper])):
            if not any(_same(value, figure) for figure in _figures(words)):
                raise _Rejected("value_not_found")
        self._keep(
            subject,
            "measure",
            None,
            cited,
            modality=item.modality,
            quantity=Quantity(
                measure=item.measure,
                value=item.value,
                unit=item.unit,
                comparator=item.comparator,
                upper=item.upper,
                as_of=self._date(item.as_of, words),
                by=self._date(item.by, words),
            ),
            confidence=item.confidence,
        )

    def _evidence(
        self, quote: str, within: tuple[int, int]
    ) -> tuple[tuple[int, int], list[Sentence]]:
        """Return where the quote stands, and the whole sentences that hold it.

        Whole ones: a quote must not leave out the words that deny it.
        """
        found = locate(self._document, quote, within=within)
        if found is None:
            raise _Rejected("quote_not_found")
        cited = [s for s in self._sentences if s.start < found.end and found.start < s.end]
        if not cited or len(cited) > _MOST_SENTENCES:
            raise _Rejected("quote_outside_running_text")
        return (found.start, found.end), cited

    def _end(self, name: ProposedName, quote: tuple[int, int], cited: Sequence[Sentence]) -> Spot:
        self._check_kind(name)
        spot = self.names.end(name, quote, cited)
        if spot is None:
            raise _Rejected("argument_outside_evidence")
        return spot

    def _speakers(self, names: Sequence[str]) -> tuple[str, ...]:
        bounds = (self._article.start, self._article.end)
        for name in names:
            if locate(self._document, name, within=bounds) is None:
                raise _Rejected("speaker_not_found")
        return tuple(names)

    def _date(self, date: str | None, words: str) -> str | None:
        """Return the date if the evidence gives its year, or if the rules read the same date."""
        if date is None:
            return None
        match = _ISO.fullmatch(date)
        read = date_of(words, article_date=self._article.date)
        if match and (match.group(1) in words or (read and read[:4] == match.group(1))):
            return date
        self._rejected["date_not_found"] += 1
        return None

    def _attributes(self, given: dict[str, str], words: str) -> dict[str, str]:
        """Keep what kinds.yaml lists, and other values that stand in the evidence."""
        listed = {"presence": kinds().presence_kinds, "direction": kinds().transfer_directions}
        kept = {}
        for key, value in given.items():
            if value in listed[key] if key in listed else value and value in words:
                kept[key] = value
            else:
                self._rejected["out_of_range"] += 1
        return kept

    def _keep(
        self,
        subject: Spot,
        predicate: str,
        object: Spot | None,
        cited: Sequence[Sentence],
        **values: Any,
    ) -> None:
        ends = [self._mention(subject), *([] if object is None else [self._mention(object)])]
        other = ends[1] if object is not None else None
        claim = Claim.of(
            self._document,
            ends[0],
            predicate,
            other,
            evidence=[self._document.evidence(s.start, s.end) for s in cited],
            method=self._method,
            article_id=self._article.id,
            **values,
        )
        verdict = verify(self._document, claim, ends[0], other)
        if not verdict.passed:
            raise _Rejected(verdict.reason)
        self._claims.setdefault(_key(claim), claim)

    def _mention(self, spot: Spot) -> Mention:
        key = (spot.start, spot.end)
        if key not in self._mentions:
            self._mentions[key] = Mention.of(
                self._document,
                spot.start,
                spot.end,
                kind=spot.kind,
                article_id=self._article.id,
                method=self._method,
            )
        return self._mentions[key]


def _holds(sentence: Sentence, spot: Spot) -> bool:
    return sentence.start <= spot.start and spot.end <= sentence.end


def _key(claim: Claim) -> tuple[object, ...]:
    """Return what two proposals of overlapping passages share when they say the same."""
    ends: tuple[object, ...] = (claim.subject, claim.object)
    if claim.predicate in kinds().ties and kinds().tie(claim.predicate).symmetric:
        ends = tuple(sorted(map(str, ends)))
    value = (claim.quantity.value, claim.quantity.measure) if claim.quantity else None
    return (*ends, claim.predicate, value, claim.evidence)


def _same(value: float, figure: float) -> bool:
    return abs(value - figure) <= 1e-9 * max(1.0, abs(value))


def _figures(words: str) -> Iterator[float]:
    """Yield the numbers of a text, each also with the scale that follows it."""
    for match in re.finditer(rf"{FIGURES}|\b(?:{number_words()})\b|{HAN_FIGURES}", words, re.I):
        number = read_number(match.group())
        if number is None:
            continue
        yield number
        following = words[match.end() : match.end() + 12].lstrip(" -").casefold()
        yield from (
            number * factor for scale, factor in SCALES.items() if following.startswith(scale)
        )

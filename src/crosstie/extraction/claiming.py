"""Drafts to records: mentions, claims and quantities, each past the verifier or counted."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from crosstie.extraction.assertion import Assertion
from crosstie.extraction.checks import Checked, check
from crosstie.extraction.continued import go_on
from crosstie.extraction.drafts import RawTie
from crosstie.extraction.list_names import list_name
from crosstie.extraction.measured import Measured
from crosstie.extraction.measured_words import whose_it_is, without_owner
from crosstie.extraction.owners import Owners
from crosstie.extraction.passages import Sentence, sentences
from crosstie.extraction.revision import Draft, revised
from crosstie.extraction.spots import Spot
from crosstie.extraction.table_ties import RowTie, row_ties
from crosstie.extraction.verifier import verify
from crosstie.extraction.when import RELATIVE_DATE, date_of, is_relative
from crosstie.ontology.records import (
    Article,
    Claim,
    Document,
    Evidence,
    Mention,
    Name,
    NameKind,
    Quantity,
)

# "Sued in 2018, knowing that the two had already signed": the year is not that of the signing.
_DATED_ELSEWHERE = re.compile(
    r"\bhad\s(?:already\s|long\s|once\s|earlier\s|previously\s|first\s)?$"
    r"|(?:\b(?:its|their|his|her|whose)|[’']s?)\s(?:[A-Za-z-]+\s){0,2}$"
)
_CLAUSE_ENDS = re.compile(r";|,\s(?:which|who|whose|where|while|and|but)\b|，|；")
EXTRACTOR_VERSION = "rules/3"


class OwnerFinder(Protocol):
    """Finds whose value a quantity is."""

    def of(self, measured: Measured, sentence: Sentence) -> tuple[Spot, list[Sentence]] | None:
        """Return the owner with the sentences to cite; None when there is none."""
        ...


QuantityReader = Callable[[str, Sentence, Sequence[Spot]], Iterator[Measured]]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says, and how many drafts the verifier turned away, by reason."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    rejected: dict[str, int] = field(default_factory=dict)


class Claims:
    """What has been found in one article so far."""

    def __init__(self, document: Document, article: Article) -> None:
        self.document = document
        self.article = article
        self.sentences = sentences(document, article)
        self._mentions: dict[tuple[int, int], Mention] = {}
        self._claims: dict[str, Claim] = {}
        self._rejected: Counter[str] = Counter()

    def extraction(self) -> Extraction:
        """Return everything found, mentions in the order of the text."""
        mentions = sorted(self._mentions.values(), key=lambda m: (m.start, -m.end))
        return Extraction(tuple(mentions), tuple(self._claims.values()), dict(self._rejected))

    def mention(self, spot: Spot) -> Mention:
        """Return the mention at a spot, made on first use."""
        key = (spot.start, spot.end)
        if key not in self._mentions:
            self._mentions[key] = Mention.of(
                self.document,
                spot.start,
                spot.end,
                kind=spot.kind,
                names=_names(self.document, self.article, spot),
                article_id=self.article.id,
                country=spot.country,
                method=EXTRACTOR_VERSION,
            )
        return self._mentions[key]

    def measure(
        self,
        spots: Sequence[Spot],
        read: QuantityReader,
        owners: OwnerFinder | None = None,
        meant: Callable[[Measured], Assertion] | None = None,
    ) -> None:
        """Claim the article's quantities, each for the name whose value it is.

        `meant` tells how the clause of a value is meant, and who says it.
        """
        text = self.document.text
        inside = by_sentence(self.sentences, spots)
        found = [
            Checked(measured, sentence)
            for sentence, names in zip(self.sentences, inside, strict=True)
            for measured in read(text, sentence, names)
        ]
        check(text, found)
        go_on(text, self.sentences, found)
        owners = owners or Owners(text, self.sentences, inside)
        for item in found:
            owner = owners.of(item.measured, item.sentence)
            if owner is not None:
                said = meant(item.measured) if meant else Assertion()
                self._quantity(item, said, *owner)

    def _quantity(
        self, item: Checked, said: Assertion, owner: Spot, cited: Sequence[Sentence]
    ) -> None:
        measured = item.measured
        as_of = date_of(measured.when, article_date=self.article.date) if measured.when else None
        told = (RELATIVE_DATE,) if as_of else ()
        own = said.attribution[:1] == (owner.name,)
        self._keep(
            self.mention(owner),
            "measure",
            None,
            evidence=[
                *(self.document.evidence(s.start, s.end) for s in _cited(item, cited)),
                *self._cue(said),
            ],
            method=f"{EXTRACTOR_VERSION}:quantity",
            polarity=said.polarity,
            modality=said.modality if measured.modality == "actual" else measured.modality,
            stance="asserted" if own and said.stance == "reported" else said.stance,
            attribution=self._said_by(said),
            quantity=Quantity(
                measure=measured.measure,
                value=measured.value,
                unit=measured.unit,
                comparator=measured.comparator,
                upper=measured.upper,
                as_of=measured.as_of or as_of,
                by=measured.by,
            ),
            flags=(*item.flags, *told),
            attributes=_details(item, owner.name),
            confidence=0.6,
        )

    def claim(self, spots: Sequence[Spot], drafts: Sequence[Draft]) -> None:
        """Claim the article's ties, revised as a whole, and the parents that names give."""
        for draft in revised(self.document.text, self.sentences, drafts):
            self._claim(draft)
        for spot in spots:
            if spot.part_of is not None:
                self.parent(spot, spot.part_of)
        for row in row_ties(self.document.text, self.article.start, self.article.end, spots):
            self._row(row)

    def _row(self, row: RowTie) -> None:
        """Claim what a row of a table states, citing the row and its header."""
        self._keep(
            self.mention(row.subject),
            row.tie,
            self.mention(row.object),
            evidence=[self.document.evidence(*row.row), self.document.evidence(*row.header)],
            method=f"{EXTRACTOR_VERSION}:table.row",
            confidence=0.7,
        )

    def _claim(self, draft: Draft) -> None:
        tie, assertion = draft.tie, draft.assertion
        subject, object = self.mention(tie.subject), self.mention(tie.object)
        spans = dict.fromkeys([tie.sentence, *tie.antecedents, *draft.more])
        dated = self._date(tie)
        words = self.document.text[tie.sentence.start : tie.sentence.end]
        named = list_name(words) if tie.pattern.tie == "designated" else None
        listed = {"list_name": named} if named else {}
        self._keep(
            subject,
            tie.pattern.tie,
            object,
            evidence=[
                *(self.document.evidence(s.start, s.end) for s in spans),
                *self._cue(assertion),
            ],
            method=f"{EXTRACTOR_VERSION}:{tie.pattern.id}",
            polarity=assertion.polarity,
            modality=assertion.modality,
            stance=assertion.stance,
            ended=assertion.ended,
            attribution=self._said_by(assertion),
            valid_from=dated,
            flags=(RELATIVE_DATE,) if dated and is_relative(self._dated(tie)) else (),
            valid_to=assertion.valid_to,
            attributes={**dict(tie.pattern.attributes), **tie.attributes, **listed},
            confidence=tie.pattern.confidence,
        )

    def _said_by(self, assertion: Assertion) -> tuple[str, ...]:
        """Return the chain of speakers, with the publisher of the article as the last one."""
        publisher = self.article.publisher or self.document.publisher
        speakers = assertion.attribution
        if not speakers or not publisher or publisher.casefold() in map(str.casefold, speakers):
            return speakers
        return (*speakers, publisher)

    def _cue(self, assertion: Assertion) -> list[Evidence]:
        """Return the words that name the speaker, as evidence of their own."""
        return [self.document.evidence(*assertion.cue)] if assertion.cue else []

    def _date(self, tie: RawTie) -> str | None:
        """Return the date of a tie: the only one of its sentence, else of its clause."""
        told = self.article.date
        return date_of(self._dated(tie), article_date=told) or date_of(
            self._clause(tie), article_date=told
        )

    def _dated(self, tie: RawTie) -> str:
        """Return the words whose date is the tie's: in Chinese, up to the end of its clause.

        What had been done before, and what is only spoken of ("its agreement with"), has no date
        but one that stands behind it.
        """
        text, end = self.document.text, tie.sentence.end
        if self.article.language.startswith("zh"):
            marks = (text.find(mark, tie.trigger[1], end) for mark in "，；")
            end = min((at for at in marks if at >= 0), default=end)
        elif _DATED_ELSEWHERE.search(
            text, max(tie.sentence.start, tie.trigger[0] - 40), tie.trigger[0]
        ):
            return self._clause(tie)
        return text[tie.sentence.start : end]

    def _clause(self, tie: RawTie) -> str:
        """Return the words from an English tie's verb to the end of its clause."""
        text, end = self.document.text, tie.sentence.end
        stop = _CLAUSE_ENDS.search(text, tie.trigger[1], end)
        return text[tie.trigger[0] : stop.start() if stop else end]

    def parent(self, spot: Spot, parent: Spot) -> None:
        """Claim that an institute belongs to the parent that its own name gives."""
        held = [
            self.document.evidence(s.start, s.end)
            for end in (spot, parent)
            for s in self.sentences
            if s.start <= end.start and end.end <= s.end
        ]
        self._keep(
            self.mention(spot),
            "affiliated_with",
            self.mention(parent),
            evidence=list(dict.fromkeys(held)),
            method=f"{EXTRACTOR_VERSION}:name.parent",
            confidence=0.9,
        )

    def _keep(self, subject: Mention, tie: str, object: Mention | None, **values: Any) -> None:
        """Keep a claim that passes the verifier; count one that does not."""
        values["article_id"] = self.article.id
        claim = Claim.of(self.document, subject, tie, object, **values)
        verdict = verify(self.document, claim, subject, object)
        if verdict.passed:
            self._claims.setdefault(claim.id, claim)
        else:
            self._rejected[verdict.reason] += 1


def _cited(item: Checked, cited: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return the sentences to cite for a value, with those that name the edition it is of."""
    more = item.edition.cited if item.edition else ()
    return list(dict.fromkeys((*cited, *more)))


def _details(item: Checked, owner: str) -> dict[str, str]:
    """Return where the figure stands, what it measures in the document's words, of which edition.

    `other_amount` is the same amount in another currency, where one is given; `whose` are the words
    for whose it is, where those name nobody that this reader knows.
    """
    measured = item.measured
    found = {"span": f"{measured.start}-{measured.end}"}
    if measured.other is not None:
        found["other_amount"] = f"{measured.other[0]:g} {measured.other[1]}"
    if measured.phrase:
        found["measured"] = without_owner(measured.phrase, owner)
        if whose := whose_it_is(found["measured"], owner):
            found["whose"] = whose
    if item.edition is not None:
        found["edition"] = item.edition.year
        if item.edition.work:
            found["edition_of"] = item.edition.work
    return found


def _names(document: Document, article: Article, spot: Spot) -> tuple[Name, ...]:
    """Return the name as written, the alias defined behind it, and the full name it stands for."""
    written = document.text[spot.start : spot.end]
    names = [Name(written, article.language)]
    if spot.alias:
        kind: NameKind = "acronym" if spot.alias.isupper() else "alias"
        names.append(Name(spot.alias, article.language, kind))
    full = " ".join(spot.name.split())
    if full.casefold() != " ".join(written.split()).casefold():
        names.append(Name(full, article.language, "alias"))
    return tuple(names)


def by_sentence(parts: Sequence[Sentence], spots: Sequence[Spot]) -> list[list[Spot]]:
    """Return the spots inside each sentence; one that crosses its end is in none."""
    found: list[list[Spot]] = [[] for _ in parts]
    at = 0
    for spot in spots:
        while at < len(parts) and parts[at].end <= spot.start:
            at += 1
        if at < len(parts) and parts[at].start <= spot.start and spot.end <= parts[at].end:
            found[at].append(spot)
    return found

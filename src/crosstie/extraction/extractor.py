"""Read an article: find names, parse, match patterns, read assertions, verify."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from crosstie.extraction.assertion import (
    Assertion,
    chinese_assertion,
    english_assertion,
    presupposed_assertion,
)
from crosstie.extraction.checks import Checked, check
from crosstie.extraction.chinese_names import chinese_spots, units_by_name
from crosstie.extraction.chinese_quantities import chinese_quantities
from crosstie.extraction.drafts import RawTie
from crosstie.extraction.english_names import english_spots
from crosstie.extraction.english_quantities import english_quantities
from crosstie.extraction.english_shapes import ModelName
from crosstie.extraction.frames import Parsed, agents
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.masking import masked
from crosstie.extraction.measured import Measured
from crosstie.extraction.models import english_model
from crosstie.extraction.owners import Owners
from crosstie.extraction.passages import Sentence, sentences
from crosstie.extraction.reference import Discourse, both_sides, that_one
from crosstie.extraction.revision import Draft, revised
from crosstie.extraction.spots import Spot
from crosstie.extraction.surfaces import Symbols, surface_ties, symbols_of
from crosstie.extraction.ties import ties_in
from crosstie.extraction.verifier import verify
from crosstie.extraction.when import date_of
from crosstie.ontology.records import Article, Claim, Document, Mention, Name, NameKind, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

QuantityReader = Callable[[str, Sentence, Sequence[Spot]], Iterator[Measured]]
EXTRACTOR_VERSION = "rules/1"
# How many names back "that company" may reach.
_LAST_NAMED = 12
_TWO_SIDED = frozenset({"signed_agreement", "joint_lab", "collaborates_with", "joint_venture"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says, and how many drafts the verifier turned away, by reason."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    rejected: dict[str, int] = field(default_factory=dict)


class Extractor:
    """Extraction by rules: deterministic and offline; each claim names its pattern."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or Gazetteer()

    def extract(self, document: Document, article: Article) -> Extraction:
        """Return the mentions and verified claims of one article."""
        return next(self.extract_many([(document, article)]))

    def extract_many(self, pairs: Iterable[tuple[Document, Article]]) -> Iterator[Extraction]:
        """Yield the extraction of each article, in order, one at a time."""
        for document, article in pairs:
            yield _Reading(document, article, self.gazetteer).extraction()


class _Reading:
    """One article being read."""

    def __init__(self, document: Document, article: Article, gazetteer: Gazetteer) -> None:
        self.document = document
        self.article = article
        self.gazetteer = gazetteer
        self.sentences = sentences(document, article)
        self.mentions: dict[tuple[int, int], Mention] = {}
        self.claims: dict[str, Claim] = {}
        self.rejected: Counter[str] = Counter()

    def extraction(self) -> Extraction:
        """Read the article in its language."""
        if self.article.language.startswith("zh"):
            self._read_chinese()
        else:
            self._read_english()
        mentions = sorted(self.mentions.values(), key=lambda m: (m.start, -m.end))
        return Extraction(tuple(mentions), tuple(self.claims.values()), dict(self.rejected))

    def _read_english(self) -> None:
        nlp = english_model()
        text = self.document.text
        spots = english_spots(text, self.sentences, self._model_names(), self.gazetteer)
        for spot in spots:
            self._mention(spot)
        by_sentence = _by_sentence(self.sentences, spots)
        pieces = [
            masked(text, s, inside) for s, inside in zip(self.sentences, by_sentence, strict=True)
        ]
        without_names = [name for name in nlp.pipe_names if name != "ner"]
        docs = nlp.pipe([p.text for p in pieces], disable=["ner"]) if without_names else ()
        discourse = Discourse()
        found: list[Draft] = []
        for piece, doc, inside in zip(pieces, docs, by_sentence, strict=True):
            parsed = Parsed.of(piece, doc)
            drafts = [*ties_in(parsed, discourse)]
            symbols = symbols_of(text, piece.sentence, inside)
            drafts += surface_ties(symbols, piece.sentence, "en")
            found += [Draft(draft, _assertion(parsed, draft, text)) for draft in drafts]
            _remember(discourse, parsed, inside)
        self._claim_all(spots, found)
        self._measure_all(spots, english_quantities)

    def _model_names(self) -> list[ModelName]:
        nlp = english_model()
        found: list[ModelName] = []
        skip = [name for name in nlp.pipe_names if name != "ner"]
        text = self.document.text
        parts = [text[s.start : s.end].replace("\n", " ") for s in self.sentences]
        for sentence, doc in zip(self.sentences, nlp.pipe(parts, disable=skip), strict=True):
            for entity in doc.ents:
                start, end = sentence.start + entity.start_char, sentence.start + entity.end_char
                found.append(ModelName(start, end, entity.label_))
        return found

    def _read_chinese(self) -> None:
        text = self.document.text
        spots = chinese_spots(text, self.sentences, self.gazetteer)
        for spot in spots:
            self._mention(spot)
        parties: tuple[tuple[Spot, ...], Sentence] | None = None
        named: list[tuple[Spot, Sentence]] = []
        found: list[Draft] = []
        for sentence, inside in zip(
            self.sentences, _by_sentence(self.sentences, spots), strict=True
        ):
            named += [(spot, sentence) for spot in inside]
            stand_ins = both_sides(text, sentence, inside, parties)
            stand_ins += that_one(text, sentence, named[-_LAST_NAMED:])
            symbols = symbols_of(text, sentence, inside, stand_ins)
            drafts = list(surface_ties(symbols, sentence, "zh"))
            found += [Draft(d, _chinese_assertion(symbols, d)) for d in drafts]
            parties = _parties(drafts, sentence) or parties
        self._claim_all(spots, found)
        for unit, owner in units_by_name(text, spots):
            self._parent(unit, owner)
        self._measure_all(spots, chinese_quantities)

    def _mention(self, spot: Spot) -> Mention:
        key = (spot.start, spot.end)
        if key not in self.mentions:
            self.mentions[key] = Mention.of(
                self.document,
                spot.start,
                spot.end,
                kind=spot.kind,
                names=_names(self.document, self.article, spot),
                article_id=self.article.id,
                country=spot.country,
                method=EXTRACTOR_VERSION,
            )
        return self.mentions[key]

    def _measure_all(self, spots: Sequence[Spot], read: QuantityReader) -> None:
        """Claim the article's quantities, each for the name whose value it is."""
        text = self.document.text
        by_sentence = _by_sentence(self.sentences, spots)
        found = [
            Checked(measured, sentence)
            for sentence, inside in zip(self.sentences, by_sentence, strict=True)
            for measured in read(text, sentence, inside)
        ]
        check(text, found)
        owners = Owners(self.sentences, by_sentence)
        for item in found:
            owner = owners.of(item.measured, item.sentence)
            if owner is not None:
                self._quantity(item, *owner)

    def _quantity(self, item: Checked, owner: Spot, cited: Sequence[Sentence]) -> None:
        measured = item.measured
        self._keep(
            self._mention(owner),
            "measure",
            None,
            evidence=[self.document.evidence(s.start, s.end) for s in cited],
            method=f"{EXTRACTOR_VERSION}:quantity",
            modality=measured.modality,
            quantity=Quantity(
                measure=measured.measure,
                value=measured.value,
                unit=measured.unit,
                comparator=measured.comparator,
                upper=measured.upper,
                as_of=measured.as_of,
                by=measured.by,
            ),
            flags=tuple(item.flags),
            attributes=_place_of(measured),
            confidence=0.6,
        )

    def _claim_all(self, spots: Sequence[Spot], drafts: Sequence[Draft]) -> None:
        for draft in revised(self.document.text, self.sentences, drafts):
            self._claim(draft)
        for spot in spots:
            if spot.part_of is not None:
                self._parent(spot, spot.part_of)

    def _claim(self, draft: Draft) -> None:
        tie, assertion = draft.tie, draft.assertion
        subject, object = self._mention(tie.subject), self._mention(tie.object)
        spans = dict.fromkeys([tie.sentence, *tie.antecedents, *draft.more])
        words = self.document.text[tie.sentence.start : tie.sentence.end]
        self._keep(
            subject,
            tie.pattern.tie,
            object,
            evidence=[self.document.evidence(s.start, s.end) for s in spans],
            method=f"{EXTRACTOR_VERSION}:{tie.pattern.id}",
            polarity=assertion.polarity,
            modality=assertion.modality,
            stance=assertion.stance,
            ended=assertion.ended,
            attribution=assertion.attribution,
            valid_from=date_of(words, article_date=self.article.date),
            valid_to=assertion.valid_to,
            attributes={**dict(tie.pattern.attributes), **tie.attributes},
            confidence=tie.pattern.confidence,
        )

    def _parent(self, spot: Spot, parent: Spot) -> None:
        """Claim that an institute belongs to the parent that its own name gives."""
        held = [
            self.document.evidence(s.start, s.end)
            for end in (spot, parent)
            for s in self.sentences
            if s.start <= end.start and end.end <= s.end
        ]
        self._keep(
            self._mention(spot),
            "affiliated_with",
            self._mention(parent),
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
            self.claims.setdefault(claim.id, claim)
        else:
            self.rejected[verdict.reason] += 1


def _place_of(measured: Measured) -> dict[str, str]:
    """Return where the figure stands, and the same amount in another currency if one is given."""
    found = {"span": f"{measured.start}-{measured.end}"}
    if measured.other is not None:
        found["other_amount"] = f"{measured.other[0]:g} {measured.other[1]}"
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


def _by_sentence(parts: Sequence[Sentence], spots: Sequence[Spot]) -> list[list[Spot]]:
    found: list[list[Spot]] = [[] for _ in parts]
    at = 0
    for spot in spots:
        while at < len(parts) and parts[at].end <= spot.start:
            at += 1
        if at < len(parts) and parts[at].start <= spot.start and spot.end <= parts[at].end:
            found[at].append(spot)
    return found


def _chinese_assertion(symbols: Symbols, draft: RawTie) -> Assertion:
    found = chinese_assertion(*_clause(symbols, draft))
    return replace(found, modality="planned") if draft.pattern.status == "planned" else found


def _clause(symbols: Symbols, draft: RawTie) -> tuple[str, str]:
    """Return the matched text and what stands before it in its clause."""
    start = symbols.offsets.index(draft.trigger[0])
    end = symbols.offsets.index(draft.trigger[1])
    opened = max(symbols.text.rfind(mark, 0, start) for mark in "，。；：")
    if symbols.text[opened : opened + 1] == "，" and opened < 14:
        # "据报道，…": a short opening phrase holds for the clause behind it.
        opened = -1
    return symbols.text[start:end], symbols.text[opened + 1 : start]


def _parties(
    drafts: Sequence[RawTie], sentence: Sentence
) -> tuple[tuple[Spot, ...], Sentence] | None:
    """Return the two parties of a sentence's agreement or venture, for "both sides" after it."""
    for draft in drafts:
        if draft.pattern.tie in _TWO_SIDED:
            pairs = {
                (d.subject.name, d.object.name)
                for d in drafts
                if d.pattern.tie == draft.pattern.tie
            }
            return ((draft.subject, draft.object), sentence) if len(pairs) == 1 else None
    return None


# Ties that a description takes for granted: "Hexi, based in Selimia, denied ...".
_DESCRIPTIVE = frozenset(
    {"located_in", "affiliated_with", "issued", "owns", "founded", "published", "member_of"}
)


def _assertion(parsed: Parsed, draft: RawTie, text: str) -> Assertion:
    """Return how a draft is meant: as its clause says, or as its pattern always means it."""
    found = _read_assertion(parsed, draft, text)
    if draft.pattern.status == "planned":
        return replace(found, modality="planned")
    if draft.pattern.status == "ended":
        return replace(found, ended=True)
    return found


def _read_assertion(parsed: Parsed, draft: RawTie, text: str) -> Assertion:
    """Read the clause, or only the draft's own words where it merely describes."""
    matched = text[draft.trigger[0] : draft.trigger[1]]
    if draft.subject.end < draft.object.start:
        matched += " " + text[draft.subject.end : draft.object.start]
    token = draft.token
    if token is not None and token.pos_ == "NOUN" and token.dep_ == "appos":
        return presupposed_assertion(parsed, token, matched)
    if token is None:
        token = _anchor(parsed, draft)
        if token is None or (token.pos_ != "VERB" and draft.pattern.tie in _DESCRIPTIVE):
            return presupposed_assertion(parsed, None, matched)
    return english_assertion(parsed, token)


def _anchor(parsed: Parsed, draft: RawTie) -> "Token | None":
    """Return the token that says how a surface match is meant: its verb, else its last end."""
    inside = [
        token
        for token in parsed.doc
        if draft.trigger[0] <= parsed.masked.original(token.idx) < draft.trigger[1]
    ]
    verbs = [token for token in inside if token.pos_ == "VERB"]
    if verbs:
        return verbs[0]
    nouns = [t for t in inside if t.pos_ == "NOUN" and t.i not in parsed.spots]
    names = [token for token in inside if token.i in parsed.spots]
    found = nouns or names
    return found[-1] if found else None


def _remember(discourse: Discourse, parsed: Parsed, inside: Sequence[Spot]) -> None:
    leading: list[Spot] = []
    for token in parsed.doc:
        if token.dep_ == "ROOT":
            for agent in agents(token) or [
                c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")
            ]:
                leading += parsed.spots.get(agent.i, ())
    lists = [group for group in parsed.spots.values() if len(group) > 1]
    discourse.add(parsed.masked.sentence, inside, leading, lists)

"""English names that only their shape, their context or the language model gives away."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crosstie.extraction.context import facility_noun, kind_from_context, programme_noun
from crosstie.extraction.english_signs import DEMONYM, Signs
from crosstie.extraction.english_words import Chunk, Word
from crosstie.extraction.lexicon import name_words, places
from crosstie.extraction.models import english_words
from crosstie.extraction.name_kinds import NUMBER_WORDS, is_demonym, is_place, kind_of_name
from crosstie.extraction.people import looks_personal, without_posts
from crosstie.extraction.spots import Spot, Strength

_MODEL_KINDS = {
    "ORG": "company",
    "GPE": "place",
    "LOC": "place",
    "FAC": "facility",
    "PRODUCT": "system",
    "EVENT": "event",
    "LAW": "programme",
    "WORK_OF_ART": "document",
}
# What the model labels like this is a nation, a date or a number, and no name.
_NO_NAMES = frozenset(
    {"NORP", "DATE", "TIME", "LANGUAGE", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"}
)
_NUMERAL = re.compile(r"(?:[A-Z]|[IVXL]+|http.*|www.*)$")
_ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,6}\d{0,4}$")
_CAMEL = re.compile(r"[a-z][A-Z]|^\d+[A-Z]{2,}$|^\d+[A-Z][a-z]")
# A single noun that opens a sentence without an article and has one of these behind it is a name,
# unless its ending says that it is a mass noun or a plural.
_ACTS = re.compile(
    r"(?:['’]s\s|,\s(?:which|a|an|the|through|whose)\s|\s(?:has|had|owns|says|said|denied|denies|is|was|will|plans|"
    r"makes|sells|sold|signed|supplied|supplies|announced|acquired|built|bought|declined|operates|runs|holds|and\s[A-Z]))"
)
# So many places where the model sees a firm outweigh a person of that name.
_OFTEN = 2
# So long a plural is hardly a family's name: Bridges, but Armaments.
_LONG_PLURAL = 8
_SPEAKS = re.compile(r"\s(?:said|says|told|added|noted|recalled|explained|argued|asked|died)\b")
_NO_COUNT_NOUN = re.compile(
    r"(?:s|tion|sion|ment|ing|ity|ness|ence|ance|ogy|ism|ics|age|ure|ship|th|cy|ch|er|ade|ata|ess)$"
)
_DETERMINED = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ther|[Tt]wo|[Ss]everal)\s$")
_SITED = re.compile(r"\b[Tt]he\s$|['’]s\s$")
_DESIGN = re.compile(r"(?:[A-Z]{1,4}|[A-Z][a-z]+)-\d{1,4}[A-Z]{0,2}$|[A-Z][a-z]+-[A-Z]$")
_NOUN_BEHIND = re.compile(r"\s[a-z]")


@dataclass(frozen=True, slots=True)
class ModelName:
    """A name that the language model proposes, with its label."""

    start: int
    end: int
    label: str


class Labels:
    """What the language model says of a name, all over the document."""

    def __init__(self, text: str, names: Sequence[ModelName]) -> None:
        self._votes: dict[str, Counter[str]] = {}
        # Nobody is called "the": what the model takes for a person there is a thing.
        names = [replace(n, label="ORG") if _is_thing(text, n) else n for n in names]
        self._people = sorted((n.start, n.end) for n in names if n.label == "PERSON")
        self.person_parts = frozenset(
            word
            for start, end in self._people
            for word in text[start:end].split()
            if " " in text[start:end]
        )
        for name in names:
            surface = re.sub(r"^(?:the|The)\s+|['’]s$", "", text[name.start : name.end])
            self._votes.setdefault(" ".join(surface.split()), Counter())[name.label] += 1

    def of(self, surface: str) -> str | None:
        """Return the label most often given to this very name, if any."""
        votes = self._votes.get(surface)
        return max(sorted(votes), key=lambda label: votes[label]) if votes else None

    def inside_person(self, start: int, end: int) -> bool:
        """Return whether a stretch is part of what the model takes for a person's longer name."""
        return any(a <= start and end <= b and b - a > end - start for a, b in self._people)

    def votes(self, surface: str) -> Counter[str]:
        """Return all labels given to this very name."""
        return self._votes.get(surface, Counter())


def _is_thing(text: str, name: ModelName) -> bool:
    """Return whether an article stands before what the model takes for a person."""
    return name.label == "PERSON" and text[name.start : name.start + 4].casefold() == "the "


class Shapes:
    """Types the chunks that only the model, their context or their shape take for names."""

    def __init__(
        self,
        text: str,
        runs: Sequence[Chunk],
        labels: Labels,
        signs: Signs,
        surnames: set[str],
    ) -> None:
        self.text = text
        self.labels = labels
        self.signs = signs
        self.surnames = surnames
        self.dictionary = english_words()
        self._inside = Counter(self._surface(c.words) for c in runs if not c.opens)
        self._all = Counter(self._surface(c.words) for c in runs)

    def _surface(self, words: Sequence[Word]) -> str:
        return " ".join(self.text[words[0].start : words[-1].end].split())

    def spots(self, chunk: Chunk) -> Iterator[Spot]:
        """Yield the spot of a chunk whose own words tell no kind."""
        words = without_posts(chunk.words)
        if len(words) != len(chunk.words):
            return
        if words[0].text in places().demonyms and len(words) > 1:
            words = words[1:]
        surface = self._surface(words)
        if self._is_nothing(words, surface) or self._is_adjective(words):
            return
        if chunk.opens and len(words) == 1 and self._opens_cell(surface, words[0]):
            return
        noun = programme_noun(self.text, words[-1].end)
        if noun is not None and len(words) > 1:
            start = chunk.start
            yield Spot(
                start,
                noun,
                "programme",
                " ".join(self.text[start:noun].split()),
                Strength.WEAK_FORM,
            )
            return
        stop = self._facility(words, surface)
        if stop is not None:
            name = " ".join(self.text[words[0].start : stop].split())
            yield Spot(words[0].start, stop, "facility", name, Strength.ALIAS)
            return
        kind, strength = self._kind(surface, words, chunk)
        if kind:
            yield Spot(words[0].start, words[-1].end, kind, surface, strength)

    def _is_nothing(self, words: Sequence[Word], surface: str) -> bool:
        lexicon = name_words()
        if surface in lexicon.noise or surface in lexicon.not_names or is_demonym(surface):
            return True
        if _NUMERAL.match(surface) or surface in lexicon.fields:
            return True
        known = kind_of_name([w.text for w in words])
        if len(words) == 1 and (surface in lexicon.last or surface in lexicon.first):
            # "The Project", "the Herald": a head alone names what the text has named in full.
            return self.labels.of(surface) is None or self._follows_article(words[0])
        return known is not None or is_place(surface) or surface in self.surnames

    def _facility(self, words: Sequence[Word], surface: str) -> int | None:
        """Return where "the Hexi business park" ends; a firm's yard or a number's plant is none."""
        before = self.text[max(0, words[0].start - 8) : words[0].start]
        numbered = any(w.text in NUMBER_WORDS or _NUMERAL.match(w.text) for w in words)
        if numbered or surface.isupper() or not _SITED.search(before):
            return None
        if self.signs.is_company(surface) or self.labels.votes(surface).get("ORG", 0) >= _OFTEN:
            return None
        return facility_noun(self.text, words[-1].end)

    def _opens_cell(self, surface: str, word: Word) -> bool:
        """Return whether a common word opens a cell of a table, or a label's value."""
        before = self.text[max(0, word.start - 2) : word.start]
        return surface.casefold() in self.dictionary and before.strip() in ("|", ":")

    def _follows_article(self, word: Word) -> bool:
        return self.text[max(0, word.start - 4) : word.start].casefold() == "the "

    def _is_adjective(self, words: Sequence[Word]) -> bool:
        """Return whether a word only says of which nation the thing behind it is."""
        word = words[-1]
        if len(words) > 1 or not DEMONYM.match(word.text):
            return False
        if not _NOUN_BEHIND.match(self.text, word.end):
            return self.signs.is_adjective(word.text)
        before = self.text[max(0, word.start - 8) : word.start]
        return self.signs.is_adjective(word.text) or _DETERMINED.search(before) is not None

    def _kind(self, surface: str, words: Sequence[Word], chunk: Chunk) -> tuple[str | None, int]:
        told = kind_from_context(self.text, words[0].start, words[-1].end)
        label = self.labels.of(surface)
        if told in (None, "place") and self._is_place(surface, words, label):
            return "place", Strength.PLACE
        if looks_personal(words) or self._of_a_person(surface, words):
            return None, 0
        if label in _NO_NAMES and not told:
            firm = label == "NORP" and self._is_firm(surface, words)
            return ("company" if firm else None), Strength.MODEL
        if len(words) > 1 and self._names_trade(words, label):
            # "Hexi Marine, a yard in Selim" is a firm all the same.
            firm = told in (None, "facility")
            return ("company" if firm else told), Strength.WEAK_FORM
        if label == "PERSON":
            return self._beside_person(surface, words, told, chunk)
        if told and (not chunk.opens or label or self._repeated(surface) or self._unknown(words)):
            return told, Strength.MODEL + 1
        if label in ("GPE", "LOC"):
            return ("place" if is_place(surface) else "company"), Strength.MODEL
        if _DESIGN.match(surface):
            return "system", Strength.MODEL
        if label in _MODEL_KINDS:
            return _MODEL_KINDS[label], Strength.MODEL
        return self._guess(surface, words, chunk, label)

    def _is_firm(self, surface: str, words: Sequence[Word]) -> bool:
        """Return whether a name of several words that the model takes for a people is a firm's."""
        return len(words) > 1 and (self.signs.is_company(surface) or self._names_trade(words, None))

    def _is_place(self, surface: str, words: Sequence[Word], label: str | None) -> bool:
        """Return whether the text uses a name as a place's, against what the model says of it."""
        if label in ("NORP", "LANGUAGE") or (label == "PERSON" and len(words) > 1):
            return self.signs.is_surely_place(surface) and label != "LANGUAGE"
        return self.signs.is_place(surface)

    def _beside_person(
        self, surface: str, words: Sequence[Word], told: str | None, chunk: Chunk
    ) -> tuple[str | None, int]:
        """Return the kind of what the model takes for a person, when the text says otherwise."""
        if told:
            return told, Strength.MODEL
        if self._speaks_for_itself(words[-1]):
            return self._guess(surface, words, chunk, "PERSON")
        if len(words) > 1 and (self.signs.is_surely_company(surface) or self._is_plural(words)):
            return "company", Strength.MODEL
        common = words[-1].text.casefold() in self.dictionary
        if self.signs.is_company(surface) and (len(words) == 1 or common):
            return "company", Strength.GUESS
        if len(words) > 1 and all(w.text.isalpha() for w in words):
            return self._place_behind(words), Strength.MODEL
        return self._guess(surface, words, chunk, "PERSON")

    def _speaks_for_itself(self, word: Word) -> bool:
        return _SPEAKS.match(self.text, word.end) is not None

    def _is_plural(self, words: Sequence[Word]) -> bool:
        """Return whether a name closes with goods: "Hexi Armaments" is nobody's name."""
        last = words[-1].text.casefold()
        return len(last) >= _LONG_PLURAL and last.endswith("s") and last[:-1] in self.dictionary

    def _names_trade(self, words: Sequence[Word], label: str | None) -> bool:
        """Return whether a name closes with a line of trade: "Hexi Marine" is nobody's name."""
        lexicon, last = name_words(), words[-1].text
        if label == "PERSON" and last in lexicon.fields:
            return True
        before = self.text[max(0, words[0].start - 4) : words[0].start]
        return last in lexicon.trades and before.casefold() != "the "

    def _of_a_person(self, surface: str, words: Sequence[Word]) -> bool:
        """Return whether a chunk is a piece of a person's name, or a surname used again."""
        if self.labels.inside_person(words[0].start, words[-1].end):
            return True
        seldom = self.labels.votes(surface).get("ORG", 0) < _OFTEN
        return surface in self.labels.person_parts and seldom

    def _guess(
        self, surface: str, words: Sequence[Word], chunk: Chunk, label: str | None
    ) -> tuple[str | None, int]:
        if _ACRONYM.match(surface) or _CAMEL.search(surface):
            return "company", Strength.GUESS
        if label == "PERSON" and surface.isalpha() and not self.labels.votes(surface).get("ORG"):
            return None, 0
        if self.labels.votes(surface).get("ORG") or self._repeated(surface):
            return "company", Strength.GUESS
        if len(words) == 1 and self._lone_name(surface, words[0], chunk):
            return "company", Strength.GUESS
        if not chunk.opens and (len(words) > 1 or self.labels.votes(surface)):
            return "company", Strength.GUESS
        if self._unknown(words) and label is None and not surface.isupper():
            return "company", Strength.GUESS
        return None, 0

    def _lone_name(self, surface: str, word: Word, chunk: Chunk) -> bool:
        """Return whether one capitalised word is a name: in mid-sentence without an article."""
        lexicon = name_words()
        if _SPEAKS.match(self.text, word.end):
            # A single word that speaks is as often a person as a firm.
            return False
        if surface in lexicon.last or surface in lexicon.first or surface in lexicon.posts:
            return False
        if chunk.opens:
            acts = _ACTS.match(self.text, word.end) is not None
            return acts and _NO_COUNT_NOUN.search(surface) is None and len(surface) > 3
        before = self.text[max(0, word.start - 5) : word.start]
        return re.search(r"(?:\b[Tt]he|\b[Aa]n?|[“\"‘(/-])\s?$", before) is None

    def _unknown(self, words: Sequence[Word]) -> bool:
        """Return whether a word is none that the language model knows in lower case."""
        return any(w.text.isalpha() and w.text.casefold() not in self.dictionary for w in words)

    def _repeated(self, surface: str) -> bool:
        return self._inside[surface] > 1 or (self._inside[surface] > 0 and self._all[surface] > 1)

    def _place_behind(self, words: Sequence[Word]) -> str | None:
        """Return the kind of "Hexi Selimia": a firm's name and the place of its branch."""
        return "company" if is_place(words[-1].text) and not is_place(words[0].text) else None

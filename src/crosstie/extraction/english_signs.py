"""Which names that no list knows are places, and which firms, told by their use in a whole text."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from crosstie.extraction.english_words import Chunk
from crosstie.extraction.lexicon import load_lexicon, name_words
from crosstie.extraction.models import english_words
from crosstie.extraction.name_kinds import is_place, kind_of_name
from crosstie.extraction.spots import ORGANISATION_LIKE
from crosstie.ontology.datafiles import Section

PLACE, COMPANY = "place", "company"
# A sign as strong as "in X"; a bare "to X" is not enough.
_ENOUGH = 1.5
_PLACED = 3.0
# "In Framework Talks": a word that English has needs more.
_CERTAIN = 4.0
_WINDOW = 64
# How long a list is that tells of its members, and how many of them must be organisations.
_MANY = 3
_SEVERAL = 2
_LISTED = re.compile(r"(?:,| and|, and) (?:the )?$")
_PAIRED = re.compile(r",? (?:and|or) (?:the )?")
_CLOSES = re.compile(r" ?(?:[.,;)|]|$|\n| [-–—] )")
_COLUMN = re.compile(r"(?:country|city|place|location|region|nation|state|town)$", re.IGNORECASE)
# Held to a line's start: else a long line without a bar is looked through from each of its letters.
_LINE = re.compile(r"^[^\n]* \| [^\n]*", re.MULTILINE)
# No place is written "G3", "SenseTime" or "KMW".
_LIKE_PLACE = re.compile(
    r"(?:(?:[A-Z][a-zà-ÿ'’]+(?:-[A-Za-z][a-z]+)?|[A-Z'’-]{4,}|[a-z]{2})(?: |$))+$"
)
# What names of towns and countries often end in; with one more sign it is enough.
_TOPONYM = re.compile(
    r"[A-Z][a-z]{2,}(?:ia|land|stan|burg|burgh|grad|ville|abad|pur|shire|borg|stad|mouth|haven|town|polis)$"
)
DEMONYM = re.compile(r"[A-Z][a-z]{2,}(?:ian|ean|an|ese|ish|i)$")
_STATE = frozenset({"government_body", "military_unit", "court"})
_BODIES = frozenset({"government_body", "court", "military_unit", "university"})


@cache
def _signs() -> dict[str, tuple[list[tuple[re.Pattern[str], float]], ...]]:
    data = load_lexicon("signs_en")
    return {kind: _of_kind(data.require(kind, Section)) for kind in (PLACE, COMPANY)}


def _of_kind(part: Section) -> tuple[list[tuple[re.Pattern[str], float]], ...]:
    before = [(re.compile(f"(?i:{p})$"), float(w)) for p, w in part.require("before", list)]
    behind = [(re.compile(p), float(w)) for p, w in part.require("behind", list)]
    return before, behind


class Signs:
    """What the places where a name stands, all over the text, say of its kind."""

    def __init__(
        self,
        text: str,
        runs: Sequence[Chunk],
        datelines: Iterable[Chunk],
        label_of: Callable[[str], str | None],
    ) -> None:
        self._text = text
        self._votes: defaultdict[str, dict[str, float]] = defaultdict(
            lambda: {PLACE: 0.0, COMPANY: 0.0}
        )
        self._demonyms = {
            w.text for c in runs for w in c.words if len(w.text) > 4 and DEMONYM.match(w.text)
        }
        for chunk in datelines:
            self._votes[_key(_surface(text, chunk))][PLACE] += _PLACED
        for number, chunk in enumerate(runs):
            self._read(chunk, runs[number - 1] if number else None)
        for surface in list(self._votes):
            votes = self._votes[surface]
            votes[PLACE] += label_of(surface) in ("GPE", "LOC")
            votes[PLACE] += _PLACED * self._has_demonym(surface)
            votes[PLACE] += _TOPONYM.match(surface) is not None
        for surface in _in_columns(text):
            self._votes[_key(surface)][PLACE] += _PLACED
        self._spread(runs)
        self._join_organisations(runs)

    def is_place(self, surface: str) -> bool:
        """Return whether the text uses the name as that of a place."""
        if not _LIKE_PLACE.match(surface):
            return False
        votes = self._votes.get(_key(surface))
        enough = _CERTAIN if surface.casefold() in english_words() else _ENOUGH
        return votes is not None and votes[PLACE] >= enough and votes[PLACE] > votes[COMPANY]

    def is_surely_place(self, surface: str) -> bool:
        """Return whether the text leaves no doubt that the name is a place's."""
        return self.is_place(surface) and self._votes[_key(surface)][PLACE] >= _PLACED

    def is_company(self, surface: str) -> bool:
        """Return whether the text uses the name as that of a firm."""
        votes = self._votes.get(_key(surface))
        return votes is not None and votes[COMPANY] >= _ENOUGH and votes[COMPANY] > votes[PLACE]

    def is_surely_company(self, surface: str) -> bool:
        """Return whether the text leaves no doubt that the name is a firm's, and nobody's own."""
        return self.is_company(surface) and self._votes[_key(surface)][COMPANY] >= _PLACED

    def is_adjective(self, word: str) -> bool:
        """Return whether a word is an adjective of a nation, by its ending and a place's name."""
        return DEMONYM.match(word) is not None and any(
            self.is_place(stem) or is_place(stem) for stem in _stems(word)
        )

    def _read(self, chunk: Chunk, left: Chunk | None) -> None:
        """Count the signs around one place of a name."""
        words = [word.text for word in chunk.words]
        if _is_open(words):
            surface = _surface(self._text, chunk)
            self._count(surface, chunk.start, chunk.end)
            if left is not None:
                self._read_pair(surface, left, chunk)
            if len(words) == 2 and words[0] in name_words().local_first:
                self._votes[_key(surface)][PLACE] += 1
        elif left is not None and _is_open([word.text for word in left.words]):
            self._read_owner(left, chunk)
        if _names_state(words):
            self._votes[_key(words[-1])][PLACE] += _PLACED

    def _read_pair(self, surface: str, left: Chunk, chunk: Chunk) -> None:
        """Count what stands right before: "Hexi Systems of X", "Hexi Institute and X"."""
        gap = self._text[left.end : chunk.start]
        if gap == " of ":
            self._votes[_key(surface)][PLACE] += _ENOUGH * _seated(left)
        elif _PAIRED.fullmatch(gap) and _is_organisation(left):
            self._votes[_key(surface)][COMPANY] += _ENOUGH

    def _read_owner(self, left: Chunk, right: Chunk) -> None:
        """Count what stands right behind: "X's Ministry of Trade", "X and Hexi Institute"."""
        gap = self._text[left.end : right.start]
        votes = self._votes[_key(_surface(self._text, left))]
        if gap in ("'s ", "’s ") and kind_of_name([w.text for w in right.words]) in _STATE:
            votes[PLACE] += _PLACED
        elif _PAIRED.fullmatch(gap) and _is_organisation(right):
            votes[COMPANY] += _ENOUGH

    def _count(self, surface: str, start: int, end: int) -> None:
        before = self._text[max(0, start - _WINDOW) : start].replace("\n", " ")
        votes = self._votes[_key(surface)]
        for kind, (left, right) in _signs().items():
            votes[kind] += max((w for p, w in left if p.search(before)), default=0.0)
            votes[kind] += max((w for p, w in right if p.match(self._text, end)), default=0.0)

    def _has_demonym(self, surface: str) -> bool:
        return surface.isalpha() and any(d != surface for d in _forms(surface) & self._demonyms)

    def _spread(self, runs: Sequence[Chunk]) -> None:
        """Let a place vouch for the names in a list with it, and for the country behind it."""
        for run in _lists(self._text, runs):
            names = [_surface(self._text, chunk) for chunk in run]
            known = [is_place(name) or self.is_place(name) for name in names]
            if not any(known) and not all(self._votes[_key(n)][PLACE] >= 1 for n in names):
                continue
            if len(run) == 2 and known[0] and "and" not in self._text[run[0].end : run[1].start]:
                if _CLOSES.match(self._text, run[1].end):
                    self._votes[_key(names[1])][PLACE] += _ENOUGH
            elif "and" in self._text[run[-2].end : run[-1].start]:
                for name in names:
                    self._votes[_key(name)][PLACE] += _ENOUGH

    def _join_organisations(self, runs: Sequence[Chunk]) -> None:
        """Let the organisations of a list vouch for its other names: "A Lab, X and B Lab"."""
        for run in _lists(self._text, runs, lambda chunk: True):
            if len(run) < _MANY or "and" not in self._text[run[-2].end : run[-1].start]:
                continue
            if sum(_is_body(chunk) for chunk in run) < _SEVERAL:
                continue
            for chunk in run:
                if _is_open([word.text for word in chunk.words]):
                    self._votes[_key(_surface(self._text, chunk))][COMPANY] += _PLACED


def _is_body(chunk: Chunk) -> bool:
    kind = kind_of_name([word.text for word in chunk.words])
    return kind in ORGANISATION_LIKE or kind == "facility"


def _is_open_chunk(chunk: Chunk) -> bool:
    return _is_open([word.text for word in chunk.words])


def _lists(
    text: str, runs: Sequence[Chunk], takes: Callable[[Chunk], bool] = _is_open_chunk
) -> Iterator[list[Chunk]]:
    """Yield the runs of chunks that commas and `and` join; as a rule of those without a kind."""
    run: list[Chunk] = []
    for chunk in runs:
        open_ = takes(chunk)
        joined = run and _LISTED.fullmatch(text[run[-1].end : chunk.start])
        if run and not (open_ and joined):
            if len(run) > 1:
                yield run
            run = []
        if open_:
            run.append(chunk)
    if len(run) > 1:
        yield run


def _seated(left: Chunk) -> bool:
    """Return whether a name before "of X" is one of a firm, or of a person with a post."""
    words = [word.text for word in left.words]
    return kind_of_name(words) == COMPANY or words[0] in name_words().posts


def _is_organisation(chunk: Chunk) -> bool:
    return kind_of_name([word.text for word in chunk.words]) in ORGANISATION_LIKE


def _is_open(words: Sequence[str]) -> bool:
    """Return whether a name's own words leave open what it names."""
    lexicon = name_words()
    common = (lexicon.fields | lexicon.noise) - lexicon.local_first
    return (
        len(words) <= 3
        and kind_of_name(words) is None
        and not any(word in common for word in words)
    )


def _names_state(words: Sequence[str]) -> bool:
    """Return whether a body's name ends in its state's: "Ministry of Defence of Kestria"."""
    return (
        len(words) > 2
        and words[-2] == "of"
        and kind_of_name(words) in _BODIES
        and _is_open(words[-1:])
    )


def _surface(text: str, chunk: Chunk) -> str:
    return " ".join(text[chunk.start : chunk.end].split())


def _key(surface: str) -> str:
    return surface.title() if surface.isupper() and len(surface) > 3 else surface


def _forms(place: str) -> set[str]:
    """Return what adjectives of a place may look like: Lysia → Lysian, Marland → Marlander."""
    endings = ("n", "an", "ian", "ean", "ese", "ish", "i", "nian")
    cut = [place, place.rstrip("aeiou")]
    return {stem + ending for stem in cut if len(stem) > 2 for ending in endings}


def _stems(word: str) -> Iterable[str]:
    """Return the places that an adjective may be of: Lysian → Lysia, Lysi, Lys."""
    for ending in ("n", "an", "ian", "ean", "ese", "ish", "i"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield from (stem, stem + "a", stem + "e", stem + "o", stem + "ia")


def _in_columns(text: str) -> Iterator[str]:
    """Yield the cells of table columns whose heading says that they hold places."""
    heading: list[str] = []
    for line in _LINE.finditer(text):
        cells = [cell.strip() for cell in line.group().split(" | ")]
        if any(_COLUMN.search(cell) for cell in cells):
            heading = cells
            continue
        if len(heading) == len(cells):
            yield from (c for h, c in zip(heading, cells, strict=True) if _COLUMN.search(h))

"""How far sources are trusted: Admiralty grades, from grades.yaml and the user's own file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

LETTERS = "ABCDEF"
FIGURES = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Publication:
    """What is known of where a claim stands: its publisher, its origin, its web host."""

    publisher: str | None = None
    origin: str = "document"
    host: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter for the source and a figure for what it says, with the reason.

    `given` says that a person gave it to the publisher: then the reason is always shown.
    """

    letter: str
    figure: int
    because: str
    given: bool = False

    def __str__(self) -> str:
        return f"{self.letter}{self.figure}"


@dataclass(frozen=True, slots=True)
class Level:
    """What a letter or a figure weighs, and what it means."""

    weight: float
    meaning: str


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A kind of source, by the words in its publisher's name, its web domains or its origin."""

    kind: str
    grade: Grade
    words: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    origin: str = ""

    def fits(self, publication: Publication) -> bool:
        """Return whether a publication is of this kind."""
        if self.origin and self.origin != publication.origin:
            return False
        host = f".{publication.host}"
        if any(host.endswith(f".{domain.lstrip('.')}") for domain in self.domains):
            return True
        name = normal_publisher(publication.publisher)
        return any(_says(name, word) for word in self.words) or not (self.words or self.domains)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How two independent sources must be graded at least to confirm what they say alike."""

    at_least: str
    because: str


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades of every source. `kinds` ends with one that fits all."""

    version: str
    reliability: Mapping[str, Level]
    credibility: Mapping[int, Level]
    confirmed: Confirmation
    kinds: tuple[SourceKind, ...]
    publishers: Mapping[str, Grade]
    """Grades of single publishers, by their normal names."""

    def kind_of(self, publication: Publication) -> SourceKind:
        """Return the first kind of source that fits."""
        return next(kind for kind in self.kinds if kind.fits(publication))

    def of(self, publication: Publication) -> Grade:
        """Return the grade of a publication: its publisher's own, else that of its kind."""
        own = self.publishers.get(normal_publisher(publication.publisher))
        return own if own is not None else self.kind_of(publication).grade

    def confirm(self, grade: Grade) -> Grade:
        """Return the grade of what independent sources confirm."""
        if self.credibility[1].weight < self.credibility[grade.figure].weight:
            return grade
        return replace(grade, figure=1)

    def weight(self, grade: Grade) -> float:
        """Return what a claim of this grade weighs."""
        return self.reliability[grade.letter].weight * self.credibility[grade.figure].weight


def normal_publisher(name: str | None) -> str:
    """Return a publisher's name for comparing: folded, its spaces single."""
    return " ".join((name or "").casefold().split())


def _says(name: str, word: str) -> bool:
    """Latin words must stand whole; Han ones anywhere, a single character at the end."""
    if word.isascii():
        return f" {word} " in f" {''.join(c if c.isalnum() else ' ' for c in name)} "
    return name.endswith(word) if len(word) == 1 else word in name

"""Measure the extractor on short passages of the field's wordings, a kind of tie at a time.

python -m tests.eval.reading_probes [--misses]     prints both halves

The misses of the `dev` half may be read to mend rules, those of the `test` half may not.

A probe counts a tie as found when kind, status and both ends fit; an end fits when one name holds
the other. Only the ties between ends that the probe names can be right; all that is found counts
against precision, except presence and location, which the probes do not label throughout.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crosstie.documents import read_document
from crosstie.extraction import Extractor
from crosstie.ontology.kinds import kinds

ROOT = Path(__file__).resolve().parent / "reading_probes"
_UNLABELLED = frozenset({"located_in", "operates_in", "describes_as", "measure"})


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie by the names of its ends."""

    subject: str
    kind: str
    object: str
    status: str

    def fits(self, other: "Tie", *, status: bool = True) -> bool:
        """Return whether the other tie says the same, names given in part included."""
        if self.kind != other.kind or (status and self.status != other.status):
            return False
        if _same(self.subject, other.subject) and _same(self.object, other.object):
            return True
        turned = kinds().tie(self.kind).symmetric
        return turned and _same(self.subject, other.object) and _same(self.object, other.subject)


@dataclass(frozen=True, slots=True)
class Probe:
    """A passage and the ties that it states."""

    text: str
    ties: tuple[Tie, ...]


def probes(language: str, half: str = "all") -> Iterator[Probe]:
    """Yield the probes of `en` or `zh`: the odd ones are `dev`, the even ones `test`."""
    held = (ROOT / f"{language}.txt").read_text(encoding="utf-8")
    number = 0
    for block in held.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        number += 1
        if half == "all" or (half == "dev") == (number % 2 == 1):
            said = [line for line in lines[1:] if line != "-"]
            yield Probe(lines[0], tuple(Tie(*line.split(" | ")) for line in said))


def read(extractor: Extractor, text: str) -> list[Tie]:
    """Return the ties that the extractor reads from a passage."""
    document, articles = read_document(text.encode("utf-8"), name="probe.txt")
    found = []
    for article in articles:
        extraction = extractor.extract(document, article)
        names = {mention.id: mention.quote for mention in extraction.mentions}
        for claim in extraction.claims:
            if claim.object and claim.predicate != "measure":
                ends = names[claim.subject], names[claim.object]
                found.append(Tie(ends[0], claim.predicate, ends[1], claim.status))
    return found


def score_probes(language: str, half: str = "all") -> tuple[dict[str, float], list[str]]:
    """Return recall (with and without status) and precision, and the misses in words."""
    counts: dict[str, int] = defaultdict(int)
    misses = []
    extractor = Extractor()
    for probe in probes(language, half):
        found = read(extractor, probe.text)
        for tie in probe.ties:
            counts["wanted"] += 1
            alike = [other for other in found if tie.fits(other, status=False)]
            counts["found"] += bool(alike)
            right = any(tie.fits(other) for other in alike)
            counts["right"] += right
            if not right:
                misses.append(f"{'status' if alike else 'missed'}: {tie} in: {probe.text}")
        for other in found:
            labelled = other.kind not in _UNLABELLED
            counts["given"] += labelled
            if labelled and not any(tie.fits(other, status=False) for tie in probe.ties):
                counts["spurious"] += 1
                misses.append(f"spurious: {other} in: {probe.text}")
    return _shares(counts), misses


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    return {
        "ties": float(counts["wanted"]),
        "recall": counts["found"] / counts["wanted"],
        "recall_with_status": counts["right"] / counts["wanted"],
        "precision": 1 - counts["spurious"] / max(1, counts["given"]),
    }


def _same(left: str, right: str) -> bool:
    one, other = (_plain(text) for text in (left, right))
    return one in other or other in one or left == _initials(right) or right == _initials(left)


def _plain(text: str) -> str:
    return text.casefold().removeprefix("the ").strip("“”《》\"' ")


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def main() -> None:
    """Print the figures of both halves, and with --misses each failure of the dev half."""
    for language in ("en", "zh"):
        for half in ("dev", "test"):
            shares, misses = score_probes(language, half)
            print(language, half, {key: round(value, 3) for key, value in shares.items()})
            if half == "dev" and "--misses" in sys.argv:
                print("\n".join(misses))


if __name__ == "__main__":
    main()

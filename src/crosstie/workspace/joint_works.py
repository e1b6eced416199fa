"""The joint works that claims tell of, by partner, each once; and which technologies they name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crosstie.extraction.classification import classify
from crosstie.ontology.collaborations import JointWork, WorkTechnology
from crosstie.ontology.ids import ClaimId, EntityId
from crosstie.ontology.records import Claim
from crosstie.store import reading
from crosstie.workspace.asking import Asked

TIE = "co_published"
_TITLE = "title: "


@dataclass(frozen=True, slots=True)
class Told:
    """A joint work as a claim tells it; its technologies and quotes are looked up if it counts.

    `part_of` says that OpenAlex puts one of the two institutions below the other.
    """

    work: JointWork
    claim: ClaimId
    part_of: bool

    def speaks_of(self, technology: str) -> bool:
        """Return whether the work's title or topic speaks of a technology."""
        return any(found.technology == technology for found in self.work.technologies)


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is loaded: joint works by partner, and how many claims name no work at all."""

    works: Mapping[EntityId, Sequence[Told]]
    unnamed: int


def heard_works(asked: Asked, entity: EntityId) -> Heard:
    """Return the joint works by partner, each work once, the newest first."""
    works, unnamed = {}, 0
    for neighbour in asked.knowledge.graph.neighbours(entity):
        if neighbour.tie.kind != TIE:
            continue
        claims = reading.claims(asked.db, neighbour.tie.claims).values()
        affirmed = [c for c in claims if c.polarity == "affirmed" and c.modality == "actual"]
        found = [_told(claim) for claim in affirmed if _address(claim)]
        unnamed += len(affirmed) - len(found)
        if found:
            works[neighbour.other] = _each_once(found)
    return Heard(works, unnamed)


def _told(claim: Claim) -> Told:
    attributes = claim.attributes
    work = JointWork(
        work=_address(claim),
        title=_title(claim),
        date=claim.valid_from,
        year=_year(claim),
        topic=attributes.get("topic", ""),
        field=attributes.get("field", ""),
        technologies=(),
        co_affiliated="co_affiliation" in attributes,
        quotes=(),
    )
    return Told(work, claim.id, "part_of" in attributes)


def _address(claim: Claim) -> str:
    """Return the DOI of the work that a claim is of, else its address, else nothing."""
    return claim.attributes.get("doi") or claim.attributes.get("work", "")


def _title(claim: Claim) -> str:
    lines = (line for item in claim.evidence for line in item.quote.splitlines())
    return next((line[len(_TITLE) :] for line in lines if line.startswith(_TITLE)), "")


def _each_once(found: Iterable[Told]) -> list[Told]:
    """Return each work once: two records of it count once, and what either says of it holds."""
    works: dict[str, Told] = {}
    for told in sorted(found, key=lambda t: (t.work.date or "", t.claim)):
        before = works.get(told.work.work, told)
        both = told.work.co_affiliated or before.work.co_affiliated
        works[told.work.work] = replace(
            told,
            work=replace(told.work, co_affiliated=both),
            part_of=told.part_of or before.part_of,
        )
    return sorted(works.values(), key=lambda t: (t.work.date or "", t.work.work), reverse=True)


class Technologies:
    """Says which technologies works speak of; each title and topic is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[WorkTechnology, ...]] = {}

    def added(self, told: Told) -> Told:
        """Return a work with the technologies that its title and topic speak of, best first."""
        key = told.work.title, told.work.topic
        if key not in self._known:
            self._known[key] = tuple(
                WorkTechnology(found.technology, found.label, found.words)
                for found in classify(". ".join(key))
            )
        return replace(told, work=replace(told.work, technologies=self._known[key]))


def _year(claim: Claim) -> int | None:
    written = claim.attributes.get("year") or (claim.valid_from or "")[:4]
    return int(written) if written.isdigit() else None

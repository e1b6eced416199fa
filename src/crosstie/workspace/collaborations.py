"""With whom an institution published, in which technology, and what is known of each partner."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crosstie.extraction.technologies import technologies
from crosstie.ontology.collaborations import (
    JointWork,
    Partner,
    Partnerships,
    Standing,
)
from crosstie.ontology.errors import Ambiguous, NotFound, UsageError
from crosstie.ontology.findings import Designation, ExposurePath
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Identifier
from crosstie.screening.identifiers import official_identifier
from crosstie.store import reading, showing
from crosstie.workspace.asking import Asked
from crosstie.workspace.contents import searched_in
from crosstie.workspace.joint_works import TIE, Heard, Technologies, Told, heard_works
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.lookup import Found
from crosstie.workspace.opened import Opened
from crosstie.workspace.question import Question

YEARS = 5
_ORDER: tuple[Standing, ...] = (
    "anchor", "designated", "exposed", "formerly_designated", "nothing_found",
)  # fmt: skip
_SHOWN_IDENTIFIERS = ("ror", "lei", "uscc", "wikidata")


class Collaborations:
    """Asks a workspace with whom an institution published."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def partners(
        self,
        institution: str,
        *,
        years: int = YEARS,
        technology: str | None = None,
        question: Question | None = None,
    ) -> Partnerships:
        """Return the partners of the last `years`, counted from the newest joint work loaded.

        `institution` is a name, an entity's id or a ROR id; `technology` one of those that
        `crosstie classify` knows. Raises NotFound, Ambiguous or UsageError.
        """
        if years < 1:
            raise UsageError(f"{years} years are no span", remedy="ask for one at least")
        _check_technology(technology)
        with self._opened.asked(question) as asked:
            return _partnerships(
                asked, institution, years=years, technology=technology, now=self._opened.now()
            )


def _check_technology(technology: str | None) -> None:
    known = technologies().by_id
    if technology is not None and technology not in known:
        raise UsageError(f"no technology `{technology}`", remedy=f"use one of {', '.join(known)}")


def _partnerships(
    asked: Asked, institution: str, *, years: int, technology: str | None, now: str
) -> Partnerships:
    knowledge, found = asked.knowledge, _found(asked, institution)
    entity = found.entity
    heard = heard_works(asked, entity.id)
    if not heard.works:
        raise NotFound(
            f"no joint work of {entity.name} is in this workspace",
            remedy="load works: crosstie load openalex FILE",
        )
    span = _Span.of(heard, years=years, day=knowledge.day)
    partners = _partners(knowledge, _inside(knowledge, heard, span, technology))
    return Partnerships(
        institution=showing.entity_ref(entity),
        first=span.first,
        newest=span.newest,
        technology=technology,
        partners=partners,
        works=len({work.work for partner in partners for work in partner.works}),
        silent=sum(partner.standing == "nothing_found" for partner in partners),
        left_out=tuple(span.left_out(heard)),
        as_of=knowledge.question.known_day(),
        valid_on=knowledge.day,
        rules_version=knowledge.terms.rules.version,
        searched=searched_in(asked.db, now=now),
        others=found.others,
    )


def _found(asked: Asked, institution: str) -> Found:
    """Find by an official identifier where it is one, else by name or id."""
    identifier = official_identifier(institution)
    if identifier is None:
        return asked.find(institution)
    bearers = reading.entity_identified(asked.db, identifier.scheme, identifier.value)
    entities = reading.entities(asked.db, bearers)
    if not entities:
        raise NotFound(
            f"nobody here bears the {identifier.scheme.upper()} identifier {identifier.value}",
            remedy="load a register or works that name it, or ask by name",
        )
    if len(entities) > 1:
        choices = [f"{entity.id} {entity.name}" for entity in entities.values()]
        raise Ambiguous(
            f"{len(choices)} entities bear {identifier.value}",
            remedy=f"name one by its id: {'; '.join(choices)}",
            choices=choices,
        )
    return Found(next(iter(entities.values())))


def _inside(
    knowledge: Knowledge, heard: Heard, span: "_Span", technology: str | None
) -> dict[EntityId, list[Told]]:
    """Return the works that count, by partner, with their technologies and their quotes."""
    speaks = Technologies()
    kept: dict[EntityId, list[Told]] = {}
    for partner, works in heard.works.items():
        spoken = [speaks.added(told) for told in works if span.holds(told.work)]
        found = [told for told in spoken if technology is None or told.speaks_of(technology)]
        if found:
            kept[partner] = found
    quotes = knowledge.quotes_of({t.claim: [t.claim] for found in kept.values() for t in found})
    return {
        partner: [replace(t, work=replace(t.work, quotes=quotes[t.claim])) for t in found]
        for partner, found in kept.items()
    }


@dataclass(frozen=True, slots=True)
class _Span:
    """The years that count, and the day: what is dated after it is not published yet."""

    first: int
    newest: int
    day: str

    @classmethod
    def of(cls, heard: Heard, *, years: int, day: str) -> "_Span":
        """Count back from the newest year of which a joint work is loaded."""
        known = [
            told.work.year
            for works in heard.works.values()
            for told in works
            if told.work.year is not None and (told.work.date or "") <= day
        ]
        newest = max(known, default=int(day[:4]))
        return cls(newest - years + 1, newest, day)

    def holds(self, work: JointWork) -> bool:
        """Return whether a work counts."""
        return work.year is not None and self.first <= work.year and (work.date or "") <= self.day

    def left_out(self, heard: Heard) -> Iterator[str]:
        """Say what is loaded and does not count."""
        known = {t.work.work: t.work for works in heard.works.values() for t in works}
        later = {key for key, work in known.items() if (work.date or "") > self.day}
        years = {key: work.year for key, work in known.items() if key not in later}
        earlier = sum(year is not None and year < self.first for year in years.values())
        undated = sum(year is None for year in years.values())
        if earlier:
            yield f"{_works(earlier)} before {self.first}"
        if later:
            yield f"{_works(len(later))} dated after {self.day}"
        if undated:
            yield f"{_works(undated)} without a year"
        if heard.unnamed:
            said = "1 statement" if heard.unnamed == 1 else f"{heard.unnamed:,} statements"
            yield f"{said} of joint papers without a work: crosstie neighbours NAME --kind {TIE}"


def _works(count: int) -> str:
    return "1 joint work" if count == 1 else f"{count:,} joint works"


def _partners(
    knowledge: Knowledge, inside: Mapping[EntityId, Sequence[Told]]
) -> tuple[Partner, ...]:
    refs = knowledge.refs(inside)
    identifiers = knowledge.identifiers(inside)
    designations = knowledge.designations(inside)
    exposures = knowledge.exposures(inside)
    anchors = knowledge.anchors()
    partners = []
    for key, told in inside.items():
        works = tuple(t.work for t in told)
        anchor = anchors.get(key, "")
        partners.append(
            Partner(
                entity=refs[key],
                identifiers=_shown(identifiers[key]),
                standing=_standing(anchor, designations[key], exposures[key], knowledge.day),
                works=works,
                by_year=_newest_first(str(work.year) for work in works),
                by_topic=_most_first(work.topic for work in works if work.topic),
                by_technology=_most_first(t.technology for w in works for t in w.technologies),
                co_affiliated=sum(work.co_affiliated for work in works),
                part_of=any(t.part_of for t in told),
                anchor=anchor,
                designations=designations[key],
                exposures=exposures[key],
            )
        )
    return tuple(sorted(partners, key=_weightiest_first))


def _shown(identifiers: Sequence[Identifier]) -> dict[str, str]:
    """Return the identifiers that people look organisations up by, one of each scheme."""
    found: dict[str, str] = {}
    for identifier in identifiers:
        if identifier.scheme in _SHOWN_IDENTIFIERS:
            found.setdefault(identifier.scheme, identifier.value)
    return found


def _standing(
    anchor: str,
    designations: Sequence[Designation],
    exposures: Sequence[ExposurePath],
    day: str,
) -> Standing:
    if anchor:
        return "anchor"
    if any(designation.in_force(day) for designation in designations):
        return "designated"
    if exposures:
        return "exposed"
    return "formerly_designated" if designations else "nothing_found"


def _weightiest_first(partner: Partner) -> tuple[int, float, int, str, str]:
    score = partner.exposures[0].score if partner.standing == "exposed" else 0.0
    place = _ORDER.index(partner.standing)
    return place, -score, -len(partner.works), partner.entity.name, partner.entity.id


def _newest_first(years: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(years).items(), reverse=True))


def _most_first(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))

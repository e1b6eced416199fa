"""Find the one entity that a user names, or say why there is not just one."""

from dataclasses import dataclass

from crosstie.matching import SURE_THRESHOLD, NameIndex
from crosstie.matching.names import normal_name
from crosstie.ontology.errors import Ambiguous, NotFound
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.workspace.former import entity_formerly

_SUGGESTED = 5
# Two candidates nearer than this are not told apart by their score alone.
_CLEAR = 0.05
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Found:
    """The entity, and what else the name could have meant, in words."""

    entity: Entity
    others: tuple[str, ...] = ()


def find_entity(db: Transaction, index: NameIndex, text: str) -> Found:
    """Find by id, by exact name, else by the nearest name if it is near and clear.

    Raises NotFound with suggestions, or Ambiguous with the choices.
    """
    if by_id := reading.entities(db, [text.strip()]):
        return Found(next(iter(by_id.values())))
    if heir := entity_formerly(db, text.strip()):
        return Found(heir)
    key = normal_name(text)
    named = reading.entities_named(db, key) if key else []
    if named:
        return _choose(named, text)
    near = index.search(text, _SUGGESTED)
    found = reading.entities(db, [candidate.id for candidate in near])
    listed = [found[EntityId(c.id)] for c in near if c.id in found]
    if not near or near[0].score < SURE_THRESHOLD or not listed:
        names = list(dict.fromkeys(entity.name for entity in listed))
        raise NotFound(
            f"no entity called `{shortened(text)}`",
            remedy=f"did you mean {' | '.join(names)}?" if names else "check the spelling, or add "
            "documents and lists that name it",
            suggestions=names,
        )  # fmt: skip
    if len(near) > 1 and near[0].score - near[1].score < _CLEAR and len(listed) > 1:
        return _choose(listed[:2], text)
    return Found(listed[0])


def shortened(name: str) -> str:
    """Return a name as a message repeats it: a page pasted by mistake is cut."""
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _choose(named: list[Entity], text: str) -> Found:
    """Prefer organisations, then the one whose first name it is, then the most mentioned."""
    key = normal_name(text)
    ranked = sorted(
        named,
        key=lambda e: (
            not kinds().is_organisation(e.kind),
            normal_name(e.name) != key,
            -len(e.mentions),
            e.id,
        ),
    )
    best = ranked[0]
    rivals = [
        e
        for e in ranked[1:]
        if kinds().is_organisation(e.kind) == kinds().is_organisation(best.kind)
        and (normal_name(e.name) == key) == (normal_name(best.name) == key)
    ]
    if not rivals:
        return Found(best, tuple(_described(e) for e in ranked[1:]))
    choices = [_described(e) for e in (best, *rivals)]
    raise Ambiguous(
        f"{len(choices)} entities are called `{shortened(text)}`",
        remedy=f"name one by its id: {'; '.join(choices[:_SUGGESTED])}",
        choices=choices,
    )


def _described(entity: Entity) -> str:
    details = ", ".join(part for part in (entity.kind.replace("_", " "), entity.country) if part)
    return f"{entity.id} {entity.name} ({details})"

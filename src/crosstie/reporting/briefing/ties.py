"""The ties that an item tells of, in few lines: those that share an end and a standing are one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from crosstie.ontology.briefings import Item, TieNews
from crosstie.ontology.kinds import kinds

_ENDS_SHOWN = 6
Telling = tuple[str, str, str, str]
"""A kind of tie, what is noted of it, and the names of its ends."""


def tie_lines(item: Item, *, news_alone: bool) -> list[str]:
    """Return the item's ties as lines, changed ones first; `news_alone` leaves out known ones.

    "X signed an agreement with A, B and C" is one line, and so is "The plan was issued by A and B".
    """
    changed = [tie for tie in item.ties if tie.changed]
    others = [tie for tie in item.ties if not tie.changed and (tie.is_new or not news_alone)]
    return [*_grouped(changed), *_grouped(others)]


def _grouped(ties: Sequence[TieNews]) -> list[str]:
    tellings = _turned(ties)
    lines: list[str] = []
    for shared in (2, 3):
        other = 5 - shared
        groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for telling in tellings:
            groups[telling[0], telling[1], telling[shared]].append(telling[other])
        done = {key for key, ends in groups.items() if len(ends) > 1 or shared == 3}
        for kind, notes, end in sorted(done, key=lambda key: (key[2], key[0], key[1])):
            ends = sorted(groups[kind, notes, end])
            lines.append(_line(kind, notes, end, ends, forward=shared == 2))
        tellings = [t for t in tellings if (t[0], t[1], t[shared]) not in done]
    return lines


def _turned(ties: Iterable[TieNews]) -> list[Telling]:
    """Let ties that read either way begin with the end that most of their kind share."""
    found = list(ties)
    often: Counter[tuple[str, str]] = Counter()
    for tie in found:
        often.update({(tie.kind, tie.subject.name), (tie.kind, tie.object.name)})
    tellings = []
    for tie in found:
        first, last = tie.subject.name, tie.object.name
        turned = often[tie.kind, last], first
        if kinds().tie(tie.kind).symmetric and turned > (often[tie.kind, first], last):
            first, last = last, first
        tellings.append((tie.kind, _notes(tie), first, last))
    return tellings


def _line(kind: str, notes: str, shared: str, ends: Sequence[str], *, forward: bool) -> str:
    known = kinds().tie(kind)
    if not forward and len(ends) == 1:
        return f"{ends[0]} {known.label} {shared}{notes}"
    return f"{shared} {known.label if forward else known.inverse} {_listed(ends)}{notes}"


def _notes(tie: TieNews) -> str:
    notes = [tie.status] if tie.status != "asserted" or tie.changed else []
    if tie.changed:
        notes.append(f"before: {tie.before}")
    return f" ({'; '.join(notes)})" if notes else ""


def _listed(names: Sequence[str]) -> str:
    """Return names as an English list: "A, B and C", the first few of many."""
    if len(names) > _ENDS_SHOWN:
        return f"{', '.join(names[:_ENDS_SHOWN])} and {len(names) - _ENDS_SHOWN} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

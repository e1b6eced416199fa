"""Organisations of four lists, and which of them are one by a key that is then hidden.

Two keys: an identifier, and the exact Han name beside a Latin one. Records that share a key, also
through a third, are one organisation; each run hides the key, so that only the rest can tell.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from crosstie.ontology.records import ListRow, Mention, Name, Origin
from crosstie.resolution.rules import identity_rules
from crosstie.sources import china_defence_universities, meti_eul, ror, us_csl
from crosstie.text.scripts import has_han

_FILES = {
    "lists/csl_compact_2026-07-31.json": us_csl,
    "lists/meti_end_user_list_jp.json": meti_eul,
    "organisations/misp_china_defence_universities.json": china_defence_universities,
    "organisations/ror_cn_hk_tw_mo.jsonl": ror,
}
_SHORTEST_HAN = 4
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """One organisation as one row of a list gives it."""

    id: str
    source: str
    publisher: str | None
    origin: Origin
    mention: Mention


def records_of(shared: Path) -> list[Record]:
    """Return the organisation of each row of the four lists."""
    return [
        Record(row.mentions[0].id, name, row.document.publisher, row.document.origin,
               row.mentions[0])
        for name, module in _FILES.items()
        for row in module.read(shared / "data" / name, as_of="2026-07-31").rows
        if isinstance(row, ListRow)
    ]  # fmt: skip


def identifiers(record: Record) -> Iterator[str]:
    """Yield the identifiers that stand for one organisation."""
    merging = identity_rules().merging
    return (f"{i.scheme}:{i.value}" for i in record.mention.identifiers if i.scheme in merging)


def han_names(record: Record) -> Iterator[str]:
    """Yield the full Han names of a record that has a Latin name as well."""
    names = record.mention.names
    if not all(_is_han(name) for name in names):
        yield from (
            name.text
            for name in names
            if _is_han(name) and len(name.text) >= _SHORTEST_HAN
            and name.kind not in ("weak", "acronym")
        )  # fmt: skip


def without_identifiers(mention: Mention) -> Mention:
    """Hide the identifiers."""
    return replace(mention, identifiers=())


def without_han_names(mention: Mention) -> Mention:
    """Hide the Han names, where others stand beside them."""
    names = tuple(name for name in mention.names if not _is_han(name))
    return replace(mention, names=names or mention.names)


def _is_han(name: Name) -> bool:
    return has_han(name.text)


KEYS: dict[str, tuple[Callable[[Record], Iterable[str]], Callable[[Mention], Mention]]] = {
    "identifier": (identifiers, without_identifiers),
    "han_name": (han_names, without_han_names),
}
"""By key: what records share, and how it is hidden."""


def truth(records: Iterable[Record], keys: Callable[[Record], Iterable[str]]) -> list[set[str]]:
    """Return the groups, of two and more, of records that share a key, also through a third."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for key in keys(record):
            bearers[key].append(record.id)
    group: dict[str, set[str]] = {}
    for ids in bearers.values():
        merged = set(ids).union(*(group.get(key, ()) for key in ids))
        for key in merged:
            group[key] = merged
    return [found for found in {id(g): g for g in group.values()}.values() if len(found) > 1]


def pairs_in(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Return every pair within a group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}

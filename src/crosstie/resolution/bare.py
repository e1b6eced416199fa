"""Step 3b: give bare names (prose, and bodies that a row only names) to the one entity they fit."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosstie.ontology.ids import DocumentId
from crosstie.ontology.records import Reason
from crosstie.resolution.block import ORIGIN_RANK, Atom, Blocks
from crosstie.resolution.cluster import Clusters
from crosstie.resolution.keys import USE_ORDER
from crosstie.resolution.score import Comparison
from crosstie.resolution.within import join_short_forms

_STARTER = ORIGIN_RANK["starter"]
_WEAK = USE_ORDER["weak"]
# The score at which a bare name that fits several entities is put to a person.
_SEVERAL = 0.6
_SHORT_FORM = 0.55


@dataclass(slots=True)
class _Bare:
    """What assigning bare names needs to look at."""

    atoms: Sequence[Atom]
    blocks: Blocks
    clusters: Clusters
    queue: list[Comparison]


@dataclass(frozen=True, slots=True)
class _Open:
    """A bare atom that no cluster has taken yet, and those that may be meant."""

    atom: Atom
    bearers: tuple[int, ...]


def assign_bare_names(
    atoms: Sequence[Atom], blocks: Blocks, clusters: Clusters
) -> list[Comparison]:
    """Join each bare atom to the one cluster that bears its name; return what stays uncertain."""
    work = _Bare(atoms, blocks, clusters, [])
    names: dict[str, list[Atom]] = defaultdict(list)
    for atom in atoms:
        if not atom.qualified and atom.main_key:
            names[atom.main_key].append(atom)
    still_open = [found for key in sorted(names) for found in _assign_all(work, names[key])]
    _join_named_in_full(work, still_open)
    join_short_forms(atoms, clusters, [found.atom.index for found in still_open])
    alone: dict[str, list[Atom]] = defaultdict(list)
    for found in still_open:
        if found.bearers and clusters.is_alone(found.atom.index):
            work.queue.extend(_questions(found))
        elif not found.bearers:
            alone[found.atom.main_key].append(found.atom)
    for key, left_over in alone.items():
        _join_each_other(work, key, left_over)
    return work.queue


def _assign_all(work: _Bare, atoms: Sequence[Atom]) -> Iterator[_Open]:
    """Join the atoms to the only bearer of one of their names; yield those where none is certain.

    Prose may give a name together with its short form; the first name with bearers decides.
    """
    for atom in atoms:
        key, bearers = next(
            ((key, found) for key in atom.uses if (found := _likely(work, atom, key))),
            (atom.main_key, []),
        )
        if len(bearers) != 1 or not _is_certain(work, atom, key, bearers[0]):
            yield _Open(atom, tuple(bearers))
        elif work.clusters.join(bearers[0], atom.index, _bearer_reasons(work, atom, key, *bearers)):
            yield _Open(atom, ())


def _likely(work: _Bare, atom: Atom, key: str) -> list[int]:
    """Return the clusters, each by one atom, that the atom may mean by one of its names."""
    bearers = list(_bearers(work, atom, key, work.blocks.by_name.get(key, ())))
    if not bearers and not atom.uses[key].weak:
        cores = work.blocks.by_core.get(atom.uses[key].core, ())
        bearers = list(_bearers(work, atom, key, cores))
    return _nearest(work, atom, key, bearers) if len(bearers) > 1 else bearers


def _is_certain(work: _Bare, atom: Atom, key: str, bearer: int) -> bool:
    use, borne = atom.uses[key], work.atoms[bearer].uses.get(key)
    # "Ministry of Commerce" is a common name, but one body's where the country is told.
    if use.state and not use.weak and atom.first.country in work.clusters.countries(bearer):
        return True
    return not (use.weak or (borne is not None and borne.weak)) or _vouched(work, bearer, key)


def _questions(found: _Open) -> Iterator[Comparison]:
    """Yield what to ask a person about a bare name that may mean one of these."""
    text = next(iter(found.atom.uses.values())).text
    if len(found.bearers) > 1:
        words = f"“{text}” fits {len(found.bearers)} entities"
        reason = Reason("several_bearers", words, _SEVERAL)
    else:
        words = f"“{text}” is a short form of it, and may be one of something else"
        reason = Reason("short_form", words, _SHORT_FORM)
    for bearer in found.bearers:
        yield Comparison(bearer, found.atom.index, reason.weight, (reason,))


def _vouched(work: _Bare, bearer: int, key: str) -> bool:
    """Return whether a curated fact gives this short name and does not call it weak itself."""
    borne = work.atoms[bearer].uses.get(key)
    return work.atoms[bearer].rank == _STARTER and borne is not None and borne.order < _WEAK


def _bearers(work: _Bare, atom: Atom, key: str, members: Sequence[int]) -> Iterator[int]:
    """Yield one atom for each cluster that bears the name and may be meant: its best bearer."""
    best: dict[int, int] = {}
    for index in members:
        if work.clusters.conflict(index, atom.index) is None:
            root = work.clusters.root(index)
            rival = best.get(root)
            if rival is None or _rank(work, index, key) < _rank(work, rival, key):
                best[root] = index
    yield from sorted(best.values())


def _rank(work: _Bare, index: int, key: str) -> tuple[bool, int, int]:
    use = work.atoms[index].uses.get(key)
    return (use is None or use.weak, work.atoms[index].rank, index)


def _nearest(work: _Bare, atom: Atom, key: str, bearers: list[int]) -> list[int]:
    """Narrow several bearers by country, then by strength of the name, then to curated ones."""
    country = atom.first.country
    here = [b for b in bearers if country is not None and country in work.clusters.countries(b)]
    bearers = here or bearers
    for narrower in (
        [b for b in bearers if not _rank(work, b, key)[0]],
        [b for b in bearers if work.atoms[b].rank == _STARTER],
    ):
        if narrower:
            bearers = narrower
    return bearers


def _bearer_reasons(work: _Bare, atom: Atom, key: str, bearer: int) -> tuple[Reason, ...]:
    text = atom.uses[key].text
    if key in work.atoms[bearer].uses:
        return (Reason("only_bearer", f"the one entity here that bears the name “{text}”", 0.9),)
    words = f"but for the legal form, “{text}” is the name of one entity here"
    return (Reason("only_core_bearer", words, 0.82),)


def _join_each_other(work: _Bare, key: str, atoms: Sequence[Atom]) -> None:
    """Join atoms of the same bare name that no known entity bears.

    A short form may mean another body in the next document, and so may a person's name: those
    only join within one document, or within the rows of one list reader.
    """
    firsts: dict[object, Atom] = {}
    for atom in atoms:
        careful = atom.uses[key].weak or atom.first.kind == "person"
        group: object = _scope(atom) if careful else None
        first = firsts.setdefault(group, atom)
        if first is not atom:
            text = f"the same name, “{atom.uses[key].text}”, and no other entity here bears it"
            work.clusters.join(first.index, atom.index, (Reason("same_name", text, 0.85),))


def _scope(atom: Atom) -> object:
    return atom.first.document_id if atom.rank == ORIGIN_RANK["document"] else atom.first.method


def _join_named_in_full(work: _Bare, still_open: Sequence[_Open]) -> None:
    """Join a short form to its one bearer where the same document also names that in full."""
    named_in: dict[DocumentId, set[int]] = defaultdict(set)
    for atom in work.atoms:
        if not atom.uses or not next(iter(atom.uses.values())).weak:
            for mention in atom.mentions:
                named_in[mention.document_id].add(work.clusters.root(atom.index))
    for found in still_open:
        if len(found.bearers) != 1:
            continue
        bearer, atom = found.bearers[0], found.atom
        if work.clusters.root(bearer) in named_in[atom.first.document_id]:
            text = atom.uses[atom.main_key].text
            words = f"“{text}” is its short form, and the same document names it in full"
            work.clusters.join(bearer, atom.index, (Reason("short_form", words, 0.85),))

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


def assign_bare_names(
    atoms: Sequence[Atom], blocks: Blocks, clusters: Clusters
) -> list[Comparison]:
    """Join each bare atom to the one cluster that bears its name; return what stays uncertain."""
    work = _Bare(atoms, blocks, clusters, [])
    names: dict[str, list[Atom]] = defaultdict(list)
    for atom in atoms:
        if not atom.qualified and atom.main_key:
            names[atom.main_key].append(atom)
    short: list[tuple[Atom, int]] = []
    for key in sorted(names):
        left_over = [atom for atom in names[key] if not _assign(work, atom, key, short)]
        _join_each_other(work, key, left_over)
    _assign_short_forms(work, short)
    return work.queue


def _assign(work: _Bare, atom: Atom, key: str, short: list[tuple[Atom, int]]) -> bool:
    """Join the atom to the one cluster that bears its name; False if it stays on its own."""
    use = atom.uses[key]
    bearers = list(_bearers(work, atom, key, work.blocks.by_name.get(key, ())))
    if not bearers and not use.weak:
        cores = work.blocks.by_core.get(use.core, ())
        bearers = list(_bearers(work, atom, key, cores))
    if len(bearers) > 1:
        bearers = _nearest(work, atom, key, bearers)
    if len(bearers) > 1:
        for bearer in bearers:
            text = f"“{use.text}” fits {len(bearers)} entities"
            reasons = (Reason("several_bearers", text, _SEVERAL),)
            work.queue.append(Comparison(bearer, atom.index, _SEVERAL, reasons))
        return True
    if not bearers:
        return False
    bearer = bearers[0]
    borne = work.atoms[bearer].uses.get(key)
    if (use.weak or (borne is not None and borne.weak)) and not _vouched(work, bearer, key):
        short.append((atom, bearer))
        return True
    return work.clusters.join(bearer, atom.index, _bearer_reasons(work, atom, key, bearer)) is None


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


def _assign_short_forms(work: _Bare, short: Sequence[tuple[Atom, int]]) -> None:
    """Join a short form to its one bearer where the same document also names that in full."""
    named_in: dict[DocumentId, set[int]] = defaultdict(set)
    for atom in work.atoms:
        if not atom.uses or not next(iter(atom.uses.values())).weak:
            for mention in atom.mentions:
                named_in[mention.document_id].add(work.clusters.root(atom.index))
    for atom, bearer in short:
        text = atom.uses[atom.main_key].text
        full = work.clusters.root(bearer) in named_in[atom.first.document_id]
        if full:
            words = f"“{text}” is its short form, and the same document names it in full"
            if not work.clusters.join(bearer, atom.index, (Reason("short_form", words, 0.85),)):
                continue
        words = f"“{text}” is a short form of it, and may be one of something else"
        reasons = (Reason("short_form", words, _SHORT_FORM),)
        work.queue.append(Comparison(bearer, atom.index, _SHORT_FORM, reasons))

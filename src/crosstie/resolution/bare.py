"""Step 3b: give bare names (prose, and bodies that a row only names) to the one entity they fit.

What a document's bare names mean follows from that document and from the qualified clusters, never
from another document's bare names: so a new document changes no other. Only names that nobody bears
meet across documents, in groups by name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crosstie.ontology.ids import DocumentId, MentionId
from crosstie.ontology.records import Reason
from crosstie.resolution.block import ORIGIN_RANK, Atom, Blocks
from crosstie.resolution.cluster import Clusters
from crosstie.resolution.keys import USE_ORDER
from crosstie.resolution.result import Placement
from crosstie.resolution.score import Comparison
from crosstie.resolution.within import join_short_forms

_STARTER = ORIGIN_RANK["starter"]
_WEAK = USE_ORDER["weak"]
# The score at which a bare name that fits several entities is put to a person.
_SEVERAL = 0.6
_SHORT_FORM = 0.55
_NO_COUNTRY = 0.65


@dataclass(slots=True)
class _Bare:
    """What assigning bare names needs to look at, and what comes of it.

    `groups` gives each atom that no entity here bears the group of names in which it may meet its
    likes of other documents.
    """

    atoms: Sequence[Atom]
    blocks: Blocks
    clusters: Clusters
    queue: list[Comparison] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Open:
    """A bare atom that no cluster has taken yet, and those that may be meant."""

    atom: Atom
    bearers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """The questions that bare names leave open, and the groups in which unknown names met."""

    queue: list[Comparison]
    groups: dict[int, str]


def assign_bare_names(
    atoms: Sequence[Atom],
    blocks: Blocks,
    clusters: Clusters,
    kept: Mapping[MentionId, Placement],
    told_apart: Mapping[MentionId, int],
) -> Assigned:
    """Attach each bare atom to the one cluster that bears its name, document by document.

    Atoms whose placement is `kept` from an earlier run are put back where they were. `told_apart`
    counts from how many others a person told a mention apart.
    """
    work = _Bare(atoms, blocks, clusters)
    documents: dict[DocumentId, list[Atom]] = defaultdict(list)
    bare: set[DocumentId] = set()
    for atom in atoms:
        if atom.first.id in kept:
            continue
        for document_id in {mention.document_id for mention in atom.mentions}:
            documents[document_id].append(atom)
        if not atom.qualified:
            bare.add(atom.first.document_id)
    for document_id in sorted(bare):
        _assign_document(work, documents[document_id])
    _put_back(work, kept)
    _meet(work, told_apart)
    return Assigned(work.queue, work.groups)


def _assign_document(work: _Bare, atoms: Sequence[Atom]) -> None:
    found = [atom for atom in atoms if not atom.qualified and atom.main_key]
    still_open = list(_assign_all(work, found))
    _join_named_in_full(work, atoms, still_open)
    join_short_forms(atoms, work.clusters, [item.atom.index for item in still_open])
    for item in still_open:
        if work.clusters.is_guest(item.atom.index):
            continue
        if item.bearers:
            work.queue.extend(_questions(item, work))
        else:
            work.groups[item.atom.index] = group_of(item.atom)


def _put_back(work: _Bare, kept: Mapping[MentionId, Placement]) -> None:
    place = {atom.first.id: atom.index for atom in work.atoms}
    for atom in work.atoms:
        before = kept.get(atom.first.id)
        if before is None:
            continue
        if before.onto is not None:
            work.clusters.attach_again(place[before.onto], atom.index, before.reasons)
        elif before.group is not None:
            work.groups[atom.index] = before.group


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
        elif work.clusters.attach(
            bearers[0], atom.index, _bearer_reasons(work, atom, key, *bearers)
        ):
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
    if _country_is_news(work, atom, bearer):
        return False
    # "Ministry of Commerce" is a common name, but one body's where the country is told.
    if use.state and not use.weak and atom.first.country in work.clusters.countries(bearer):
        return True
    return not (use.weak or (borne is not None and borne.weak)) or _vouched(work, bearer, key)


def _country_is_news(work: _Bare, atom: Atom, bearer: int) -> bool:
    """Return whether prose tells a country that the bearer's records do not.

    The next document may tell another one: then the records would bridge two namesakes.
    """
    return atom.first.country is not None and not work.clusters.countries(bearer)


def _questions(found: _Open, work: _Bare) -> Iterator[Comparison]:
    """Yield what to ask a person about a bare name that may mean one of these."""
    text = next(iter(found.atom.uses.values())).text
    if len(found.bearers) > 1:
        words = f"“{text}” fits {len(found.bearers)} entities"
        reason = Reason("several_bearers", words, _SEVERAL)
    elif _country_is_news(work, found.atom, found.bearers[0]):
        words = f"prose tells the country of “{text}”, and its records do not"
        reason = Reason("country_unknown", words, _NO_COUNTRY)
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


def group_of(atom: Atom) -> str:
    """Return the group in which a name that nobody bears may meet its likes.

    A short form may mean another body in the next document, and so may a person's name: those
    only join within one document, or within the rows of one list reader.
    """
    careful = atom.uses[atom.main_key].weak or atom.first.kind == "person"
    return f"{atom.main_key}\n{_scope(atom)}" if careful else atom.main_key


def _scope(atom: Atom) -> str:
    return atom.first.document_id if atom.rank == ORIGIN_RANK["document"] else atom.first.method


def _meet(work: _Bare, told_apart: Mapping[MentionId, int]) -> None:
    """Join the atoms of each group to its first.

    Whom a person told apart from others here comes last, so that the others keep together.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for index, group in work.groups.items():
        members[group].append(index)
    for group in sorted(members):
        found = sorted(members[group], key=lambda i: (told_apart.get(work.atoms[i].first.id, 0), i))
        for index in found[1:]:
            atom = work.atoms[index]
            name = atom.uses[atom.main_key].text
            text = f"the same name, “{name}”, and no other entity here bears it"
            work.clusters.attach(found[0], index, (Reason("same_name", text, 0.85),))


def _join_named_in_full(work: _Bare, atoms: Iterable[Atom], still_open: Sequence[_Open]) -> None:
    """Join a short form to its one bearer where the same document also names that in full."""
    named = {
        work.clusters.root(atom.index)
        for atom in atoms
        if not atom.uses or not next(iter(atom.uses.values())).weak
    }
    for found in still_open:
        if len(found.bearers) != 1 or work.clusters.is_guest(found.atom.index):
            continue
        bearer, atom = found.bearers[0], found.atom
        if work.clusters.root(bearer) in named and not _country_is_news(work, atom, bearer):
            text = atom.uses[atom.main_key].text
            words = f"“{text}” is its short form, and the same document names it in full"
            work.clusters.attach(bearer, atom.index, (Reason("short_form", words, 0.85),))

"""Step 3c: within one document, a short form joins the one longer name there that it shortens.

Three signs are taken: the short form stands right behind the name, as in "Hexi Institute of Optics
(HIO)"; it is the name's initials; or it is the name without words that documents drop.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from crosstie.ontology.records import Mention, Reason
from crosstie.resolution.block import ORIGIN_RANK, Atom
from crosstie.resolution.cluster import Clusters
from crosstie.resolution.keys import FEWEST_INITIALS, initials_of
from crosstie.resolution.rules import identity_rules

_LETTERS = re.compile(r"[^\W\d_]+")
# " (" or "（" stands between a name and the short form that it introduces.
_GAP = range(1, 4)
_LONGEST_SHORT_FORM = 10


def join_short_forms(atoms: Sequence[Atom], clusters: Clusters, open_atoms: Iterable[int]) -> None:
    """Attach each open atom of one document to the one cluster that it names at greater length."""
    wanted = {index for index in open_atoms if not clusters.is_guest(index)}
    written = [atom for atom in atoms if atom.rank == ORIGIN_RANK["document"] and atom.uses]
    if any(atom.index in wanted for atom in written):
        _join_in_document(written, clusters, wanted)


def _join_in_document(atoms: Sequence[Atom], clusters: Clusters, wanted: set[int]) -> None:
    signs: dict[int, dict[int, Reason]] = defaultdict(dict)
    for short, full, reason in (*_introduced(atoms), *_initials(atoms), *_shortened(atoms)):
        if short.index in wanted:
            signs[short.index].setdefault(full.index, reason)
    for short_index in sorted(signs):
        allowed = {
            index: reason
            for index, reason in signs[short_index].items()
            if clusters.conflict(short_index, index) is None
        }
        # The longer names must all be one entity; else the short form may mean either.
        if len({clusters.root(index) for index in allowed}) == 1:
            full_index = min(allowed)
            clusters.attach(full_index, short_index, (allowed[full_index],))


def _introduced(atoms: Sequence[Atom]) -> Iterator[tuple[Atom, Atom, Reason]]:
    """Yield short forms that stand right behind a name of which they hold the letters in order."""
    owner = {mention.id: atom for atom in atoms for mention in atom.mentions}
    mentions = sorted((m for atom in atoms for m in atom.mentions), key=lambda m: (m.start, m.end))
    for full, short in pairwise(mentions):
        if short.start - full.end in _GAP and _abbreviates(short, full):
            text = f"“{short.quote}” is introduced right behind “{full.quote}”"
            yield owner[short.id], owner[full.id], Reason("introduced", text, 0.9)


def _abbreviates(short: Mention, full: Mention) -> bool:
    ours = "".join(_LETTERS.findall(short.quote)).casefold()
    theirs = "".join(_LETTERS.findall(full.quote)).casefold()
    if not 1 < len(ours) <= _LONGEST_SHORT_FORM or len(ours) >= len(theirs):
        return False
    # Han short forms may leave out the first characters; initials begin with the first one.
    if ours.isascii() and (ours[0] != theirs[0] or short.quote.islower()):
        return False
    letters = iter(theirs)
    return all(letter in letters for letter in ours)


def _initials(atoms: Sequence[Atom]) -> Iterator[tuple[Atom, Atom, Reason]]:
    """Yield acronyms that are the initials of a name in the same document."""
    names: dict[str, list[Atom]] = defaultdict(list)
    for atom in atoms:
        for initials in initials_of(atom.first.quote):
            names[initials].append(atom)
    for short in atoms:
        written = short.first.quote.replace(".", "")
        if len(written) >= FEWEST_INITIALS and written.isupper() and written.isalpha():
            for full in names.get(written.casefold(), ()):
                if full is not short:
                    text = f"“{short.first.quote}” are the initials of “{full.first.quote}”"
                    yield short, full, Reason("initials", text, 0.85)


def _shortened(atoms: Sequence[Atom]) -> Iterator[tuple[Atom, Atom, Reason]]:
    """Yield names that begin a longer one whose other words documents drop."""
    by_beginning: dict[str, list[Atom]] = defaultdict(list)
    for atom in atoms:
        by_beginning[_beginning(atom.main_key)].append(atom)
    for short in atoms:
        if next(iter(short.uses.values())).weak:
            continue
        for full in by_beginning[_beginning(short.main_key)]:
            rest = full.main_key.removeprefix(short.main_key)
            if rest != full.main_key and rest and _is_dropped(rest, short.main_key):
                text = f"“{short.first.quote}” is “{full.first.quote}”, shortened"
                yield short, full, Reason("shortened", text, 0.82)


def _is_dropped(rest: str, short: str) -> bool:
    """Return whether a document drops such words when it names the same thing again."""
    droppable = identity_rules().droppable
    if not short.isascii():
        return rest in droppable
    return rest.startswith(" ") and droppable.issuperset(rest.split())


def _beginning(key: str) -> str:
    return key.split(" ")[0] if key.isascii() else key[:1]

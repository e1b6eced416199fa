"""Step 3: join atoms into clusters, strongest evidence first, and never across a prohibition."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crosstie.ontology.ids import DocumentId
from crosstie.ontology.records import Reason
from crosstie.resolution.block import ORIGIN_RANK, Atom, Spelling
from crosstie.resolution.hierarchy import is_part, numbered_differently
from crosstie.resolution.rules import IdentityRules


@dataclass(slots=True)
class _Traits:
    """What a cluster has gathered, as far as it can forbid a join."""

    kinds: set[str]
    countries: set[str]
    identifiers: dict[str, set[str]]
    rows: dict[DocumentId, set[str]]
    main_names: set[str]
    listed: dict[str, set[Spelling]]
    foes: set[int] = field(default_factory=set)
    size: int = 1

    def gather(self, other: "_Traits") -> None:
        """Add the kinds, countries and rows of another."""
        self.kinds |= other.kinds
        self.countries |= other.countries
        self.add_rows(other.rows)

    def add_rows(self, rows: dict[DocumentId, set[str]]) -> None:
        """Add what rows call it."""
        for row, names in rows.items():
            self.rows.setdefault(row, set()).update(names)


class Clusters:
    """Disjoint clusters of atoms that refuse a join which a rule or a person forbids."""

    def __init__(
        self, atoms: Sequence[Atom], rules: IdentityRules, foes: Iterable[tuple[int, int]]
    ) -> None:
        self._rules = rules
        self._parent = list(range(len(atoms)))
        self._traits = [_traits(atom) for atom in atoms]
        self._qualified = [atom.qualified for atom in atoms]
        self.hosts: dict[int, tuple[int, tuple[Reason, ...]]] = {}
        self.joins: dict[int, list[tuple[int, tuple[Reason, ...]]]] = defaultdict(list)
        for left, right in foes:
            self._traits[left].foes.add(right)
            self._traits[right].foes.add(left)

    def root(self, atom: int) -> int:
        """Return the atom that stands for the cluster."""
        parent = self._parent
        while parent[atom] != atom:
            parent[atom] = parent[parent[atom]]
            atom = parent[atom]
        return atom

    def join(
        self,
        left: int,
        right: int,
        reasons: tuple[Reason, ...],
        *,
        certain: bool = False,
        judged: bool = False,
    ) -> Reason | None:
        """Join two clusters and return None, or return why that is forbidden.

        A shared identifier (`certain`) overrides what names say. A person's "same" (`judged`)
        overrides every rule, but never a person's "different".
        """
        a, b = self.root(left), self.root(right)
        if a == b:
            return None
        refusal = self._judged_apart(a, b)
        if refusal is None and not judged:
            refusal = self._conflict(a, b)
            if refusal is None and not certain:
                refusal = self._hierarchy(a, b) or self._listed_apart(a, b)
        if refusal is None:
            self._unite(a, b)
            self.joins[left].append((right, reasons))
            self.joins[right].append((left, reasons))
        return refusal

    def attach(self, host: int, guest: int, reasons: tuple[Reason, ...]) -> Reason | None:
        """Give a bare atom, with what is attached to it, to a cluster; or return why not.

        What a cluster of qualified atoms is stays as they made it: no bare name that joins it can
        keep out, or let in, the bare names of another document.
        """
        a, b = self.root(host), self.root(guest)
        if a == b:
            return None
        refusal = self._judged_apart(a, b) or self._conflict(a, b)
        if refusal is None:
            self._take_in(a, b)
            self.hosts[guest] = (host, reasons)
        return refusal

    def attach_again(self, host: int, guest: int, reasons: tuple[Reason, ...]) -> None:
        """Repeat an attachment that was decided before."""
        self._take_in(self.root(host), self.root(guest))
        self.hosts[guest] = (host, reasons)

    def conflict(self, left: int, right: int) -> Reason | None:
        """Return why the clusters of these two atoms can never be one, or None."""
        a, b = self.root(left), self.root(right)
        return None if a == b else self._judged_apart(a, b) or self._conflict(a, b)

    def countries(self, atom: int) -> set[str]:
        """Return the countries that the atom's cluster has gathered."""
        return self._traits[self.root(atom)].countries

    def is_guest(self, atom: int) -> bool:
        """Return whether the atom is attached to another."""
        return atom in self.hosts

    def _judged_apart(self, a: int, b: int) -> Reason | None:
        if len(self._traits[a].foes) > len(self._traits[b].foes):
            a, b = b, a
        if any(self.root(foe) == b for foe in self._traits[a].foes):
            return Reason("judged_different", "a person judged that they are different")
        return None

    def _conflict(self, a: int, b: int) -> Reason | None:
        one, two = self._traits[a], self._traits[b]
        agree = self._rules.kinds_agree
        if not all(agree(left, right) for left in one.kinds for right in two.kinds):
            kinds = f"{'/'.join(sorted(one.kinds))} and {'/'.join(sorted(two.kinds))}"
            return Reason("kinds", f"a {kinds} are never one entity")
        if one.countries and two.countries and not one.countries & two.countries:
            places = f"{'/'.join(sorted(one.countries))} and {'/'.join(sorted(two.countries))}"
            return Reason("countries", f"they are in different countries: {places}")
        for scheme in sorted(one.identifiers.keys() & two.identifiers.keys()):
            if not one.identifiers[scheme] & two.identifiers[scheme]:
                return Reason("identifiers", f"their {scheme} identifiers differ")
        if len(one.rows) > len(two.rows):
            one, two = two, one
        for row, names in one.rows.items():
            if row in two.rows and names != two.rows[row]:
                return Reason("same_row", "one row names them side by side as two organisations")
        return None

    def _hierarchy(self, a: int, b: int) -> Reason | None:
        ours, theirs = self._traits[a].main_names, self._traits[b].main_names
        if numbered_differently(ours, theirs):
            return Reason("numbers", "their main names carry different numbers")
        for one in ours:
            for two in theirs:
                if is_part(one, two) or is_part(two, one):
                    return Reason("hierarchy", "one's name is that of a part of the other")
        return None

    def _listed_apart(self, a: int, b: int) -> Reason | None:
        ours, theirs = self._traits[a].listed, self._traits[b].listed
        for publisher in sorted(ours.keys() & theirs.keys()):
            if not all(o.repeats(t) for o in ours[publisher] for t in theirs[publisher]):
                return Reason("listed_twice", f"{publisher} lists them as two")
        return None

    def _unite(self, a: int, b: int) -> None:
        if (self._traits[a].size, -a) < (self._traits[b].size, -b):
            a, b = b, a
        big, small = self._traits[a], self._traits[b]
        self._parent[b] = a
        big.size += small.size
        big.foes |= small.foes
        big.main_names |= small.main_names
        big.gather(small)
        for publisher, spellings in small.listed.items():
            big.listed.setdefault(publisher, set()).update(spellings)
        for scheme, values in small.identifiers.items():
            big.identifiers.setdefault(scheme, set()).update(values)

    def _take_in(self, host: int, guest: int) -> None:
        theirs, ours = self._traits[host], self._traits[guest]
        self._parent[guest] = host
        theirs.foes |= ours.foes
        if self._qualified[host]:
            # Two names of one row are two things, also where both are bare.
            theirs.add_rows(ours.rows)
        else:
            theirs.gather(ours)


def _traits(atom: Atom) -> _Traits:
    # In prose the same organisation often goes by two names; in a row two names are two things.
    in_row = atom.rank < ORIGIN_RANK["document"]
    return _Traits(
        kinds={mention.kind for mention in atom.mentions},
        countries={m.country for m in atom.mentions if m.country is not None},
        identifiers={scheme: set(values) for scheme, values in atom.numbers.items()},
        main_names={atom.main_core} if atom.qualified else set(),
        listed={publisher: {atom.spelling} for publisher in atom.publishers},
        rows={m.document_id: {atom.main_key} for m in atom.mentions} if in_row else {},
    )

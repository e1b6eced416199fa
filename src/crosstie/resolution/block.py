"""Step 1: gather mentions into atoms, and atoms into blocks that share a name or an identifier.

An atom is all mentions of one document that write the same words, or all rows that say the same of
an organisation, name for name and number for number (an authority stands in thousands of rows, a
university on thousands of papers). It is *qualified* when it carries more than names in prose: an
identifier, or in a row a country or further names.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace

from crosstie.ontology.ids import DocumentId, MentionId
from crosstie.ontology.records import Identifier, Mention, Origin
from crosstie.resolution.identifiers import is_well_formed
from crosstie.resolution.keys import USE_ORDER, KeyTable, NameKey, without_own_initials
from crosstie.resolution.rules import IdentityRules

_NO_NUMBERS: Mapping[str, frozenset[str]] = {}
# A name of so many words is full, also if one is a number.
_MANY_WORDS = 4
ORIGIN_RANK: dict[Origin, int] = {"starter": 0, "list": 1, "document": 2}


@dataclass(frozen=True, slots=True)
class NameUse:
    """How an atom bears a name: its text, its keys, what sort it is (`order`).

    `short` marks what its list calls an acronym or weak; `plain` a name of no organisation;
    `state` that of a body of which its country has one.
    """

    text: str
    key: NameKey
    order: int
    short: bool
    plain: bool
    state: bool = False

    @property
    def core(self) -> str:
        """Return the key without legal form, which only organisations have."""
        return self.key.normal if self.plain else self.key.core

    @property
    def weak(self) -> bool:
        """Return whether the name says too little to identify its bearer alone."""
        if self.short or self.plain:
            return self.short
        return self.key.weak and not (self.state and _is_full_name(self.key.normal))

    @property
    def full(self) -> bool:
        """Return whether the name, if weak, is at least no short form: two such say something."""
        words = self.key.normal.count(" ") + 1
        return (
            not self.short
            and not self.plain
            and (words >= _MANY_WORDS or _is_full_name(self.key.normal))
        )


def _is_full_name(normal: str) -> bool:
    """Return whether a name has the words of a whole name: no acronym, no number."""
    long = normal.count(" ") >= 2 if normal.isascii() else len(normal) >= 3
    return long and not any(map(str.isdigit, normal))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A record's main name and all its full names, by their letters."""

    main: str
    names: frozenset[str]

    def repeats(self, other: "Spelling") -> bool:
        """Return whether one of two records says no more than the other."""
        return self.main == other.main and (self.names <= other.names or other.names <= self.names)


@dataclass(slots=True)
class Atom:
    """Mentions that are one from the start; `index` is its place in the list of atoms.

    `identifiers` are those that merge, `supports` those that only speak for it; `numbers` holds by
    scheme those of which a thing has one.
    """

    index: int
    mentions: list[Mention]
    rank: int
    qualified: bool
    uses: dict[str, NameUse]
    identifiers: frozenset[Identifier]
    supports: frozenset[Identifier]
    numbers: Mapping[str, frozenset[str]]
    publishers: frozenset[str] = frozenset()

    @property
    def spelling(self) -> "Spelling":
        """Return how its first mention spells its names."""
        names = self.first.names
        full = (letters_of(name.text) for name in names if name.kind not in ("weak", "acronym"))
        return Spelling(letters_of(names[0].text), frozenset(full))

    @property
    def first(self) -> Mention:
        """Return the mention that speaks for the atom: the one with the smallest id."""
        return self.mentions[0]

    @property
    def main_key(self) -> str:
        """Return the normal key of its first name."""
        return next(iter(self.uses), "")

    @property
    def main_core(self) -> str:
        """Return the core key of its first name."""
        return next((use.core for use in self.uses.values()), "")


@dataclass(slots=True)
class Blocks:
    """Atoms by what they share. Keys are normal or core names, values are atom indices."""

    by_identifier: dict[Identifier, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_support: dict[Identifier, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_core: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def atoms_of(
    mentions: Iterable[Mention],
    *,
    origins: Mapping[DocumentId, Origin],
    publishers: Mapping[DocumentId, str | None],
    judged: Container[MentionId],
    vouched: Container[MentionId] = (),
    rules: IdentityRules,
    keys: KeyTable,
) -> list[Atom]:
    """Return the atoms in a fixed order: starter, lists, documents, each by smallest mention id.

    A mention that a person has judged stands alone, so that the judgement is about it and no other.
    One that a person judged the same as another (`vouched`) counts as qualified.
    """
    grouped: dict[tuple[object, ...], list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (ORIGIN_RANK[origins[m.document_id]], m.id)):
        rank = ORIGIN_RANK[origins[mention.document_id]]
        # Equal ids are one mention that was handed in twice.
        alone: tuple[object, ...] = (mention.id,)
        group = alone if mention.id in judged else _sameness(mention, rank, keys, rules) or alone
        grouped.setdefault((rank, *group), []).append(mention)
    atoms: list[Atom] = []
    for members in grouped.values():
        rank = ORIGIN_RANK[origins[members[0].document_id]]
        atoms.append(_atom(len(atoms), members, rank=rank, rules=rules, keys=keys))
        atoms[-1].qualified |= members[0].id in vouched
        # A curated fact cites a publisher, but is not a row of that publisher's list.
        if rank == ORIGIN_RANK["list"]:
            named = {publishers.get(mention.document_id) for mention in members} - {None}
            atoms[-1].publishers = frozenset(str(name) for name in named)
    return atoms


def _is_qualified(mention: Mention, rank: int) -> bool:
    if mention.identifiers:
        return True
    in_row = rank < ORIGIN_RANK["document"]
    return in_row and (mention.country is not None or len(mention.names) > 1)


def _sameness(
    mention: Mention, rank: int, keys: KeyTable, rules: IdentityRules
) -> tuple[object, ...] | None:
    """Return what makes two mentions one from the start; None for a mention that stands alone."""
    spelt = [keys.key(name) for name in mention.names]
    if rank == ORIGIN_RANK["document"] and not _is_qualified(mention, rank):
        normal = spelt[0].normal
        return (mention.document_id, mention.kind, mention.country, normal) if normal else None
    if rank == ORIGIN_RANK["document"] or not _is_qualified(mention, rank):
        return None
    merges = any(i.scheme in rules.merging and is_well_formed(i) for i in mention.identifiers)
    if not merges and all(k.weak for k in spelt):
        return None
    # As spelt, and not as folded: a folded legal form can hide that they are two companies.
    names = sorted((letters_of(name.text), name.kind) for name in mention.names)
    # A university stands on thousands of papers, each time under the same number.
    numbers = sorted((i.scheme, i.value) for i in mention.identifiers)
    main = letters_of(mention.names[0].text)
    return (mention.kind, mention.country, main, *names, *numbers)


def letters_of(text: str) -> str:
    """Return the letters and digits of a name, without capitals: its spelling and no more."""
    return "".join(filter(str.isalnum, text.casefold()))


def _atom(
    index: int, members: list[Mention], *, rank: int, rules: IdentityRules, keys: KeyTable
) -> Atom:
    first = members[0]
    sound = [identifier for identifier in first.identifiers if is_well_formed(identifier)]
    plain = first.kind in rules.plain_name_kinds
    state = first.country is not None and first.kind in rules.one_per_country_kinds
    uses: dict[str, NameUse] = {}
    # The same words may be spelt out at one place of a document and not at the next.
    names = dict.fromkeys(name for mention in members for name in mention.names)
    for name in sorted(names, key=lambda n: USE_ORDER[n.kind]):
        key = keys.key(replace(name, text=without_own_initials(name.text)))
        if key.normal and key.normal not in uses:
            short = name.kind in ("weak", "acronym")
            uses[key.normal] = NameUse(name.text, key, USE_ORDER[name.kind], short, plain, state)
    return Atom(
        index=index,
        mentions=list({m.id: m for m in members}.values()),
        rank=rank,
        qualified=_is_qualified(first, rank),
        uses=uses,
        identifiers=frozenset(i for i in sound if i.scheme in rules.merging),
        supports=frozenset(i for i in sound if rules.supports(i.scheme)),
        numbers=_numbers(sound, rules) if sound else _NO_NUMBERS,
    )


def _numbers(identifiers: Iterable[Identifier], rules: IdentityRules) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for identifier in identifiers:
        if identifier.scheme in rules.single:
            found[identifier.scheme].add(identifier.value)
    return {scheme: frozenset(values) for scheme, values in found.items()}


def blocks_of(atoms: Iterable[Atom]) -> Blocks:
    """Return the qualified atoms by shared identifier, shared name and shared core name."""
    blocks = Blocks()
    for atom in atoms:
        if not atom.qualified:
            continue
        for identifier in sorted(atom.identifiers, key=lambda i: (i.scheme, i.value)):
            blocks.by_identifier[identifier].append(atom.index)
        for identifier in sorted(atom.supports, key=lambda i: (i.scheme, i.value)):
            blocks.by_support[identifier].append(atom.index)
        for normal in atom.uses:
            blocks.by_name[normal].append(atom.index)
        for core in cores_of(atom):
            blocks.by_core[core].append(atom.index)
    return blocks


def cores_of(atom: Atom) -> set[str]:
    """Return the names without legal form: of a list the main one, of curated facts all."""
    uses = list(atom.uses.values())
    if atom.rank > ORIGIN_RANK["starter"]:
        del uses[1:]
    return {use.core for use in uses if not use.weak}

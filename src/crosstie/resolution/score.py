"""Step 2: how likely two qualified atoms that share a name or an identifier are one, and why."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from crosstie.matching import DEFAULT_THRESHOLD, SURE_THRESHOLD, compare
from crosstie.ontology.records import Identifier, Reason
from crosstie.resolution.block import Atom, Blocks, NameUse
from crosstie.resolution.hierarchy import numbers_in
from crosstie.resolution.keys import USE_ORDER
from crosstie.resolution.rules import IdentityRules, identity_rules

MERGE_FROM = 0.8
QUEUE_FROM = 0.5
# A name that more records bear than this is compared with the first of each country alone.
_FULL_BLOCK = 24
# An identifier that more records without a common name carry is taken for a mistake.
_FEW_STRANGERS = 3
_PRIMARY, _FORMER = USE_ORDER["primary"], USE_ORDER["former"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two atoms (indices, left < right), how likely they are one, and the reasons."""

    left: int
    right: int
    score: float
    reasons: tuple[Reason, ...]

    @property
    def certain(self) -> bool:
        """Return whether an identifier speaks for it, and not names alone."""
        return self.reasons[0].code == "identifier"


def comparisons(atoms: Sequence[Atom], blocks: Blocks, rules: IdentityRules) -> list[Comparison]:
    """Return the pairs worth merging or asking about, strongest first, in a fixed order."""
    found = list(_by_identifier(atoms, blocks, rules))
    certain = {(pair.left, pair.right) for pair in found}
    shared, vague = _name_pairs(atoms, blocks)
    bearers = _bearers(atoms, blocks, rules)
    for (left, right), keys in shared.items():
        if (left, right) not in certain and _may_be_one(atoms[left], atoms[right], rules):
            found.append(_by_names(atoms[left], atoms[right], keys, bearers))
    for (left, right), keys in vague.items():
        known = (left, right) in certain or (left, right) in shared
        if not known and _may_be_one(atoms[left], atoms[right], rules):
            found.extend(_by_common_names(atoms[left], atoms[right], keys))
    found.extend(_by_support(atoms, blocks, rules, certain | shared.keys() | vague.keys()))
    for left, right in _core_pairs(atoms, blocks):
        if (left, right) not in shared and _may_be_one(atoms[left], atoms[right], rules):
            found.extend(_by_core(atoms[left], atoms[right]))
    kept = [pair for pair in found if pair.score >= QUEUE_FROM]
    return sorted(kept, key=lambda pair: (-pair.score, pair.left, pair.right))


def _name_pairs(
    atoms: Sequence[Atom], blocks: Blocks
) -> tuple[dict[tuple[int, int], list[str]], dict[tuple[int, int], list[str]]]:
    """Return the pairs that share names which tell, and those that share names of common words."""
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    vague: dict[tuple[int, int], list[str]] = defaultdict(list)
    for key, members in blocks.by_name.items():
        if len(members) == 1:
            continue
        strong = [index for index in members if not atoms[index].uses[key].weak]
        for pair in _pairs(atoms, strong):
            shared[pair].append(key)
        if len(strong) < len(members) <= _FULL_BLOCK:
            full = [index for index in members if atoms[index].uses[key].full]
            for pair in combinations(full, 2):
                vague[pair].append(key)
    return shared, vague


def _by_identifier(
    atoms: Sequence[Atom], blocks: Blocks, rules: IdentityRules
) -> Iterator[Comparison]:
    for identifier, members in blocks.by_identifier.items():
        first = members[0]
        reason = Reason(
            "identifier", f"both carry the {identifier.scheme} identifier {identifier.value}", 1.0
        )
        strangers = _strangers(atoms, members)
        if strangers > _FEW_STRANGERS:
            words = f"{strangers} records that share no name carry {identifier.value}"
            reason = Reason("crowded_identifier", words, 0.6)
        for other in members[1:]:
            if not _numbered_apart(atoms[first], atoms[other], rules):
                yield Comparison(first, other, reason.weight, (reason,))


def _strangers(atoms: Sequence[Atom], members: Sequence[int]) -> int:
    """Return into how many groups the atoms fall that share no name."""
    if len(members) <= _FEW_STRANGERS:
        return len(members)
    groups: list[set[str]] = []
    for index in members:
        names = set(atoms[index].uses)
        met = [group for group in groups if not group.isdisjoint(names)]
        groups = [group for group in groups if group.isdisjoint(names)]
        groups.append(names.union(*met))
    return len(groups)


def _by_support(
    atoms: Sequence[Atom],
    blocks: Blocks,
    rules: IdentityRules,
    known: Container[tuple[int, int]],
) -> Iterator[Comparison]:
    """Yield pairs that share what does not merge alone, such as a stock code, weighed by names."""
    for identifier, members in blocks.by_support.items():
        if not 1 < len(members) <= _FULL_BLOCK:
            continue
        for left, right in combinations(members, 2):
            one, two = atoms[left], atoms[right]
            if (left, right) in known or not _may_be_one(one, two, rules) or not one.uses:
                continue
            text = f"both have the {identifier.scheme} {identifier.value}"
            weight = rules.supports(identifier.scheme)
            reasons = [Reason("supporting_identifier", text, weight)]
            reasons.extend(_alike(one, two))
            reasons.append(_country_reason(one, two))
            reasons.extend(_listed_twice(one, two))
            score = max(0.0, min(0.99, sum(reason.weight for reason in reasons)))
            yield Comparison(left, right, round(score, 4), tuple(reasons))


def _alike(left: Atom, right: Atom) -> Iterator[Reason]:
    one, two = left.first.names[0].text, right.first.names[0].text
    if numbers_in(left.main_core) != numbers_in(right.main_core):
        return
    alike = compare(one, two).score
    weight = 0.3 if alike >= SURE_THRESHOLD else 0.15 if alike >= DEFAULT_THRESHOLD else 0.0
    if weight:
        yield Reason("names_alike", f"“{one}” and “{two}” are alike ({alike:.2f})", weight)


def _pairs(atoms: Sequence[Atom], members: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Return the pairs to compare: all of a small block; of a large one a star per country."""
    if len(members) <= _FULL_BLOCK:
        return combinations(members, 2)
    firsts: dict[str | None, int] = {}
    pairs: list[tuple[int, int]] = []
    for index in members:
        country = atoms[index].first.country
        first = firsts.setdefault(country, index)
        if first != index:
            pairs.append((first, index))
    return [*pairs, *combinations(sorted(firsts.values()), 2)]


def _core_pairs(atoms: Sequence[Atom], blocks: Blocks) -> Iterator[tuple[int, int]]:
    for core in sorted(blocks.by_core):
        members = blocks.by_core[core]
        if 1 < len(members) <= _FULL_BLOCK:
            yield from combinations(members, 2)


def _may_be_one(left: Atom, right: Atom, rules: IdentityRules) -> bool:
    one, two = left.first, right.first
    if one.country is not None and two.country is not None and one.country != two.country:
        return False
    return rules.kinds_agree(one.kind, two.kind) and not _numbered_apart(left, right, rules)


def _numbered_apart(left: Atom, right: Atom, rules: IdentityRules) -> bool:
    """Return whether registered numbers settle that these are two; then nobody need be asked."""
    return any(
        not left.numbers[scheme] & right.numbers[scheme]
        for scheme in left.numbers.keys() & right.numbers.keys() & rules.settling
    )


@dataclass(frozen=True, slots=True)
class _Bearers:
    """Who bears one name: their countries, and by country the identifiers that tell them apart."""

    countries: frozenset[str]
    identifiers: dict[str | None, frozenset[Identifier]]

    def doubt(self, country: str | None) -> Reason | None:
        """Return why a bearer in this country may be one of several; None if it may not."""
        if country is None and len(self.countries) > 1:
            text = "one has no country, and namesakes exist in several countries"
            return Reason("namesakes", text, -0.3)
        near = [country, None] if country is not None else list(self.identifiers)
        values = {i for place in near for i in self.identifiers.get(place, ())}
        schemes = Counter(identifier.scheme for identifier in values)
        crowded = min((scheme for scheme, count in schemes.items() if count > 1), default=None)
        if crowded is not None:
            text = f"{schemes[crowded]} namesakes have different {crowded} identifiers"
            return Reason("namesakes", text, -0.3)
        return None


def _bearers(atoms: Sequence[Atom], blocks: Blocks, rules: IdentityRules) -> dict[str, _Bearers]:
    """Return who bears each name that three or more atoms share: two have no third to confuse."""
    found: dict[str, _Bearers] = {}
    for key, members in blocks.by_name.items():
        if len(members) < 3:
            continue
        told: dict[str | None, set[Identifier]] = defaultdict(set)
        for index in members:
            atom = atoms[index]
            told[atom.first.country].update(i for i in atom.identifiers if i.scheme in rules.single)
        countries = frozenset(country for country in told if country is not None)
        found[key] = _Bearers(countries, {c: frozenset(values) for c, values in told.items()})
    return found


def _by_names(
    left: Atom, right: Atom, keys: Sequence[str], bearers: Mapping[str, _Bearers]
) -> Comparison:
    country = left.first.country if left.first.country == right.first.country else None
    doubts = {key: bearers[key].doubt(country) if key in bearers else None for key in keys}
    best = max(
        keys, key=lambda k: (doubts[k] is None, _name_weight(left.uses[k], right.uses[k]), k)
    )
    reasons = [_name_reason(left.uses[best], right.uses[best])]
    if len(keys) > 1:
        more = min(0.1 * (len(keys) - 1), 0.2)
        reasons.append(Reason("more_names", f"they share {len(keys)} names", more))
    reasons.extend(_weak_names_too(left, right))
    reasons.append(_country_reason(left, right))
    doubt = doubts[best]
    if doubt is not None:
        reasons.append(doubt)
    reasons.extend(_doubts(left, right, keys, best))
    score = max(0.0, min(0.99, sum(reason.weight for reason in reasons)))
    return Comparison(left.index, right.index, round(score, 4), tuple(reasons))


def _weak_names_too(left: Atom, right: Atom) -> Iterator[Reason]:
    """Yield what it adds that a pair also shares a name which alone would say too little."""
    weak = [key for key, use in left.uses.items() if use.weak and key in right.uses]
    main = [key for key in weak if left.uses[key].full and key == left.main_key == right.main_key]
    if main:
        text = f"and the same main name, of common words: “{left.uses[main[0]].text}”"
        yield Reason("common_name_too", text, 0.15)
    elif weak:
        text = f"and also the short form “{min(left.uses[key].text for key in weak)}”"
        yield Reason("short_form_too", text, 0.05)


def _name_weight(left: NameUse, right: NameUse) -> float:
    weight = {0: 0.9, 1: 0.82, 2: 0.68}[(left.order != _PRIMARY) + (right.order != _PRIMARY)]
    return weight - (0.05 if _FORMER in (left.order, right.order) else 0.0)


def _name_reason(left: NameUse, right: NameUse) -> Reason:
    weight = _name_weight(left, right)
    how = f"“{left.text}”" if left.text == right.text else f"“{left.text}” and “{right.text}”"
    if left.order == right.order == _PRIMARY:
        return Reason("same_main_name", f"the same main name: {how}", weight)
    if _PRIMARY in (left.order, right.order):
        return Reason("main_name_is_alias", f"one's main name is the other's alias: {how}", weight)
    return Reason("same_alias", f"a shared alias: {how}", weight)


def _country_reason(left: Atom, right: Atom) -> Reason:
    one, two = left.first.country, right.first.country
    if one is not None and two is not None:
        return Reason("same_country", f"both in {one}", 0.05)
    if one is None and two is None:
        return Reason("country_unknown", "neither gives a country", -0.05)
    return Reason("country_unknown", "only one gives a country", -0.03)


def _doubts(left: Atom, right: Atom, keys: Sequence[str], best: str) -> Iterator[Reason]:
    """Yield what speaks against a pair that shares names."""
    core = left.uses[best].core
    if len(keys) == 1 and core.isascii() and " " not in core:
        yield Reason("one_word", f"“{core}” is a single word, which others may bear", -0.1)
    shared_alias = _PRIMARY not in (left.uses[best].order, right.uses[best].order)
    if shared_alias and bool(numbers_in(left.main_core)) != bool(numbers_in(right.main_core)):
        text = "one's main name is that of a numbered unit, and they only share an alias"
        yield Reason("numbered_unit", text, -0.3)
    if _telling_forms(left.uses[best].text) != _telling_forms(right.uses[best].text):
        yield Reason("legal_form", "their legal forms are those of two companies", -0.25)
    yield from _listed_twice(left, right)


def _listed_twice(left: Atom, right: Atom) -> Iterator[Reason]:
    """Yield the doubt that who keeps a list and gives two rows means two organisations."""
    if left.publishers & right.publishers and not left.spelling.repeats(right.spelling):
        publisher = min(left.publishers & right.publishers)
        yield Reason("listed_twice", f"{publisher} lists them as two", -0.4)


@lru_cache(1 << 14)
def _telling_forms(name: str) -> frozenset[str]:
    words = re.findall("[a-z]+", name.casefold().replace(".", ""))
    return identity_rules().telling_forms.intersection(words)


def _by_common_names(left: Atom, right: Atom, keys: Sequence[str]) -> Iterator[Comparison]:
    """Yield a comparison when two records of one country share full names of common words.

    "Naval Research Academy" alone may be one of several; two such names in common are no accident.
    """
    if left.first.country is None or left.first.country != right.first.country:
        return
    best = min(keys, key=lambda k: (left.uses[k].order + right.uses[k].order, k))
    if left.uses[best].order + right.uses[best].order > 1:
        return
    text = left.uses[best].text
    reasons = [Reason("common_name", f"the same name of common words: “{text}”", 0.6)]
    if len(keys) > 1:
        reasons.append(Reason("more_names", f"they share {len(keys)} names", 0.2))
    reasons.append(_country_reason(left, right))
    reasons.extend(_listed_twice(left, right))
    score = round(sum(reason.weight for reason in reasons), 4)
    yield Comparison(left.index, right.index, score, tuple(reasons))


def _by_core(left: Atom, right: Atom) -> Iterator[Comparison]:
    """Yield a comparison when only the legal form tells two main names apart."""
    one, two = _main_use(left), _main_use(right)
    if one is None or two is None or one.core != two.core:
        return
    known = left.first.country is not None and left.first.country == right.first.country
    text = f"but for the legal form the same name: “{one.text}” and “{two.text}”"
    reasons = (Reason("same_core", text, 0.62), _country_reason(left, right))
    score = 0.62 + (0.05 if known else -0.05)
    yield Comparison(left.index, right.index, round(score, 4), reasons)


def _main_use(atom: Atom) -> NameUse | None:
    use = next(iter(atom.uses.values()), None)
    return use if use is not None and not use.weak else None

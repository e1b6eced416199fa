"""A Wikidata item → a row: an organisation's names and identifiers, its parents and owners."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crosstie.ontology.records import Identifier, ListRow, Name, NameKind, Source
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.identifiers import domain_of
from crosstie.sources.kind_words import kind_of_names
from crosstie.sources.languages import language_of
from crosstie.sources.reading import Notice
from crosstie.sources.rows import Keys, Place
from crosstie.sources.wikidata_classes import known_classes
from crosstie.sources.wikidata_records import (
    COUNTRY,
    EXCHANGE,
    IDENTIFIERS,
    OWNER,
    PARENT,
    RELATIONS,
    SUBSIDIARY,
    WEBSITE,
    Item,
    Statement,
)
from crosstie.text.countries import country_code

METHOD = "wikidata"
# What a property is called on Wikidata, and the tie that it makes.
_LABELS = {PARENT: "parent organization", SUBSIDIARY: "has subsidiary", OWNER: "owned by"}
_TIES = {PARENT: "affiliated_with", SUBSIDIARY: "affiliated_with", OWNER: "owns"}
# In these the item is what the tie runs to or what is owned: the other end is the subject.
_REVERSED = (SUBSIDIARY, OWNER)


@dataclass(frozen=True, slots=True)
class Near:
    """What a row needs to know of another item: its name and kind, or the country that it is."""

    name: str
    kind: str
    organisation: bool
    person: bool
    code: str = ""


def near_of(item: Item) -> Near:
    """Return what others need to know of an item."""
    names = names_of(item)
    return Near(
        item.label,
        kind_of_item(item, names),
        item.organisation and bool(item.names),
        item.person,
        item.country_code,
    )


def names_of(item: Item) -> list[Name]:
    """Return an item's names, its label first; a short name in capitals is an acronym."""
    names = []
    for place, (text, language, is_label) in enumerate(item.names):
        kind: NameKind = "primary" if place == 0 else "alias"
        if place and not is_label and text.isupper() and text.isascii() and len(text) <= 6:
            kind = "acronym"
        names.append(Name(text, language or language_of(text), kind))
    return names


def kind_of_item(item: Item, names: list[Name]) -> str:
    """Return the kind that an item's classes give, else the words in its names."""
    return known_classes().kind(item.classes) or kind_of_names(names)


def item_row(
    source: Source, number: int, item: Item, near: Mapping[str, Near], keys: Keys
) -> Iterator[ListRow | Notice]:
    """Yield the row of an organisation, after notices of what was left out of it."""
    if item.deprecated:
        yield Notice(number, f"{item.id}: {item.deprecated} deprecated statements are left out")
    draft = RowDraft(METHOD)
    text = draft.text
    text.line("item", item.id)
    first, *_ = [text.line(f"name ({language})", name) for name, language, _ in item.names]
    names = names_of(item)
    organisation = draft.party(
        first,
        kind_of_item(item, names),
        names,
        country=_country(draft, item, near),
        identifiers=_identifiers(draft, item),
    )
    for property_ in RELATIONS:
        for statement in item.all(property_):
            reason = _say(draft, organisation, property_, statement, near.get(statement.value))
            if reason:
                yield Notice(number, f"{item.id} {_LABELS[property_]} ({property_}): {reason}")
    yield draft.finish(
        source,
        key=keys.take(item.id),
        number=number,
        title=f"{source.title}: {item.label}",
        url=f"https://www.wikidata.org/wiki/{item.id}",
        date=item.modified or None,
        language="en",
    )


def _country(draft: RowDraft, item: Item, near: Mapping[str, Near]) -> str | None:
    """Write the countries down; return the first that is known by its code."""
    codes = []
    for statement in item.all(COUNTRY):
        place = near.get(statement.value)
        if place is not None and place.code and not statement.over:
            draft.text.line("country", f"{place.name} ({place.code})")
            codes.append(country_code(place.code))
    return next((code for code in codes if code), None)


def _identifiers(draft: RowDraft, item: Item) -> tuple[Identifier, ...]:
    found = [Identifier("wikidata", item.id)]
    for property_, scheme in IDENTIFIERS.items():
        for statement in item.all(property_):
            draft.text.line(f"{scheme} ({property_})", statement.value)
            found.append(Identifier(scheme, statement.value.rsplit("/", 1)[-1]))
    for statement in item.all(EXCHANGE):
        if statement.ticker:
            draft.text.line("ticker", f"{statement.value}:{statement.ticker}")
            # A code alone says little: the exchange's item stands before it.
            found.append(Identifier("ticker", f"{statement.value}:{statement.ticker}"))
    for statement in item.all(WEBSITE):
        draft.text.line(f"official website ({WEBSITE})", statement.value)
        found.append(Identifier("domain", domain_of(statement.value)))
    return tuple(dict.fromkeys(found))


def _say(
    draft: RowDraft, item: Party, property_: str, statement: Statement, other: Near | None
) -> str:
    """Say one relation; return why it is not said, if so. Of a person nothing is written down."""
    if other is None:
        return f"the file does not hold {statement.value}: nothing tells whether it is a person"
    if other.person:
        return "a person, left out"
    if not other.organisation:
        return f"{statement.value} shows no sign of an organisation"
    line = draft.text.line(
        f"{_LABELS[property_]} ({property_})", f"{other.name} [{statement.value}]"
    )
    party = draft.party(
        line.cut(0, len(other.name)),
        other.kind,
        [Name(other.name, language_of(other.name))],
        identifiers=(Identifier("wikidata", statement.value),),
    )
    ends = (party, item) if property_ in _REVERSED else (item, party)
    attributes = {"relation": f"{_LABELS[property_]} ({property_})", "rank": statement.rank}
    if statement.share:
        attributes["share"] = statement.share
    draft.say(
        ends[0],
        _TIES[property_],
        ends[1],
        at=[item.place, line, *_qualifiers(draft, statement)],
        pattern=property_,
        attributes=attributes,
        valid_from=statement.start,
        valid_to=statement.end,
        ended=statement.over,
    )
    return ""


def _qualifiers(draft: RowDraft, statement: Statement) -> list[Place]:
    lines = [("rank", statement.rank)]
    lines += [("start time (P580)", statement.start)] if statement.start else []
    if statement.over:
        lines.append(("end time (P582)", statement.end or "an unknown day"))
    lines += [("proportion (P1107)", f"{statement.share} %")] if statement.share else []
    return [draft.text.line(name, value) for name, value in lines]

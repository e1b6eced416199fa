"""FollowTheMoney entities → rows: organisations with their names, ties with both ends."""

from typing import Any

from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Identifier, ListRow, Name, NameKind, SetAside, Source
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.ftm_entities import FtmEntity, FtmNode
from crosstie.sources.identifiers import domain_of
from crosstie.sources.languages import language_of
from crosstie.sources.rows import Keys, Place
from crosstie.text.dates import read_date

METHOD = "ftm"
# Tie schemata → (tie, the property with its subject, the property with its object). The schemata
# are those that kinds.yaml's `ftm:` gives for ties, and Directorship is one between persons.
TIES = {
    "Sanction": ("designated", "authority", "entity"),
    "Ownership": ("owns", "owner", "asset"),
    "Membership": ("member_of", "member", "organization"),
    "UnknownLink": ("affiliated_with", "subject", "object"),
}
IGNORED = {
    "Address": "an address",
    "Vessel": "a vessel",
    "Airplane": "an aircraft",
    "Payment": "a payment",
    "Passport": "a person's passport",
    "Identification": "an identity document",
}
_NAMES: tuple[tuple[str, NameKind], ...] = (
    ("name", "alias"),
    ("alias", "alias"),
    ("abbreviation", "acronym"),
    ("previousName", "former"),
    ("weakAlias", "weak"),
)
IDENTIFIERS = {
    "leiCode": "lei",
    "uscCode": "uscc",
    "wikidataId": "wikidata",
    "isin": "isin",
    "swiftBic": "bic",
    "dunsCode": "duns",
    "ticker": "ticker",
}
# Left out of the text: persons would come in through them, by id, by address or in prose.
_UNREAD = (
    "addressEntity",
    "notes",
    "summary",
    "description",
    "namesMentioned",
    "createdAt",
    "modifiedAt",
    "retrievedAt",
)


def organisation_row(
    source: Source, number: int, entity: FtmEntity, node: FtmNode, keys: Keys
) -> ListRow:
    """Return the row of an organisation or a programme."""
    draft = RowDraft(METHOD)
    draft.text.line("id", entity.id)
    draft.text.line("schema", entity.schema)
    first = draft.text.line("caption", node.name)
    for name in sorted(entity.properties):
        if name not in _UNREAD:
            draft.text.lines(name, entity.properties[name])
    names: dict[str, Name] = {}
    for property_name, kind in _NAMES:
        for text in entity.all(property_name):
            shown: NameKind = "primary" if text == node.name else kind
            names.setdefault(text.casefold(), Name(text, language_of(text), shown))
    ordered = sorted(names.values(), key=lambda name: name.kind != "primary")
    draft.party(
        first,
        node.kind,
        ordered or [Name(node.name, language_of(node.name))],
        country=node.country,
        identifiers=tuple(_identifiers(entity)),
    )
    return _finish(source, draft, number, entity, keys, node.name)


def tie_row(
    source: Source, number: int, entity: FtmEntity, nodes: dict[str, FtmNode], keys: Keys
) -> ListRow | SetAside:
    """Return the row of a tie; its ends are named as the file's other lines name them."""
    tie, subject_property, object_property = TIES[entity.schema]
    if entity.schema == "UnknownLink" and (role := entity.first("role")) in kinds().ties:
        # A link whose role is one of our kinds of tie was exported by Crosstie.
        tie = role
    draft = RowDraft(METHOD)
    draft.text.line("id", entity.id)
    draft.text.line("schema", entity.schema)
    ends: list[tuple[Party, Place]] = []
    for name in (subject_property, object_property):
        value = entity.first(name)
        if not value:
            return SetAside(number, "bad", f"{entity.schema} without `{name}`", entity.id)
        if name == "authority":
            line = draft.text.line(name, value)
            ends.append((draft.authority(line), line))
            continue
        node = nodes.get(value)
        if node is None:
            return SetAside(number, "bad", f"`{name}` {value[:40]} is not in the file", entity.id)
        if node.person:
            return SetAside(number, "individual", "a tie with a person")
        # The line itself gives an id; the name is that of the file's line with this id.
        line = draft.text.line(name, f"{node.name} [{value}]")
        identifiers = (Identifier("ftm", value),)
        names = [Name(node.name, language_of(node.name))]
        at = line.cut(0, len(node.name))
        ends.append(
            (draft.party(at, node.kind, names, country=node.country, identifiers=identifiers), line)
        )
    _say(draft, entity, tie, ends)
    title = f"{ends[0][0].names[0].text} → {ends[1][0].names[0].text}"
    return _finish(source, draft, number, entity, keys, title)


def _say(draft: RowDraft, entity: FtmEntity, tie: str, ends: list[tuple[Party, Place]]) -> None:
    places = [line for _, line in ends]
    shown = {
        "list": "program",
        "programme": "program",
        "legal_basis": "provisions",
        "reason": "reason",
        "role": "role",
        "share": "percentage",
    }
    attributes: dict[str, str] = {}
    for key, name in shown.items():
        value = entity.first("programId" if key == "list" else name)
        if value:
            places.append(draft.text.line("programId" if key == "list" else name, value))
            attributes[key] = value
    dates: dict[str, Any] = {}
    for key, name in (("valid_from", "startDate"), ("valid_to", "endDate")):
        if written := entity.first(name, "listingDate" if key == "valid_from" else ""):
            places.append(draft.text.line(name, written))
            dates[key] = read_date(written).value
    draft.say(ends[0][0], tie, ends[1][0], at=places, attributes=attributes, **dates)


def _identifiers(entity: FtmEntity) -> list[Identifier]:
    found = [Identifier("ftm", entity.id)]
    for name, scheme in IDENTIFIERS.items():
        found.extend(Identifier(scheme, value) for value in entity.all(name))
    found.extend(Identifier("domain", domain_of(site)) for site in entity.all("website"))
    return list(dict.fromkeys(found))


def _finish(
    source: Source, draft: RowDraft, number: int, entity: FtmEntity, keys: Keys, title: str
) -> ListRow:
    return draft.finish(
        source,
        key=keys.take(entity.id),
        number=number,
        title=title,
        publisher=", ".join(entity.datasets) or source.publisher,
        url=entity.first("sourceUrl") or source.url,
        language="und",
    )

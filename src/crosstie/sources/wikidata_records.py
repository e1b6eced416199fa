"""One Wikidata item as Special:EntityData gives it, cut down to what is read of an organisation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from crosstie.ontology.errors import UnknownLayout
from crosstie.sources.rows import tidy
from crosstie.sources.wikidata_classes import known_classes

INSTANCE_OF, COUNTRY, ISO_CODE, WEBSITE = "P31", "P17", "P297", "P856"
PARENT, SUBSIDIARY, OWNER = "P749", "P355", "P127"
EXCHANGE, TICKER, SHARE, START, END = "P414", "P249", "P1107", "P580", "P582"
RELATIONS = (PARENT, SUBSIDIARY, OWNER)
IDENTIFIERS = {"P6782": "ror", "P1278": "lei", "P6795": "uscc", "P2427": "grid", "P946": "isin"}
_READ = {INSTANCE_OF, COUNTRY, ISO_CODE, WEBSITE, EXCHANGE, *RELATIONS, *IDENTIFIERS}
_QUALIFIERS = {TICKER, SHARE, START, END}
# A day, a month, a year; what is vaguer than a year is no date.
_PRECISION = {11: 10, 10: 7, 9: 4}
T = TypeVar("T")
RANKS = ("preferred", "normal", "deprecated")


class _Term(msgspec.Struct):
    value: str
    language: str = ""


class _DataValue(msgspec.Struct):
    value: Any
    type: str = ""


class _Snak(msgspec.Struct):
    snaktype: str
    datavalue: _DataValue | None = None


class _Statement(msgspec.Struct):
    mainsnak: _Snak
    rank: str = "normal"
    qualifiers: dict[str, list[_Snak]] = {}


class _Entity(msgspec.Struct):
    id: str
    # Without defaults: a schema that renames them must not read as an item without names or facts.
    # What is empty comes as `[]`, for that is how PHP writes an empty map.
    labels: dict[str, _Term] | list[Any]
    claims: dict[str, list[_Statement]] | list[Any]
    aliases: dict[str, list[_Term]] | list[Any] = {}
    modified: str = ""


class _Page(msgspec.Struct):
    entities: dict[str, msgspec.Raw] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that is not deprecated; dates are partial ISO, `over` that it has an end.

    `share` is in per cent, `ticker` the stock code that qualifies an exchange.
    """

    value: str
    rank: str
    start: str | None = None
    end: str | None = None
    over: bool = False
    share: str = ""
    ticker: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item; `names` are text, language and whether it is the item's label there.

    A person's item has neither names nor statements. `deprecated` counts what was left out.
    """

    id: str
    names: tuple[tuple[str, str, bool], ...]
    statements: Mapping[str, tuple[Statement, ...]]
    classes: frozenset[str]
    person: bool
    organisation: bool
    deprecated: int
    modified: str

    def all(self, property_: str) -> tuple[Statement, ...]:
        """Return the statements of a property, in a fixed order."""
        return self.statements.get(property_, ())

    @property
    def label(self) -> str:
        """Return the item's name: its English label if it has one."""
        return self.names[0][0] if self.names else ""

    @property
    def country_code(self) -> str:
        """Return the two-letter code of an item that is a country, or nothing."""
        return next((s.value for s in self.all(ISO_CODE)), "")

    def neighbours(self) -> tuple[str, ...]:
        """Return the items that its countries, parents, subsidiaries and owners are."""
        found = (s.value for p in (COUNTRY, *RELATIONS) for s in self.all(p))
        return tuple(dict.fromkeys(found))


def items_of(raw: bytes, *, where: str) -> Iterator[tuple[str, bytes | msgspec.Raw]]:
    """Yield the items of an answer of Special:EntityData, by the id that it gives them.

    Raises UnknownLayout for anything else.
    """
    try:
        page = msgspec.json.decode(raw, type=_Page)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnknownLayout(
            f"no answer of Special:EntityData: {error}", where=where, remedy=FETCH_AGAIN
        ) from error
    if page.entities is None:
        raise UnknownLayout("`entities` is missing", where=where, remedy=FETCH_AGAIN)
    yield from page.entities.items()


FETCH_AGAIN = "fetch https://www.wikidata.org/wiki/Special:EntityData/Q….json again"
_ENTITY = msgspec.json.Decoder(_Entity)


def item_of(raw: bytes | msgspec.Raw) -> Item | str:
    """Return the item, or a short reason, which repeats nothing of it, why it cannot be read."""
    try:
        entity = _ENTITY.decode(raw)
    except msgspec.ValidationError as error:
        return f"another form than Wikidata's documented one: {error}"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "not valid JSON: the item is cut off or damaged"
    if not entity.id.startswith("Q"):
        return "not an item, whose id begins with Q"
    claims = _mapped(entity.claims)
    found = {p: list(_statements(claims.get(p, ()))) for p in sorted(_READ)}
    classes = frozenset(s.value for s in found[INSTANCE_OF])
    person = known_classes().is_person(classes)
    kept = {} if person else {p: _ordered(s) for p, s in found.items() if s}
    return Item(
        id=entity.id,
        names=() if person else _names(entity),
        statements=kept,
        classes=classes,
        person=person,
        organisation=known_classes().is_organisation(classes, claims),
        deprecated=sum(s.rank == "deprecated" for p in _READ for s in claims.get(p, ())),
        modified=entity.modified[:10],
    )


def _names(entity: _Entity) -> tuple[tuple[str, str, bool], ...]:
    """Return English names first, then the others by language; a label before its aliases."""
    found: dict[str, tuple[str, str, bool]] = {}
    labels, aliases = _mapped(entity.labels), _mapped(entity.aliases)
    for code in sorted({*labels, *aliases}, key=lambda code: (code != "en", code)):
        label = [labels[code]] if code in labels else []
        for place, term in enumerate([*label, *aliases.get(code, ())]):
            text = tidy(term.value)
            if text:
                found.setdefault(text.casefold(), (text, code, bool(label) and place == 0))
    return tuple(found.values())


def _mapped(value: dict[str, T] | list[Any]) -> dict[str, T]:
    return value if isinstance(value, dict) else {}


def _statements(raw: Iterable[_Statement]) -> Iterator[Statement]:
    for statement in raw:
        value = _value(statement.mainsnak)
        if not value or statement.rank == "deprecated":
            continue
        end = statement.qualifiers.get(END, [])
        yield Statement(
            value=value,
            rank=statement.rank,
            start=_first(statement, START),
            end=_first(statement, END),
            over=bool(end) and end[0].snaktype != "novalue",
            share=_per_cent(_first(statement, SHARE) or ""),
            ticker=_first(statement, TICKER) or "",
        )


def _ordered(statements: list[Statement]) -> tuple[Statement, ...]:
    return tuple(
        sorted(statements, key=lambda s: (RANKS.index(s.rank) if s.rank in RANKS else 1, s.value,
                                          s.start or ""))
    )  # fmt: skip


def _first(statement: _Statement, property_: str) -> str | None:
    found = (_value(snak) for snak in statement.qualifiers.get(property_, ()))
    return next((value for value in found if value), None)


def _value(snak: _Snak) -> str:
    """Return a value as text: an item's id, a partial date, an amount, or the text itself."""
    if snak.snaktype != "value" or snak.datavalue is None:
        return ""
    value = snak.datavalue.value
    if isinstance(value, str):
        return tidy(value)
    if not isinstance(value, dict):
        return ""
    if "time" in value:
        return _time(value)
    return str(value.get("id") or value.get("amount") or "")


def _time(value: dict[str, Any]) -> str:
    """Return "+2015-06-00T00:00:00Z" with its precision as a partial date: "2015-06"."""
    length = _PRECISION.get(value.get("precision", 0), 0)
    written = str(value["time"])
    return written[1 : 1 + length] if written.startswith("+") else ""


def _per_cent(amount: str) -> str:
    """Return a proportion of one, such as "+0.51", in per cent: "51"."""
    try:
        share = float(amount)
    except ValueError:
        return ""
    return f"{share * 100:g}" if 0 < share <= 1 else ""


def without_persons(raw: bytes | msgspec.Raw) -> bytes | str:
    """Return an item's JSON with what `item_of` reads: of a person the class alone. Or why not."""
    try:
        entity = _ENTITY.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"another form than Wikidata's documented one: {error}"
    claims = _mapped(entity.claims)
    classes = {_value(s.mainsnak) for s in claims.get(INSTANCE_OF, ())}
    if known_classes().is_person(classes):
        return msgspec.json.encode(_Entity(entity.id, {}, {INSTANCE_OF: claims[INSTANCE_OF]}))
    signs = known_classes().signs
    kept = {p: s for p, s in claims.items() if p in _READ or p in signs}
    entity.claims = kept
    for statements in kept.values():
        for statement in statements:
            statement.qualifiers = {
                p: snaks for p, snaks in statement.qualifiers.items() if p in _QUALIFIERS
            }
    return msgspec.json.encode(entity)

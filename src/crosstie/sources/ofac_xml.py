"""Stream OFAC's enhanced XML entry by entry; what has been read is let go."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from crosstie.ontology.records import NameKind

_ALIASES: dict[str, NameKind] = {"A.K.A.": "alias", "F.K.A.": "former", "N.K.A.": "alias"}


@dataclass(frozen=True, slots=True)
class WrittenName:
    """One spelling of a name; `label` is the line that it gets in the row's text."""

    text: str
    kind: NameKind
    label: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list on which the entry stands, and since when."""

    name: str
    published: str | None


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A registration or tax number with the country that gave it."""

    type: str
    number: str
    country: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another entry in OFAC's words: "Owned or Controlled By"."""

    type: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list."""

    id: str
    type: str
    names: tuple[WrittenName, ...]
    lists: tuple[Listing, ...]
    programmes: tuple[str, ...]
    types: tuple[str, ...]
    authorities: tuple[str, ...]
    addresses: tuple[str, ...]
    countries: tuple[str, ...]
    features: tuple[tuple[str, str], ...]
    documents: tuple[IdentityDocument, ...]
    relations: tuple[Relation, ...]


def publication(stream: IO[bytes]) -> tuple[str | None, tuple[str, ...]]:
    """Return the day for which the file says it is true, and the lists that it was cut out for."""
    for element in _elements(stream, "publicationInfo"):
        lists = _texts(element, "{*}filters/{*}sanctionsLists/{*}sanctionsList")
        return element.findtext("{*}dataAsOf"), lists
    return None, ()


def entries(stream: IO[bytes]) -> Iterator[Entry]:
    """Yield the entries in the file's order."""
    for element in _elements(stream, "entity"):
        yield _entry(element)


def _elements(stream: IO[bytes], tag: str) -> Iterator[Element]:
    ancestors: list[Element] = []
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        if event == "start":
            ancestors.append(element)
            continue
        ancestors.pop()
        if element.tag.rpartition("}")[2] == tag:
            yield element
            # What has been read is let go, or the whole tree would gather in memory.
            element.clear()
            if ancestors:
                ancestors[-1].remove(element)


def _entry(element: Element) -> Entry:
    addresses = element.findall("{*}addresses/{*}address")
    return Entry(
        id=element.get("id") or "",
        type=(element.findtext("{*}generalInfo/{*}entityType") or "").strip(),
        names=tuple(_names(element)),
        lists=tuple(
            Listing((item.text or "").strip(), item.get("datePublished"))
            for item in element.iterfind("{*}sanctionsLists/{*}sanctionsList")
        ),
        programmes=_texts(element, "{*}sanctionsPrograms/{*}sanctionsProgram"),
        types=_texts(element, "{*}sanctionsTypes/{*}sanctionsType"),
        authorities=_texts(element, "{*}legalAuthorities/{*}legalAuthority"),
        addresses=tuple(filter(None, (_address(address) for address in addresses))),
        countries=_texts(element, "{*}addresses/{*}address/{*}country"),
        features=tuple(
            (item.findtext("{*}type") or "", item.findtext("{*}value") or "")
            for item in element.iterfind("{*}features/{*}feature")
            if item.findtext("{*}value")
        ),
        documents=tuple(
            IdentityDocument(
                item.findtext("{*}type") or "",
                item.findtext("{*}documentNumber") or "",
                item.findtext("{*}issuingCountry") or "",
            )
            for item in element.iterfind("{*}identityDocuments/{*}identityDocument")
        ),
        relations=tuple(_relations(element)),
    )


def _texts(element: Element, path: str) -> tuple[str, ...]:
    return tuple(item.text.strip() for item in element.iterfind(path) if item.text)


def _names(element: Element) -> Iterator[WrittenName]:
    found: list[tuple[bool, WrittenName]] = []
    for name in element.iterfind("{*}names/{*}name"):
        primary = name.findtext("{*}isPrimary") == "true"
        alias = name.findtext("{*}aliasType") or ""
        kind: NameKind = "primary" if primary else _ALIASES.get(alias, "alias")
        if name.findtext("{*}isLowQuality") == "true":
            kind = "weak"
        for position, form in enumerate(name.iterfind("{*}translations/{*}translation")):
            if text := _spelling(form):
                script = form.findtext("{*}script") or ""
                label = f"{'name' if primary else alias or 'alias'} ({script})"
                shown = "alias" if primary and position else kind
                found.append((primary and not position, WrittenName(text, shown, label)))
    found.sort(key=lambda pair: not pair[0])
    yield from (name for _, name in found)


def _spelling(form: Element) -> str:
    """Return the name as entered; the formatted one is in capitals only."""
    parts = _texts(form, "{*}nameParts/{*}namePart/{*}value")
    return " ".join(parts) or (form.findtext("{*}formattedFullName") or "").strip()


def _address(address: Element) -> str:
    form = address.find("{*}translations/{*}translation")
    parts = _texts(form, "{*}addressParts/{*}addressPart/{*}value") if form is not None else ()
    country = address.findtext("{*}country") or ""
    return ", ".join([*parts, country] if country else parts)


def _relations(element: Element) -> Iterator[Relation]:
    for item in element.iterfind("{*}relationships/{*}relationship"):
        other = item.find("{*}relatedEntity")
        if other is not None and other.text:
            yield Relation(
                (item.findtext("{*}type") or "").strip(),
                other.get("entityId") or "",
                other.text.strip(),
            )

"""Parse and check the starter pack's YAML files; every complaint names file, line and remedy."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, get_args

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.findings import Anchor
from crosstie.ontology.ids import bytes_digest
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import (
    Identifier,
    Modality,
    Name,
    NameKind,
    Polarity,
    Stance,
)
from crosstie.sources.starter_fields import (
    country_at,
    date_at,
    language_at,
    slug_at,
    text_at,
    url_at,
)

# Bodies that command, arm or fight; universities, media and civil society are never anchors.
ANCHOR_KINDS = ("government_body", "party_body", "military_unit", "company", "research_institute")


@dataclass(frozen=True, slots=True)
class Cited:
    """A public source, or one page of it: what a citation needs."""

    title: str
    publisher: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class CuratedEntity:
    """One entity of the pack, as its file words it."""

    slug: str
    kind: str
    tier: str | None
    country: str | None
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    cited: Cited
    description: str | None = None

    def primary(self) -> tuple[Name, ...]:
        """Return the primary name of each language, in the file's order."""
        return tuple(name for name in self.names if name.kind == "primary")


@dataclass(frozen=True, slots=True)
class CuratedTie:
    """One tie of the pack: subject and object by slug, and the statement in our own words."""

    subject: str
    kind: str
    object: str
    statement: str
    cited: Cited
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    stance: Stance = "asserted"
    ended: bool = False
    attribution: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what tells the tie from every other; the same for the same fact for ever."""
        ends = [self.subject, self.object]
        if kinds().tie(self.kind).symmetric:
            ends.sort()
        return " ".join([ends[0], self.kind, ends[1], self.cited.url, self.valid_from or ""])


@dataclass(frozen=True, slots=True)
class StarterPack:
    """Everything in the pack's files, checked against each other and against kinds.yaml."""

    as_of: str
    sha256: str
    entities: dict[str, CuratedEntity]
    ties: tuple[CuratedTie, ...]
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    cited: Cited
    pages: str | None


def shipped_pack() -> Traversable:
    """Return the folder of the pack that ships with Crosstie."""
    return resources.files("crosstie") / "starter"


def load_pack(root: Traversable | None = None) -> StarterPack:
    """Read and check a whole pack. Raises DataFileError at the first mistake."""
    folder = root if root is not None else shipped_pack()
    sources = _read_sources(folder / "sources.yaml")
    entities: dict[str, CuratedEntity] = {}
    for section in _each(folder / "entities", "entities"):
        entity = _entity(section, sources)
        if entity.slug in entities:
            raise section.fail(f"`{entity.slug}` stands twice", "remove one of the two", key="id")
        entities[entity.slug] = entity
    ties: dict[str, CuratedTie] = {}
    for section in _each(folder / "ties", "ties"):
        tie = _tie(section, sources, entities)
        if tie.key in ties:
            raise section.fail(
                f"`{tie.subject} {tie.kind} {tie.object}` stands twice with the same source",
                "remove one of the two, or give them different valid_from",
            )
        ties[tie.key] = tie
    return StarterPack(
        as_of=_as_of(folder / "pack.yaml"),
        sha256=_digest(folder),
        entities=entities,
        ties=tuple(ties.values()),
        anchors=_read_anchors(folder / "anchors.yaml", sources, entities),
    )


def _yaml_files(folder: Traversable) -> list[Traversable]:
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return sorted(files, key=lambda entry: entry.name)


def _each(folder: Traversable, what: str) -> Iterator[Section]:
    for file in _yaml_files(folder):
        yield from sections(load_data(file), file=file.name, what=what)


def _digest(folder: Traversable) -> str:
    parts = [*_yaml_files(folder), *_yaml_files(folder / "entities"), *_yaml_files(folder / "ties")]
    whole = "".join(f"{part.name} {bytes_digest(part.read_bytes())}\n" for part in parts)
    return bytes_digest(whole.encode())


def _as_of(file: Traversable) -> str:
    data = load_data(file)
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=file.name, line=1, remedy="add `as_of:`")
    data.allow(["as_of"])
    return date_at(data, "as_of")


def _read_sources(file: Traversable) -> dict[str, _Source]:
    found: dict[str, _Source] = {}
    for section in sections(load_data(file), file=file.name, what="sources"):
        section.allow(["id", "title", "publisher", "url", "date", "pages"])
        key = slug_at(section, "id")
        if key in found:
            raise section.fail(f"source `{key}` stands twice", "remove one of the two", key="id")
        pages = text_at(section, "pages") if "pages" in section else None
        if pages is not None and "{page}" not in pages:
            raise section.fail("`pages` has no `{page}`", "say where the page goes", key="pages")
        found[key] = _Source(
            Cited(
                title=text_at(section, "title"),
                publisher=text_at(section, "publisher"),
                url=url_at(section),
                date=date_at(section, "date"),
            ),
            pages,
        )
    return found


def _cited(section: Section, sources: dict[str, _Source]) -> Cited:
    """Return the source that a fact names: `id`, or `id/page` for one page of it."""
    key, _, page = text_at(section, "source").partition("/")
    if key not in sources:
        raise section.fail(
            f"no source `{key}`", "add it to sources.yaml, or correct the id", key="source"
        )
    source = sources[key]
    if not page:
        return source.cited
    if source.pages is None:
        raise section.fail(f"source `{key}` has no pages", f"write `{key}` alone", key="source")
    whole = source.cited
    return Cited(whole.title, whole.publisher, source.pages.format(page=page), whole.date)


def _entity(section: Section, sources: dict[str, _Source]) -> CuratedEntity:
    section.allow(
        ["id", "kind", "tier", "country", "names", "identifiers", "source", "description"]
    )
    return CuratedEntity(
        slug=slug_at(section, "id"),
        kind=section.one_of("kind", kinds().entities),
        tier=section.one_of("tier", kinds().tiers) if "tier" in section else None,
        country=country_at(section),
        names=_names(section),
        identifiers=_identifiers(section),
        cited=_cited(section, sources),
        description=text_at(section, "description") if "description" in section else None,
    )


def _names(section: Section) -> tuple[Name, ...]:
    found: dict[str, Name] = {}
    primaries: set[str] = set()
    entries = sections(section.require("names", list), file=section.file, what="names")
    for entry in entries:
        entry.allow(["text", "language", "kind"])
        name = Name(text_at(entry, "text"), language_at(entry), _name_kind(entry))
        if name.text in found:
            raise entry.fail(f"the name `{name.text}` stands twice", "remove one of the two")
        if name.kind == "primary" and name.language in primaries:
            raise entry.fail(
                f"a second primary name in `{name.language}`", "add `kind: alias`", key="text"
            )
        if name.kind == "primary":
            primaries.add(name.language)
        found[name.text] = name
    if not primaries:
        raise section.fail("no primary name", "leave out `kind` on the first name", key="names")
    return tuple(found.values())


def _name_kind(entry: Section) -> NameKind:
    known: dict[str, NameKind] = {kind: kind for kind in get_args(NameKind)}
    return known[entry.one_of("kind", known, default="primary")]


def _identifiers(section: Section) -> tuple[Identifier, ...]:
    given = section.get("identifiers", Section())
    if not isinstance(given, dict):
        raise section.fail(
            "`identifiers` is no mapping", "write `scheme: value`", key="identifiers"
        )
    found = [Identifier(scheme, str(value)) for scheme, value in given.items()]
    return (*found, Identifier("starter", slug_at(section, "id")))


def _tie(
    section: Section, sources: dict[str, _Source], entities: dict[str, CuratedEntity]
) -> CuratedTie:
    section.allow(
        [
            "subject", "kind", "object", "statement", "source", "polarity", "modality", "stance",
            "ended", "attribution", "valid_from", "valid_to", "attributes",
        ]
    )  # fmt: skip
    kind = kinds().tie(section.one_of("kind", kinds().ties))
    subject, target = _end(section, "subject", entities), _end(section, "object", entities)
    if not kind.fits(subject.kind, target.kind):
        raise section.fail(
            f"`{kind.id}` does not run from a {subject.kind} to a {target.kind}",
            "choose another kind of tie, or turn it round; `crosstie kinds` lists the ends",
            key="kind",
        )
    return CuratedTie(
        subject=subject.slug,
        kind=kind.id,
        object=target.slug,
        statement=text_at(section, "statement"),
        cited=_cited(section, sources),
        ended=bool(section.get("ended", False)),
        attribution=tuple(str(speaker) for speaker in section.get("attribution", [])),
        valid_from=date_at(section, "valid_from") if "valid_from" in section else None,
        valid_to=date_at(section, "valid_to") if "valid_to" in section else None,
        attributes=_attributes(section),
        **_hedges(section),
    )


def _hedges(section: Section) -> dict[str, Any]:
    choices = {"polarity": Polarity, "modality": Modality, "stance": Stance}
    return {
        key: section.one_of(key, get_args(choice))
        for key, choice in choices.items()
        if key in section
    }


def _end(section: Section, key: str, entities: dict[str, CuratedEntity]) -> CuratedEntity:
    slug = text_at(section, key)
    if slug not in entities:
        raise section.fail(f"no entity `{slug}`", "add it, or correct the slug", key=key)
    return entities[slug]


def _attributes(section: Section) -> dict[str, str]:
    given = section.get("attributes", Section())
    if not isinstance(given, Section):
        raise section.fail("`attributes` is no mapping", "write `key: value`", key="attributes")
    if "presence" in given:
        given.one_of("presence", kinds().presence_kinds)
    if "direction" in given:
        given.one_of("direction", kinds().transfer_directions)
    return {key: str(value) for key, value in given.items()}


def _read_anchors(
    file: Traversable, sources: dict[str, _Source], entities: dict[str, CuratedEntity]
) -> tuple[Anchor, ...]:
    found: dict[str, Anchor] = {}
    for section in sections(load_data(file), file=file.name, what="anchors"):
        section.allow(["entity", "country", "why", "source"])
        entity = _end(section, "entity", entities)
        if entity.slug in found:
            raise section.fail(f"anchor `{entity.slug}` stands twice", "remove one of the two")
        if entity.kind not in ANCHOR_KINDS or entity.tier != "ecosystem":
            raise section.fail(
                f"`{entity.slug}` is a {entity.kind} of the {entity.tier} tier, no anchor",
                "anchors are armed services, those who command them and state defence groups",
                key="entity",
            )
        country = country_at(section)
        if country is None or country != entity.country:
            raise section.fail(
                f"country {country}, but the entity has {entity.country}", "make them equal"
            )
        cited = _cited(section, sources)
        found[entity.slug] = Anchor(
            slug=entity.slug,
            name=entity.primary()[0].text,
            country=country,
            why=text_at(section, "why"),
            title=cited.title,
            publisher=cited.publisher,
            url=cited.url,
            date=cited.date,
        )
    return tuple(found.values())

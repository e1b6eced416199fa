"""Japan's End User List of the Ministry of Economy, Trade and Industry (compiled as JSON)."""

from collections.abc import Iterator
from pathlib import Path

from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, Name, NameKind, SetAside, Source, SourceVersion
from crosstie.sources.bilingual import both_scripts
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.entity_json import (
    LAYOUT,
    ListedEntity,
    han_language,
    latest,
    leading_country,
    read_entities,
)
from crosstie.sources.files import file_digest
from crosstie.sources.kind_words import kind_of, kind_of_names, spaced
from crosstie.sources.listed_names import ListedName, listed_name, other_names
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys, Place
from crosstie.text.scripts import has_han

AUTHORITY = "Ministry of Economy, Trade and Industry of Japan"
SOURCE = Source(
    id=SourceId("meti-eul"),
    title="Foreign End User List (外国ユーザーリスト)",
    publisher=AUTHORITY,
    url="https://www.meti.go.jp/policy/anpo/",
    licence="METI terms of use (compatible with CC BY 4.0)",
    country="JP",
    # The ministry revises the list about once a year.
    stale_after_days=400,
)
METHOD = "meti-eul"
_CODE = "EUL"
_PERSON_TYPES = ("individual", "person")


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read an edition; its date is the last day on which its rows were checked."""
    digest = file_digest(path)
    entities = read_entities(path, prefix="jp-", source_id=SOURCE.id)
    version = SourceVersion(
        source_id=SOURCE.id,
        as_of=edition_date(SOURCE, path, in_file=latest(entities), as_of=as_of),
        file_name=path.name,
        sha256=digest,
        layout=LAYOUT,
    )
    return Reading(version, _rows(entities), total=len(entities))


def _rows(entities: list[ListedEntity]) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    for entity in entities:
        if entity.problem:
            yield SetAside(entity.number, "bad", entity.problem, str(entity.values))
        elif entity.get("entity_type").lower() in _PERSON_TYPES:
            yield SetAside(entity.number, "individual", "a person")
        else:
            yield from _row(entity, keys)


def _row(entity: ListedEntity, keys: Keys) -> Iterator[ListRow | SetAside | Notice]:
    places = [leading_country(address) for address in entity.addresses]
    country = next((code for code, _ in places if code), None)
    written = entity.get("entity_name").strip()
    slid = not written
    if slid:
        # In some rows the name slid behind the country in the next column.
        written = next((rest.strip() for code, rest in places if code and rest.strip()), "")
        if not written:
            yield SetAside(entity.number, "bad", "entity_name is empty", str(entity.values))
            return
        yield Notice(entity.number, f'entity_name is empty; "{written}" is read from addresses')
    yield _list_row(entity, written, country, slid, keys)


def _list_row(
    entity: ListedEntity, written: str, country: str | None, slid: bool, keys: Keys
) -> ListRow:
    draft = RowDraft(METHOD)
    name = draft.text.line("entity_name", entity.get("entity_name"))
    if slid:
        name = _line_with(draft.text.lines("address", entity.addresses), written)
    list_name = draft.text.line("source_list_name", entity.get("source_list_name"))
    reason = draft.text.line("reason", entity.get("reason")) if entity.get("reason") else None
    # The rows do not repeat who publishes them; this line does, from the source's description.
    authority_line = draft.text.line("authority", AUTHORITY)
    draft.text.lines("alias", entity.aliases)
    if not slid:
        draft.text.lines("address", entity.addresses)
    listed = _listed(written, country)
    organisation = _organisation(draft, entity, name, written, listed, country)
    draft.say(
        draft.authority(authority_line),
        "designated",
        organisation,
        at=[name, list_name, reason, authority_line],
        valid_from=entity.get("date_added") or None,
        attributes={
            "list": _CODE,
            "list_name": entity.get("source_list_name"),
            **({"reason": entity.get("reason")} if reason else {}),
        },
    )
    _say_parent(draft, organisation, name, written, listed)
    return draft.finish(
        SOURCE,
        key=keys.take(f"{_CODE}:{spaced(written)}:{country or ''}"),
        number=entity.number,
        title=f"{SOURCE.title}: {organisation.names[0].text}",
        url=entity.get("source_url") or SOURCE.url,
        date=entity.get("date_added") or None,
        language="en",
    )


def _say_parent(
    draft: RowDraft, organisation: Party, name: Place, written: str, listed: ListedName
) -> None:
    parent = listed.parent
    if parent is None:
        return
    base = name.text.find(written) + written.find(both_scripts(written)[0][0])
    place = name.cut(base + parent.start, base + parent.end)
    other = draft.party(place, kind_of_names(parent.names), parent.names)
    ends = (other, organisation) if parent.tie == "owns" else (organisation, other)
    draft.say(ends[0], parent.tie, ends[1], at=[name], pattern=parent.pattern)


def _line_with(lines: list[Place], text: str) -> Place:
    return next(line for line in lines if text in line.text)


def _listed(written: str, country: str | None) -> ListedName:
    latin = both_scripts(written)[0][0]
    return listed_name(latin, han=han_language(latin, country))


def _organisation(
    draft: RowDraft,
    entity: ListedEntity,
    line: Place,
    written: str,
    listed: ListedName,
    country: str | None,
) -> Party:
    names: dict[str, Name] = {name.text.casefold(): name for name in listed.names}
    spoken: list[tuple[str, NameKind]] = [(text, "alias") for text, _ in both_scripts(written)[1:]]
    for alias in entity.aliases:
        for part in other_names([alias]):
            spoken.extend((text, part.kind) for text, _ in both_scripts(part.text))
    for text, kind in spoken:
        language = han_language(text, country) if has_han(text) else "en"
        for name in listed_name(text).names[:2] if not has_han(text) else (Name(text),):
            shown = kind if name.kind == "primary" else name.kind
            names.setdefault(name.text.casefold(), Name(name.text, language, shown))
    place = line.within(written) or line
    sort = kind_of([listed.own, *(n.text for n in names.values() if n.kind != "acronym")])
    return draft.party(place, sort, list(names.values()), country=country)

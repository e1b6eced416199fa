"""China's lists of foreign organisations, by the Ministry of Commerce (compiled as JSON)."""

import re
from collections.abc import Iterator
from pathlib import Path

from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, Name, NameKind, SetAside, Source, SourceVersion
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.entity_json import (
    LAYOUT,
    ListedEntity,
    han_country,
    latest,
    leading_country,
    read_entities,
)
from crosstie.sources.files import file_digest
from crosstie.sources.kind_words import kind_of_names, spaced
from crosstie.sources.languages import language_of
from crosstie.sources.listed_names import listed_name, other_names
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys, Place
from crosstie.text.dates import read_date

AUTHORITY = "Ministry of Commerce of the People's Republic of China"
SOURCE = Source(
    id=SourceId("mofcom"),
    title="Export control, unreliable entity and attention lists of China",
    publisher=AUTHORITY,
    url="https://aqygzj.mofcom.gov.cn/",
    licence="official notices; the compilation is under MIT",
    country="CN",
    stale_after_days=60,
)
METHOD = "mofcom"
_CODES = {
    "cn-export-control-watchlist": "ECL",
    "cn-unreliable-entity-list": "UEL",
    "cn-attention-list": "AL",
}
_PERSON_TYPES = ("individual", "person")
# Notices say before a name what the organisation did; it is no part of the name.
_DEED = re.compile(r"^参与对台湾地区军售的")


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read an edition; its date is the last day on which its rows were checked."""
    digest = file_digest(path)
    entities = read_entities(path, prefix="cn-", source_id=SOURCE.id)
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
        elif not entity.get("entity_name").strip():
            yield SetAside(entity.number, "bad", "entity_name is empty", str(entity.values))
        else:
            yield from _row(entity, keys)


def _row(entity: ListedEntity, keys: Keys) -> Iterator[ListRow | Notice]:
    added = None
    if written := entity.get("date_added"):
        reading = read_date(written)
        added = reading.value
        if added is None:
            yield Notice(entity.number, f"date_added {reading.reason}; the date is left out")
    code = _CODES.get(entity.get("list_id"), entity.get("list_id"))
    draft = RowDraft(METHOD)
    name = draft.text.line("entity_name", entity.get("entity_name"))
    list_name = draft.text.line("source_list_name", entity.get("source_list_name"))
    date = draft.text.line("date_added", entity.get("date_added")) if written else None
    reason = draft.text.line("reason", entity.get("reason")) if entity.get("reason") else None
    # The rows do not repeat who publishes them; this line does, from the source's description.
    authority_line = draft.text.line("authority", AUTHORITY)
    draft.text.lines("alias", entity.aliases)
    draft.text.lines("address", entity.addresses)
    organisation = _organisation(draft, entity, name)
    draft.say(
        draft.authority(authority_line),
        "designated",
        organisation,
        at=[name, list_name, date, reason, authority_line],
        valid_from=added,
        attributes={
            "list": code,
            "list_name": entity.get("source_list_name"),
            **({"reason": entity.get("reason")} if reason else {}),
        },
    )
    yield draft.finish(
        SOURCE,
        key=keys.take(f"{code}:{spaced(entity.get('entity_name'))}"),
        number=entity.number,
        title=f"{entity.get('source_list_name')}: {organisation.names[0].text}",
        url=entity.get("source_url") or SOURCE.url,
        date=added,
        language="zh",
    )


def _organisation(draft: RowDraft, entity: ListedEntity, line: Place) -> Party:
    found: dict[str, Name] = {}
    country = next((c for c, _ in map(leading_country, entity.addresses) if c), None)
    written = entity.get("entity_name").strip()
    spoken: list[tuple[str, NameKind]] = [
        (name.text, name.kind) for name in listed_name(_DEED.sub("", written)).names
    ]
    for alias in entity.aliases:
        spoken.extend(
            (name.text, name.kind) for name in other_names([_DEED.sub("", alias.strip())])
        )
    for text, kind in spoken:
        found.setdefault(text.casefold(), Name(text, language_of(text, latin="en"), kind))
        # Chinese notices put the country before the name.
        country = country or han_country(text)
    place = line.within(_DEED.sub("", written)) or line
    names = list(found.values())
    return draft.party(place, kind_of_names(names), names, country=country)

"""The Research Organization Registry: records of schema 1 and 2, as lines, an array or a dump."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from crosstie.ontology.errors import InputError, UnknownLayout
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import (
    Identifier,
    ListRow,
    Name,
    NameKind,
    SetAside,
    Source,
    SourceVersion,
)
from crosstie.sources import files
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.identifiers import domain_of
from crosstie.sources.kind_words import kind_of_names
from crosstie.sources.languages import language_of
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.research_organisations import kind_of_types, without_country
from crosstie.sources.ror_records import RorRecord, record_of
from crosstie.sources.rows import Keys, Place
from crosstie.sources.scopes import country_scope
from crosstie.text.dates import date_in_name

SOURCE = Source(
    id=SourceId("ror"),
    title="Research Organization Registry",
    publisher="Research Organization Registry (ROR)",
    url="https://ror.org/",
    licence="CC0-1.0",
    stale_after_days=180,
)
METHOD = "ror"
_ENDED = "ROR marks this organisation as inactive."


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read records; withdrawn ones are set aside, inactive ones kept with a note."""
    digest = files.file_digest(path)
    head = files.head_of(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith((b"{", b"[")):
        raise UnknownLayout(
            f'these are no ROR records: the file begins with "{files.shown(head)}"',
            where=path.name,
            remedy="expected ROR's JSON dump or one record a line",
        )
    layout = "JSON lines" if head.startswith(b"{") else "JSON array"
    total, newest, countries, known = 0, "", [], 0
    for _, raw in _raw_records(path, layout):
        total += 1
        record = record_of(_decoded(raw))
        if isinstance(record, RorRecord):
            known += 1
            newest = max(newest, record.changed)
            countries.append(frozenset(record.countries))
    if not known:
        raise UnknownLayout(
            "no record has ROR's `id` and names",
            where=path.name,
            remedy="expected records of ROR schema 1 or 2",
        )
    version = SourceVersion(
        source_id=SOURCE.id,
        # The newest change in the file: it can be no older. A dump's name says it better.
        as_of=edition_date(
            SOURCE, path, in_file=date_in_name(path.name) or as_of or newest or None
        ),
        file_name=path.name,
        sha256=digest,
        layout=layout,
        scope=country_scope(countries),
    )
    return Reading(version, _rows(path, layout), total=total)


def _raw_records(path: Path, layout: str) -> Iterator[tuple[int, bytes]]:
    if layout == "JSON lines":
        yield from files.json_lines(path)
        return
    with files.open_bytes(path) as stream:
        raw = stream.read()
    try:
        # Views into the one buffer: the whole dump is never held as objects.
        items = msgspec.json.decode(raw, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(
            f"not valid JSON: {error}", where=path.name, remedy="download the file again"
        ) from error
    for number, item in enumerate(items, start=1):
        yield number, bytes(item)


def _decoded(raw: bytes) -> Any:
    try:
        return files.parse_json(raw, where="")
    except InputError as error:
        return error


def _rows(path: Path, layout: str) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    for number, raw in _raw_records(path, layout):
        record = record_of(_decoded(raw))
        if isinstance(record, str):
            yield SetAside(number, "bad", record, raw[:2000].decode("utf-8", "replace"))
        elif record.status == "withdrawn":
            yield SetAside(number, "out_of_scope", "withdrawn by ROR")
        else:
            yield _row(number, record, keys)


def _row(number: int, record: RorRecord, keys: Keys) -> ListRow:
    draft = RowDraft(METHOD)
    draft.text.line("id", record.id)
    lines = []
    for name in record.names:
        language = f"; {name.language}" if name.language else ""
        lines.append(draft.text.line(f"name ({', '.join(name.types)}{language})", name.text))
    draft.text.line("status", record.status)
    draft.text.lines("type", record.types)
    draft.text.lines("country", record.countries)
    draft.text.lines("city", record.cities)
    draft.text.lines("link", record.links)
    for scheme, value in record.identifiers:
        draft.text.line(scheme, value)
    organisation = _organisation(draft, record, lines[0])
    for relation in record.relations:
        line = draft.text.line(relation.type, f"{relation.label} {relation.id}")
        if relation.type.lower() in ("parent", "child") and relation.label:
            _say_relation(draft, organisation, relation.type.lower(), relation.id, line, record)
    return draft.finish(
        SOURCE,
        key=keys.take(_bare(record.id)),
        number=number,
        title=f"{SOURCE.title}: {record.names[0].text}",
        url=record.id,
        language="en",
    )


def _organisation(draft: RowDraft, record: RorRecord, first: Place) -> Party:
    names: dict[str, Name] = {}
    for position, name in enumerate(record.names):
        kind: NameKind = "primary" if position == 0 else "alias"
        if "acronym" in name.types and position:
            kind = "acronym"
        language = name.language or language_of(name.text)
        if short := without_country(name.text):
            # ROR adds the country to companies' names: "Hexi Optics (China)".
            names.setdefault(short.casefold(), Name(short, language, kind))
            kind = "alias" if kind == "primary" else kind
        names.setdefault(name.text.casefold(), Name(name.text, language, kind))
    identifiers = [Identifier("ror", _bare(record.id))]
    identifiers += [Identifier(scheme, value) for scheme, value in record.identifiers]
    identifiers += [Identifier("domain", domain) for domain in _domains(record)]
    found = list(names.values())
    return draft.party(
        first,
        kind_of_types(record.types, found),
        found,
        country=next(iter(record.countries), None),
        identifiers=tuple(dict.fromkeys(identifiers)),
        description=_ENDED if record.status == "inactive" else None,
    )


def _domains(record: RorRecord) -> list[str]:
    return [*record.domains, *(domain_of(link) for link in record.links)]


def _say_relation(
    draft: RowDraft, organisation: Party, type_: str, other_id: str, line: Place, record: RorRecord
) -> None:
    label = line.text.removesuffix(f" {other_id}")
    shown = without_country(label) or label
    names = [Name(shown, language_of(shown, latin="en"))]
    other = draft.party(
        line.cut(0, len(label)),
        kind_of_names(names, default="research_institute"),
        names,
        identifiers=(Identifier("ror", _bare(other_id)),),
    )
    ends = (organisation, other) if type_ == "parent" else (other, organisation)
    first = organisation.place
    draft.say(
        ends[0],
        "affiliated_with",
        ends[1],
        at=[first, line],
        pattern=type_,
        ended=record.status == "inactive",
    )


def _bare(ror_id: str) -> str:
    return ror_id.rstrip("/").rsplit("/", 1)[-1].lower()

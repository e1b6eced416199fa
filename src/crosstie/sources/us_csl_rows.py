"""One row of the Consolidated Screening List → its small document, mentions and claims."""

import re
from dataclasses import dataclass

from crosstie.ontology.records import (
    Claim,
    Document,
    Identifier,
    ListRow,
    Mention,
    Name,
    SetAside,
    Source,
)
from crosstie.sources.authorities import authority_mention
from crosstie.sources.identifiers import identifier_of
from crosstie.sources.kind_words import kind_of, spaced
from crosstie.sources.listed_names import ListedName, listed_name, other_names
from crosstie.sources.persons import looks_like_person
from crosstie.sources.reading import Notice
from crosstie.sources.rows import Keys, Place, RowText, quote_lines
from crosstie.sources.us_csl_layouts import RawRow
from crosstie.text.countries import country_code
from crosstie.text.dates import read_date

METHOD = "us-csl"
_LIST = re.compile(
    r"^(?P<title>.+?) \((?P<code>[A-Z][A-Z -]*?)(?: List)?\)(?: List)? - (?P<authority>.+)$"
)
_ADDRESS_ONLY = re.compile(r"^Address \d+$")
_PERSON_COLUMNS = ("dates_of_birth", "citizenships", "nationalities", "places_of_birth")
# Lists whose rows are treated as organisations unless they say "person" themselves: BIS puts end
# users there, not people.
_ORGANISATION_LISTS = {"MEU", "UVL", "CMIC", "CAP", "SSI"}
# Lines of the row's document, in their order. What is left out: `_id` (it changes with the
# edition), columns for persons and vessels, and the URLs, which the document carries anyway.
_LINES = (
    "type", "programs", "entity_number", "addresses", "federal_register_notice", "start_date",
    "end_date", "standard_order", "license_requirement", "license_policy", "ids",
)  # fmt: skip
_LINKED = re.compile(r"Linked To: (?P<name>[^;()]+(?:\([^()]*\)[^;()]*)*)")


@dataclass(frozen=True, slots=True)
class _Parts:
    """The row's text while it is being built: where its values stand."""

    name: Place
    listed: ListedName
    list_name: Place
    lines: dict[str, Place]
    linked: tuple[Place, ...]


def read_row(source: Source, row: RawRow, keys: Keys) -> list[ListRow | SetAside | Notice]:
    """Return the row's record, after a notice for each thing left out of it."""
    if row.stray:
        return [SetAside(row.number, "out_of_scope", "a repeated header")]
    if set_aside := _set_aside(row):
        return [set_aside]
    found = _LIST.match(row.get("source"))
    if found is None:
        reason = f'source "{row.get("source")[:60]}" names no list with its code and authority'
        return [SetAside(row.number, "bad", reason, _row_text(row))]
    listed = listed_name(row.get("name"))
    if not listed.primary:
        return [SetAside(row.number, "bad", "name is empty", _row_text(row))]
    if _is_person(row, listed, found["code"]):
        return [SetAside(row.number, "individual", "a person")]
    notices, dates = _dates(row)
    record = _list_row(source, row, listed, found, dates, keys)
    return [*(Notice(row.number, notice) for notice in notices), record]


def _set_aside(row: RawRow) -> SetAside | None:
    if row.problem:
        # A damaged row may still be a person's: then its text is not kept.
        person = row.get("type") == "Individual" or not _organisation_text(row)
        return SetAside(row.number, "bad", row.problem, "" if person else row.text)
    kind = row.get("type")
    if kind == "Individual":
        return SetAside(row.number, "individual", "a person")
    if kind in ("Vessel", "Aircraft"):
        return SetAside(
            row.number, "out_of_scope", "an aircraft" if kind == "Aircraft" else "a vessel"
        )
    if kind not in ("", "Entity"):
        return SetAside(row.number, "bad", f'type "{kind[:40]}" is not known', _row_text(row))
    if not row.get("name").strip():
        return SetAside(row.number, "bad", "name is empty", _row_text(row))
    if "\0" in row.get("name") or any("\0" in value for value in row.values.values()):
        return SetAside(row.number, "bad", "a value holds a NUL character")
    if _ADDRESS_ONLY.match(row.get("name")):
        return SetAside(row.number, "out_of_scope", "an address, not an organisation")
    return None


def _organisation_text(row: RawRow) -> bool:
    name = row.get("name")
    return row.get("type") == "Entity" or (bool(name) and not looks_like_person(name))


def _row_text(row: RawRow) -> str:
    return "; ".join(f"{column}: {value}" for column, value in row.values.items())


def _is_person(row: RawRow, listed: ListedName, code: str) -> bool:
    if row.get("type") == "Entity" or listed.parent is not None:
        return False
    if listed.means is not None:
        return listed.means == "person"
    if any(row.get(column) for column in _PERSON_COLUMNS):
        return True
    if code in _ORGANISATION_LISTS:
        return False
    names = [name.text for name in listed.names[1:]] + row.alt_names
    return looks_like_person(listed.primary, names)


def _dates(row: RawRow) -> tuple[list[str], dict[str, str | None]]:
    notices: list[str] = []
    dates: dict[str, str | None] = {}
    for column in ("start_date", "end_date"):
        dates[column] = None
        if written := row.get(column):
            reading = read_date(written, order="mdy")
            dates[column] = reading.value
            if reading.value is None:
                notices.append(f"{column} {reading.reason}; the date is left out")
    start, end = dates["start_date"], dates["end_date"]
    if start and end and end < start:
        notices.append(f"end_date {end} lies before start_date {start}; both are kept")
    return notices, dates


def _list_row(
    source: Source,
    row: RawRow,
    listed: ListedName,
    found: re.Match[str],
    dates: dict[str, str | None],
    keys: Keys,
) -> ListRow:
    code = found["code"]
    text, parts = _build(row, listed)
    start = dates["start_date"] or _cmic_listing(row)
    key = keys.take(_key(row, listed, code))
    document = text.document(
        name=f"{source.id} {key}",
        source_id=source.id,
        title=f"{found['title']}: {listed.primary}",
        url=row.get("source_list_url") or source.url,
        publisher=found["authority"],
        date=start,
        language="en",
    )
    at = parts.list_name.within(found["authority"], after=found.start("authority"))
    authority = authority_mention(document, at or parts.list_name, country="US")
    organisation = _organisation(document, row, parts)
    designated = Claim.of(
        document,
        authority,
        "designated",
        organisation,
        evidence=quote_lines(document, *_designation_places(parts)),
        method=METHOD,
        valid_from=start,
        valid_to=dates["end_date"],
        attributes=_attributes(row, code, found["title"]),
    )
    mentions, claims = _ties(document, organisation, parts)
    return ListRow(
        key=key,
        number=row.number,
        document=document,
        mentions=(organisation, authority, *mentions),
        claims=(designated, *claims),
    )


def _build(row: RawRow, listed: ListedName) -> tuple[RowText, _Parts]:
    text = RowText()
    name = text.line("name", row.get("name"))
    text.lines("alt_names", row.alt_names)
    list_name = text.line("source", row.get("source"))
    lines = {column: text.line(column, value) for column in _LINES if (value := row.get(column))}
    if not row.get("addresses"):
        text.lines("countries", row.countries)
    linked = []
    remarks, links = _remarks(row.get("remarks"))
    if remarks:
        text.line("remarks", remarks)
    for link in links:
        place = text.line("remarks", link)
        linked.append(place.cut(len("Linked To: "), len(link)))
    return text, _Parts(name, listed, list_name, lines, tuple(linked))


def _remarks(remarks: str) -> tuple[str, list[str]]:
    """Split the remarks into their "Linked To" parts and the rest; parts on persons go."""
    links = []
    for found in _LINKED.finditer(remarks):
        name = found["name"].strip()
        if not looks_like_person(name):
            links.append(f"Linked To: {name}")
    rest = _LINKED.sub("", remarks).strip(" ();.")
    return (rest, links) if links or rest != remarks.strip(" ();.") else (remarks, [])


def _key(row: RawRow, listed: ListedName, code: str) -> str:
    if number := row.get("entity_number"):
        return f"{code}:{number}"
    countries = sorted({country_code(c) or c for c in row.countries})
    return f"{code}:{spaced(row.get('name'))}:{','.join(countries)}"


def _organisation(document: Document, row: RawRow, parts: _Parts) -> Mention:
    listed = parts.listed
    aliases = other_names(row.alt_names)
    seen = {name.text.casefold() for name in listed.names}
    names = listed.names + tuple(n for n in aliases if n.text.casefold() not in seen)
    countries = [country_code(c) for c in row.countries]
    return Mention.of(
        document,
        parts.name.start + listed.start,
        parts.name.start + listed.end,
        kind=kind_of(_kind_names(names)),
        names=names,
        country=next((c for c in countries if c), None),
        identifiers=tuple(_identifiers(row)),
        method=METHOD,
    )


def _kind_names(names: tuple[Name, ...]) -> list[str]:
    return [name.text for name in names if name.kind != "acronym"]


def _attributes(row: RawRow, code: str, title: str) -> dict[str, str]:
    citation = row.get("federal_register_notice")
    values = {
        "list": code,
        "list_name": title,
        "programme": row.get("programs"),
        "legal_basis": citation or row.get("license_requirement"),
        "licence_requirement": row.get("license_requirement"),
        "licence_policy": row.get("license_policy"),
    }
    return {key: value for key, value in values.items() if value}


def _designation_places(parts: _Parts) -> list[Place]:
    wanted = ("programs", "federal_register_notice", "start_date", "end_date")
    return [parts.name, parts.list_name, *(parts.lines[c] for c in wanted if c in parts.lines)]


def _ties(
    document: Document, organisation: Mention, parts: _Parts
) -> tuple[list[Mention], list[Claim]]:
    mentions, claims = [], []
    parent = parts.listed.parent
    if parent is not None:
        at = parts.name.cut(parent.start, parent.end)
        mention = _other(document, at, parent.names)
        ends = (mention, organisation) if parent.tie == "owns" else (organisation, mention)
        mentions.append(mention)
        claims.append(_tie(document, ends[0], parent.tie, ends[1], parts.name, parent.pattern))
    for place in parts.linked:
        mention = _other(document, place, listed_name(place.text).names)
        mentions.append(mention)
        claims.append(_tie(document, organisation, "affiliated_with", mention, place, "linked-to"))
    return mentions, claims


def _other(document: Document, place: Place, names: tuple[Name, ...]) -> Mention:
    return Mention.of(
        document,
        place.start,
        place.end,
        kind=kind_of(_kind_names(names)),
        names=names,
        method=METHOD,
    )


def _tie(
    document: Document, subject: Mention, kind: str, object: Mention, place: Place, pattern: str
) -> Claim:
    return Claim.of(
        document,
        subject,
        kind,
        object,
        evidence=quote_lines(document, place),
        method=f"{METHOD}/{pattern}",
    )


def _identifiers(row: RawRow) -> list[Identifier]:
    found = []
    if number := row.get("entity_number"):
        found.append(Identifier("ofac", number))
    for item in row.get("ids").split("; "):
        if identifier := identifier_of([part.strip() for part in item.split(",")]):
            found.append(identifier)
    return list(dict.fromkeys(found))


def _cmic_listing(row: RawRow) -> str | None:
    """Return the listing date that the column `ids` holds on the CMIC list, if any."""
    for item in row.get("ids").split("; "):
        if "Listing Date (CMIC)" in item:
            written = item.replace("Listing Date (CMIC)", "").strip(" ,")
            return read_date(written).value
    return None

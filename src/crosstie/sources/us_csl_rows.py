"""One row of the Consolidated Screening List → its small document, mentions and claims."""

import re

from crosstie.ontology.records import (
    Identifier,
    ListRow,
    SetAside,
    Source,
)
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.identifiers import identifier_of
from crosstie.sources.kind_words import kind_of, kind_of_names, spaced
from crosstie.sources.listed_names import ListedName, all_names, listed_name, other_names
from crosstie.sources.persons import looks_like_person
from crosstie.sources.reading import Notice
from crosstie.sources.rows import Keys, Place
from crosstie.sources.us_csl_layouts import RawRow
from crosstie.text.countries import country_code
from crosstie.text.dates import read_date

METHOD = "us-csl"
PERSON_SAID = "a person, as the row says"
PERSON_JUDGED = "a person, to judge by the name"
_LIST = re.compile(
    r"^(?P<title>.+?) \((?P<code>[A-Z][A-Z -]*?)(?: List)?\)(?: List)? - (?P<authority>.+)$"
)
_ADDRESS_ONLY = re.compile(r"^Address \d+$")
_PERSON_COLUMNS = ("dates_of_birth", "citizenships", "nationalities", "places_of_birth")
# Lists whose rows are treated as organisations unless they say "person" themselves: BIS puts end
# users there, not people.
_ORGANISATION_LISTS = {"MEU", "UVL", "CMIC", "CAP", "SSI"}
_LISTS_IN_CAPITALS = {"DPL", "SDN", "FSE"}
# Lines of the row's document, in their order: first those that a designation quotes. Left out are
# `_id` (it changes with the edition), columns for persons and vessels, and the URLs, which the
# document carries anyway.
_LINES = (
    "programs", "federal_register_notice", "start_date", "end_date", "type", "entity_number",
    "addresses", "standard_order", "license_requirement", "license_policy", "ids",
)  # fmt: skip
_DESIGNATION = ("programs", "federal_register_notice", "start_date", "end_date")
_LINKED = re.compile(r"Linked To: (?P<name>[^;()]+(?:\([^()]*\)[^;()]*)*)")


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
    if why := _person(row, listed, found["code"]):
        return [SetAside(row.number, "individual", why)]
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
        return SetAside(row.number, "individual", PERSON_SAID)
    if kind in ("Vessel", "Aircraft"):
        return SetAside(
            row.number, "out_of_scope", "an aircraft" if kind == "Aircraft" else "a vessel"
        )
    if kind not in ("", "Entity"):
        return SetAside(row.number, "bad", f'type "{kind[:40]}" is not known', _row_text(row))
    if not any(character.isalnum() for character in row.get("name")):
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


def _person(row: RawRow, listed: ListedName, code: str) -> str:
    """Say why the row is taken for a person's; empty for an organisation's."""
    if row.get("type") == "Entity" or listed.parent is not None:
        return ""
    if listed.means is not None:
        return PERSON_SAID if listed.means == "person" else ""
    if any(row.get(column) for column in _PERSON_COLUMNS):
        return PERSON_SAID
    if code in _ORGANISATION_LISTS:
        return ""
    judged = looks_like_person(
        listed.primary,
        row.alt_names,
        also=[name.text for name in listed.names[1:]],
        capitals=code in _LISTS_IN_CAPITALS,
    )
    return PERSON_JUDGED if judged else ""


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
    draft = RowDraft(METHOD)
    name = draft.text.line("name", row.get("name"))
    list_name = draft.text.line("source", row.get("source"))
    lines = {
        column: draft.text.line(column, value) for column in _LINES if (value := row.get(column))
    }
    draft.text.lines("alt_names", row.alt_names)
    if not row.get("addresses"):
        draft.text.lines("countries", row.countries)
    organisation = _organisation(draft, row, listed, name)
    authority = draft.authority(list_name.cut(*found.span("authority")), country="US")
    start = dates["start_date"] or _cmic_listing(row)
    draft.say(
        authority,
        "designated",
        organisation,
        at=[name, list_name, *(lines.get(column) for column in _DESIGNATION)],
        valid_from=start,
        valid_to=dates["end_date"],
        attributes=_attributes(row, found["code"], found["title"]),
    )
    _say_parent(draft, organisation, listed, name)
    _say_links(draft, organisation, row.get("remarks"))
    return draft.finish(
        source,
        key=keys.take(_key(row, found["code"])),
        number=row.number,
        title=f"{found['title']}: {listed.primary}",
        url=row.get("source_list_url") or source.url,
        publisher=found["authority"],
        date=start,
        language="en",
    )


def _key(row: RawRow, code: str) -> str:
    if number := row.get("entity_number"):
        return f"{code}:{number}"
    countries = sorted({country_code(c) or c for c in row.countries})
    return f"{code}:{spaced(row.get('name'))}:{','.join(countries)}"


def _organisation(draft: RowDraft, row: RawRow, listed: ListedName, name: Place) -> Party:
    names = all_names(listed, other_names(row.alt_names))
    countries = [country_code(country) for country in row.countries]
    return draft.party(
        name.cut(listed.start, listed.end),
        kind_of([listed.own, *(name.text for name in names if name.kind != "acronym")]),
        names,
        country=next((country for country in countries if country), None),
        identifiers=tuple(_identifiers(row)),
    )


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


def _say_parent(draft: RowDraft, organisation: Party, listed: ListedName, name: Place) -> None:
    parent = listed.parent
    if parent is None:
        return
    place = name.cut(parent.start, parent.end)
    other = draft.party(place, kind_of_names(parent.names), parent.names)
    ends = (other, organisation) if parent.tie == "owns" else (organisation, other)
    draft.say(ends[0], parent.tie, ends[1], at=[name], pattern=parent.pattern)


def _say_links(draft: RowDraft, organisation: Party, remarks: str) -> None:
    """Add the remarks as lines: each organisation "Linked To" on its own, persons left out."""
    links = [found["name"].strip() for found in _LINKED.finditer(remarks)]
    rest = _LINKED.sub("", remarks).strip(" ();.") if links else remarks
    if rest:
        draft.text.line("remarks", rest)
    for link in links:
        if looks_like_person(link):
            continue
        line = draft.text.line("remarks", f"Linked To: {link}")
        names = listed_name(link).names
        other = draft.party(
            line.cut(len(line.text) - len(link), len(line.text)), kind_of_names(names), names
        )
        draft.say(organisation, "affiliated_with", other, at=[line], pattern="linked-to")


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

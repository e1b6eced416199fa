"""OFAC's lists beside the SDN list (CMIC, SSI, …) in the enhanced XML, zipped or plain."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

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
from crosstie.sources.identifiers import labelled
from crosstie.sources.kind_words import kind_of_names
from crosstie.sources.languages import language_of
from crosstie.sources.listed_names import listed_name
from crosstie.sources.ofac_xml import Entry, Listing, entries, publication
from crosstie.sources.persons import looks_like_person
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys, Place
from crosstie.text.countries import country_code
from crosstie.text.dates import read_date

AUTHORITY = "Office of Foreign Assets Control"
SOURCE = Source(
    id=SourceId("ofac-nonsdn"),
    title="OFAC consolidated (non-SDN) sanctions list",
    publisher=AUTHORITY,
    url="https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
    licence="US public domain",
    country="US",
    stale_after_days=30,
)
METHOD = "ofac-nonsdn"
# The file's names of lists → the short codes that the screening list uses for the same ones. The
# umbrella "Consolidated List" holds every entry and designates nobody by itself.
_CODES = {
    "Non-SDN CMIC List": "CMIC",
    "Sectoral Sanctions Identifications List": "SSI",
    "SDN List": "SDN",
    "Non-SDN Menu-Based Sanctions List": "NS-MBS",
    "Non-SDN Palestinian Legislative Council List": "PLC",
    "CAPTA List": "CAP",
    "FSE List": "FSE",
}
_UMBRELLA = "Consolidated List"
# Words that state ownership alone; "Owned or Controlled By" leaves it open which of the two.
_OWNED_BY = {"Owned By", "Majority-owned by"}
_OWNS = {"Owns"}
_LISTING_DATE = "Listing Date (CMIC)"


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read an edition; the file says on which day it was true."""
    digest = files.file_digest(path)
    head = files.head_of(path)
    if b"<sanctionsData" not in head:
        raise UnknownLayout(
            f'this is no OFAC enhanced XML: it begins with "{files.shown(head)}"',
            where=path.name,
            remedy="download CONS_ENHANCED.ZIP from the sanctions list service",
        )
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        # OFAC's files have none; entities could be defined there to swell or to leak.
        raise InputError(
            "the XML defines a document type, which OFAC's files do not",
            where=path.name,
            remedy="download the file again",
        )
    total = 0
    try:
        with files.open_bytes(path) as stream:
            dated, lists = publication(stream)
        with files.open_bytes(path) as stream:
            total = sum(1 for _ in entries(stream))
    except (ElementTree.ParseError, LookupError) as error:
        raise InputError(
            f"the XML is damaged or cut off: {error}",
            where=path.name,
            remedy="download the file again",
        ) from error
    if lists and _UMBRELLA not in lists:
        raise UnknownLayout(
            f"this file holds {', '.join(lists)}, not the {_UMBRELLA}",
            where=path.name,
            remedy="the SDN list is in `us-csl`; here goes CONS_ENHANCED.ZIP",
        )
    version = SourceVersion(
        source_id=SOURCE.id,
        as_of=edition_date(SOURCE, path, in_file=dated, as_of=as_of),
        file_name=path.name,
        sha256=digest,
        layout="enhanced XML",
    )
    return Reading(version, _rows(path), total=total)


def _rows(path: Path) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    with files.open_bytes(path) as stream:
        for number, entry in enumerate(entries(stream), start=1):
            if entry.type == "Individual":
                yield SetAside(number, "individual", "a person")
            elif entry.type in ("Vessel", "Aircraft"):
                thing = "an aircraft" if entry.type == "Aircraft" else "a vessel"
                yield SetAside(number, "out_of_scope", thing)
            elif entry.type != "Entity":
                yield SetAside(number, "bad", f'entityType "{entry.type[:40]}" is not known')
            elif not entry.names:
                yield SetAside(number, "bad", f"entity {entry.id} has no name")
            else:
                yield from _row(number, entry, keys)


def _row(number: int, entry: Entry, keys: Keys) -> Iterator[ListRow | Notice]:
    draft = RowDraft(METHOD)
    first, *others = entry.names
    name = draft.text.line(first.label, first.text)
    programmes = draft.text.lines("programme", entry.programmes)
    authorities = draft.text.lines("legal authority", entry.authorities)
    # The entries do not name the office; this line does, from the source's description.
    authority_line = draft.text.line("authority", AUTHORITY)
    listings = [
        (listing, draft.text.line("list", f"{listing.name} ({listing.published or 'no date'})"))
        for listing in sorted(entry.lists, key=lambda listing: listing.name == _UMBRELLA)
    ]
    draft.text.line("entity", entry.id)
    for other in others:
        draft.text.line(other.label, other.text)
    _other_lines(draft, entry)
    organisation = _organisation(draft, entry, name)
    authority = draft.authority(authority_line)
    named = [pair for pair in listings if pair[0].name != _UMBRELLA] or listings
    for listing, line in named:
        since, notice = _listed_on(entry, listing)
        if notice:
            yield Notice(number, notice)
        draft.say(
            authority,
            "designated",
            organisation,
            at=[name, line, *programmes, *authorities, authority_line],
            valid_from=since,
            attributes={
                "list": _CODES.get(listing.name, listing.name),
                "list_name": listing.name,
                "programme": "; ".join(entry.programmes),
                "legal_basis": "; ".join(entry.authorities),
            },
        )
    _say_relations(draft, entry, organisation, name)
    yield draft.finish(
        SOURCE,
        key=keys.take(entry.id),
        number=number,
        title=f"{named[0][0].name if named else SOURCE.title}: {organisation.names[0].text}",
        date=named[0][0].published if named else None,
        language="en",
    )


def _other_lines(draft: RowDraft, entry: Entry) -> None:
    draft.text.lines("sanctions type", entry.types)
    draft.text.lines("address", entry.addresses)
    for label, value in entry.features:
        draft.text.line(label.rstrip(" :-"), value)
    for document in entry.documents:
        issuer = f" ({document.country})" if document.country else ""
        draft.text.line(document.type, f"{document.number}{issuer}")


def _listed_on(entry: Entry, listing: Listing) -> tuple[str | None, str]:
    """Return since when the entry is on the list, and a notice if a date cannot be read."""
    written = listing.published
    if _CODES.get(listing.name) == "CMIC":
        written = next((v for label, v in entry.features if label == _LISTING_DATE), written)
    if not written:
        return None, ""
    reading = read_date(written)
    if reading.value is None:
        return None, f"date of {listing.name}: {reading.reason}; the date is left out"
    return reading.value, ""


def _organisation(draft: RowDraft, entry: Entry, first: Place) -> Party:
    names: dict[str, Name] = {}
    for position, written in enumerate(entry.names):
        shown: NameKind = "primary" if position == 0 else written.kind
        for name in listed_name(written.text).names:
            kind = shown if name.kind == "primary" else name.kind
            language = language_of(name.text, latin="en")
            names.setdefault(name.text.casefold(), Name(name.text, language, kind))
    found = list(names.values())
    identifiers = [Identifier("ofac", entry.id)]
    for label, value in entry.features:
        identifiers.extend(filter(None, [labelled(label, value, None)]))
    for document in entry.documents:
        country = country_code(document.country) if document.country else None
        identifiers.extend(filter(None, [labelled(document.type, document.number, country)]))
    countries = [country_code(country) for country in entry.countries]
    return draft.party(
        first,
        kind_of_names(found),
        found,
        country=next((country for country in countries if country), None),
        identifiers=tuple(dict.fromkeys(identifiers)),
    )


def _say_relations(draft: RowDraft, entry: Entry, organisation: Party, first: Place) -> None:
    for relation in entry.relations:
        if looks_like_person(relation.name):
            continue
        line = draft.text.line(relation.type, relation.name)
        names = listed_name(relation.name).names
        other = draft.party(
            line, kind_of_names(names), names, identifiers=(Identifier("ofac", relation.id),)
        )
        if relation.type in _OWNED_BY:
            draft.say(other, "owns", organisation, at=[first, line], pattern="relation")
        elif relation.type in _OWNS:
            draft.say(organisation, "owns", other, at=[first, line], pattern="relation")
        else:
            draft.say(
                organisation,
                "affiliated_with",
                other,
                at=[first, line],
                pattern="relation",
                attributes={"relation": relation.type},
            )

"""The China Defence Universities Tracker in MISP's galaxy format (one JSON file)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from crosstie.matching.names import is_weak_name
from crosstie.ontology.errors import UnknownLayout
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, Name, NameKind, SetAside, Source, SourceVersion
from crosstie.sources.bilingual import after_scripts, both_scripts
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.files import file_digest, load_json
from crosstie.sources.kind_words import kind_by_words, kind_of_names
from crosstie.sources.listed_names import listed_name
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys, Place
from crosstie.text.scripts import has_han

SOURCE = Source(
    id=SourceId("china-defence-universities"),
    title="China Defence Universities Tracker",
    publisher="Australian Strategic Policy Institute",
    url="https://github.com/MISP/misp-galaxy/blob/main/clusters/china-defence-universities.json",
    licence="CC0-1.0 or BSD-2-Clause (MISP galaxy)",
    country="AU",
    # A research product that appeared once and is not kept up: its age is shown, not warned of.
    stale_after_days=3650,
)
METHOD = "china-defence-universities"
_COUNTRY = "CN"
_LABORATORIES = "major defence laboratories"
_SUBSIDIARIES = "subsidiaries"
_AGENCIES = "supervising agencies"
_SEVEN_SONS = "Seven sons of national defence"
# Entries that comment on the one before them instead of naming a body.
_COMMENT = re.compile(
    r"^(?:jointly|aka|a\.k\.a\.|also|formerly|in cooperation|co-|may (?:also )?be|it is|it was"
    r"|the lab|this|one of|based in|may|unclear|possibly|established)\b",
    re.I,
)
# A listing place after a company's name says where its shares trade, not what it is called.
_EXCHANGE = re.compile(r" \((?:Shanghai|Shenzhen|Hong Kong)\)$")
_SCHOOLS = {"university", "research_institute"}
_PROBABLE = "[Probable] "
_PART_KINDS = {"company", "laboratory", "university", "research_institute", "military_unit"}
# Parts that many schools have by the same name: alone it would not say whose.
_COMMON_PART = re.compile(r"\b(?:campus|department|graduate academy|sub-academy)\b", re.I)
_CAMPUS = re.compile(r"\bcampus\b|校区", re.I)


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read the tracker; the file bears no date, so `as_of` says when it was current."""
    digest = file_digest(path)
    data = load_json(path)
    if not isinstance(data, dict) or not isinstance(data.get("values"), list):
        raise _unknown(path, data)
    if data.get("type") != "china-defence-universities":
        raise _unknown(path, data)
    version = SourceVersion(
        source_id=SOURCE.id,
        as_of=edition_date(SOURCE, path, as_of=as_of),
        file_name=path.name,
        sha256=digest,
        layout="MISP galaxy cluster",
    )
    return Reading(version, _rows(data["values"]), total=len(data["values"]))


def _unknown(path: Path, data: Any) -> UnknownLayout:
    seen = f"type {data.get('type')!r}" if isinstance(data, dict) else type(data).__name__
    return UnknownLayout(
        f"this is no MISP galaxy cluster of Chinese defence universities: {seen}",
        where=path.name,
        remedy="load misp-galaxy's clusters/china-defence-universities.json",
    )


def _rows(values: list[Any]) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    for number, value in enumerate(values, start=1):
        problem = _problem(value)
        if problem:
            yield SetAside(number, "bad", problem, str(value)[:2000])
        else:
            yield from _row(number, value, keys)


def _problem(value: Any) -> str:
    if not isinstance(value, dict) or not isinstance(value.get("meta", {}), dict):
        return "the value is no object with `meta`"
    if not isinstance(value.get("value"), str) or not value["value"].strip():
        return "`value` is missing or empty"
    for field in ("aliases", "categories", _AGENCIES, _LABORATORIES, _SUBSIDIARIES, "refs"):
        items = value.get("meta", {}).get(field, [])
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            return f"`{field}` is not a list of texts"
    return ""


def _row(number: int, value: dict[str, Any], keys: Keys) -> Iterator[ListRow | Notice]:
    draft = RowDraft(METHOD)
    meta = value.get("meta", {})
    name = draft.text.line("value", value["value"])
    draft.text.lines("alias", meta.get("aliases", []))
    categories = draft.text.lines("category", meta.get("categories", []))
    organisation = _organisation(draft, name, value["value"], meta)
    _say_agencies(draft, organisation, name, meta)
    for category in categories:
        if category.text == _SEVEN_SONS:
            group = draft.party(category, "group", [Name(category.text, "en")], country=_COUNTRY)
            draft.say(organisation, "member_of", group, at=[name, category])
    notices = [
        *_say_parts(draft, organisation, name, meta, _LABORATORIES),
        *_say_parts(draft, organisation, name, meta, _SUBSIDIARIES),
    ]
    draft.text.lines("topic", [str(topic) for topic in meta.get("topics", [])])
    if address := meta.get("address"):
        draft.text.line("address", str(address))
    if description := value.get("description"):
        draft.text.line("description", str(description))
    yield from (Notice(number, notice) for notice in notices)
    yield draft.finish(
        SOURCE,
        key=keys.take(str(value.get("uuid") or organisation.names[0].text.casefold())),
        number=number,
        title=f"{SOURCE.title}: {organisation.names[0].text}",
        url=next(iter(meta.get("refs", [])), SOURCE.url),
        language="en",
    )


def _organisation(draft: RowDraft, place: Place, written: str, meta: dict[str, Any]) -> Party:
    names = _names(written)
    kind = _kind(names)
    seen = {name.text.casefold() for name in names}
    for alias in meta.get("aliases", []):
        for text, language in both_scripts(alias):
            if text.casefold() not in seen:
                seen.add(text.casefold())
                names.append(Name(text, language, _alias_kind(text, kind)))
    return draft.party(place, kind, names, country=_COUNTRY)


def _names(written: str) -> list[Name]:
    names: list[Name] = []
    for text, language in both_scripts(written):
        kind: NameKind = "alias" if names else "primary"
        found = [Name(text, language)] if has_han(text) else list(listed_name(text).names)
        names.extend(
            Name(name.text, language, kind if name.kind == "primary" else name.kind)
            for name in found
        )
    return names


def _kind(names: list[Name]) -> str:
    """Return the kind that the Chinese name shows, which says 大学 or 公司, else the English."""
    chinese = [name for name in names if has_han(name.text)]
    return kind_of_names([*chinese, *names], default="research_institute")


def _alias_kind(alias: str, kind: str) -> NameKind:
    """Tell an acronym, and an "alias" that names another sort of body: a part, or a cover name."""
    if re.fullmatch(r"[A-Z][A-Za-z]{0,3}[A-Z]{1,5}", alias):
        return "acronym"
    other = kind_by_words(alias)
    if has_han(alias) or other in (None, kind):
        return "alias"
    # Schools change between college, academy and institute; a group is never its institute.
    return "alias" if {kind, other} <= _SCHOOLS else "weak"


def _say_agencies(draft: RowDraft, organisation: Party, name: Place, meta: dict[str, Any]) -> None:
    for place in draft.text.lines("supervising agency", meta.get(_AGENCIES, [])):
        if place.text.strip():
            names = listed_name(place.text).names
            agency = draft.party(
                place, kind_of_names(names, default="government_body"), names, country=_COUNTRY
            )
            draft.say(agency, "supervises", organisation, at=[name, place], pattern="agency")


def _say_parts(
    draft: RowDraft, organisation: Party, name: Place, meta: dict[str, Any], field: str
) -> list[str]:
    """Add the laboratories or subsidiaries and their ties; return what was left out."""
    left_out = []
    label = "laboratory" if field == _LABORATORIES else "subsidiary"
    for place in draft.text.lines(label, meta.get(field, [])):
        written = place.text.strip()
        if not written or _COMMENT.match(written):
            left_out.append(f'{field}: "{written[:60]}" names no body of its own; no tie is made')
            continue
        kind, names = _part(written, label, organisation.names[0].text)
        part = draft.party(place, kind, names, country=_COUNTRY)
        owned = label == "subsidiary" and part.kind == organisation.kind == "company"
        ends = (organisation, part) if owned else (part, organisation)
        tie = "owns" if owned else "affiliated_with"
        draft.say(
            ends[0],
            tie,
            ends[1],
            at=[name, place],
            pattern=label,
            modality="estimate" if written.startswith(_PROBABLE) else "actual",
        )
    return left_out


def _part(written: str, label: str, whole: str) -> tuple[str, list[Name]]:
    """Return the kind and the names of a laboratory or a subsidiary of the whole."""
    names: list[Name] = []
    head = _EXCHANGE.sub("", written.removeprefix(_PROBABLE))
    for text, language in both_scripts(head):
        if has_han(text):
            names.append(Name(text, language, "alias" if names else "primary"))
        else:
            names.extend(listed_name(text).names)
    tail = listed_name(f"{names[0].text} {after_scripts(head).lstrip(',')}") if names else None
    if tail is not None and after_scripts(head):
        known = {name.text for name in names}
        names.extend(name for name in tail.names[1:] if name.text not in known)
    first = names[0].text
    if is_weak_name(first) or _COMMON_PART.search(first):
        names = [Name(f"{whole} {first}", "en"), *(replace(name, kind="weak") for name in names)]
    if label == "laboratory":
        return "laboratory", names
    if _CAMPUS.search(written):
        return "facility", names
    kind = kind_of_names(names, default="research_institute")
    return (kind if kind in _PART_KINDS else "research_institute"), names

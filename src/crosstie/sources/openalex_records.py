"""One OpenAlex work or institution, without its authors; or the reason why it cannot be read.

Authors are persons: their names serve to keep them out of what is stored, and are then forgotten.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import msgspec

from crosstie.sources.rows import tidy
from crosstie.text.dates import read_date

MOST_INSTITUTIONS = 20
_LONGEST_TITLE = 1_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.\S+)", re.I)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class _Institution(msgspec.Struct):
    """An institution as a work names it: OpenAlex calls this form "dehydrated"."""

    id: str | None = None
    display_name: str | None = None
    ror: str | None = None
    country_code: str | None = None
    type: str | None = None
    lineage: list[str] | None = None


class _Author(msgspec.Struct):
    display_name: str | None = None


class _Authorship(msgspec.Struct):
    # Without a default: a schema that drops or renames it must not read as "no institution".
    institutions: list[_Institution]
    author: _Author | None = None
    raw_author_name: str | None = None


class _Field(msgspec.Struct):
    display_name: str | None = None


class _Topic(msgspec.Struct):
    display_name: str | None = None
    field: _Field | None = None


class _Work(msgspec.Struct):
    id: str
    authorships: list[_Authorship]
    title: str | None = None
    display_name: str | None = None
    title_withheld: bool = False
    doi: str | None = None
    publication_date: str | None = None
    publication_year: int | None = None
    type: str | None = None
    language: str | None = None
    primary_topic: _Topic | None = None
    is_retracted: bool | None = None
    is_paratext: bool | None = None
    updated_date: str | None = None


class _International(msgspec.Struct):
    display_name: dict[str, str | None] | None = None


class _InstitutionRecord(msgspec.Struct):
    id: str
    display_name: str
    ror: str | None = None
    country_code: str | None = None
    type: str | None = None
    homepage_url: str | None = None
    display_name_acronyms: list[str] | None = None
    display_name_alternatives: list[str] | None = None
    international: _International | None = None
    updated_date: str | None = None


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An institution that a work names. `lineage` are the ids of those that it is part of."""

    id: str
    name: str
    ror: str | None
    country: str | None
    type: str
    lineage: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Return what tells it from the others: its ROR id, else OpenAlex' own, else its name."""
        return self.ror or self.id or self.name.casefold()

    def is_part_of(self, other: "Affiliation") -> bool:
        """Return whether OpenAlex puts it below the other."""
        return bool(other.id) and other.id != self.id and other.id in self.lineage


@dataclass(frozen=True, slots=True)
class Work:
    """A work without its authors, the same in whichever order they stand.

    `withheld` says that the title names one of them and is left out. `nameless` counts
    institutions that the record gives without a name. `shared` are the pairs of places in
    `institutions` that one author gives both.
    """

    id: str
    doi: str | None
    title: str
    withheld: bool
    date: str | None
    year: str | None
    type: str
    language: str
    topic: str
    field: str
    institutions: tuple[Affiliation, ...]
    shared: frozenset[tuple[int, int]]
    nameless: int
    retracted: bool | None
    paratext: bool
    updated: str


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution's own record; `names` are pairs of text and language, the main one first."""

    id: str
    names: tuple[tuple[str, str], ...]
    acronyms: tuple[str, ...]
    ror: str | None
    country: str | None
    type: str
    website: str | None
    updated: str


class _Head(msgspec.Struct):
    id: Any = None


def record_of(raw: bytes | msgspec.Raw) -> Work | Institution | str:
    """Return the record, or a short reason, which repeats nothing of it, why it cannot be read."""
    try:
        id_ = _HEAD.decode(raw).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return NO_JSON
    if not isinstance(id_, str):
        return "`id` is missing or no text"
    sort = short_id(id_)[:1]
    if sort not in _SORTS:
        return _OTHERS.get(sort, "the record is neither a work nor an institution")
    try:
        return _work(_WORK.decode(raw)) if sort == "W" else _institution(_RECORD.decode(raw))
    except msgspec.ValidationError as error:
        return f"another form than OpenAlex' documented one: {_shortened(str(error))}"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return NO_JSON


NO_JSON = "not valid JSON: the record is cut off or damaged"
AUTHOR = "an author"
_SORTS = ("W", "I")
_OTHERS = {"A": AUTHOR, "S": "a source of publications", "T": "a topic", "F": "a funder",
           "P": "a publisher", "C": "a concept"}  # fmt: skip
_HEAD = msgspec.json.Decoder(_Head)
_WORK = msgspec.json.Decoder(_Work)
_RECORD = msgspec.json.Decoder(_InstitutionRecord)


def _shortened(message: str) -> str:
    # "Object missing required field `authorships`", "Expected `str`, got `int` - at `$.title`"
    return message.replace(" - at `$.", " at `").replace("$.", "")


def short_id(address: str) -> str:
    """Return the bare id: 'https://openalex.org/W123' → 'W123'."""
    return address.rstrip("/").rsplit("/", 1)[-1]


def _work(raw: _Work) -> Work:
    institutions, nameless = _affiliations(raw.authorships)
    places = {institution.key: place for place, institution in enumerate(institutions)}
    shared: set[tuple[int, int]] = set()
    for authorship in raw.authorships:
        own = {_key(i) for i in authorship.institutions} & places.keys()
        shared.update(combinations(sorted(places[key] for key in own), 2))
    title = tidy(raw.title or raw.display_name or "")[:_LONGEST_TITLE]
    withheld = raw.title_withheld or names_person(title, _author_names(raw.authorships))
    topic = raw.primary_topic or _Topic()
    return Work(
        id=short_id(raw.id),
        doi=_doi(raw.doi),
        title="" if withheld else title,
        withheld=withheld,
        date=_date(raw.publication_date),
        year=_year(raw),
        type=tidy(raw.type or ""),
        language=raw.language if raw.language and _LANGUAGE.fullmatch(raw.language) else "und",
        topic=tidy(topic.display_name or ""),
        field=tidy((topic.field.display_name if topic.field else None) or ""),
        institutions=tuple(institutions),
        shared=frozenset(shared),
        nameless=nameless,
        retracted=raw.is_retracted,
        paratext=bool(raw.is_paratext),
        updated=_date((raw.updated_date or "")[:10]) or "",
    )


def _affiliations(authorships: Iterable[_Authorship]) -> tuple[list[Affiliation], int]:
    """Return the named institutions, each once and in a fixed order; count those without a name."""
    found: dict[str, Affiliation] = {}
    nameless: set[str] = set()
    for authorship in authorships:
        for raw in authorship.institutions:
            name = tidy(raw.display_name or "")
            if not name:
                nameless.add(raw.id or raw.ror or "")
                continue
            made = Affiliation(
                id=short_id(raw.id or ""),
                name=name,
                ror=bare_ror(raw.ror),
                country=(raw.country_code or "").upper() or None,
                type=raw.type or "other",
                lineage=frozenset(map(short_id, raw.lineage or ())),
            )
            before = found.setdefault(made.key, made)
            found[made.key] = min(before, made, key=lambda i: (i.name, i.id, sorted(i.lineage)))
    return sorted(found.values(), key=lambda i: (i.name.casefold(), i.key)), len(nameless)


def _key(raw: _Institution) -> str:
    name = tidy(raw.display_name or "").casefold()
    return (bare_ror(raw.ror) or short_id(raw.id or "") or name) if name else ""


def bare_ror(address: str | None) -> str | None:
    """Return the bare ROR id: 'https://ror.org/00wk2mp56' → '00wk2mp56'."""
    return address.rstrip("/").rsplit("/", 1)[-1].lower() if address else None


def _author_names(authorships: Iterable[_Authorship]) -> set[str]:
    names = {a.raw_author_name for a in authorships}
    names |= {a.author.display_name for a in authorships if a.author}
    return {name for name in names if name}


def names_person(title: str, names: Iterable[str]) -> bool:
    """Return whether a title holds one of the names, as a whole or as its list form."""
    folded = title.casefold()
    if not folded:
        return False
    return any(_stands_in(folded, form) for name in names for form in _forms(name))


def _forms(name: str) -> set[str]:
    """Return the orders in which a name is written: 'Zhang, San' is also 'San Zhang'."""
    plain = tidy(name).casefold()
    last, comma, first = plain.partition(",")
    return {plain, f"{first.strip()} {last.strip()}"} if comma else {plain}


def _stands_in(folded: str, name: str) -> bool:
    at = folded.find(name) if len(name) > 1 else -1
    while at >= 0:
        before, after = folded[at - 1 : at], folded[at + len(name) : at + len(name) + 1]
        # Han and kana write no spaces: there a name stands wherever its characters do.
        if _UNSPACED.search(name) or not (before.isalnum() or after.isalnum()):
            return True
        at = folded.find(name, at + 1)
    return False


def _doi(written: str | None) -> str | None:
    found = _DOI.fullmatch(tidy(written or ""))
    return f"https://doi.org/{found[1].lower()}" if found else None


def _date(written: str | None) -> str | None:
    return read_date(written).value if written else None


def _year(raw: _Work) -> str | None:
    date = _date(raw.publication_date)
    if date:
        return date[:4]
    year = raw.publication_year
    return str(year) if year is not None and 1000 <= year <= 9999 else None


def _institution(raw: _InstitutionRecord) -> Institution | str:
    main = tidy(raw.display_name)
    if not main:
        return "`display_name` is empty"
    names: dict[str, tuple[str, str]] = {main.casefold(): (main, "")}
    native = raw.international.display_name if raw.international else None
    for language, text in sorted((native or {}).items()):
        if text and (name := tidy(text)):
            tag = language if _LANGUAGE.fullmatch(language) else ""
            names.setdefault(name.casefold(), (name, tag))
    for text in sorted(raw.display_name_alternatives or ()):
        if name := tidy(text):
            names.setdefault(name.casefold(), (name, ""))
    return Institution(
        id=short_id(raw.id),
        names=tuple(names.values()),
        acronyms=tuple(sorted({tidy(a) for a in raw.display_name_acronyms or () if tidy(a)})),
        ror=bare_ror(raw.ror),
        country=(raw.country_code or "").upper() or None,
        type=raw.type or "other",
        website=tidy(raw.homepage_url or "") or None,
        updated=_date((raw.updated_date or "")[:10]) or "",
    )


def without_authors(raw: bytes | msgspec.Raw) -> bytes | str:
    """Return a work's JSON with what `record_of` reads and no person in it; or why not."""
    try:
        work = _WORK.decode(raw)
    except msgspec.ValidationError as error:
        return f"another form than OpenAlex' documented one: {_shortened(str(error))}"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return NO_JSON
    title = tidy(work.title or work.display_name or "")
    if names_person(title, _author_names(work.authorships)):
        work.title, work.display_name, work.title_withheld = None, None, True
    for authorship in work.authorships:
        authorship.author = authorship.raw_author_name = None
    return msgspec.json.encode(work)

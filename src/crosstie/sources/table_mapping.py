"""The mapping file that tells `table` what the columns of a user's own list mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError, NotFound
from crosstie.ontology.ids import SourceId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Source
from crosstie.text.countries import country_code
from crosstie.text.dates import Order

_REMEDY = "docs/how-to/add-a-list.md shows a whole mapping"
_COLUMNS = ("name", "aliases", "country", "key", "kind", "description", "url", "date")
_DESIGNATION = ("programme", "reason", "legal_basis", "date", "ended")
_FORMATS = ("csv", "tsv", "jsonl")


@dataclass(frozen=True, slots=True)
class Designating:
    """What a row's being on the list means; `columns` maps attributes to the user's columns."""

    authority: str
    authority_country: str | None
    list: str
    list_name: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TieColumn:
    """A column that names another organisation, and how the row's own is tied to it."""

    column: str
    tie: str
    other_is_subject: bool
    other_kind: str | None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A whole mapping, checked."""

    source: Source
    columns: Mapping[str, tuple[str, ...]]
    identifiers: Mapping[str, str]
    kinds: Mapping[str, str]
    default_kind: str | None
    default_country: str | None
    language: str
    split: str
    persons: tuple[str, frozenset[str]] | None
    designation: Designating | None
    ties: tuple[TieColumn, ...]
    format: str | None
    delimiter: str | None
    encoding: str | None
    date_order: Order

    def used_columns(self) -> dict[str, str]:
        """Return each column that the mapping names, with the key that names it."""
        used = {column: key for key, names in self.columns.items() for column in names}
        used |= {column: f"identifiers.{scheme}" for scheme, column in self.identifiers.items()}
        if self.persons:
            used[self.persons[0]] = "persons.column"
        if self.designation:
            used |= {c: f"designation.{key}" for key, c in self.designation.columns.items()}
        used |= {tie.column: "ties" for tie in self.ties}
        return used


def load_mapping(path: Path) -> TableMapping:
    """Read and check a mapping file. Raises NotFound, or DataFileError with file and line."""
    if not path.is_file():
        raise NotFound("there is no such mapping file", where=str(path), remedy=_REMEDY)
    try:
        data = load_data(path)
    except UnicodeDecodeError as error:
        raise DataFileError(
            "the mapping is not UTF-8 text", file=path.name, line=1, remedy="save it as UTF-8"
        ) from error
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=path.name, line=1, remedy=_REMEDY)
    return read_mapping(data)


def read_mapping(data: Section) -> TableMapping:
    """Check a parsed mapping. Raises DataFileError."""
    data.allow(
        [
            "source", "layout", "columns", "identifiers", "kinds", "default_kind",
            "default_country", "language", "split", "persons", "designation", "ties",
        ]
    )  # fmt: skip
    layout = _optional(data, "layout")
    layout.allow(["format", "delimiter", "encoding", "date_order"])
    orders: dict[str, Order] = {"ymd": "ymd", "mdy": "mdy", "dmy": "dmy"}
    return TableMapping(
        source=_source(data.require("source", Section)),
        columns=_columns(data.require("columns", Section)),
        identifiers=_texts(_optional(data, "identifiers")),
        kinds=_kinds(_optional(data, "kinds")),
        default_kind=data.one_of("default_kind", kinds().entities, "") or None,
        default_country=_country(data, "default_country"),
        language=str(data.get("language", "und")),
        split=str(data.get("split", ";")),
        persons=_persons(data),
        designation=_designation(data),
        ties=tuple(_ties(data)),
        format=layout.one_of("format", _FORMATS, "") or None,
        delimiter=layout.get("delimiter"),
        encoding=layout.get("encoding"),
        date_order=orders[layout.one_of("date_order", orders, "ymd")],
    )


def _optional(data: Section, key: str) -> Section:
    if key in data:
        section: Section = data.require(key, Section)
        return section
    empty = Section()
    empty.file, empty.line, empty.key_lines = data.file, data.line, {}
    return empty


def _source(section: Section) -> Source:
    section.allow(["id", "title", "publisher", "url", "licence", "country", "stale_after_days"])
    source_id = section.require("id")
    if not source_id.replace("-", "").isalnum() or source_id != source_id.lower():
        raise section.fail(
            f"`id: {source_id}` is no id", "use small letters, digits and `-`", key="id"
        )
    return Source(
        id=SourceId(source_id),
        title=section.require("title"),
        publisher=section.require("publisher"),
        url=section.require("url"),
        licence=section.require("licence"),
        country=_country(section, "country"),
        stale_after_days=section.require("stale_after_days", int)
        if "stale_after_days" in section
        else 90,
    )


def _country(section: Section, key: str) -> str | None:
    if key not in section:
        return None
    if isinstance(section[key], bool):
        # YAML reads an unquoted NO, Norway, as "no".
        raise section.fail(f"`{key}` is a yes or no", 'write codes in quotes: "NO"', key=key)
    code = country_code(str(section[key]))
    if code is None:
        raise section.fail(f"`{key}: {section[key]}` is no country", "write its code", key=key)
    return code


def _columns(section: Section) -> dict[str, tuple[str, ...]]:
    section.allow(_COLUMNS)
    section.require("name", (str, list))
    found: dict[str, tuple[str, ...]] = {}
    for key, value in section.items():
        names = value if isinstance(value, list) else [value]
        if not names or not all(isinstance(name, str) for name in names):
            raise section.fail(f"`{key}` names no column", "write a column or a list", key=key)
        found[key] = tuple(names)
    return found


def _texts(section: Section) -> dict[str, str]:
    return {key: section.require(key) for key in section}


def _kinds(section: Section) -> dict[str, str]:
    return {key: section.one_of(key, kinds().entities) for key in section}


def _persons(data: Section) -> tuple[str, frozenset[str]] | None:
    if "persons" not in data:
        return None
    section = data.require("persons", Section)
    section.allow(["column", "values"])
    values = section.require("values", list)
    return section.require("column"), frozenset(str(value).casefold() for value in values)


def _designation(data: Section) -> Designating | None:
    if "designation" not in data:
        return None
    section = data.require("designation", Section)
    section.allow(["authority", "authority_country", "list", "list_name", *_DESIGNATION])
    return Designating(
        authority=section.require("authority"),
        authority_country=_country(section, "authority_country"),
        list=section.require("list"),
        list_name=section.require("list_name"),
        columns={key: section.require(key) for key in _DESIGNATION if key in section},
    )


def _ties(data: Section) -> list[TieColumn]:
    found = []
    for section in sections(data.get("ties", []), file=data.file, what="ties"):
        section.allow(["column", "tie", "other", "other_kind"])
        found.append(
            TieColumn(
                column=section.require("column"),
                tie=section.one_of("tie", kinds().ties),
                other_is_subject=section.one_of("other", ["subject", "object"], "object")
                == "subject",
                other_kind=section.one_of("other_kind", kinds().entities, "") or None,
            )
        )
    return found

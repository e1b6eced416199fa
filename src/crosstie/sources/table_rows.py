"""One row of a user's table → its small document, mentions and claims, as the mapping says."""

from collections.abc import Iterator

from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import ListRow, Name, SetAside
from crosstie.sources.bilingual import both_scripts
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.identifiers import identifier
from crosstie.sources.kind_words import kind_of_names, spaced
from crosstie.sources.languages import language_of
from crosstie.sources.listed_names import listed_name, other_names
from crosstie.sources.reading import Notice
from crosstie.sources.rows import Keys, Place
from crosstie.sources.table_mapping import TableMapping, TieColumn
from crosstie.text.countries import country_code
from crosstie.text.dates import read_date

METHOD = "table"


def read_row(
    mapping: TableMapping, number: int, row: dict[str, str], keys: Keys
) -> Iterator[ListRow | SetAside | Notice]:
    """Yield the row's record, after a notice for each value that had to be left out."""
    if mapping.persons and row[mapping.persons[0]].strip().casefold() in mapping.persons[1]:
        yield SetAside(number, "individual", "a person")
        return
    name_column = next((c for c in mapping.columns["name"] if row.get(c, "").strip()), None)
    if name_column is None:
        columns = ", ".join(mapping.columns["name"])
        yield SetAside(number, "bad", f"column {columns} is empty", str(row))
        return
    if any("\0" in value for value in row.values()):
        yield SetAside(number, "bad", "a value holds a NUL character")
        return
    if row == {column: column for column in row}:
        yield SetAside(number, "out_of_scope", "a repeated header")
        return
    reader = _Row(mapping, number, row)
    record = reader.record(name_column, keys)
    yield from (Notice(number, reason) for reason in reader.notices)
    yield record


class _Row:
    """Reads one row and remembers what it had to leave out."""

    def __init__(self, mapping: TableMapping, number: int, row: dict[str, str]) -> None:
        self.mapping = mapping
        self.number = number
        self.row = row
        self.notices: list[str] = []
        self.draft = RowDraft(METHOD)
        self.lines: dict[str, Place] = {
            column: self.draft.text.line(column, value)
            for column, value in row.items()
            if value.strip()
        }

    def record(self, name_column: str, keys: Keys) -> ListRow:
        """Return the finished row."""
        line = self.lines[name_column]
        organisation = self._organisation(line)
        self._say_designation(organisation, line)
        for tie in self.mapping.ties:
            if tie.column in self.lines:
                self._say_tie(organisation, line, tie)
        country = organisation.country or ""
        key = self._value("key") or f"{spaced(line.text)}:{country}"
        return self.draft.finish(
            self.mapping.source,
            key=keys.take(key),
            number=self.number,
            title=f"{self.mapping.source.title}: {organisation.names[0].text}",
            url=self._value("url") or self.mapping.source.url,
            date=self._date(self._column("date")),
            language=self.mapping.language,
        )

    def _column(self, key: str) -> str:
        return next((c for c in self.mapping.columns.get(key, ()) if c in self.lines), "")

    def _value(self, key: str) -> str:
        column = self._column(key)
        return self.row[column].strip() if column else ""

    def _organisation(self, line: Place) -> Party:
        latin = self.mapping.language
        names = self._names(line.text)
        seen = {name.text.casefold() for name in names}
        for column in self.mapping.columns.get("aliases", ()):
            for part in self.row.get(column, "").split(self.mapping.split):
                for name in other_names([part], latin=latin):
                    if name.text.casefold() not in seen:
                        seen.add(name.text.casefold())
                        names.append(name)
        country = self._country()
        found = [
            identifier(scheme, self.row[column], country)
            for scheme, column in self.mapping.identifiers.items()
            if column in self.lines
        ]
        return self.draft.party(
            line,
            self._kind(names),
            names,
            country=country,
            identifiers=tuple(item for item in found if item is not None),
            description=self._value("description") or None,
        )

    def _names(self, written: str) -> list[Name]:
        language = self.mapping.language
        names: list[Name] = []
        for text, tongue in both_scripts(written, latin=language):
            if language_of(text, latin=language) == language and text.isascii():
                names.extend(listed_name(text, latin=language).names)
            else:
                names.append(Name(text, tongue, "alias" if names else "primary"))
        return names

    def _country(self) -> str | None:
        column = self._column("country")
        if not column:
            return self.mapping.default_country
        code = country_code(self.row[column])
        if code is None:
            self.notices.append(
                f'column {column}: "{self.row[column][:40]}" is no known country; it is left out'
            )
        return code

    def _kind(self, names: list[Name]) -> str:
        column = self._column("kind")
        written = self.row[column].strip() if column else ""
        known = {key.casefold(): kind for key, kind in self.mapping.kinds.items()}
        if kind := known.get(written.casefold()):
            return kind
        if written in kinds().entities:
            return written
        if written:
            self.notices.append(
                f'column {column}: "{written[:40]}" is not mapped; the kind is told by the name'
            )
        return kind_of_names(names, default=self.mapping.default_kind)

    def _date(self, column: str) -> str | None:
        if not column or not self.row.get(column, "").strip():
            return None
        reading = read_date(self.row[column], order=self.mapping.date_order)
        if reading.value is None:
            self.notices.append(f"column {column}: {reading.reason}; the date is left out")
        return reading.value

    def _say_designation(self, organisation: Party, line: Place) -> None:
        told = self.mapping.designation
        if told is None:
            return
        # A row does not say on whose list it stands; these lines do, from the mapping.
        list_line = self.draft.text.line("list", told.list_name)
        authority_line = self.draft.text.line("authority", told.authority)
        attributes = {"list": told.list, "list_name": told.list_name}
        for key in ("programme", "reason", "legal_basis"):
            if value := self.row.get(told.columns.get(key, ""), "").strip():
                attributes[key] = value
        self.draft.say(
            self.draft.authority(authority_line, country=told.authority_country),
            "designated",
            organisation,
            at=[
                line,
                *(self.lines.get(column) for column in told.columns.values()),
                list_line,
                authority_line,
            ],
            valid_from=self._date(told.columns.get("date", "")),
            valid_to=self._date(told.columns.get("ended", "")),
            attributes=attributes,
        )

    def _say_tie(self, organisation: Party, line: Place, tie: TieColumn) -> None:
        at = self.lines[tie.column]
        start = 0
        for part in at.text.split(self.mapping.split):
            written = part.strip()
            place = at.within(written, after=start) if written else None
            start += len(part) + len(self.mapping.split)
            if place is None:
                continue
            names = self._names(written)
            other = self.draft.party(
                place, tie.other_kind or kind_of_names(names), names, country=None
            )
            ends = (other, organisation) if tie.other_is_subject else (organisation, other)
            if not kinds().tie(tie.tie).fits(ends[0].kind, ends[1].kind):
                self.notices.append(
                    f"column {tie.column}: `{tie.tie}` does not run from {ends[0].kind} to"
                    f" {ends[1].kind}; no tie is made"
                )
                continue
            self.draft.say(ends[0], tie.tie, ends[1], at=[line, at], pattern=tie.column)

"""Wikidata: organisations by their items, as Special:EntityData serves them; no persons."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crosstie.ontology.errors import UnknownLayout
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, SetAside, Source, SourceVersion
from crosstie.sources import files
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys
from crosstie.sources.wikidata_records import FETCH_AGAIN, Item, item_of, items_of
from crosstie.sources.wikidata_rows import Near, item_row, near_of
from crosstie.text.dates import date_in_name

SOURCE = Source(
    id=SourceId("wikidata"),
    title="Wikidata",
    publisher="Wikidata (Wikimedia Foundation)",
    url="https://www.wikidata.org/",
    licence="CC0-1.0",
    stale_after_days=180,
)
_LARGEST = 256 << 20


@dataclass(slots=True)
class _Survey:
    """What the first pass finds out: how others are called, and what cannot be read."""

    total: int = 0
    near: dict[str, Near] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    newest: str = ""

    def add(self, id_: str, item: Item | str) -> None:
        """Count one item, under the id that others may know it by."""
        self.total += 1
        if isinstance(item, str):
            self.faults[item] += 1
            return
        self.newest = max(self.newest, item.modified)
        # After a merger on Wikidata the old id leads to the item of the new one.
        self.near[id_] = self.near[item.id] = near_of(item)


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read answers of Special:EntityData, one a line or one in the whole file.

    Raises UnknownLayout where the file is none, or its items have another form.
    """
    digest = files.file_digest(path)
    layout = _layout_of(path)
    survey = _Survey()
    for id_, item in _items(path, layout):
        survey.add(id_, item)
    if survey.total <= sum(survey.faults.values()) * 2:
        reason, count = survey.faults.most_common(1)[0] if survey.faults else ("no item", 0)
        raise UnknownLayout(
            f"{count:,} of {survey.total:,} items cannot be read: {reason}",
            where=path.name,
            remedy=FETCH_AGAIN,
        )
    version = SourceVersion(
        source_id=SOURCE.id,
        as_of=edition_date(
            SOURCE, path, in_file=date_in_name(path.name) or as_of or survey.newest or None
        ),
        file_name=path.name,
        sha256=digest,
        layout=layout,
        scope=f"{survey.total:,} items",
    )
    return Reading(version, _rows(path, layout, survey), total=survey.total)


def _layout_of(path: Path) -> str:
    head = files.head_of(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        what = "a web page" if head.startswith(b"<") else "no JSON"
        raise UnknownLayout(
            f'the file is {what}: it begins with "{files.shown(head)}"',
            where=path.name,
            remedy=FETCH_AGAIN,
        )
    first = next((line for _, line in files.json_lines(path)), b"")
    return "JSON lines" if first.endswith(b"}") and first.count(b"{") > 1 else "one answer"


def _items(path: Path, layout: str) -> Iterator[tuple[str, Item | str]]:
    if layout == "one answer":
        with files.open_bytes(path) as stream:
            whole = stream.read(_LARGEST).removeprefix(b"\xef\xbb\xbf")
        for id_, raw in items_of(whole, where=path.name):
            yield id_, item_of(raw)
        return
    for number, line in files.json_lines(path):
        try:
            found = list(items_of(line, where=f"{path.name} line {number}"))
        except UnknownLayout as error:
            # One line among others: it is set aside, and they go on.
            yield "", error.problem
            continue
        for id_, raw in found:
            yield id_, item_of(raw)


def _rows(path: Path, layout: str, survey: _Survey) -> Iterator[ListRow | SetAside | Notice]:
    keys, seen = Keys(), set[str]()
    for number, (_, item) in enumerate(_items(path, layout), 1):
        if isinstance(item, str):
            yield SetAside(number, "bad", item)
        elif item.person:
            yield SetAside(number, "individual", "a person")
        elif item.id in seen:
            yield SetAside(number, "out_of_scope", "the same item stands in the file before")
        elif not item.names:
            yield SetAside(number, "out_of_scope", "an item without a name", item.id)
        elif item.country_code:
            yield SetAside(number, "out_of_scope", "a country, read for its code", item.id)
        elif not item.organisation:
            yield SetAside(number, "out_of_scope", "no sign of an organisation", item.id)
        else:
            yield from item_row(SOURCE, number, item, survey.near, keys)
        if isinstance(item, Item):
            seen.add(item.id)

"""What changed between two editions of a list, told by what its rows say, not by their wording."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crosstie.ontology.changes import EditionDiff, EditionRef, ListCount
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.store import reading
from crosstie.store.comparing import edition_rows
from crosstie.store.engine import Transaction
from crosstie.store.reading import Edition
from crosstie.text.countries import country_code
from crosstie.workspace.opened import Opened
from crosstie.workspace.row_changes import changed_rows, counts, fields_counted, lone_rows
from crosstie.workspace.row_content import FIELDS, IDENTIFIER, RowContent, key_of, told_by
from crosstie.workspace.row_pairs import pair_rows


class Changes:
    """Compare editions of a source."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def between(
        self,
        source_id: str,
        earlier: str | None = None,
        later: str | None = None,
        *,
        country: str | None = None,
        list_name: str | None = None,
    ) -> EditionDiff:
        """Compare two editions, by their dates; by default the latest with the one before it.

        `country` (a code or a name) and `list_name` (a list's name or a part of it) keep the rows
        of one. Raises NotFound or UsageError.
        """
        code = country_code(country) if country else None
        if country and code is None:
            raise UsageError(
                f"`{country}` is no country that Crosstie knows", remedy="use a code: CN"
            )
        with self._opened.store.reading() as db:
            one, two = _chosen(db, source_id, earlier, later)
            found = compared(db, one, two)
        if list_name is not None:
            found = _of_list(found, list_name)
        return found if code is None else _of_country(found, code)

    def names(self, source_id: str, as_of: str) -> list[str]:
        """Return whom the rows of an edition are about, in the file's order. Raises NotFound."""
        with self._opened.store.reading() as db:
            edition = _dated(_editions_of(db, source_id), as_of)
            return [row.about.names[0].text for row in edition_rows(db, edition.id)]


def since_before(db: Transaction, edition_id: int) -> EditionDiff | None:
    """Compare an edition with the one before it; None unless both cover the whole list."""
    every = reading.editions(db)
    mine = next(edition for edition in every if edition.id == edition_id)
    before = [edition for edition in _before(every, mine) if not edition.scope]
    return None if mine.scope or not before else compared(db, before[-1], mine)


def compared(db: Transaction, earlier: Edition, later: Edition) -> EditionDiff:
    """Compare two editions of a source, row by row."""
    title = later.source.title
    old = [RowContent(row, title) for row in edition_rows(db, earlier.id)]
    new = [RowContent(row, title) for row in edition_rows(db, later.id)]
    pairs, gone, come = pair_rows(old, new)
    told, tells = told_by(old), told_by(new)
    rows = changed_rows(pairs, (earlier.as_of, told), (later.as_of, tells))
    # Rows outside of what an edition covers are unknown in it, not absent from the list.
    if not later.scope:
        rows += lone_rows("removed", gone, earlier.as_of, new)
    if not earlier.scope:
        rows += lone_rows("added", come, later.as_of, old)
    rows.sort(key=lambda row: (row.list_name, row.fate, key_of(row.name)))
    return EditionDiff(
        source_id=later.source.id,
        title=title,
        earlier=_ref(earlier),
        later=_ref(later),
        lists=counts(old, new, rows),
        rows=tuple(rows),
        met=dict(Counter(pair.by for pair in pairs)),
        fields=fields_counted(rows),
        not_compared=_untold(told, tells),
        uncounted=_uncounted(earlier, later),
    )


def _untold(told: dict[str, set[str]], tells: dict[str, set[str]]) -> tuple[str, ...]:
    """Return the fields that one of the editions does not tell, of any list or of a single one."""
    before = {field for fields in told.values() for field in fields}
    after = {field for fields in tells.values() for field in fields}
    schemes = sorted(field for field in before | after if field.startswith(IDENTIFIER))
    found = []
    for field in (*FIELDS, *schemes):
        if (field in before) != (field in after):
            found.append(field)
        else:
            found += [
                f"{field} on {code}"
                for code in sorted(told.keys() & tells.keys())
                if (field in told[code]) != (field in tells[code])
            ]
    return tuple(found)


def _uncounted(earlier: Edition, later: Edition) -> tuple[str, ...]:
    return tuple(
        f"the edition of {edition.as_of} covers a part ({edition.scope}): no row counts as {fate}"
        for edition, fate in ((later, "removed"), (earlier, "added"))
        if edition.scope
    )


def _ref(edition: Edition) -> EditionRef:
    return EditionRef(
        edition.as_of, edition.file_name, edition.sha256, edition.layout, edition.scope
    )


def _chosen(
    db: Transaction, source_id: str, earlier: str | None, later: str | None
) -> tuple[Edition, Edition]:
    mine = _editions_of(db, source_id)
    two = _dated(mine, later) if later else mine[-1]
    one = _dated(mine, earlier) if earlier else _usual_before(mine, two)
    if one.id == two.id:
        raise UsageError(f"both are the edition of {one.as_of}", remedy="name two editions")
    return one, two


def _editions_of(db: Transaction, source_id: str) -> list[Edition]:
    every = reading.editions(db)
    mine = [edition for edition in every if edition.source.id == source_id]
    if not mine:
        known = sorted({str(edition.source.id) for edition in every})
        raise NotFound(
            f"no edition of `{source_id}` is loaded",
            remedy="`crosstie status` lists what is",
            suggestions=known,
        )
    return mine


def _usual_before(editions: Sequence[Edition], later: Edition) -> Edition:
    before = _before(editions, later)
    if not before:
        raise UsageError(
            f"there is no edition of `{later.source.id}` before that of {later.as_of}",
            remedy=f"load an earlier one: crosstie load {later.source.id} FILE",
        )
    # A part of the list says less than a whole: it is compared only where nothing else is.
    return ([edition for edition in before if not edition.scope] or before)[-1]


def _before(editions: Sequence[Edition], later: Edition) -> list[Edition]:
    return [
        edition
        for edition in editions
        if edition.source.id == later.source.id
        and (edition.as_of, edition.id) < (later.as_of, later.id)
    ]


def _dated(editions: Sequence[Edition], date: str) -> Edition:
    found = [edition for edition in editions if edition.as_of.startswith(date)]
    if not found or not date:
        dates = ", ".join(edition.as_of for edition in editions)
        raise NotFound(
            f"no edition of `{editions[0].source.id}` is dated {date}", remedy=f"loaded are {dates}"
        )
    return found[-1]


def _of_list(found: EditionDiff, list_name: str) -> EditionDiff:
    lists = [one for one in found.lists if key_of(list_name) in key_of(one.list_name)]
    if not lists:
        known = "; ".join(one.list_name for one in found.lists)
        raise NotFound(f"no list is called `{list_name}`", remedy=f"there are: {known}")
    names = {one.list_name for one in lists}
    rows = tuple(row for row in found.rows if row.list_name in names)
    return replace(found, lists=tuple(lists), rows=rows, fields=fields_counted(rows))


def _of_country(found: EditionDiff, country: str) -> EditionDiff:
    rows = tuple(row for row in found.rows if country in row.countries)
    fates = Counter((row.list_name, row.fate) for row in rows)
    lists = tuple(
        ListCount(
            one.list_name,
            one.before,
            one.after,
            added=fates[one.list_name, "added"],
            changed=fates[one.list_name, "changed"],
            removed=fates[one.list_name, "removed"],
        )
        for one in found.lists
    )
    return replace(found, lists=lists, rows=rows, fields=fields_counted(rows))

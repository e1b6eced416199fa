"""Chinese schools with their 985, 211 and Double First-Class flags (one CSV in Chinese)."""

from collections.abc import Iterator
from pathlib import Path

from crosstie.ontology.errors import UnknownLayout
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, Name, SetAside, Source, SourceVersion
from crosstie.sources.drafts import RowDraft
from crosstie.sources.files import csv_rows, encoding_notice, encoding_of, file_digest
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys

SOURCE = Source(
    id=SourceId("cn-schools"),
    title="Chinese schools and their programmes",
    publisher="a community compilation (py92)",
    # The compilation names no page of its own; the ministry's site holds the lists behind it.
    url="http://www.moe.gov.cn/",
    licence="MIT",
    country="CN",
    stale_after_days=730,
)
METHOD = "cn-schools"
_SCHOOL = "学校"
_PLACE = ("省份", "城市", "层次", "性质")
# The flag columns and the programmes that they mean. English names first, as readers know them.
_PROGRAMMES = {
    "985": (Name("Project 985", "en"), Name("985工程", "zh", "alias")),
    "211": (Name("Project 211", "en"), Name("211工程", "zh", "alias")),
    "双一流": (
        Name("Double First-Class Initiative", "en"),
        Name("双一流建设", "zh", "alias"),
        Name("双一流", "zh", "alias"),
        Name("Double First Class University Plan", "en", "alias"),
    ),
}
_YES, _NO = "是", "否"


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read the list; the file bears no date, so memberships are dated by `as_of`."""
    digest = file_digest(path)
    encoding = encoding_of(path)
    with csv_rows(path, encoding=encoding) as rows:
        header = next(rows, [])
        wanted = [_SCHOOL, *_PLACE, *_PROGRAMMES]
        if missing := [column for column in wanted if column not in header]:
            raise UnknownLayout(
                f"the header lacks {', '.join(missing)}; it is {','.join(header)[:80]}",
                where=path.name,
                remedy=f"expected {','.join(wanted)}",
            )
        total = sum(1 for cells in rows if cells)
    edition = edition_date(SOURCE, path, as_of=as_of)
    version = SourceVersion(
        source_id=SOURCE.id,
        as_of=edition,
        file_name=path.name,
        sha256=digest,
        layout="CSV with programme flags",
    )
    return Reading(version, _rows(path, encoding, header, edition), total=total)


def _rows(
    path: Path, encoding: str, header: list[str], as_of: str
) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    number = 0
    if notice := encoding_notice(encoding):
        yield Notice(1, notice)
    with csv_rows(path, encoding=encoding) as rows:
        next(rows)
        for cells in rows:
            if not cells:
                continue
            number += 1
            if cells == header:
                yield SetAside(number, "out_of_scope", "a repeated header")
            elif len(cells) != len(header):
                reason = f"the row has {len(cells)} columns, not {len(header)}"
                yield SetAside(number, "bad", reason, ",".join(cells))
            else:
                yield from _row(number, dict(zip(header, cells, strict=True)), as_of, keys)


def _row(
    number: int, row: dict[str, str], as_of: str, keys: Keys
) -> Iterator[ListRow | SetAside | Notice]:
    name = row[_SCHOOL].strip()
    flags = {column: row[column].strip() for column in _PROGRAMMES}
    for column, flag in flags.items():
        if flag not in (_YES, _NO, ""):
            reason = f'column {column} is "{flag[:20]}", neither {_YES} nor {_NO}'
            yield SetAside(number, "bad", reason, ",".join(row.values()))
            return
    if not name:
        yield SetAside(number, "bad", f"column {_SCHOOL} is empty", ",".join(row.values()))
        return
    draft = RowDraft(METHOD)
    at = draft.text.line(_SCHOOL, name)
    for column in _PLACE:
        if row[column]:
            draft.text.line(column, row[column])
    school = draft.party(at, "university", [Name(name, "zh")], country="CN")
    for column, flag in flags.items():
        line = draft.text.line(column, flag)
        if flag == _YES:
            programme = draft.party(
                line.label(column), "programme", _PROGRAMMES[column], country="CN"
            )
            draft.say(school, "member_of", programme, at=[at, line], attributes={"as_of": as_of})
    if unstated := [column for column, flag in flags.items() if not flag]:
        yield Notice(number, f"column {', '.join(unstated)} is empty; no membership is claimed")
    yield draft.finish(
        SOURCE,
        key=keys.take(f"{name}:{row['省份']}"),
        number=number,
        title=f"{SOURCE.title}: {name}",
        language="zh",
    )

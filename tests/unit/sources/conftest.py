"""Small lists of invented organisations, and a short way to read one."""

from pathlib import Path

import pytest

from crosstie.ontology.records import ListRow, SetAside
from crosstie.sources import Notice, find_source

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "lists"


class Read:
    """A list read to its end: rows by number, and what was set aside or noted."""

    def __init__(self, reading):
        self.version = reading.version
        self.total = reading.total
        self.source = reading.source
        self.records = list(reading.rows)
        self.rows = [r for r in self.records if isinstance(r, ListRow)]
        self.aside = {r.number: r for r in self.records if isinstance(r, SetAside)}
        self.notices = [r for r in self.records if isinstance(r, Notice)]

    def row(self, number):
        return next(row for row in self.rows if row.number == number)

    def claims(self, number):
        """Return (subject, predicate, object) by the first names of the ends."""
        row = self.row(number)
        names = {mention.id: mention.names[0].text for mention in row.mentions}
        return {(names[c.subject], c.predicate, names[c.object]) for c in row.claims}

    def names(self, number):
        return {name.text: name for name in self.row(number).mentions[0].names}


@pytest.fixture
def lists():
    return FIXTURES


@pytest.fixture
def read():
    def reader(source_id, path, **options):
        return Read(find_source(source_id).read(Path(path), **options))

    return reader

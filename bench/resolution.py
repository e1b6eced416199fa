"""Time who is who: 100,000 list rows at once, then one document more.

    python -m bench.resolution                     100,000 rows
    python -m bench.resolution --rows 10000

Rows are drawn like those of real registers: one organisation in four stands on several lists, under
spellings that differ, some with identifiers, some with a parent that the row names.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import (
    Claim,
    Document,
    Identifier,
    ListRow,
    Mention,
    Name,
    Source,
    SourceVersion,
)
from crosstie.store import Store, writing
from crosstie.store.writing import EditionCounts
from crosstie.workspace.progress import silent
from crosstie.workspace.resolving import bring_up_to_date, make_anew

_PLACES = ["Hexi", "Lantian", "Beihe", "Qingming", "Yunmen", "Selim", "Tianlu", "Zhongyuan",
           "Nanshan", "Donghe", "Xiling", "Baicheng"]  # fmt: skip
_FIELDS = ["Optics", "Avionics", "Marine", "Radar", "Metals", "Chemistry", "Software", "Energy",
           "Transport", "Materials", "Control", "Photonics"]  # fmt: skip
_TYPES = ["Institute", "University", "Group", "Works", "Company Limited", "Technology Co., Ltd.",
          "Laboratory", "Trading Company"]  # fmt: skip
_COUNTRIES = ["CN", "RU", "IR", "TR", "AE", "KP", "IN", "PK", "SY", "BY"]
_PUBLISHERS = [f"Office {letter}" for letter in "ABCDEFGH"]
_BATCH = 2_000


def rows(count: int) -> Iterator[ListRow]:
    """Yield rows, the same in every run."""
    dice = random.Random(11)
    known: list[tuple[list[str], str, str]] = []
    for number in range(count):
        if known and dice.random() < 0.25:
            names, country, code = dice.choice(known)
            names = [_respelt(dice, name) for name in names]
        else:
            names, country, code = _organisation(dice, number)
            known.append((names, country, code))
        yield _row(dice, number, names, country, code)


def _organisation(dice: random.Random, number: int) -> tuple[list[str], str, str]:
    words = f"{dice.choice(_PLACES)} {_syllables(dice)} {dice.choice(_FIELDS)}"
    names = [f"{words} {dice.choice(_TYPES)}"]
    if dice.random() < 0.4:
        names.append(f"{_syllables(dice)} {dice.choice(_FIELDS)} {dice.choice(_TYPES)}")
    if dice.random() < 0.2:
        names.append(f"{words.rsplit(' ', 1)[0]} No. {dice.randint(1, 99)} Factory")
    return names, dice.choice(_COUNTRIES), str(number)


def _syllables(dice: random.Random) -> str:
    return "".join(dice.choice(["ka", "lo", "mi", "ren", "tu", "shi", "bo", "gan"])
                   for _ in range(dice.randint(2, 4))).title()  # fmt: skip


def _respelt(dice: random.Random, name: str) -> str:
    return dice.choice([name, name.upper(), name.replace("Company Limited", "Co. Ltd")])


def _row(dice: random.Random, number: int, names: list[str], country: str, code: str) -> ListRow:
    publisher = dice.choice(_PUBLISHERS)
    parent = f"{dice.choice(_PLACES)} {dice.choice(_FIELDS)} Group" if dice.random() < 0.3 else ""
    text = f"{number}: {'; '.join(names)} {country} {parent}"
    document = Document.of(
        origin="list", name=f"row {number}", text=text, language="en", source_id="bench",
        publisher=publisher,
    )  # fmt: skip
    given = [Name(name, "en", "primary" if n == 0 else "alias") for n, name in enumerate(names)]
    told = (Identifier("ofac", code),) if dice.random() < 0.3 else ()
    start = text.index(": ") + 2
    head = Mention.of(
        document, start, start + len(names[0]), kind="company", names=given, country=country,
        identifiers=told,
    )  # fmt: skip
    if not parent:
        return ListRow(str(number), number + 1, document, (head,), ())
    at = text.rindex(parent)
    above = Mention.of(document, at, at + len(parent), kind="company")
    owns = Claim.of(document, above, "owns", head, evidence=[document.evidence(0, len(text))],
                    method="bench")  # fmt: skip
    return ListRow(str(number), number + 1, document, (head, above), (owns,))


def load(store: Store, count: int) -> None:
    """Put the rows into a workspace."""
    source = Source(SourceId("bench"), "Bench register", "Office A", "https://example.org", "CC0")
    version = SourceVersion(SourceId("bench"), "2026-01-01", "bench.csv", "0", "csv")
    with store.writing() as db:
        writing.add_source(db, source)
        edition = writing.begin_edition(db, version, at="2026-01-01")
        batch: list[ListRow] = []
        for row in rows(count):
            batch.append(row)
            if len(batch) == _BATCH:
                writing.add_rows(db, edition, batch, at="2026-01-01", read_by="bench")
                batch = []
        if batch:
            writing.add_rows(db, edition, batch, at="2026-01-01", read_by="bench")
        counts = EditionCounts(count, 0, 0, 0)
        writing.end_edition(db, edition, "bench", counts, at="2026-01-01")


def add_documents(store: Store, count: int) -> list[tuple[float, float]]:
    """Add documents that each name a dozen rows; return processor and clock time of each."""
    dice = random.Random(5)
    names = [row.mentions[0].names[0].text for row, _ in zip(rows(500), range(500), strict=True)]
    taken: list[tuple[float, float]] = []
    for number in range(count):
        chosen = dice.sample(names, 12)
        text = f"{number}. " + ". ".join(chosen)
        document = Document.of(origin="document", name=f"d{number}", text=text, language="en")
        places = [text.index(f". {name}") + 2 for name in chosen]
        found = [
            Mention.of(document, place, place + len(name), kind="company")
            for place, name in zip(places, chosen, strict=True)
        ]
        claims = [
            Claim.of(document, one, "supplies", two, method="bench",
                     evidence=[document.evidence(0, len(text))])
            for one, two in pairwise(found)
        ]  # fmt: skip
        with store.writing() as db:
            writing.add_document(db, document, [], found, claims, at="2026-01-02", read_by="b")
        start, work = time.perf_counter(), time.process_time()
        with store.writing() as db:
            bring_up_to_date(db, progress=silent)
        taken.append((time.process_time() - work, time.perf_counter() - start))
    return taken


def main() -> None:
    """Load, resolve, add, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "bench.db")
        load(store, options.rows)
        start, work = time.perf_counter(), time.process_time()
        with store.writing() as db:
            entities = make_anew(db, progress=silent)
        figures = {
            "rows": options.rows,
            "entities": len(entities),
            "who is who, s": round(time.perf_counter() - start, 1),
            "processor, s": round(time.process_time() - work, 1),
            "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        print(json.dumps(figures))
        taken = sorted(add_documents(store, options.documents))
        middle, most = taken[len(taken) // 2], taken[-1]
        figures = {
            "one document more, s": round(middle[1], 2),
            "processor, s": round(middle[0], 2),
            "at most, processor, s": round(most[0], 2),
        }
        print(json.dumps(figures))
        store.close()


if __name__ == "__main__":
    main()

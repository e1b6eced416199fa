"""Time joint papers: load 50,000 works, then ask with whom one institution published.

    python -m bench.partners                    50,000 works
    python -m bench.partners --works 5000

Works are invented in the form that OpenAlex serves, gzipped, one a line; one institution stands on
each of them, with one to eight of 2,000 others. Each step runs as a process of its own.
"""

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What the project set itself: minutes for a university's life work, and memory that does not grow
# with the file while it is read.
LOAD_SECONDS, READ_BYTES, ASK_SECONDS = 300.0, 300_000_000, 30.0
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_PLACES = ["Yunmen", "Hexi", "Lantian", "Beihe", "Qingming", "Selim", "Tianlu", "Donghe"]
_FIELDS = ["Optics", "Radar", "Marine", "Energy", "Materials", "Control", "Photonics", "Software"]
_SORTS = [("University", "education"), ("Institute", "facility"), ("Laboratory", "facility"),
          ("Works (China)", "company"), ("Hospital", "healthcare")]  # fmt: skip
_SUBJECTS = ["BeiDou receivers", "lidar", "quantum key distribution", "soil", "radar imaging"]
_OTHERS = 2_000


def works(count: int) -> Iterator[dict[str, Any]]:
    """Yield works, the same in every run."""
    dice = random.Random(5)
    others = [_institution(dice, number) for number in range(_OTHERS)]
    for number in range(count):
        partners = min(8, 1 + int(dice.expovariate(0.6)))
        named = [others[0], *(_chosen(dice, others) for _ in range(partners))]
        day = f"{dice.randint(2015, 2025)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        yield {
            "id": f"https://openalex.org/W{number}",
            "doi": f"https://doi.org/10.5555/made.{number}",
            "title": f"On {dice.choice(_SUBJECTS)} and {dice.choice(_FIELDS)}, part {number}",
            "publication_date": day,
            "publication_year": int(day[:4]),
            "type": "article",
            "language": "en",
            "primary_topic": {"display_name": dice.choice(["GNSS positioning", "Soil science"]),
                              "field": {"display_name": "Engineering"}},
            "is_retracted": number % 1_000 == 0,
            "is_paratext": False,
            "updated_date": "2026-01-01T00:00:00",
            "authorships": [
                {"author": {"display_name": f"Qx{number} Zw{place}"}, "institutions": [made],
                 "raw_author_name": f"Qx{number} Zw{place}",
                 "raw_affiliation_strings": [made["display_name"]]}
                for place, made in enumerate(named)
            ],
            # What a whole record holds besides; it is passed over.
            "abstract_inverted_index": {word: [place] for place, word in enumerate(_PLACES * 10)},
            "referenced_works": [f"https://openalex.org/W{n}" for n in range(40)],
        }  # fmt: skip


def _chosen(dice: random.Random, others: list[dict[str, Any]]) -> dict[str, Any]:
    """A few partners stand on most works, as at any university."""
    return others[min(len(others) - 1, int(dice.expovariate(1 / 150)))]


def _institution(dice: random.Random, number: int) -> dict[str, Any]:
    sort, type_ = dice.choice(_SORTS)
    words = f"{dice.choice(_PLACES)} {dice.choice(_PLACES)} {number} {dice.choice(_FIELDS)}"
    return {
        "id": f"https://openalex.org/I{number}",
        "display_name": f"{words} {sort}",
        "ror": f"https://ror.org/{_ror(number + 1)}",
        "country_code": dice.choice(["CN", "DE", "US", "SE", "JP"]),
        "type": type_,
        "lineage": [f"https://openalex.org/I{number}"],
    }


def _ror(number: int) -> str:
    body, rest = "", number
    for _ in range(6):
        body, rest = _BASE32[rest % 32] + body, rest // 32
    return f"0{body}{98 - number * 100 % 97:02d}"


def main() -> int:
    """Run the steps and print each one's time, memory and ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--works", type=int, default=50_000)
    count = parser.parse_args().works
    with tempfile.TemporaryDirectory() as folder:
        path, workspace = Path(folder) / "works.jsonl.gz", Path(folder) / "w.db"
        with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
            for work in works(count):
                out.write(json.dumps(work) + "\n")
        print(f"{count:,} works, {path.stat().st_size / 1e6:,.0f} MB packed")
        seconds, peak = _python(_READ, str(path))
        print(f"read alone: {seconds:.1f} s")
        _print("its peak memory", peak / 1e6, READ_BYTES / 1e6, "MB")
        seconds, peak = _python(_CLI, "-w", str(workspace), "load", "openalex", str(path))
        _print("load, who is who included", seconds, LOAD_SECONDS * count / 50_000, "s")
        print(f"its peak memory: {peak / 1e6:,.0f} MB; the workspace: {_size(workspace):,.0f} MB")
        asked = f"https://ror.org/{_ror(1)}"
        for what in ("ask for partners, the first time", "ask again"):
            seconds, peak = _python(_CLI, "-w", str(workspace), "partners", asked)
            _print(what, seconds, ASK_SECONDS, "s")
        print(f"its peak memory: {peak / 1e6:,.0f} MB")
    return 0


_READ = (
    "import sys, pathlib; from crosstie.sources import find_source;"
    " print(sum(1 for _ in find_source('openalex').read(pathlib.Path(sys.argv[1])).rows))"
)
_CLI = "import sys; from crosstie.app.cli.run import run; sys.exit(run(['-q', *sys.argv[1:]]))"


def _python(code: str, *arguments: str) -> tuple[float, int]:
    """Run Python; return its seconds and its peak resident bytes."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(arguments)} ended with status {status}")
    assert isinstance(usage, resource.struct_rusage)
    return seconds, usage.ru_maxrss * 1024


def _print(what: str, value: float, bound: float, unit: str) -> None:
    print(f"{what:<36} {value:>8.1f} {unit:<3} of {bound:,.0f} {unit}: ratio {value / bound:.2f}")


def _size(workspace: Path) -> float:
    parts = workspace.parent.glob(f"{workspace.name}*")
    return sum(part.stat().st_size for part in parts if part.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())

"""Ask the pages as readers do: how long searches, pages and sentences take, also under load.

    python -m bench.web [--articles N] [--readers N]

Serves a workspace of the starter pack, the whole US list where `shared` stands beside the project,
and articles; it is made once and kept in `.bench`. Prints the median and the 95th percentile of
each kind of request and its share of the bound, how long a thousand names take to screen, and what
fifty readers meet while documents are taken in. Returns 1 if a request fails.
"""

import argparse
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

from crosstie.workspace import Workspace
from tests.eval.recombined import texts_of, write

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
KEPT = ROOT / ".bench" / "web"
_CSL = SHARED / "data" / "lists" / "csl_compact_2026-07-31.json"
_TIMES = 200
_PARTIES = 1_000
_IMPORTED = 60
_MINUTES = 300.0
_SERVER = (
    "import sys; from pathlib import Path; from crosstie.app.web.serving import serve;"
    "from crosstie.app.web.settings import WebSettings;"
    "serve(WebSettings(Path(sys.argv[1]), port=int(sys.argv[2]), searches_per_minute=10**9,"
    " uploads_per_minute=10**9))"
)
BOUNDS = {"search": 50.0, "entity page": 150.0}
"""Milliseconds that the 95th percentile may take, for those kinds of request that have a bound."""


@dataclass
class Taken:
    """How long requests of one kind took, in milliseconds, and which failed."""

    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def part(self, share: float) -> float:
        """Return the time within which a share of the requests was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> int:
    """Build, serve, ask, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--readers", type=int, default=50)
    asked = parser.parse_args()
    kept = _built(asked.articles)
    with tempfile.TemporaryDirectory() as name:
        path = _copied(kept, Path(name))
        wanted = Wanted.of(path)
        with _served(path) as address:
            faults = _alone(address, wanted) + _screened(address, wanted.names)
            faults += _together(address, wanted, path, Path(name), asked.readers)
    for fault in faults[:10]:
        print(f"  fault: {fault}")
    return 1 if faults else 0


@dataclass(frozen=True)
class Wanted:
    """What is asked, drawn from the workspace at random but the same each time."""

    names: list[str]
    entities: list[str]
    claims: list[str]

    @classmethod
    def of(cls, path: Path) -> "Wanted":
        """Draw names, entities and claims."""
        chance, held = random.Random(7), sqlite3.connect(path)
        columns = (
            "SELECT text FROM entity_names ORDER BY key",
            "SELECT id FROM entities ORDER BY id",
            "SELECT id FROM claims WHERE superseded_at IS NULL ORDER BY id",
        )
        found = [[str(row[0]) for row in held.execute(sql)] for sql in columns]
        held.close()
        return cls(*(chance.sample(rows, min(len(rows), _PARTIES)) for rows in found))


def _alone(address: str, wanted: Wanted) -> list[str]:
    """Time one reader's requests, kind by kind."""
    chance = random.Random(7)
    names = wanted.names[:_TIMES]
    kinds = {
        "search": [f"/search?q={quote(name[: chance.randint(2, 12)])}" for name in names],
        "search page": [f"/search?q={quote(name)}" for name in names],
        "entity page": [f"/entities/{key}" for key in wanted.entities[:_TIMES]],
        "evidence page": [f"/claims/{key}" for key in wanted.claims[:_TIMES]],
        "home": ["/"] * 40,
        "sources": ["/sources"] * 40,
    }
    faults = []
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        for paths in kinds.values():
            client.get(paths[0])
        nothing = _asked(client, ["/static/mark.svg"] * _TIMES, {})
        print(f"one reader, milliseconds (a file of the disk: {nothing.part(0.5):.1f}):")
        for kind, paths in kinds.items():
            headers = {"hx-request": "true"} if kind == "search" else {}
            taken = _asked(client, paths, headers)
            faults += taken.faults
            print(f"  {kind}: {_said(taken, BOUNDS.get(kind))}")
    return faults


def _said(taken: Taken, bound: float | None) -> str:
    half, most = taken.part(0.5), taken.part(0.95)
    line = f"p50 {half:.1f}, p95 {most:.1f}"
    return f"{line}, ratio to the bound of {bound:.0f}: {most / bound:.2f}" if bound else line


def _asked(client: httpx.Client, paths: Sequence[str], headers: dict[str, str]) -> Taken:
    taken = Taken()
    for path in paths:
        began = time.perf_counter()
        answer = client.get(path, headers=headers)
        taken.times.append((time.perf_counter() - began) * 1_000)
        if answer.status_code != 200:
            taken.faults.append(f"{answer.status_code} {path}")
    return taken


def _screened(address: str, names: Sequence[str]) -> list[str]:
    """Screen a thousand names through the form, and look at the progress meanwhile."""
    with httpx.Client(base_url=address, timeout=60, follow_redirects=False) as client:
        client.get("/screen")
        proof = client.cookies["crosstie_csrf"]
        began = time.perf_counter()
        sent = client.post("/screen", params={"csrf": proof}, data={"names": "\n".join(names)})
        draft = sent.headers.get("location", "")
        terms = {"by": "bench", "title": "a thousand names"}
        started = client.post(draft, params={"csrf": proof}, data=terms)
        run = started.headers.get("location", "")
        if not run:
            return [f"the screening did not start: {started.status_code}"]
        counts = set()
        while (page := client.get(run)).status_code == 200:
            found = re.search(r'class="number">([\d,]+)</b> of', page.text)
            counts.add(found[1] if found else "")
            time.sleep(0.1)
        took = time.perf_counter() - began
    print(f"{len(names):,} names screened in {took:.1f} s, {len(counts)} steps of progress shown")
    return [] if page.status_code == 303 else [f"the screening ended with {page.status_code}"]


def _together(address: str, wanted: Wanted, path: Path, folder: Path, readers: int) -> list[str]:
    """Let many read while another process takes documents in."""
    texts = texts_of(Path("/nowhere"))
    write(folder / "more", texts, _IMPORTED, sentences=3)
    command = [sys.executable, "-m", "crosstie", "-q", "-w", str(path), "add", str(folder / "more")]
    importing = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    began, over = time.perf_counter(), threading.Event()
    every = [Taken() for _ in range(readers)]
    threads = [
        threading.Thread(target=_read_on, args=(address, wanted, number, over, every[number]))
        for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    status = importing.wait(timeout=_MINUTES)
    took = time.perf_counter() - began
    over.set()
    for thread in threads:
        thread.join()
    whole = Taken([t for one in every for t in one.times], [f for one in every for f in one.faults])
    if status != 0:
        whole.faults.append(f"the import ended with {status}")
    print(
        f"{readers} readers while {_IMPORTED} documents came in ({took:.0f} s):"
        f" {len(whole.times):,} requests, {len(whole.faults)} faults, {_said(whole, None)}"
    )
    return whole.faults


def _read_on(
    address: str, wanted: Wanted, number: int, over: threading.Event, taken: Taken
) -> None:
    """Read like a person with a short pause, until it is over."""
    chance = random.Random(number)
    with httpx.Client(base_url=address, timeout=120, follow_redirects=True) as client:
        while not over.is_set():
            path = chance.choice(
                [
                    f"/search?q={quote(chance.choice(wanted.names)[:8])}",
                    f"/entities/{chance.choice(wanted.entities)}",
                    f"/claims/{chance.choice(wanted.claims)}",
                ]
            )
            try:
                found = _asked(client, [path], {})
            except httpx.HTTPError as error:
                taken.faults.append(f"{path}: {error!r}")
                continue
            taken.times += found.times
            taken.faults += found.faults
            time.sleep(chance.uniform(0.5, 1.5))


@contextmanager
def _served(path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", _SERVER, str(path), str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        began = time.perf_counter()
        while process.poll() is None:
            try:
                httpx.get(f"{address}/api/search?q=a", timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        print(f"ready to be asked after {time.perf_counter() - began:.1f} s")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _built(articles: int) -> Path:
    """Return the workspace that is asked, made if it is not there."""
    path = KEPT / f"{articles}.db"
    if path.exists():
        return path
    print(f"building a workspace with {articles:,} articles, once", flush=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    draft = KEPT / "draft.db"
    for old in KEPT.glob("draft*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    write(KEPT / "draft-articles", texts_of(SHARED), articles, sentences=2)
    with Workspace.open(draft) as workspace:
        workspace.load("starter", resolve=False)
        if _CSL.exists():
            workspace.load("us-csl", _CSL, resolve=False)
        workspace.add([KEPT / "draft-articles"])
        workspace.portraits.of("BeiDou")
    shutil.rmtree(KEPT / "draft-articles")
    for kept in (".index", ".network"):
        (KEPT / f"draft.db{kept}").rename(KEPT / f"{articles}.db{kept}")
    draft.rename(path)
    return path


def _copied(path: Path, folder: Path) -> Path:
    target = folder / "web.db"
    shutil.copy(path, target)
    for kept in (".index", ".network"):
        shutil.copytree(path.with_name(path.name + kept), folder / f"web.db{kept}")
    return target


if __name__ == "__main__":
    sys.exit(main())

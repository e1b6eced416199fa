"""Time the network of ties at full size, side by side with networkx, igraph and DuckDB.

    python -m bench.graph                     1,000,000 entities and 5,000,000 ties
    python -m bench.graph --entities 100000 --ties 500000
    python -m bench.graph --alone             without the others; else .bench/ is made with uv

Ours weighs every tie by its claims' status, age, grade and share, and finds the best product over
at most four ties, or says that there is none. The others find any shortest path, without weights:
less than is asked of ours.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from crosstie.graph.backing import Backing

HERE = Path(__file__).resolve()
ENVIRONMENT = HERE.parents[1] / ".bench"
QUERIES = 200
DAY = date(2026, 11, 24)
RIVALS = ("networkx", "igraph", "duckdb")


def columns(entities: int, ties: int, *, seed: int = 7) -> dict[str, np.ndarray]:
    """Draw ties: most of them anywhere, a tenth at a few hubs, as in real networks."""
    random = np.random.default_rng(seed)
    subjects = random.integers(0, entities, ties, dtype=np.int32)
    objects = random.integers(0, entities, ties, dtype=np.int32)
    hubs = random.random(ties) < 0.1
    objects[hubs] = (entities * random.random(int(hubs.sum())) ** 4).astype(np.int32)
    objects = np.where(subjects == objects, (objects + 1) % entities, objects).astype(np.int32)
    pairs = random.integers(0, entities, (QUERIES, 2), dtype=np.int32)
    return {"subjects": subjects, "objects": objects, "pairs": pairs}


def memory() -> int:
    """Return the greatest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(ask: Callable[[int, int], bool], pairs: np.ndarray) -> dict[str, float]:
    """Return median and 95th percentile of the queries in ms, and how many found a path.

    `cpu_` is what one core worked; on a busy machine the clock on the wall runs on meanwhile.
    """
    ask(*map(int, pairs[0]))
    wall, worked, found = [], [], 0
    for one, two in pairs:
        start, begun = time.perf_counter(), time.process_time()
        found += ask(int(one), int(two))
        worked.append((time.process_time() - begun) * 1000)
        wall.append((time.perf_counter() - start) * 1000)
    told: dict[str, float] = {}
    for name, taken in (("", sorted(wall)), ("cpu_", sorted(worked))):
        told[f"{name}median_ms"] = round(statistics.median(taken), 3)
        told[f"{name}p95_ms"] = round(taken[int(len(taken) * 0.95)], 3)
    return {**told, "found": found}


def ours(folder: Path) -> None:
    """Save a network once; then open, ask and measure it as a workspace would."""
    drawn = np.load(folder / "columns.npz")
    subjects, objects = drawn["subjects"], drawn["objects"]
    entities = int(max(subjects.max(), objects.max())) + 1
    start = time.perf_counter()
    _save(folder / "net", subjects, objects, entities)
    print(json.dumps({"crosstie": "save", "s": round(time.perf_counter() - start, 2)}))
    for part in ("chain", "exposure"):
        command = [sys.executable, "-m", "bench.graph", "--part", part, "--data", str(folder)]
        subprocess.run(command, check=True, cwd=HERE.parents[1])


def _save(folder: Path, subjects: np.ndarray, objects: np.ndarray, entities: int) -> None:
    from crosstie.graph import exposure_rules
    from crosstie.graph.network import TieColumns, arcs_of
    from crosstie.graph.saving import save_columns
    from crosstie.ontology.kinds import kinds

    random = np.random.default_rng(11)
    known = list(kinds().ties)
    carried = sorted({known.index(kind) for kind, _ in exposure_rules().carriers})
    count = len(subjects)
    shares = np.full(count, np.nan, np.float32)
    stated = random.random(count) < 0.05
    shares[stated] = random.integers(1, 101, int(stated.sum()))
    ties = TieColumns(
        subjects=subjects,
        objects=objects,
        kinds=random.choice(np.array(carried, np.int16), count),
        statuses=random.choice(np.array([0, 0, 0, 1, 1, 2, 3, 4], np.int8), count),
        shares=shares,
    )
    save_columns(
        folder,
        arcs=arcs_of(ties, entities),
        ties=ties,
        backing=_claims(random, count),
        entity_ids=np.array([b"ent-%020x" % n for n in range(entities)]),
        kind_codes=np.zeros(entities, np.int8),
        tie_ids=np.array([b"tie-%020x" % n for n in range(count)]),
    )


def _claims(random: np.random.Generator, ties: int) -> "Backing":
    """Draw a claim for each tie, and for a fifth of them a second one from another publisher."""
    from crosstie.graph import Publication
    from crosstie.graph.backing import Backing

    twice = random.random(ties) < 0.2
    rows = np.zeros(ties + 1, np.int64)
    np.cumsum(1 + twice, out=rows[1:])
    pair_rows = np.zeros(ties + 1, np.int64)
    np.cumsum(twice, out=pair_rows[1:])
    count, pairs = int(rows[-1]), int(pair_rows[-1])
    start = date(2005, 1, 1).toordinal()
    days = random.integers(start, DAY.toordinal(), count, dtype=np.int32)
    names = ["Herald", "Times", "Ministry", "University", "Blog", "Agency", "Lantian", "Institute"]
    return Backing(
        rows=rows,
        statuses=random.choice(np.array([0, 0, 0, 1, 1, 2, 3], np.int8), count),
        ended=random.random(count) < 0.1,
        starts=np.where(random.random(count) < 0.3, days - 700, 0).astype(np.int32),
        ends=np.where(random.random(count) < 0.1, days + 700, 0).astype(np.int32),
        dated=np.where(random.random(count) < 0.9, days, 0).astype(np.int32),
        sources=random.integers(0, 200, count, dtype=np.int32),
        pair_rows=pair_rows,
        ones=np.zeros(pairs, np.uint8),
        twos=np.ones(pairs, np.uint8),
        publications=tuple(Publication(f"{names[n % len(names)]} {n}") for n in range(200)),
    )


def chain(folder: Path) -> None:
    """Time opening with the weighing of all ties, then single queries: chains between two."""
    from crosstie.graph import ChainMap, Terms, open_graph

    start, begun = time.perf_counter(), time.process_time()
    graph = open_graph(folder / "net")
    opened = time.perf_counter()
    chains = ChainMap.build(graph, Terms.shipped(DAY))
    weighed = time.perf_counter()
    print(json.dumps({"crosstie": "load", "open_s": round(opened - start, 3),
                      "weigh_s": round(weighed - opened, 2),
                      "cpu_s": round(time.process_time() - begun, 2), "MB": memory()}))  # fmt: skip
    pairs = np.load(folder / "columns.npz")["pairs"]
    ids = graph.entity_ids

    def ask(one: int, two: int) -> bool:
        return bool(chains.paths(ids[one], ids[two], max_ties=4, limit=1))

    print(json.dumps({"crosstie": "best path of four ties", **timed(ask, pairs), "MB": memory()}))


def exposure(folder: Path) -> None:
    """Time every entity's best exposure to 200 anchors, then the paths of single entities."""
    from crosstie.graph import ExposureMap, Terms, open_graph

    graph = open_graph(folder / "net")
    random = np.random.default_rng(3)
    anchors = [graph.entity_ids[int(n)] for n in random.integers(0, len(graph), 200)]
    start, begun = time.perf_counter(), time.process_time()
    reached = ExposureMap.build(graph, Terms.shipped(DAY), anchors, max_ties=3)
    exposed = len(reached.best_scores())
    taken = round(time.perf_counter() - start, 2)
    print(json.dumps({"crosstie": "exposure of all", "s": taken,
                      "cpu_s": round(time.process_time() - begun, 2), "exposed": exposed,
                      "MB": memory()}))  # fmt: skip
    starts = random.integers(0, len(graph), (QUERIES, 2), dtype=np.int32)

    def ask(one: int, _: int) -> bool:
        return bool(reached.paths(graph.entity_ids[one], limit=5, per_anchor=2))

    print(json.dumps({"crosstie": "five exposure paths of one", **timed(ask, starts)}))


def rival(name: str, folder: Path) -> None:
    """Time another library on the same ties and the same pairs."""
    drawn = np.load(folder / "columns.npz")
    start = time.perf_counter()
    makers = {"networkx": _networkx, "igraph": _igraph, "duckdb": _duckdb}
    ask = makers[name](drawn["subjects"], drawn["objects"])
    load = round(time.perf_counter() - start, 2)
    pairs = drawn["pairs"][: QUERIES if name != "igraph" else 50]
    print(json.dumps({name: "shortest path", "load_s": load, **timed(ask, pairs),
                      "MB": memory()}))  # fmt: skip


def _networkx(subjects: np.ndarray, objects: np.ndarray) -> Callable[[int, int], bool]:
    import networkx as nx

    graph = nx.Graph()
    graph.add_edges_from(zip(subjects.tolist(), objects.tolist(), strict=True))

    def ask(one: int, two: int) -> bool:
        try:
            return len(nx.bidirectional_shortest_path(graph, one, two)) <= 5
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return False

    return ask


def _igraph(subjects: np.ndarray, objects: np.ndarray) -> Callable[[int, int], bool]:
    import igraph

    entities = int(max(subjects.max(), objects.max())) + 1
    graph = igraph.Graph(n=entities, edges=np.column_stack([subjects, objects]))

    def ask(one: int, two: int) -> bool:
        return 0 < len(graph.get_shortest_path(one, to=two)) <= 5

    return ask


def _duckdb(subjects: np.ndarray, objects: np.ndarray) -> Callable[[int, int], bool]:
    import duckdb

    base = duckdb.connect()
    base.execute("SET threads = 1")
    tails, heads = np.concatenate([subjects, objects]), np.concatenate([objects, subjects])
    base.register("drawn", {"tail": tails, "head": heads})
    base.execute("CREATE TABLE arcs AS SELECT tail, head FROM drawn ORDER BY tail")
    base.execute("CREATE INDEX by_tail ON arcs (tail)")
    middle = """
        WITH one AS (SELECT head FROM arcs WHERE tail = $1),
        ours AS (SELECT head FROM one UNION SELECT arcs.head FROM arcs JOIN one ON tail = one.head),
        two AS (SELECT head FROM arcs WHERE tail = $2),
        theirs AS (
            SELECT head FROM two UNION SELECT arcs.head FROM arcs JOIN two ON tail = two.head)
        SELECT 1 FROM ours JOIN theirs USING (head) LIMIT 1
    """

    def ask(one: int, two: int) -> bool:
        return base.execute(middle, [one, two]).fetchone() is not None

    return ask


def make_environment() -> Path:
    """Make `.bench/` with the other libraries; the product itself needs none of them."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "-q", ENVIRONMENT, "--python", sys.executable], check=True)
        packages = [*RIVALS, "numpy"]
        subprocess.run([uv, "pip", "install", "-q", "--python", python, *packages], check=True)
    return python


def main() -> None:
    """Run what the command line asks for; each part in a process of its own, for its memory."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--entities", type=int, default=1_000_000)
    options.add_argument("--ties", type=int, default=5_000_000)
    options.add_argument("--alone", action="store_true", help="do not time the other libraries")
    options.add_argument("--part", choices=["chain", "exposure", *RIVALS], help=argparse.SUPPRESS)
    options.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.part in RIVALS:
        rival(asked.part, asked.data)
    elif asked.part is not None:
        {"chain": chain, "exposure": exposure}[asked.part](asked.data)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            np.savez(folder / "columns.npz", **columns(asked.entities, asked.ties))
            print(f"{asked.entities:,} entities, {asked.ties:,} ties", flush=True)
            ours(folder)
            if not asked.alone:
                python = make_environment()
                for name in RIVALS:
                    command = [python, HERE, "--part", name, "--data", folder]
                    subprocess.run(command, check=False)


if __name__ == "__main__":
    main()

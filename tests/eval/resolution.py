"""Measure who is who: records that share a key, with that key hidden; beside it Splink, untuned.

python -m tests.eval.resolution                  the figures, and 100 sampled merges to read
"""

import json
import random
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crosstie.ontology.records import Entity
from crosstie.resolution import Resolution, resolve
from tests.eval.resolution_data import KEYS, Pair, Record, pairs_in, records_of, truth

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / ".eval"
_PEER = ROOT / ".bench" / "peers" / "splink" / "bin" / "python"
_PEER_SCRIPT = ROOT / "bench" / "peers" / "resolve_splink.py"
_SAMPLED = 100


def measure(shared: Path) -> dict[str, float]:
    """Return precision and recall, per key and over both; write merges and errors to read."""
    records = records_of(shared)
    figures: dict[str, float] = {}
    ours: list[tuple[set[Pair], set[Pair]]] = []
    theirs: list[tuple[set[Pair], set[Pair]]] = []
    lines: list[str] = []
    for key, (keys, hide) in KEYS.items():
        groups = truth(records, keys)
        gold = pairs_in(groups)
        among = set().union(*groups)
        hidden = [replace(record, mention=hide(record.mention)) for record in records]
        resolution = resolved(hidden)
        found = _pairs(resolution, among)
        ours.append((found, gold))
        figures |= _figures(key, found, gold)
        # Both bear such a key, and not the same one: wrong, or the key is written in two ways.
        bearing = {record.id for record in records if any(keys(record))}
        unshared = _pairs(resolution, bearing) - gold
        figures[f"{key}_merged_beyond"] = float(len(unshared))
        lines += _errors(f"{key} beyond", unshared, set(), {r.id: r for r in records})
        lines += _errors(key, found, gold, {record.id: record for record in hidden})
        peer = _peer(hidden, among)
        if peer is not None:
            theirs.append((peer, gold))
            figures |= _figures(f"splink_{key}", peer, gold)
    figures |= _over_both("", ours)
    if theirs:
        figures |= _over_both("splink_", theirs)
    else:
        print("  Splink is not here to be measured beside: `make bench` brings it")
    OUT.mkdir(exist_ok=True)
    (OUT / "resolution-errors.txt").write_text("\n".join(lines), encoding="utf-8")
    (OUT / "resolution-merges.txt").write_text(sampled_merges(records), encoding="utf-8")
    return figures


def resolved(records: Sequence[Record]) -> Resolution:
    """Resolve the records alone."""
    return resolve(
        [record.mention for record in records],
        origins={record.mention.document_id: record.origin for record in records},
        publishers={record.mention.document_id: record.publisher for record in records},
    )


def _pairs(found: Resolution, among: set[str]) -> set[Pair]:
    return pairs_in(
        [m.mention_id for m in entity.mentions if m.mention_id in among]
        for entity in found.entities
    )


def _figures(name: str, found: set[Pair], gold: set[Pair]) -> dict[str, float]:
    right = len(found & gold)
    return {
        f"{name}_precision": right / len(found) if found else 1.0,
        f"{name}_recall": right / len(gold),
        f"{name}_pairs": float(len(gold)),
    }


def _over_both(name: str, measured: Sequence[tuple[set[Pair], set[Pair]]]) -> dict[str, float]:
    right = sum(len(found & gold) for found, gold in measured)
    return {
        f"{name}precision": right / max(1, sum(len(found) for found, _ in measured)),
        f"{name}recall": right / sum(len(gold) for _, gold in measured),
    }


def _errors(key: str, found: set[Pair], gold: set[Pair], records: dict[str, Record]) -> list[str]:
    return [
        f"{key} {kind}: {_shown(records[one])} | {_shown(records[two])}"
        for kind, pairs in (("wrong", found - gold), ("missed", gold - found))
        for one, two in sorted(pairs)
    ]


def _shown(record: Record) -> str:
    names = "; ".join(name.text for name in record.mention.names[:4])
    return f"{names} ({record.mention.country}, {record.publisher})"


def sampled_merges(records: Sequence[Record]) -> str:
    """Return merges of records of different rows, with their reasons, for people to read."""
    by_id = {record.id: record for record in records}
    found = resolved(records).entities
    merged = [entity for entity in found if len(entity.mentions) > 1]
    dice = random.Random(20261124)
    chosen = dice.sample(merged, min(_SAMPLED, len(merged)))
    return "\n\n".join(_merge(entity, by_id) for entity in chosen)


def _merge(entity: Entity, records: dict[str, Record]) -> str:
    lines = [f"{entity.name} ({entity.kind}, {entity.country})"]
    for found in entity.mentions:
        lines.append(f"  {_shown(records[found.mention_id])}")
        lines += [f"    because {reason.text}" for reason in found.reasons]
    return "\n".join(lines)


def _peer(records: Sequence[Record], among: set[str]) -> set[Pair] | None:
    """Return the pairs that Splink puts together, in its own environment; None without it."""
    if not _PEER.is_file():
        return None
    OUT.mkdir(exist_ok=True)
    task = OUT / "splink-task.json"
    rows = [
        {"id": r.id, "country": r.mention.country, "names": [n.text for n in r.mention.names]}
        for r in records
    ]
    task.write_text(json.dumps(rows), encoding="utf-8")
    done = subprocess.run(
        [str(_PEER), str(_PEER_SCRIPT), str(task)], check=True, capture_output=True, text=True
    )
    clusters: list[list[str]] = json.loads(done.stdout)
    return pairs_in([key for key in cluster if key in among] for cluster in clusters)


if __name__ == "__main__":
    for name, value in measure(ROOT.parent / "shared").items():
        print(f"  {name:<40} {value:>10.4f}")

"""Learn the weights of the features from the labelled queries, and pin what they were learnt from.

Run it after a change to the features or the lexicon: `python tests/eval/names_learn.py`.
"""

import hashlib
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from names_data import Queries, load_queries
from names_made import made_queries

from crosstie.matching import NameIndex
from crosstie.matching import weights as weights_module
from crosstie.matching.candidates import conflict, numbers_of, same_core, same_name
from crosstie.matching.engine.feature_names import FAMILIES, FEATURES
from crosstie.matching.names.lexicon import Lexicon

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
WEIGHTS = ROOT / "src" / "crosstie" / "matching" / "weights.yaml"
FOLDS = 5
ROUNDS = 6
_SPARED = 0.3
_MADE = 0.2


class Pairs:
    """For every query, the compared pairs: features, family, entity, and whether it is right."""

    def __init__(self, data: Queries, index: NameIndex) -> None:
        self.row: list[Any] = []
        self.family: list[int] = []
        self.query: list[int] = []
        self.entity: list[str] = []
        self.right: list[bool] = []
        self.exact: list[bool] = []
        self.fold = [fold_of(query["target"] or query["q"]) for query in data.queries]
        for number, query in enumerate(data.queries):
            views, scores, families, rows = index._found(query["q"])
            owners = index._packed.owner[views]
            asked = numbers_of(query["q"])
            for place, owner in enumerate(owners):
                name = index._texts.name(int(owner))
                key = index._texts.id(int(index._texts.owner[owner]))
                if scores[place] <= 0.0101 or conflict(asked, numbers_of(name)):
                    continue
                self.row.append(rows[place].copy())
                self.family.append(int(families[place]))
                self.query.append(number)
                self.entity.append(key)
                target = query["target"]
                self.right.append(target is not None and data.cluster.get(key) == target)
                self.exact.append(same_name(query["q"], name) or same_core(query["q"], name))
        self.x = np.array(self.row)
        self.f = np.array(self.family)
        self.q = np.array(self.query)
        self.y = np.array(self.right, dtype=float)
        self.e = np.unique([f"{q} {e}" for q, e in zip(self.q, self.entity, strict=True)],
                           return_inverse=True)[1]  # fmt: skip
        self.same = np.array(self.exact)


def fold_of(key: str) -> int:
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def probabilities(pairs: Pairs, weights: Any) -> Any:
    return 1 / (1 + np.exp(-(pairs.x * weights[pairs.f]).sum(1)))


def learn(parts: list[tuple[Pairs, Any, float]], start: Any) -> Any:
    """Fit a logistic regression per family on the best pair of each query and entity.

    Each part is pairs, which of them to learn from, and how much one of them counts.
    """
    weights = start.copy()
    for _ in range(ROUNDS):
        chosen = [(pairs, _best(pairs, weights) & use, share) for pairs, use, share in parts]
        for family in range(len(FAMILIES)):
            mine = [(p, use & (p.f == family), share) for p, use, share in chosen]
            x = np.concatenate([p.x[use] for p, use, _ in mine])
            y = np.concatenate([p.y[use] for p, use, _ in mine])
            count = np.concatenate([np.full(use.sum(), share) for _, use, share in mine])
            weights[family] = logistic(x, y, count)
    return weights


def _best(pairs: Pairs, weights: Any) -> Any:
    p = probabilities(pairs, weights)
    best = np.zeros(len(p), bool)
    order = np.lexsort((-p, pairs.e))
    first = np.ones(len(p), bool)
    first[1:] = pairs.e[order][1:] != pairs.e[order][:-1]
    best[order[first]] = True
    return best & ~pairs.same


def logistic(x: Any, y: Any, count: Any) -> Any:
    """Return the weights of an L2-regularised logistic regression, by Newton's method."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], _SPARED)
    penalty[0] = 0.01
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (count * (p - y)) + penalty * w
        curve = (x * (count * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def out_of_fold(pairs: Pairs, made: Pairs, start: Any) -> Any:
    """Return each pair's probability by weights learnt without its organisation."""
    found = np.zeros(len(pairs.y))
    folds = np.array(pairs.fold)[pairs.q]
    every = np.ones(len(made.y), bool)
    for fold in range(FOLDS):
        weights = learn([(pairs, folds != fold, 1.0), (made, every, _MADE)], start)
        found[folds == fold] = probabilities(pairs, weights)[folds == fold]
    return found


def answers(pairs: Pairs, p: Any, queries: int) -> list[list[tuple[str, float]]]:
    """Return ranked (entity, score) lists per query from the pairs' probabilities."""
    best: list[dict[str, float]] = [defaultdict(float) for _ in range(queries)]
    for number, entity, value, same in zip(pairs.q, pairs.entity, p, pairs.same, strict=True):
        score = 1.0 if same else min(value, 0.999)
        best[number][entity] = max(best[number][entity], score)
    return [sorted(row.items(), key=lambda item: (-item[1], item[0]))[:10] for row in best]


def both_pairs(shared: Path, lexicon: Lexicon | None = None) -> tuple[Queries, Pairs, Pairs]:
    """Return the labelled queries with their pairs, and the pairs of the made queries."""
    data = load_queries(shared)
    pairs = Pairs(data, NameIndex.build(data.entities + data.padding, lexicon=lexicon))
    made = made_queries(shared, data)
    other = NameIndex.build(made.entities + made.padding, lexicon=lexicon)
    return data, pairs, Pairs(made, other)


def main() -> None:
    _, pairs, made = both_pairs(SHARED)
    parts = [(pairs, np.ones(len(pairs.y), bool), 1.0), (made, np.ones(len(made.y), bool), _MADE)]
    write(learn(parts, weights_module.weights()))


def write(weights: Any) -> None:
    old = yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))
    folder = SHARED / "data" / "screening-dev"
    learnt = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(folder.glob("*.jsonl"))
    }
    content = {
        "alert": old["alert"],
        "possible": old["possible"],
        "learnt_from": learnt,
        "weights": {
            family: {f: round(float(w), 3) for f, w in zip(FEATURES, row, strict=True)}
            for family, row in zip(FAMILIES, weights, strict=True)
        },
    }
    head = "# Written by tests/eval/names_learn.py: what each feature adds to the log-odds.\n"
    WEIGHTS.write_text(head + yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()

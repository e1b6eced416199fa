"""How well names are matched: tables per class, with bootstrap intervals and the known noise.

Run `python tests/eval/names.py`; `measure` gives the headline figures to a gate.
"""

import csv
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import names_adverse
from names_data import Queries, listed_entities, load_queries, official_evaluator, ror_records
from names_learn import answers, both_pairs, out_of_fold
from names_noise import noise

from crosstie.matching import DEFAULT_THRESHOLD, NameIndex, compare
from crosstie.matching import weights as weights_module
from crosstie.matching.names.lexicon import Lexicon

_ORGANISATIONS = ("Organization", "Company", "LegalEntity", "PublicBody")
Answers = list[list[tuple[str, float]]]
_DRAWS = 500
_NAMING_FILES = ("short_forms.yaml", "brands.yaml")
"""Lexicon files that name single organisations: left out where translation is measured."""


def main() -> None:
    shared = Path(__file__).resolve().parents[3] / "shared"
    for line in report(shared):
        print(line)


def measure(shared: Path) -> dict[str, float]:
    """Return the headline figures: what a gate may pin."""
    data = load_queries(shared)
    found = product_answers(data)
    figures = {f"product_{k}": v for k, v in overall(data, found, DEFAULT_THRESHOLD).items()}
    for name, rows in by_class(data).items():
        if data.queries[rows[0]]["target"]:
            figures[f"recall_at_1_{name}"] = share(_right(data, found)[rows])
        else:
            figures[f"alerts_{name}"] = share(_scores(found)[rows] >= DEFAULT_THRESHOLD)
    folded, calibration = folded_answers(shared)
    figures |= {f"folded_{k}": v for k, v in overall(data, folded, DEFAULT_THRESHOLD).items()}
    figures["folded_calibration_error"] = calibration
    figures["folded_translation_recall_at_1"] = translation_in_folds(shared)
    figures |= ror_figures(shared)
    figures |= names_adverse.figures(listed_entities(shared))
    figures |= bench_pairs(shared)
    return {name: round(float(value), 4) for name, value in figures.items()}


def product_answers(data: Queries) -> Answers:
    """Return what the shipped matcher answers over the padded index."""
    index = NameIndex.build(data.entities + data.padding)
    found = index.search_many([query["q"] for query in data.queries])
    return [[(candidate.id, candidate.score) for candidate in row] for row in found]


def folded_answers(shared: Path, lexicon: Lexicon | None = None) -> tuple[Answers, float]:
    """Return answers by weights that never saw the query's organisation, and their calibration."""
    data, pairs, made = both_pairs(shared, lexicon)
    p = out_of_fold(pairs, made, weights_module.weights())
    found = answers(pairs, p, len(data.queries))
    return found, calibration_error(_scores(found), _right(data, found))


def translation_in_folds(shared: Path) -> float:
    """Return recall@1 of Chinese queries for English names, no source naming the target in use."""
    lexicon = Lexicon.load(leave_out=_NAMING_FILES)
    found, _ = folded_answers(shared, lexicon)
    data = load_queries(shared)
    return share(_right(data, found)[by_class(data)["han_xling"]])


def ror_figures(shared: Path) -> dict[str, float]:
    """Return recall@1 on ROR: Chinese labels against English names, and the reverse."""
    rows = [row for row in ror_records(shared) if row["en"]]
    both = [row for row in rows if row["zh"]]
    lexicon = Lexicon.load(leave_out=_NAMING_FILES)
    english = NameIndex.build([(row["en"][0], row["en"][:1]) for row in rows], lexicon=lexicon)
    chinese = NameIndex.build([(row["en"][0], row["zh"][:1]) for row in both], lexicon=lexicon)
    forward = english.search_many([row["zh"][0] for row in both])
    back = chinese.search_many([row["en"][0] for row in both])
    figures = {}
    for name, found in (("zh_to_en", forward), ("en_to_zh", back)):
        hits = [bool(c) and c[0].id == row["en"][0] for c, row in zip(found, both, strict=True)]
        figures[f"ror_{name}_recall_at_1"] = share(np.array(hits))
        for sort in ("大学", "实验室", "研究", "医院", "公司"):
            mine = [hit for hit, row in zip(hits, both, strict=True) if sort in row["zh"][0]]
            figures[f"ror_{name}_{_SORTS[sort]}"] = share(np.array(mine))
    return figures


_SORTS = {"大学": "universities", "实验室": "laboratories", "研究": "institutes",
          "医院": "hospitals", "公司": "companies"}  # fmt: skip


def _scores(found: Answers) -> Any:
    return np.array([row[0][1] if row else 0.0 for row in found])


def _right(data: Queries, found: Answers) -> Any:
    """Return whether the target has the best score; ties go to it, as in the evaluator."""
    right = []
    for query, row in zip(data.queries, found, strict=True):
        own = [s for key, s in row if query["target"] and data.cluster.get(key) == query["target"]]
        right.append(bool(own) and max(own) > 0 and max(own) >= row[0][1] - 1e-9)
    return np.array(right)


def overall(data: Queries, found: Answers, threshold: float) -> dict[str, float]:
    """Return precision, recall, F1 and the share of false alerts at a threshold."""
    positive = np.array([bool(query["target"]) for query in data.queries])
    alert, right = _scores(found) >= threshold, _right(data, found)
    hits = (alert & right & positive).sum()
    precision = hits / max(1, alert.sum())
    recall = hits / positive.sum()
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "false_alerts": (alert & ~positive).sum() / (~positive).sum(),
    }


def by_class(data: Queries) -> dict[str, Any]:
    """Return the numbers of each class's queries."""
    classes: dict[str, list[int]] = {}
    for number, query in enumerate(data.queries):
        classes.setdefault(query["cls"], []).append(number)
    return {name: np.array(rows) for name, rows in sorted(classes.items())}


def share(values: Any) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def interval(values: Any) -> tuple[float, float]:
    """Return the 95% bootstrap interval of a share."""
    dice = np.random.default_rng(7)
    draws = dice.choice(values.astype(float), (_DRAWS, len(values))).mean(1)
    return float(np.quantile(draws, 0.025)), float(np.quantile(draws, 0.975))


def calibration_error(scores: Any, right: Any) -> float:
    """Return the expected calibration error over ten bins."""
    bins = np.clip((scores * 10).astype(int), 0, 9)
    parts = [(scores[bins == k], right[bins == k]) for k in range(10)]
    return sum(abs(s.mean() - r.mean()) * len(s) for s, r in parts if len(s)) / len(scores)


def report(shared: Path) -> list[str]:
    """Return the tables, line by line."""
    data = load_queries(shared)
    evaluate = official_evaluator(shared).evaluate
    product = product_answers(data)
    folded, calibration = folded_answers(shared)
    size = f"{len(data.entities)} + {len(data.padding)} organisations"
    lines = [f"{size}, {len(data.queries)} queries; alert at {DEFAULT_THRESHOLD}"]
    for name, found in (("shipped weights", product), ("weights learnt in folds", folded)):
        evaluate(name, found, data.queries, data.cluster)
        figures = overall(data, found, DEFAULT_THRESHOLD)
        lines += ["", name, "  " + "  ".join(f"{k} {v:.3f}" for k, v in figures.items())]
        lines += _class_lines(data, found)
    lines += ["", f"expected calibration error, in folds: {calibration:.3f}"]
    lines.append(f"zh → en in folds, naming files left out: {translation_in_folds(shared):.3f}")
    lines += [f"{name}: {value:.3f}" for name, value in ror_figures(shared).items()]
    lines += [f"{name}: {value:.3f}" for name, value in bench_pairs(shared).items()]
    return [*lines, "", *names_adverse.table(listed_entities(shared))]


def bench_pairs(shared: Path) -> dict[str, float]:
    """Return F1 on labelled pairs of organisations, each scorer at its own threshold."""
    rows = organisation_pairs(shared)
    truth = [row["is_match"] == "true" for row in rows]
    mine = [compare(row["name1"], row["name2"]).score >= DEFAULT_THRESHOLD for row in rows]
    theirs = [row["predicted_match"] == "true" for row in rows]
    return {"pairs_f1": f1(mine, truth), "pairs_f1_logic_v2": f1(theirs, truth)}


def organisation_pairs(shared: Path) -> list[dict[str, str]]:
    """Return the labelled pairs that are no persons', with the reference scorer's verdicts."""
    path = shared / "data" / "pairs" / "nomenklatura_logicv2_frozen_scores.csv"
    with path.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["schema"] in _ORGANISATIONS]


def f1(alerts: list[bool], truth: list[bool]) -> float:
    """Return the F1 of alerts."""
    hits = sum(alert and right for alert, right in zip(alerts, truth, strict=True))
    return 2 * hits / max(1, sum(alerts) + sum(truth))


def _class_lines(data: Queries, found: Answers) -> list[str]:
    scores, right = _scores(found), _right(data, found)
    lines = [f"  {'class':20} {'n':>4}  recall@1 [95%]        at threshold   labels allow"]
    ceilings = {name: row.ceiling for name, row in noise().items()}
    for name, rows in by_class(data).items():
        alert = scores[rows] >= DEFAULT_THRESHOLD
        if data.queries[rows[0]]["target"]:
            low, high = interval(right[rows])
            first = f"{share(right[rows]):.3f} [{low:.2f}, {high:.2f}]"
            both = f"{share(right[rows] & alert):.3f}"
            note = f"{ceilings[name]:.2f}" if name in ceilings else ""
            lines.append(f"  {name:20} {len(rows):4}  {first}    {both}          {note}".rstrip())
        else:
            low, high = interval(alert)
            lines.append(f"  {name:20} {len(rows):4}  false alerts {share(alert):.3f} "
                         f"[{low:.2f}, {high:.2f}]")  # fmt: skip
    return lines


if __name__ == "__main__":
    main()

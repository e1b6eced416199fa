"""Measure extraction: the development corpus and the made set by one scorer, the seeds by theirs.

python tests/eval/extraction.py [SHARED]     prints the tables and every figure

Figures of the made set's blind part are the ones to expect elsewhere: no rule was written on it.
"""

import importlib.util
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from crosstie.documents import read_document
from crosstie.extraction import Extractor
from crosstie.extraction.gold_schema import to_gold
from crosstie.extraction.models import chinese_tagger, english_model

_HERE = Path(__file__).resolve().parent
_RESAMPLES = 200


def _load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


seeds = _load("extraction_seeds", _HERE / "extraction_seeds.py")
outside = _load("extraction_outside", _HERE / "extraction_outside.py")
made = _load("reading_made", _HERE / "reading_made.py")
plain = _load("extraction_plain", _HERE / "extraction_plain.py")
families = _load("extraction_families", _HERE / "extraction_families.py")
kinds_table = _load("extraction_kinds", _HERE / "extraction_kinds.py")
_INTERVALS = (
    "entities.f1", "ties.strict.precision", "ties.strict.recall", "ties.relaxed.f1",
    "status.accuracy", "evidence.iou", "quantities.value_f1",
)  # fmt: skip


def predictions(shared: Path, folder: Path, ids: Sequence[str]) -> Counter[str]:
    """Write one JSON file per development document; return what the verifier rejected."""
    extractor, rejected = Extractor(), Counter[str]()
    for number in ids:
        text = json.loads((shared / f"corpus/dev/docs/{number}.json").read_text("utf-8"))["text"]
        document, articles = read_document(text.encode("utf-8"), name=f"{number}.txt")
        if document.text != text:
            raise AssertionError(f"{number}: the stored text differs from the file's")
        found = [extractor.extract(document, article) for article in articles]
        for extraction in found:
            rejected.update(extraction.rejected)
        gold = to_gold(document, articles, found)
        (folder / f"{number}.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    return rejected


def seed_counts(shared: Path) -> Counter[str]:
    """Return the summed counts of both seed documents."""
    extractor, total = Extractor(), Counter[str]()
    for gold_path in sorted((shared / "corpus/seeds").glob("seed_*.json")):
        gold = json.loads(gold_path.read_text("utf-8"))
        source = shared / "corpus/seeds" / gold["source_file"]
        document, articles = read_document(source.read_bytes(), name=source.name)
        found = [extractor.extract(document, article) for article in articles]
        total.update(seeds.counts(gold, to_gold(document, articles, found)))
    return total


def _flat(score: Mapping[str, Any], prefix: str) -> dict[str, float]:
    ties, entities = score["ties"], score["entities"]["untyped"]
    return {
        f"{prefix}.entities.f1": entities["f1"],
        f"{prefix}.ties.strict.precision": ties["strict"]["p"],
        f"{prefix}.ties.strict.recall": ties["strict"]["r"],
        f"{prefix}.ties.relaxed.f1": ties["relaxed"]["f1"],
        f"{prefix}.status.accuracy": score["status"]["accuracy"] or 0.0,
        f"{prefix}.status.false_live": score["status"]["false_live"]["n"],
        f"{prefix}.evidence.iou": score["evidence"]["mean_iou"] or 0.0,
        f"{prefix}.evidence.verbatim": score["evidence"]["exact_text_rate"] or 0.0,
        f"{prefix}.quantities.value_f1": score["quantities"]["value_only"]["f1"],
        f"{prefix}.quantities.subject_f1": score["quantities"]["subject_and_value"]["f1"],
        f"{prefix}.hard_negatives.spurious": score["hard_negatives"]["spurious_ties"],
    }


def measure(shared: Path) -> dict[str, float]:
    """Return every figure by name; `*.low` and `*.high` bound 95% of resampled document sets."""
    figures: dict[str, float] = {}
    root = shared / "corpus/dev"
    scorer = _load("corpus_score", root / "score.py")
    split = json.loads((root / "split.json").read_text("utf-8"))["dev"]
    language = {n: json.loads((root / f"docs/{n}.json").read_text("utf-8"))["lang"] for n in split}
    with tempfile.TemporaryDirectory() as name:
        rejected = predictions(shared, Path(name), split)
        figures["dev.rejected"] = float(sum(rejected.values()))
        for code in ("en", "zh"):
            ids = [n for n in split if language[n] == code]
            score = scorer.score(ids, str(root), name)
            kinds_table.show(f"dev.{code}", score)
            figures.update(_flat(score, f"dev.{code}"))
            figures.update(_intervals(scorer, ids, root, name, f"dev.{code}"))
        figures.update(_flat(scorer.score(split, str(root), name), "dev.all"))
        figures.update(families.figures(scorer, split, root, Path(name)))
        figures.update(plain.figures(scorer, split, root))
    figures.update(_made(shared))
    figures.update(seeds.figures(seed_counts(shared)))
    figures.update(outside.figures(shared))
    figures.update(speed(shared))
    return figures


def _made(shared: Path) -> dict[str, float]:
    """Return the figures of the made set's parts; nothing is tuned on the blind one."""
    figures: dict[str, float] = {}
    for half in ("dev", "test", "blind"):
        for code in ("en", "zh"):
            score = made.score_made(half, shared, language=code)
            kinds_table.show(f"made.{half}.{code}", score)
            figures.update(_flat(score, f"made.{half}.{code}"))
        figures.update(_flat(made.score_made(half, shared), f"made.{half}.all"))
    return figures


def _intervals(
    scorer: ModuleType, ids: Sequence[str], root: Path, folder: str, prefix: str
) -> dict[str, float]:
    """Bootstrap over documents, with a fixed seed."""
    chance = random.Random(20)
    drawn: dict[str, list[float]] = {}
    for _ in range(_RESAMPLES):
        sample = [chance.choice(ids) for _ in ids]
        flat = _flat(scorer.score(sample, str(root), folder), prefix)
        for name in _INTERVALS:
            drawn.setdefault(f"{prefix}.{name}", []).append(flat[f"{prefix}.{name}"])
    found = {}
    for name, values in drawn.items():
        cuts = statistics.quantiles(values, n=40)
        found[f"{name}.low"], found[f"{name}.high"] = cuts[0], cuts[-1]
    return found


def speed(shared: Path) -> dict[str, float]:
    """Return our speed as a share of the language model's own on the same documents."""
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    for path in sorted((shared / "corpus/dev/docs").glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        texts[raw["lang"]].append(raw["text"])
    return {
        "speed.en.share_of_model": _share(texts["en"], _plain_english),
        "speed.zh.share_of_model": _share(texts["zh"], _plain_chinese),
    }


def _share(texts: Sequence[str], plain: Callable[[Sequence[str]], None]) -> float:
    """Return the model's own time over ours, the best of three each; 1.0 would cost nothing."""
    extractor = Extractor()
    read = [read_document(text.encode("utf-8"), name=f"{n}.txt") for n, text in enumerate(texts)]

    def whole() -> None:
        for document, articles in read:
            for article in articles:
                extractor.extract(document, article)

    ours = min(_seconds(whole) for _ in range(3))
    alone = min(_seconds(lambda: plain(texts)) for _ in range(3))
    return alone / ours


def _plain_english(texts: Sequence[str]) -> None:
    for text in texts:
        english_model()(text)


def _plain_chinese(texts: Sequence[str]) -> None:
    for text in texts:
        chinese_tagger().run(text)


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else _HERE.parents[2] / "shared"
    figures = measure(shared)
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:<{width}}  {value:.3f}")


if __name__ == "__main__":
    main()

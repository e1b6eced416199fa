"""Score the extractor on the made reading set: fictional pages that its rules were not written on.

python -m tests.eval.reading_made [SHARED]     prints the three parts as JSON

The scorer is the development corpus's own, so that figures compare.
"""

import difflib
import importlib.util
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from crosstie.documents import read_document
from crosstie.extraction import Extractor
from crosstie.extraction.gold_schema import to_gold

ROOT = Path(__file__).resolve().parent / "reading_made"
SHARED = Path(__file__).resolve().parents[3] / "shared"


def ids_of(split: str) -> list[str]:
    """Return the document ids of one part, `dev`, `test` or `blind`, or of `all`."""
    parts: dict[str, list[str]] = json.loads((ROOT / "split.json").read_text("utf-8"))
    chosen = list(parts) if split == "all" else [split]
    return sorted(number for part in chosen for number in parts[part])


def score_made(
    split: str, shared: Path = SHARED, *, language: str | None = None
) -> Mapping[str, Any]:
    """Return what the development corpus's scorer says of `dev`, `test`, `blind` or `all`.

    `language` (`en`, `zh`) keeps the documents of one language.
    """
    scorer = _scorer(shared / "corpus/dev/score.py")
    chosen = [n for n in ids_of(split) if language in (None, _json("docs", n)["lang"])]
    with tempfile.TemporaryDirectory() as name:
        root, found = Path(name) / "root", Path(name) / "found"
        for folder in (root / "docs", root / "gold", found):
            folder.mkdir(parents=True)
        extractor = Extractor()
        for number in chosen:
            _write_one(number, extractor, root, found)
        result: Mapping[str, Any] = scorer(chosen, str(root), str(found), True)
        return result


def _write_one(number: str, extractor: Extractor, root: Path, found: Path) -> None:
    """Read one document, and write its text, its gold over that text, and what was extracted."""
    doc, gold = _json("docs", number), _json("gold", number)
    markup = doc.get("html")
    raw, suffix = (markup, "html") if markup else (doc["text"], "txt")
    document, articles = read_document(raw.encode("utf-8"), name=f"{number}.{suffix}")
    if document.text != doc["text"]:
        gold = _moved(gold, doc["text"], document.text)
        doc = {**doc, "text": document.text}
    extracted = to_gold(document, articles, [extractor.extract(document, a) for a in articles])
    for path, value in (
        (root / "docs", doc),
        (root / "gold", gold),
        (found, extracted),
    ):
        (path / f"{number}.json").write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def _moved(gold: Any, old: str, new: str) -> Any:
    """Return gold with its spans moved to where the same characters stand in another text.

    A page's markup is read into a text whose blanks and cell marks are the reader's choice.
    """
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    place = {a + k: b + k for a, b, size in blocks for k in range(size)}

    def move(value: Any) -> Any:
        if isinstance(value, list):
            return [move(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "start" not in value:
            return {key: move(item) for key, item in value.items()}
        kept = [place[at] for at in range(value["start"], value["end"]) if at in place]
        if not kept:
            # What the reader lost counts as missed: no prediction can stand behind the text's end.
            return {**value, "start": len(new), "end": len(new) + len(value["text"])}
        return {**value, "start": kept[0], "end": kept[-1] + 1}

    return move(gold)


def _json(folder: str, number: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((ROOT / folder / f"{number}.json").read_text("utf-8"))
    return value


def _scorer(path: Path) -> Callable[..., Mapping[str, Any]]:
    spec = importlib.util.spec_from_file_location("reading_made_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[..., Mapping[str, Any]] = module.score
    return score


def _report(parts: Iterable[str], languages: Sequence[str | None], shared: Path) -> dict[str, Any]:
    return {
        f"made.{part}.{code or 'all'}": {
            name: value
            for name, value in score_made(part, shared, language=code).items()
            # Of the blind part totals alone are shown: its single documents stay unseen.
            if part != "blind" or name != "per_doc"
        }
        for part in parts
        for code in languages
    }


def main() -> None:
    """Print the figures of the three parts."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    figures = _report(("dev", "test", "blind"), ("en", "zh", None), shared)
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()

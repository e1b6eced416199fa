"""What the extractor gets wrong, by class: counted on every labelled set, shown on the made one.

    python -m tests.eval.failures            print the list
    python -m tests.eval.failures --write    put it into docs/explanation/extraction.md

Examples are quoted from the fictional pages of the made set's first half alone: the other sets are
other people's texts, or are not to be looked at.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from crosstie.documents import read_document
from crosstie.extraction import Extractor
from crosstie.extraction.gold_schema import to_gold
from tests.eval import extraction, reading_made
from tests.eval.gate import SHARED

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "extraction.md"
BEGIN = "<!-- failures: written by `python -m tests.eval.failures --write` -->"
END = "<!-- failures: end -->"
SETS = ("made, first half", "made, second half", "development", "seeds")
_EXAMPLES = 3
_LONGEST = 260
CLASSES = {
    "missed: an end is not found": "a name at one end is not read, or as part of another",
    "missed: over several sentences": "the sentence that states it names an end only by reference",
    "missed: in the layout": "a list, a table or a line break stands between the ends",
    "missed: no pattern": "both ends stand in the sentence, and no pattern knows the phrase",
    "wrong: another kind": "the two are tied, in another way or the other way round",
    "wrong: another end": "the tie is stated of somebody else in the text",
    "wrong: not stated": "nothing of the sort is labelled",
    "status": "the tie is right, and how the text means it is not",
    "name: missed": "a labelled name that is not found",
    "name: wrong": "something taken for a name, or a name with the wrong edges",
    "figure: missed": "a labelled figure that is not found",
    "figure: wrong": "a figure that is not labelled, or of another value",
}
Key = tuple[Any, ...]


@dataclass
class Failures:
    """Counts by class and set, and examples in the words of the made pages."""

    counts: dict[str, dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: str, where: str, example: str) -> None:
        self.counts[kind][where] += 1
        if where == SETS[0]:
            self.examples[kind].append(example)


def measured(shared: Path) -> Failures:
    """Return every failure on the made set, the development corpus and the seeds."""
    scorer = extraction._load("corpus_score", shared / "corpus/dev/score.py")
    found = Failures()
    for where, text, gold, predicted in _documents(shared):
        _Comparison(scorer, text, gold, predicted).into(found, where)
    return found


def _documents(shared: Path) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    extractor = Extractor()
    for half, where in (("dev", SETS[0]), ("test", SETS[1])):
        for number in reading_made.ids_of(half):
            doc, gold = reading_made._json("docs", number), reading_made._json("gold", number)
            suffix, raw = ("html", doc["html"]) if doc.get("html") else ("txt", doc["text"])
            text, predicted = _read(extractor, raw.encode("utf-8"), f"{number}.{suffix}")
            if text != doc["text"]:
                gold = reading_made._moved(gold, doc["text"], text)
            yield where, text, gold, predicted
    root = shared / "corpus/dev"
    for number in json.loads((root / "split.json").read_text("utf-8"))["dev"]:
        doc = json.loads((root / f"docs/{number}.json").read_text("utf-8"))
        gold = json.loads((root / f"gold/{number}.json").read_text("utf-8"))
        text, predicted = _read(extractor, doc["text"].encode("utf-8"), f"{number}.txt")
        yield SETS[2], text, gold, predicted
    for path in sorted((shared / "corpus/seeds").glob("seed_*.json")):
        gold = json.loads(path.read_text("utf-8"))
        source = path.parent / gold["source_file"]
        text, predicted = _read(extractor, source.read_bytes(), source.name)
        yield SETS[3], text, _seed_gold(gold), predicted


def _read(extractor: Extractor, raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    document, articles = read_document(raw, name=name)
    found = [extractor.extract(document, article) for article in articles]
    return document.text, to_gold(document, articles, found)


def _seed_gold(gold: dict[str, Any]) -> dict[str, Any]:
    """Return the part of the seeds' richer gold that compares: names, and core ties by kind."""
    named = [e for e in gold["entities"] if any(m.get("level") == "NAM" for m in e["mentions"])]
    known = {entity["id"] for entity in named}
    ties = [
        {**tie, "status": None}
        for tie in gold["ties"]
        if tie["tier"] == "core" and {tie["subject"], tie["object"]} <= known
    ]
    return {"entities": named, "ties": ties, "quantities": None, "all_ties": gold["ties"]}


class _Comparison:
    """One document's gold against what was extracted."""

    def __init__(
        self, scorer: ModuleType, text: str, gold: dict[str, Any], predicted: dict[str, Any]
    ) -> None:
        self._scorer, self._text = scorer, text
        self._gold, self._predicted = gold, predicted
        resolver = scorer.Resolver(gold["entities"])
        self._owner = {e["id"]: resolver.ent(e) for e in predicted["entities"]}
        self._name = {e["id"]: e["name"] for e in gold["entities"]}
        self._said = {e["id"]: e["name"] for e in predicted["entities"]}
        self._wanted: dict[Key, list[dict[str, Any]]] = defaultdict(list)
        for tie in gold.get("all_ties", gold["ties"]):
            if tie["object"] is not None:
                self._wanted[self._key(tie["subject"], tie["type"], tie["object"])].append(tie)
        self._found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
        for tie in predicted["ties"]:
            ends = [self._owner.get(tie[e]) or "?" + tie[e] for e in ("subject", "object")]
            if ends[0] != ends[1]:
                self._found[self._key(ends[0], tie["type"], ends[1])].append(tie)

    def into(self, found: Failures, where: str) -> None:
        """Add every failure of the document."""
        parts = (self._missed(), self._wrong(), self._status(), self._names(), self._figures())
        for part in parts:
            for kind, example in part:
                found.add(kind, where, example)

    def _key(self, subject: str, kind: str, object: str) -> Key:
        key: Key = self._scorer.key(subject, kind, object)
        return key

    def _missed(self) -> Iterator[tuple[str, str]]:
        pairs = {frozenset(key[0]) for key in self._found}
        owned = {owner for owner in self._owner.values() if owner}
        for tie in self._gold["ties"]:
            if self._key(tie["subject"], tie["type"], tie["object"]) in self._found:
                continue
            ends = {tie["subject"], tie["object"]}
            evidence = self._text[tie["evidence"]["start"] : tie["evidence"]["end"]]
            if frozenset(ends) in pairs:
                # Counted once, as the wrong tie that stands in its place.
                continue
            if not ends <= owned:
                kind = "missed: an end is not found"
            elif not all(self._stands(end, evidence) for end in ends):
                kind = "missed: over several sentences"
            elif "\n" in evidence.strip() or evidence.lstrip()[:1] in "*-•|":
                kind = "missed: in the layout"
            else:
                kind = "missed: no pattern"
            yield kind, self._shown(tie, self._name, evidence)

    def _stands(self, entity: str, evidence: str) -> bool:
        forms = next(e for e in self._gold["entities"] if e["id"] == entity)
        return any(m["text"] in evidence for m in forms["mentions"])

    def _wrong(self) -> Iterator[tuple[str, str]]:
        pairs = {frozenset(key[0]) for key in self._wanted}
        ends = {(key[1], end) for key in self._wanted for end in key[0]}
        for key, ties in self._found.items():
            if key in self._wanted:
                continue
            if frozenset(key[0]) in pairs:
                kind = "wrong: another kind"
            elif any((key[1], end) in ends for end in key[0]):
                kind = "wrong: another end"
            else:
                kind = "wrong: not stated"
            yield kind, self._shown(ties[0], self._said, ties[0]["evidence"]["text"])

    def _status(self) -> Iterator[tuple[str, str]]:
        for key, ties in self._found.items():
            statuses = {tie.get("status") for tie in self._wanted.get(key, [])}
            for tie in ties:
                if statuses and None not in statuses and tie["status"] not in statuses:
                    shown = self._shown(tie, self._said, tie["evidence"]["text"])
                    yield (
                        "status",
                        f"{shown} — read as {tie['status']}, is {'/'.join(sorted(statuses))}",
                    )
                    break

    def _names(self) -> Iterator[tuple[str, str]]:
        owned = {owner for owner in self._owner.values() if owner}
        for entity in self._gold["entities"]:
            if entity["id"] not in owned and entity["mentions"]:
                yield "name: missed", self._around(entity)
        for entity in self._predicted["entities"]:
            if not self._owner[entity["id"]]:
                yield "name: wrong", self._around(entity)

    def _figures(self) -> Iterator[tuple[str, str]]:
        if self._gold["quantities"] is None:
            return
        wanted = [(float(q["value"]), q) for q in self._gold["quantities"]]
        found = [(float(q["value"]), q) for q in self._predicted["quantities"]]
        for kind, own, others in (("missed", wanted, found), ("wrong", found, wanted)):
            left = [value for value, _ in others]
            for value, quantity in own:
                if value in left:
                    left.remove(value)
                    continue
                words = f"**{value:g} {quantity['unit'] or ''}**".replace(" **", "**")
                yield f"figure: {kind}", f"{words}: {_quoted(quantity['evidence']['text'])}"

    def _around(self, entity: dict[str, Any]) -> str:
        at = entity["mentions"][0]["start"]
        line = self._text.rfind("\n", 0, at) + 1
        start = max(line, at - 80)
        end = self._text.find("\n", at)
        words = self._text[start : end if end >= 0 else len(self._text)][:180]
        return f"**{entity['name']}**: {_quoted(words)}"

    def _shown(self, tie: dict[str, Any], names: dict[str, str], evidence: str) -> str:
        ends = [names.get(tie[end], tie[end]) for end in ("subject", "object")]
        return f"**{ends[0]}** `{tie['type']}` **{ends[1]}**: {_quoted(evidence)}"


def _quoted(words: str) -> str:
    line = " ".join(words.split())
    return f"“{line[:_LONGEST]}{'…' if len(line) > _LONGEST else ''}”"


def rendered(found: Failures) -> str:
    """Return the list as Markdown: a table of counts, then examples by class."""
    lines = ["| class | what it is | " + " | ".join(SETS) + " |"]
    lines.append("| --- | --- |" + " ---: |" * len(SETS))
    for kind, what in CLASSES.items():
        numbers = " | ".join(str(found.counts[kind][where]) for where in SETS)
        lines.append(f"| {kind} | {what} | {numbers} |")
    lines += ["", "The seeds' gold labels neither status nor figures in a way that compares here."]
    for kind in CLASSES:
        lines += ["", f"**{kind[0].upper()}{kind[1:]}**", ""]
        chosen = _chosen(found.examples[kind])
        lines += [f"- {example}" for example in chosen] or ["- (none in the first half)"]
    return "\n".join(lines)


def _chosen(examples: Sequence[str]) -> list[str]:
    """Return up to three examples that quote different sentences, spread over the pages."""
    by_quote = {example.split(": “")[-1]: example for example in reversed(examples)}
    distinct = list(by_quote.values())[::-1]
    step = max(1, len(distinct) // _EXAMPLES)
    return distinct[::step][:_EXAMPLES]


def write(found: Failures) -> None:
    """Put the list between its marks in the page."""
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n\n{rendered(found)}\n\n{END}{tail}", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = measured(SHARED)
    if asked.write:
        write(found)
    else:
        print(rendered(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

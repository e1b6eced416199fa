"""Find, among many organisations, those that a name may mean."""

import hashlib
import json
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from crosstie.matching.comparison import compare
from crosstie.matching.names import core_name
from crosstie.ontology.errors import NotFound
from crosstie.ontology.records import Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a name may mean, by which of its names, how likely, and why."""

    id: str
    matched_name: str
    score: float
    reasons: tuple[Reason, ...]


class NameIndex:
    """The names of many organisations, ready to be searched."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self._names = list(names)
        self._keys: dict[str, list[int]] = defaultdict(list)
        for place, (_, name) in enumerate(self._names):
            for key in _keys(name):
                self._keys[key].append(place)

    @classmethod
    def build(
        cls,
        entities: Iterable[tuple[str, Sequence[str]]],
        *,
        progress: Callable[[int], None] | None = None,
    ) -> Self:
        """Index `(id, names)` pairs; `progress` is told how many organisations are read."""
        rows = []
        for number, (key, names) in enumerate(entities, start=1):
            rows += [(key, name) for name in names]
            if progress is not None:
                progress(number)
        return cls(rows)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an index that `save` wrote."""
        file = path / "names.json"
        if not file.is_file():
            raise NotFound("no name index here", where=str(path), remedy="build one and save it")
        return cls([tuple(row) for row in json.loads(file.read_text(encoding="utf-8"))])

    def save(self, path: Path) -> None:
        """Write the index as a folder: aside first, then under its name."""
        aside = path.with_name(f"{path.name}.partial-{os.getpid()}")
        aside.mkdir(parents=True)
        (aside / "names.json").write_text(
            json.dumps(self._names, ensure_ascii=False), encoding="utf-8"
        )
        if path.exists():
            shutil.rmtree(path)
        aside.rename(path)

    @property
    def fingerprint(self) -> str:
        """Return a digest of what is indexed."""
        return hashlib.sha256(json.dumps(self._names).encode()).hexdigest()[:16]

    def __len__(self) -> int:
        return len({key for key, _ in self._names})

    def search(self, name: str, limit: int = 10) -> list[Candidate]:
        """Return the likeliest organisations for a name, best first."""
        shared: Counter[int] = Counter()
        for key in _keys(name):
            for place in self._keys.get(key, ()):
                shared[place] += 1
        best: dict[str, Candidate] = {}
        for place, _ in shared.most_common(200):
            key, matched = self._names[place]
            comparison = compare(name, matched)
            if key not in best or comparison.score > best[key].score:
                best[key] = Candidate(key, matched, comparison.score, comparison.reasons)
        ranked = sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.id))
        return ranked[:limit]

    def search_many(self, names: Sequence[str], limit: int = 10) -> list[list[Candidate]]:
        """Search each of the names; the answers stand in the order of the names."""
        return [self.search(name, limit) for name in names]


def _keys(name: str) -> set[str]:
    core = core_name(name)
    if core.isascii():
        return set(core.split())
    return {core[place : place + 2] for place in range(max(1, len(core) - 1))}

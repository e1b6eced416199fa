"""Find, among many organisations, those that a name may mean."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Self

import numpy as np

from crosstie.matching.candidates import Candidate, settled
from crosstie.matching.engine import storing
from crosstie.matching.engine.arrays import Packed, joined, known_words, letters_of, pack, word_hash
from crosstie.matching.engine.building import Entity, packs
from crosstie.matching.engine.room import Answers, Desk, Found, Known, Room
from crosstie.matching.engine.tables import Asked, Tables, tables_of
from crosstie.matching.names.lexicon import Lexicon, default_lexicon
from crosstie.matching.names.views import views_of
from crosstie.matching.texts import Texts
from crosstie.matching.weights import weights
from crosstie.ontology.errors import InputError

_FORMAT = 3
_MOST_VIEWS = 24
_BATCH = 256
"""Names that are searched in one go."""
_SPARE = 2
"""Candidates looked at beyond the limit, as a differing number may put one back."""
_TYPICAL = 20_000
"""Names of a typical list: in a smaller index a word is as rare as it would be in one of these."""


class NameIndex:
    """The names of many organisations, ready to be searched; build it, or open a saved one.

    Its arrays are mapped from the file, so that processes that open one index share its memory.
    Threads may share an index; they take turns.
    """

    def __init__(
        self, packed: Packed, tables: Tables, texts: Texts, meta: dict[str, Any], lexicon: Lexicon
    ) -> None:
        self._packed, self._tables, self._texts, self._meta = packed, tables, texts, meta
        self._lexicon = lexicon
        self._turn = Lock()
        self._room: Room | None = None
        self._found_views = Found.of(_MOST_VIEWS)
        self._desk = Desk.of(0)

    @classmethod
    def build(
        cls,
        entities: Iterable[Entity],
        *,
        progress: Callable[[int], None] | None = None,
        lexicon: Lexicon | None = None,
    ) -> Self:
        """Index `(id, names)` pairs; `progress` is told how many organisations are read."""
        words = lexicon or default_lexicon()
        ids: list[str] = []
        names: list[str] = []
        owners: list[int] = []
        digest = hashlib.sha256(words.digest.encode())
        vocabulary: dict[str, int] = {}
        parts: list[Packed] = [pack([], {})]
        for chunk, part, local in packs(entities, words):
            numbers = [vocabulary.setdefault(word, len(vocabulary)) for word in local]
            parts.append(part.renumbered(np.array(numbers or [0], np.int32), len(names)))
            for key, row in chunk:
                digest.update(f"{key}\0{row}".encode(errors="replace"))
                owners += [len(ids)] * len(row)
                names += row
                ids.append(key)
            if progress is not None:
                progress(len(ids))
        packed = joined(parts)
        parts.clear()
        packed, tables = tables_of(packed, vocabulary, owners, max(len(names), _TYPICAL), words)
        meta = {"format": _FORMAT, "entities": len(ids), "names": len(names),
                "widest": packed.widest, "lexicon": words.digest,
                "fingerprint": digest.hexdigest()[:16]}  # fmt: skip
        return cls(packed, tables, Texts.of(ids, names, tables.entity), meta, words)

    def save(self, path: Path) -> None:
        """Write the index as a folder: aside first, then under its name.

        Raises OSError when there is no room for it; an older index there then stays as it was.
        """
        groups = {"packed": self._packed._asdict(), "tables": self._tables._asdict(),
                  "texts": self._texts.arrays()}  # fmt: skip
        arrays = {f"{group}-{name}": values for group, named in groups.items()
                  for name, values in named.items()}  # fmt: skip
        storing.save(path, arrays, self._meta)

    @classmethod
    def open(cls, path: Path, *, lexicon: Lexicon | None = None) -> Self:
        """Open an index that `save` wrote, mapped into memory.

        Raises NotFound when there is none, InputError when it is damaged, or was built with another
        lexicon or by another version.
        """
        meta = storing.load_meta(path)
        words = lexicon or default_lexicon()
        if meta.get("format") != _FORMAT or meta.get("lexicon") != words.digest:
            raise InputError(
                "the name index was built with another lexicon or version",
                where=str(path),
                remedy="build it again",
            )
        packed = Packed(*(storing.mapped(path, meta, f"packed-{n}") for n in Packed._fields))
        tables = Tables(*(storing.mapped(path, meta, f"tables-{n}") for n in Tables._fields))
        texts = Texts(*(storing.mapped(path, meta, f"texts-{n}") for n in Texts.fields))
        return cls(packed, tables, texts, meta, words)

    @property
    def fingerprint(self) -> str:
        """Return a digest of what is indexed, and with which lexicon."""
        return str(self._meta["fingerprint"])

    def __len__(self) -> int:
        return int(self._meta["entities"])

    def search(self, name: str, limit: int = 10) -> list[Candidate]:
        """Return the likeliest organisations for a name, best first."""
        return self.search_many([name], limit)[0]

    def search_many(self, names: Sequence[str], limit: int = 10) -> list[list[Candidate]]:
        """Search each of the names; the answers stand in the order of the names."""
        found: list[list[Candidate]] = []
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            # The loops work in arrays of the index, so that two threads must take turns.
            with self._turn:
                answers, _ = self._answers(batch, limit + _SPARE)
            count = answers.count.tolist()
            rows = zip(batch, count, *(part.tolist() for part in answers[1:]), strict=True)
            found += [self._candidates(name, limit, *row) for name, *row in rows]
        return found

    def _answers(self, names: Sequence[str], most: int) -> tuple[Answers, int]:
        """Return the best entities of each name, and how many views the last name found."""
        ids: dict[str, int] = {}
        views = [views_of(name, self._lexicon)[:_MOST_VIEWS] for name in names]
        query = pack(enumerate(views), ids)
        answers = Answers.of(len(names), most)
        if not query.size or not self._packed.size:
            return answers, 0
        # The compiler takes a second to import: only who searches waits for it.
        from crosstie.matching.engine.search import search

        letters = letters_of(list(ids))
        ptr = np.cumsum([0, *map(len, views)], dtype=np.int32)
        asked = Asked(ptr, np.array([*map(word_hash, ids)], np.uint64),
                      known_words(ids, self._lexicon), letters.ptr, letters.letters)  # fmt: skip
        known = Known.of(len(ids), query.size, len(query.kind))
        if self._room is None:
            self._room = Room.of(self._packed.size, _MOST_VIEWS)
        widest = max(query.widest, int(self._meta["widest"]))
        if widest > self._desk.spare.shape[1]:
            self._desk = Desk.of(widest)
        return answers, search(
            self._tables, self._packed, asked, query, known, self._desk, self._room, weights(),
            self._found_views, answers,
        )  # fmt: skip

    def _found(self, name: str) -> tuple[Any, Any, Any, Any]:
        """Return views of the index, their scores, families and feature rows for a name."""
        _, count = self._answers([name], _SPARE)
        view, score, family, row = self._found_views
        return view[:count], score[:count], family[:count], row[:count]

    def _candidates(
        self,
        asked: str,
        limit: int,
        count: int,
        entities: list[int],
        names: list[int],
        scores: list[float],
        alike: list[bool],
    ) -> list[Candidate]:
        """Return the candidates for a name, their scores settled by the names as written."""
        found = []
        for place in range(count):
            matched = self._texts.name(names[place])
            score = settled(asked, matched, min(scores[place], 0.999), alike=alike[place])
            key = self._texts.id(entities[place])
            found.append(Candidate(key, matched, score, asked, self._lexicon))
        found.sort(key=lambda candidate: (-candidate.score, candidate.id))
        return found[:limit]

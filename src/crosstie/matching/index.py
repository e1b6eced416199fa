"""Find, among many organisations, those that a name may mean."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Self

import numpy as np

from crosstie.matching.candidates import Candidate, numbers_of, settled
from crosstie.matching.engine import storing
from crosstie.matching.engine.arrays import (
    Packed,
    joined,
    known_words,
    letters_of,
    make_read_only,
    pack,
    word_hash,
)
from crosstie.matching.engine.building import Entity, packs
from crosstie.matching.engine.room import KEPT, Answers, Desk, Found, Kept, Known, Room
from crosstie.matching.engine.tables import Tables, tables_of
from crosstie.matching.names.lexicon import Lexicon, default_lexicon
from crosstie.matching.names.views import views_of
from crosstie.matching.names.wholes import whole_of
from crosstie.matching.texts import Texts
from crosstie.matching.weights import weights
from crosstie.ontology.errors import InputError

_FORMAT = 4
_MOST_VIEWS = 24
_BATCH = 128
"""Names that are searched in one go."""
_MOST = 0.999
"""The most for names that are not the same as written."""
_LEAST_SURE = 0.8
"""The score from which the whole of a part that is asked for is taken for found."""
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
        self._desk = Desk.of(int(meta["widest"]))

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

    def search_many(
        self, names: Sequence[str], limit: int = 10, *, wholes: bool = False
    ) -> list[list[Candidate]]:
        """Search each of the names; the answers stand in the order of the names.

        With `wholes` a name that gives the whole that it is a part of, as 'School of Law, Yunmen
        University' does, is answered with that whole too, as a possible match.
        """
        found = self._searched(names, limit)
        if not wholes:
            return found
        parts = {n: whole for n, name in enumerate(names) if (whole := whole_of(name)) is not None}
        answers = self._searched(list(parts.values()), limit)
        for number, row in zip(parts, answers, strict=True):
            known = {candidate.id for candidate in found[number] if candidate.score >= _LEAST_SURE}
            more = [c.as_whole_of(names[number]) for c in row
                    if c.score >= _LEAST_SURE and c.id not in known]  # fmt: skip
            kept = {candidate.id for candidate in more}
            rest = [candidate for candidate in found[number] if candidate.id not in kept]
            both = sorted([*rest, *more], key=lambda c: (-c.score, c.id, c.matched_name))
            found[number] = both[:limit]
        return found

    def _searched(self, names: Sequence[str], limit: int) -> list[list[Candidate]]:
        found: list[list[Candidate]] = []
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            # The loops work in arrays of the index, so that two threads must take turns.
            with self._turn:
                answers = self._ranked(*self._compared(batch), limit + _SPARE)
            rows = zip(batch, answers.count.tolist(), answers.entity.tolist(),
                       answers.score.tolist(), strict=True)  # fmt: skip
            found += [self._candidates(limit, *row) for row in rows]
        return found

    def _compared(self, names: Sequence[str]) -> tuple[Any, Found]:
        """Compare names with the views of the index that they may mean.

        The pairs found for name n are those from `ptr[n]` to `ptr[n + 1]`.
        """
        # The compiler takes a second to import: only who searches waits for it.
        from crosstie.matching.engine.lookup import resolve, retrieve
        from crosstie.matching.engine.search import score

        ids: dict[str, int] = {}
        views = [views_of(name, self._lexicon)[:_MOST_VIEWS] for name in names]
        query = pack(enumerate(views if len(self) else ()), ids)
        hashes = np.array([*map(word_hash, ids)], np.uint64)
        letters = letters_of(list(ids))
        known, kept = Known.of(len(ids)), Kept.of(query.size, len(query.kind))
        t, room = self._tables, self._working_room()
        resolve(
            query.views, query.word, query.place, query.kind, hashes,
            known_words(ids, self._lexicon), *letters, t.hash_ptr, t.hash, t.hash_word, t.flag,
            t.deleted_ptr, t.deleted, t.deleted_word, t.letter_ptr, t.letters, t.sign, *known,
        )  # fmt: skip
        retrieve(
            query.views, query.word, query.place, query.weight, query.kind, known.number,
            known.near_count, known.near_word, known.near_gain, t.rarity, t.post_ptr, t.post,
            self._packed.views, t.view_weight, *room, *kept,
        )  # fmt: skip
        make_read_only((*known, *kept))
        found = Found.of(int(kept.count.sum()))
        score(
            query.views, query.word, query.place, kept.weight, query.kind, query.number, query.text,
            known.number, known.flag, *letters, known.sign, *self._packed, t.flag, t.letter_ptr,
            t.letters, t.sign, t.rarity, t.near_key, t.near_value, weights(), kept.view, kept.count,
            *self._desk_for(query), *found,
        )  # fmt: skip
        counts, ptr = iter(kept.count.tolist()), [0]
        for row in views:
            ptr.append(ptr[-1] + sum(islice(counts, len(row))))
        return np.array(ptr, np.int64), found

    def _working_room(self) -> Room:
        if self._room is None:
            self._room = Room.of(self._packed.size)
        return self._room

    def _desk_for(self, query: Packed) -> Desk:
        # No view has more words or slots than all of them together.
        room = self._desk.signed.shape[1]
        if max(len(query.word), len(query.kind)) > room and query.widest > room:
            self._desk = Desk.of(query.widest)
        return self._desk

    def _ranked(self, ptr: Any, found: Found, most: int) -> Answers:
        from crosstie.matching.engine.search import rank

        answers = Answers.of(len(ptr) - 1, most, KEPT * _MOST_VIEWS)
        rank(ptr, self._packed.views, self._tables.entity, found.view, found.score, found.row,
             *answers)  # fmt: skip
        return answers

    def _found(self, name: str) -> tuple[Any, Any, Any, Any]:
        """Return views of the index, their scores, families and feature rows for a name."""
        _, found = self._compared([name])
        return found.view, found.score, found.family, found.row

    def _candidates(
        self, limit: int, asked: str, count: int, rows: list[list[int]], scores: list[float]
    ) -> list[Candidate]:
        """Return the candidates for a name, their scores settled by the names as written."""
        texts, lexicon, numbers = self._texts, self._lexicon, numbers_of(asked)
        found: list[tuple[float, str, str]] = []
        for entity, name, alike, score in zip(*rows, scores, strict=True):
            if len(found) == count:
                break
            matched = texts.name(name)
            value = score if score < _MOST else _MOST
            if alike or numbers:
                value = settled(asked, matched, value, alike=alike > 0, numbers=numbers)
            found.append((-value, texts.id(entity), matched))
        found.sort()
        return [
            Candidate(key, matched, -value, asked, lexicon) for value, key, matched in found[:limit]
        ]

"""Find, among many organisations, those that a name may mean."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Self

import numpy as np

from crosstie.matching.candidates import (
    Candidate,
    conflict,
    numbers_of,
    same_core,
    same_name,
)
from crosstie.matching.engine.arrays import (
    Letters,
    Packed,
    joined,
    known_words,
    letters_of,
    near_tables,
    pack,
    rarities,
    weigh,
    word_hash,
)
from crosstie.matching.engine.features import FEATURES
from crosstie.matching.engine.search import KEPT, Tables, deletions, search
from crosstie.matching.names.lexicon import Lexicon, default_lexicon
from crosstie.matching.names.views import View, views_of
from crosstie.matching.texts import Texts
from crosstie.matching.weights import weights
from crosstie.ontology.errors import InputError, NotFound

_FORMAT = 2
_CHUNK = 20_000
_MOST_VIEWS = 24
_SPARE = 2
"""Candidates looked at beyond the limit, as a differing number may put one back."""
_LETTERS = FEATURES.index("letters_alike")
_MAY_BE_SAME = 0.9
"""How alike the letters of two names must be for them to be looked at as written."""
_SAME_CORE = 0.97
_TYPICAL = 20_000
"""Names of a typical list: in a smaller index a word is as rare as it would be in one of these."""
Entity = tuple[str, Sequence[str]]


class NameIndex:
    """The names of many organisations, ready to be searched; build it, or open a saved one.

    Its arrays are mapped from the file, so that processes that open one index share its memory.
    """

    def __init__(
        self, packed: Packed, tables: Tables, texts: Texts, meta: dict[str, Any], lexicon: Lexicon
    ) -> None:
        self._packed, self._tables, self._texts, self._meta = packed, tables, texts, meta
        self._lexicon = lexicon
        self._turn = Lock()
        views = len(packed.sort)
        self._gain = np.zeros(views, np.float32)
        self._touched = np.empty(min(views, 400_000) + 1, np.int32)
        room = KEPT * _MOST_VIEWS
        self._out = np.empty(room, np.int32)
        self._scores = np.empty(room, np.float64)
        self._rows = np.empty((room, weights().shape[1]), np.float64)
        self._families = np.empty(room, np.int32)

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
        parts: list[Packed] = []
        for part, chunk, local in _packs(_chunks(entities), words):
            for key, row in chunk:
                digest.update(f"{key}\0{row}".encode(errors="replace"))
                owners += [len(ids)] * len(row)
                names += row
                ids.append(key)
            numbers = [vocabulary.setdefault(word, len(vocabulary)) for word in local]
            offset = len(names) - sum(len(row) for _, row in chunk)
            remap = np.array(numbers or [0], dtype=np.int32)
            parts.append(part._replace(word=remap[part.word], owner=part.owner + offset))
            if progress is not None:
                progress(len(ids))
        packed = joined(parts) if parts else pack([], vocabulary)
        packed, tables = _tables(packed, vocabulary, max(len(names), _TYPICAL), words)
        meta = {"format": _FORMAT, "entities": len(ids), "names": len(names),
                "lexicon": words.digest, "fingerprint": digest.hexdigest()[:16]}  # fmt: skip
        return cls(packed, tables, Texts.of(ids, names, owners), meta, words)

    def save(self, path: Path) -> None:
        """Write the index as a folder: aside first, then under its name."""
        aside = path.with_name(f"{path.name}.partial-{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        _write(aside, "packed", self._packed._asdict())
        _write(aside, "tables", self._tables._asdict())
        _write(aside, "texts", self._texts.arrays())
        (aside / "index.json").write_text(json.dumps(self._meta), encoding="utf-8")
        old = path.with_name(f"{path.name}.old-{os.getpid()}")
        if path.exists():
            path.rename(old)
        aside.rename(path)
        shutil.rmtree(old, ignore_errors=True)

    @classmethod
    def open(cls, path: Path, *, lexicon: Lexicon | None = None) -> Self:
        """Open an index that `save` wrote, mapped into memory.

        Raises NotFound when there is none, InputError when it was built with another lexicon.
        """
        file = path / "index.json"
        if not file.is_file():
            raise NotFound("no name index here", where=str(path), remedy="build one and save it")
        meta = json.loads(file.read_text(encoding="utf-8"))
        words = lexicon or default_lexicon()
        if meta.get("format") != _FORMAT or meta.get("lexicon") != words.digest:
            raise InputError(
                "the name index was built with another lexicon or version",
                where=str(path),
                remedy="build it again",
            )
        packed = Packed(*_mapped(path, "packed", Packed._fields))
        tables = Tables(*_mapped(path, "tables", Tables._fields))
        texts = Texts(*_mapped(path, "texts", Texts.fields))
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
        answers = []
        for name in names:
            # The loops work in arrays of the index, so that two threads must take turns.
            with self._turn:
                views, scores, _, rows = self._found(name)
                answers.append(self._ranked(name, views, scores, rows[:, _LETTERS], limit))
        return answers

    def _found(self, name: str) -> tuple[Any, Any, Any, Any]:
        """Return views of the index, their scores, families and feature rows for a name."""
        ids: dict[str, int] = {}
        views: list[View] = views_of(name, self._lexicon)[:_MOST_VIEWS]
        query = pack([(0, views)], ids)
        count = 0
        if views and len(self):
            hashes = np.array([word_hash(word) for word in ids], dtype=np.uint64)
            count = search(
                self._tables, self._packed, query, letters_of(list(ids)), hashes,
                known_words(ids, self._lexicon), (0, len(views)), weights(), self._gain,
                self._touched, self._out, self._scores, self._rows, self._families,
            )  # fmt: skip
        return (self._out[:count], self._scores[:count], self._families[:count],
                self._rows[:count])  # fmt: skip

    def _ranked(
        self, name: str, views: Any, scores: Any, letters: Any, limit: int
    ) -> list[Candidate]:
        owners = self._packed.owner[views]
        entities = self._texts.owner[owners].tolist()
        best: dict[int, tuple[float, int, bool]] = {}
        for entity, owner, score, alike in zip(
            entities, owners.tolist(), scores.tolist(), (letters > _MAY_BE_SAME).tolist(),
            strict=True,
        ):  # fmt: skip
            old = best.get(entity)
            if old is None:
                best[entity] = (score, owner, alike)
            elif (alike, score) > (old[2], old[0]):
                best[entity] = (max(score, old[0]), owner, alike)
            elif score > old[0]:
                best[entity] = (score, old[1], old[2])
        top = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[: limit + _SPARE]
        numbers = numbers_of(name)
        found = []
        for entity, (score, owner, alike) in top:
            matched = self._texts.name(owner)
            value = _settled(name, matched, min(score, 0.999), alike, numbers)
            found.append(Candidate(self._texts.id(entity), matched, value, name, self._lexicon))
        found.sort(key=lambda candidate: (-candidate.score, candidate.id))
        return found[:limit]


def _settled(name: str, matched: str, score: float, alike: bool, numbers: frozenset[str]) -> float:
    """Return the score, settled where the written names leave no doubt."""
    if alike and same_name(name, matched):
        return 1.0
    if numbers and conflict(numbers, numbers_of(matched)):
        return min(score, 0.01)
    if alike and score < _SAME_CORE and same_core(name, matched):
        return _SAME_CORE
    return score


def _write(folder: Path, group: str, arrays: dict[str, Any]) -> None:
    for name, values in arrays.items():
        np.save(folder / f"{group}-{name}.npy", np.asarray(values))


def _mapped(folder: Path, group: str, names: Sequence[str]) -> list[Any]:
    return [_frozen(np.load(folder / f"{group}-{name}.npy", mmap_mode="r")) for name in names]


def _frozen(values: Any) -> Any:
    """Return a plain read-only array over the same memory: one type for the compiled loops."""
    plain = np.asarray(values).view(np.ndarray)
    plain.flags.writeable = False
    return plain


def _chunks(entities: Iterable[Entity]) -> Iterator[list[tuple[str, list[str]]]]:
    rows = iter(entities)
    while chunk := [(key, list(names)) for key, names in islice(rows, _CHUNK)]:
        yield chunk


def _pack_chunk(
    chunk: list[tuple[str, list[str]]], lexicon: Lexicon | None
) -> tuple[Packed, list[str]]:
    words = lexicon or default_lexicon()
    ids: dict[str, int] = {}
    names = [name for _, row in chunk for name in row]
    packed = pack(((place, views_of(name, words)) for place, name in enumerate(names)), ids)
    return packed, list(ids)


def _packs(
    chunks: Iterator[list[tuple[str, list[str]]]], lexicon: Lexicon
) -> Iterator[tuple[Packed, list[tuple[str, list[str]]], list[str]]]:
    """Pack chunks in order, on several processors when there is more than one chunk."""
    first = list(islice(chunks, 2))
    if len(first) < 2:
        for chunk in first:
            packed, local = _pack_chunk(chunk, lexicon)
            yield packed, chunk, local
        return
    shipped = None if lexicon is default_lexicon() else lexicon
    workers = min(4, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers) as pool:
        waiting = [(pool.submit(_pack_chunk, chunk, shipped), chunk) for chunk in first]
        while waiting:
            job, chunk = waiting.pop(0)
            for following in islice(chunks, workers + 1 - len(waiting)):
                waiting.append((pool.submit(_pack_chunk, following, shipped), following))
            packed, local = job.result()
            yield packed, chunk, local


def _tables(
    packed: Packed, vocabulary: dict[str, int], names: int, lexicon: Lexicon
) -> tuple[Packed, Tables]:
    words = list(vocabulary)
    size = max(len(words), 1)
    views = np.repeat(np.arange(len(packed.sort), dtype=np.int32), np.diff(packed.word_ptr))
    post_ptr, post = _postings(packed.word, views, size)
    rarity = rarities(np.diff(post_ptr), names)
    packed = weigh(packed, rarity)
    totals: Any = np.zeros(0)
    if len(views):
        totals = np.add.reduceat(packed.slot_weight, packed.slot_ptr[:-1])
    hashes = np.array([word_hash(word) for word in words], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    letters = letters_of(words)
    deleted, deleted_word = _deletion_table(letters)
    keys, values, flags = near_tables(vocabulary, np.diff(post_ptr), lexicon)
    tables = Tables(
        hash_sorted=hashes[order], hash_word=order.astype(np.int32), letter_ptr=letters.ptr,
        letters=letters.letters, rarity=rarity, near_key=keys, near_value=values, word_flag=flags,
        post_ptr=post_ptr, post=post, deleted=deleted, deleted_word=deleted_word,
        view_weight=np.asarray(totals, dtype=np.float32),
    )  # fmt: skip
    return Packed(*map(_frozen, packed)), Tables(*map(_frozen, tables))


def _postings(word: Any, view: Any, size: int) -> tuple[Any, Any]:
    """Return, for each word, the views that have it, once each."""
    key = np.unique(word.astype(np.int64) * (int(view[-1]) + 1 if view.size else 1) + view)
    width = int(view[-1]) + 1 if view.size else 1
    counts = np.bincount(key // width, minlength=size)
    ptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return ptr, (key % width).astype(np.int32)


def _deletion_table(letters: Letters) -> tuple[Any, Any]:
    lengths = np.diff(letters.ptr)
    room = int(((lengths + 1) * (lengths >= 4)).sum())
    hashes = np.empty(room, dtype=np.uint64)
    owners = np.empty(room, dtype=np.int32)
    count = deletions(letters.ptr, letters.letters, hashes, owners)
    order = np.argsort(hashes[:count], kind="stable")
    return hashes[:count][order], owners[:count][order]

"""Read the names of many organisations and pack them, on several processors."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from crosstie.matching.engine.arrays import Packed, pack
from crosstie.matching.names.lexicon import Lexicon, default_lexicon
from crosstie.matching.names.views import views_of

_CHUNK = 20_000
_MOST_WORKERS = 4
Entity = tuple[str, Sequence[str]]
Chunk = list[tuple[str, list[str]]]


def packs(
    entities: Iterable[Entity], lexicon: Lexicon
) -> Iterator[tuple[Chunk, Packed, list[str]]]:
    """Yield the entities chunk by chunk, in order, with their views packed and their words.

    A view's owner is the number of its name in the chunk. A single chunk is packed in this
    process, more by several.
    """
    chunks = _chunks(entities)
    first = list(islice(chunks, 2))
    if len(first) < 2:
        for chunk in first:
            yield chunk, *_pack_chunk(chunk, lexicon)
        return
    shipped = None if lexicon is default_lexicon() else lexicon
    workers = min(_MOST_WORKERS, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers) as pool:
        waiting = [(pool.submit(_pack_chunk, chunk, shipped), chunk) for chunk in first]
        while waiting:
            job, chunk = waiting.pop(0)
            for following in islice(chunks, workers + 1 - len(waiting)):
                waiting.append((pool.submit(_pack_chunk, following, shipped), following))
            yield chunk, *job.result()


def _chunks(entities: Iterable[Entity]) -> Iterator[Chunk]:
    rows = iter(entities)
    while chunk := [(key, list(names)) for key, names in islice(rows, _CHUNK)]:
        yield chunk


def _pack_chunk(chunk: Chunk, lexicon: Lexicon | None) -> tuple[Packed, list[str]]:
    words = lexicon or default_lexicon()
    ids: dict[str, int] = {}
    names = [name for _, row in chunk for name in row]
    packed = pack(((place, views_of(name, words)) for place, name in enumerate(names)), ids)
    return packed, list(ids)

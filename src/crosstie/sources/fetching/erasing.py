"""Take a page out of the archive and the cache, where a person decided that it be forgotten."""

import shutil
import zlib
from collections.abc import Collection
from pathlib import Path

from crosstie.sources.fetching.archive import hashing_writer
from crosstie.sources.fetching.cache import cached_folders

_DIGEST = "WARC-Payload-Digest"


def erase(folder: Path, *, urls: Collection[str], sha256: str) -> int:
    """Erase what was fetched from these addresses, or has this hash; return how many records.

    A file of the archive that holds any of it is written anew without; a stop in the middle leaves
    the old file or the new one.
    """
    for cached, address, held in cached_folders(folder / "cache"):
        if address in urls or held == sha256:
            shutil.rmtree(cached)
    return sum(_rewritten(path, set(urls), sha256) for path in sorted(folder.glob("*.warc.gz")))


def _rewritten(path: Path, urls: set[str], sha256: str) -> int:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    erased = 0
    target = path.with_name(f"{path.name}.erasing")
    with path.open("rb") as stream, target.open("wb") as out:
        writer = hashing_writer(out)
        try:
            for record in ArchiveIterator(stream):
                head = record.rec_headers
                url, digest = head.get_header("WARC-Target-URI"), head.get_header(_DIGEST)
                if url in urls or digest == f"sha256:{sha256}":
                    erased += 1
                else:
                    writer.write_record(record)
        except (ArchiveLoadFailed, EOFError, zlib.error):
            # The last record of a run that was killed: no program can read it.
            erased += 1
    if erased:
        target.replace(path)
    else:
        target.unlink()
    return erased

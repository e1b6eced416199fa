"""Replies kept on disk, so that a run that is stopped, or run again, asks nothing twice."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from crosstie.ontology.ids import content_id


class Kept(msgspec.Struct, frozen=True):
    """A reply as it came, and what it cost then. One that was cut off is known to be so."""

    content: str
    tokens_in: int
    tokens_out: int
    whole: bool = True


def default_cache() -> Path:
    """Return the folder of replies in the user's cache folder."""
    return user_cache_path("crosstie") / "replies"


@dataclass(frozen=True, slots=True)
class ReplyCache:
    """A folder of replies, one folder a document, so that forgetting one has one place to clean."""

    folder: Path

    @staticmethod
    def key(*parts: str) -> str:
        """Return the name of a reply: what was asked, of which model, in which form."""
        return content_id("rep", *parts)

    def get(self, document_id: str, key: str) -> Kept | None:
        """Return a reply that was kept; a file that holds none is as good as absent."""
        try:
            return msgspec.json.decode(self._path(document_id, key).read_bytes(), type=Kept)
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, document_id: str, key: str, kept: Kept) -> None:
        """Keep a reply whole or not at all. A disk that takes nothing only costs the next run."""
        path = self._path(document_id, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        except OSError:
            return
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(kept))
            partial.replace(path)
        except OSError:
            partial.unlink(missing_ok=True)

    def forget(self, document_id: str) -> None:
        """Remove every reply about a document."""
        shutil.rmtree(self.folder / document_id, ignore_errors=True)

    def _path(self, document_id: str, key: str) -> Path:
        return self.folder / document_id / f"{key}.json"

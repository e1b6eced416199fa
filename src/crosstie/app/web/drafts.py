"""What was uploaded and is not screened yet: kept in memory, a while and a few, under a secret key.

A file of partners never touches the disk of the server.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from crosstie.ontology.errors import NotFound

_HOUR = 3_600.0
_MOST_DRAFTS = 40
_MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A file or pasted names; `name` is the file's, "" for pasted ones."""

    key: str
    name: str
    raw: bytes

    @property
    def text(self) -> str:
        """Return pasted names."""
        return self.raw.decode("utf-8")


class Drafts:
    """Keep drafts for an hour; the oldest make way."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Draft]] = OrderedDict()

    def keep(self, name: str, raw: bytes) -> Draft:
        """Keep bytes under a new key."""
        draft = Draft(secrets.token_urlsafe(16), name, raw)
        self._kept[draft.key] = (self._clock() + _HOUR, draft)
        while len(self._kept) > _MOST_DRAFTS or self._bytes() > _MOST_BYTES:
            self._kept.popitem(last=False)
        return draft

    def find(self, key: str) -> Draft:
        """Return a draft. Raises NotFound where it is over an hour old, or never was."""
        until, draft = self._kept.get(key, (0.0, None))
        if draft is None or until < self._clock():
            self._kept.pop(key, None)
            raise NotFound(
                "what was uploaded is kept for an hour, and is gone", remedy="upload it again"
            )
        return draft

    def _bytes(self) -> int:
        return sum(len(draft.raw) for _, draft in self._kept.values())


def drafts_of(request: Request) -> Drafts:
    """Return the uploads that the application keeps."""
    drafts = request.app.state.drafts
    assert isinstance(drafts, Drafts)
    return drafts

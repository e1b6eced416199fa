"""Keep what was asked and what was answered as WARC, so that evidence outlives the page."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from crosstie.sources.fetching.addresses import discreet
from crosstie.sources.fetching.cache import Archived, Entry
from crosstie.sources.fetching.limits import USER_AGENT

_NOT_MODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
# The archive holds the answer without the framing in which it travelled.
_FRAMING = {"transfer-encoding": "X-Orig-Transfer-Encoding"}
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the head of its answer, as they went over the wire."""

    url: str
    at: str
    target: str
    asked: Headers
    status: int
    reason: str
    version: str
    answered: Headers


class Archive:
    """A folder of WARC files, one for each run that fetched something.

    Nothing is ever changed in a file of an earlier run, so that a run that is killed while it
    writes can damage no more than the last record of its own.
    """

    def __init__(self, folder: Path, *, now: Callable[[], str]) -> None:
        self._folder, self._now = folder, now
        self._path: Path | None = None

    def holds(self, archived: Archived) -> bool:
        """Return whether a file of the archive is still there."""
        return (self._folder / archived.file).is_file()

    def answer(
        self, exchange: Exchange, payload: Path | bytes, *, start: int = 0, cut: str = ""
    ) -> Archived:
        """Keep a request and its answer, which is the payload from `start` on.

        `cut` says why that is not the whole of the answer.
        """
        extra = {"WARC-Truncated": cut} if cut else {}
        with _opened(payload, start) as (stream, length):
            return self._pair(exchange, "response", stream, length, extra)

    def same(self, exchange: Exchange, before: Entry) -> Archived:
        """Keep that the answer was the very one that is archived already."""
        return self._revisit(exchange, before, "")

    def not_modified(self, exchange: Exchange, before: Entry) -> Archived:
        """Keep that the server said that nothing had changed."""
        return self._revisit(exchange, before, _NOT_MODIFIED)

    def whole(self, exchange: Exchange, body: Path) -> Archived:
        """Keep a body that arrived in several answers as the one that it is."""
        with _opened(body) as (stream, length), self._writer() as writer:
            media = dict(exchange.answered).get("content-type", "application/octet-stream")
            record = writer.create_warc_record(
                discreet(exchange.url),
                "resource",
                payload=stream,
                length=length,
                warc_content_type=media,
                warc_headers_dict={"WARC-Date": _warc_date(exchange.at)},
            )
            writer.write_record(record)
            return self._archived(record)

    def passed_on(self, exchange: Exchange, *, sha256: str, size: int) -> Archived:
        """Keep that something was fetched, and its hash, where its content is not to be kept."""
        text = f"status: {exchange.status}\r\nsize: {size}\r\nsha256: {sha256}\r\n".encode()
        with self._writer() as writer:
            record = writer.create_warc_record(
                discreet(exchange.url),
                "metadata",
                payload=io.BytesIO(text),
                length=len(text),
                warc_headers_dict={"WARC-Date": _warc_date(exchange.at)},
            )
            writer.write_record(record)
            return self._archived(record)

    def _revisit(self, exchange: Exchange, before: Entry, profile: str) -> Archived:
        extra = {
            "WARC-Refers-To": before.archived.record,
            "WARC-Refers-To-Target-URI": discreet(before.final_url),
            "WARC-Refers-To-Date": _warc_date(before.fetched_at),
            "WARC-Payload-Digest": f"sha256:{before.sha256}",
            "WARC-Profile": profile
            or "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        }
        self._pair(exchange, "revisit", io.BytesIO(), 0, extra)
        return before.archived

    def _pair(
        self, exchange: Exchange, kind: str, stream: IO[bytes], length: int, extra: dict[str, str]
    ) -> Archived:
        from warcio.statusandheaders import StatusAndHeaders

        date = {"WARC-Date": _warc_date(exchange.at)}
        answered = [(_FRAMING.get(n.lower(), n), v) for n, v in exchange.answered]
        with self._writer() as writer:
            response = writer.create_warc_record(
                discreet(exchange.url),
                kind,
                payload=stream,
                length=length,
                http_headers=StatusAndHeaders(
                    f"{exchange.status} {exchange.reason}".strip(),
                    answered,
                    protocol=exchange.version,
                ),
                warc_headers_dict={**date, **extra},
            )
            request = writer.create_warc_record(
                discreet(exchange.url),
                "request",
                http_headers=StatusAndHeaders(
                    f"GET {discreet(exchange.target)} {exchange.version}",
                    exchange.asked,
                    is_http_request=True,
                ),
                warc_headers_dict=date,
            )
            writer.write_request_response_pair(request, response)
            return self._archived(response)

    def _archived(self, record: Any) -> Archived:
        assert self._path is not None
        return Archived(self._path.name, str(record.rec_headers.get_header("WARC-Record-ID")))

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        """Open the run's file at its end; what cannot be written whole is not left in it."""
        path = self._path or self._new_file()
        end = path.stat().st_size
        done = False
        out = path.open("ab")
        try:
            writer = hashing_writer(out)
            if end == 0:
                info = {"software": USER_AGENT, "format": "WARC File Format 1.0"}
                writer.write_record(writer.create_warcinfo_record(path.name, info))
            yield writer
            out.flush()
            os.fsync(out.fileno())
            done = True
        finally:
            with nullcontext() if done else suppress(OSError):
                out.close()
            if not done:
                os.truncate(path, end)

    def _new_file(self) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = "".join(c for c in self._now()[:19] if c.isdigit())
        number = 1
        while True:
            name = f"crosstie-{stamp}-{number:03d}.warc.gz"
            try:
                (self._folder / name).open("xb").close()
            except FileExistsError:
                number += 1
                continue
            self._path = self._folder / name
            return self._path


def hashing_writer(out: IO[bytes]) -> Any:
    """Return warcio's writer, with SHA-256 for its digests."""
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=True)
    writer._create_digester = _Sha256
    return writer


class _Sha256:
    """What the writer hashes with; hexadecimal, so that `sha256sum` says the same."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def update(self, data: bytes) -> None:
        """Take more bytes in."""
        self._digest.update(data)

    def __str__(self) -> str:
        return f"sha256:{self._digest.hexdigest()}"


def _warc_date(at: str) -> str:
    return f"{at[:19]}Z"


@contextmanager
def _opened(payload: Path | bytes, start: int = 0) -> Iterator[tuple[IO[bytes], int]]:
    if isinstance(payload, bytes):
        yield io.BytesIO(payload[start:]), len(payload) - start
        return
    with payload.open("rb") as stream:
        stream.seek(start)
        yield stream, payload.stat().st_size - start

"""Undo the packing in which a server sent an answer unasked, within bounds."""

import zlib
from pathlib import Path

from crosstie.ontology.errors import FetchFailed

_PIECE = 1 << 16
# Text shrinks to a tenth, at best to a fiftieth; a thousandth is a bomb.
_MAX_RATIO = 200
_FREE = 1 << 20


def unpacked(path: Path, encoding: str, *, max_bytes: int, where: str) -> Path:
    """Return the body behind a Content-Encoding: the file itself, or a new one beside it.

    Raises FetchFailed for an encoding that was not asked for, a body that is cut off or a bomb.
    """
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        return path
    if kind not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed(
            "misdeclared",
            f"is packed as `{kind[:40]}`, which was not asked for",
            where=where,
            remedy="fetch it with another program, then load or add the file",
        )
    target = path.with_name("body.unpacked")
    limit = min(max_bytes, max(path.stat().st_size * _MAX_RATIO, _FREE))
    try:
        _unpack(path, target, limit, where)
    except zlib.error as error:
        raise FetchFailed(
            "cut_off", f"is packed and damaged ({error})", where=where, remedy="run it again later"
        ) from error
    return target


def _unpack(path: Path, target: Path, limit: int, where: str) -> None:
    """Unpack gzip or zlib; the head tells which (32 is zlib's word for that)."""
    packer = zlib.decompressobj(zlib.MAX_WBITS | 32)
    size = 0
    with path.open("rb") as packed, target.open("wb") as out:
        while not packer.eof and (piece := packed.read(_PIECE)):
            full = True
            while piece or full:
                data = packer.decompress(piece, _PIECE)
                size += len(data)
                if size > limit:
                    raise FetchFailed(
                        "huge",
                        f"unpacks to more than {limit / 1e6:,.1f} MB, far more than was sent",
                        where=where,
                        remedy="check what stands there; nothing of it was used",
                    )
                out.write(data)
                # What does not fit in one piece waits in the unpacker.
                piece, full = packer.unconsumed_tail, len(data) == _PIECE
    if not packer.eof:
        raise zlib.error("it breaks off")

"""Identifiers made from content: the same content has the same id on every machine."""

import hashlib
from typing import NewType

SourceId = NewType("SourceId", str)
DocumentId = NewType("DocumentId", str)
ArticleId = NewType("ArticleId", str)
MentionId = NewType("MentionId", str)
ClaimId = NewType("ClaimId", str)
JudgementId = NewType("JudgementId", str)
EntityId = NewType("EntityId", str)
TieId = NewType("TieId", str)
RunId = NewType("RunId", str)

# 80 bits: a workspace of 10^8 records meets a collision with probability below 10^-8.
_HEX_DIGITS = 20


def content_id(prefix: str, *parts: str | int | None) -> str:
    """Return `prefix-` and 20 hex digits of a SHA-256 over the parts, in order.

    Each part is length-prefixed, so ("ab", "c") and ("a", "bc") differ; None and "" differ too.
    """
    digest = hashlib.sha256()
    for part in parts:
        raw = b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return f"{prefix}-{digest.hexdigest()[:_HEX_DIGITS]}"


def bytes_digest(raw: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 hex digits."""
    return hashlib.sha256(raw).hexdigest()


def text_digest(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 form as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

"""What every back end is: an article goes in, mentions and verified claims come out."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from crosstie.extraction.claiming import Extraction
from crosstie.ontology.records import Article, Document

GLINER_VERSION = "gliner/1"
LLM_VERSION = "llm/1"
BackEndName = Literal["rules", "gliner", "llm"]


class BackEnd(Protocol):
    """Reads articles. All of them put out the same records, past the same verifier."""

    @property
    def mark(self) -> str:
        """What read a document: back end, version and models. Another mark, another reading."""
        ...

    def extract(self, document: Document, article: Article) -> Extraction:
        """Return the mentions and verified claims of one article. Raises BackEndError."""
        ...


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """Where a language model answers, and within which bounds; an OpenAI-compatible endpoint.

    `url` is the base ("https://host/v1"), the key is sent to it alone and shown nowhere. `prices`
    are money per million tokens in and out; `budget` is in tokens or, with prices, in money.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    cache: Path | None = None
    timeout: float = 120.0
    attempts: int = 5
    prices: tuple[float, float] | None = None
    budget_tokens: int | None = None
    budget_money: float | None = None


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Which back end reads, and with what. Settings are passed in, never read from the machine."""

    name: BackEndName = "rules"
    gliner_model: Path | None = None
    gliner_threshold: float = 0.5
    endpoint: EndpointSettings | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What an endpoint was asked: `cost` is None without prices."""

    requests: int = 0
    from_cache: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    empty_replies: int = 0

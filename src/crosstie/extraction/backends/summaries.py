"""Ask a language model to sum up quotes; what it answers is a proposal, which others verify."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from crosstie.extraction.backends.asking import ask_within
from crosstie.extraction.backends.budget import Budget
from crosstie.extraction.backends.endpoint import Endpoint
from crosstie.extraction.backends.prompt import briefing_prompt
from crosstie.extraction.backends.protocol import EndpointSettings
from crosstie.extraction.backends.replies import unfenced
from crosstie.extraction.backends.reply_cache import Kept, ReplyCache, default_cache
from crosstie.ontology.errors import Unanswered, UsageError

_SCHEMA_VERSION = "summary-1"
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """Sentences with the numbers of the quotes that each cites; `malformed` had no such form."""

    sentences: tuple[tuple[str, tuple[int, ...]], ...]
    malformed: int = 0


class _Sentence(msgspec.Struct):
    text: str
    quotes: list[int]


class _Shape(msgspec.Struct):
    """What is asked for."""

    sentences: list[_Sentence]


class _Outer(msgspec.Struct):
    """What must come at least; each sentence is then read by itself."""

    sentences: list[Any]


class Summariser:
    """A language model that sums up quotes. It is shown the quotes, and nothing else."""

    def __init__(
        self, settings: EndpointSettings, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        if not settings.url or not settings.model:
            raise UsageError(
                "the address or the name of a language model is missing", where="--writer openai",
                remedy="give --endpoint and --model (CROSSTIE_LLM_URL, CROSSTIE_LLM_MODEL)",
            )  # fmt: skip
        self._settings = settings
        self._prompt = briefing_prompt()
        self._endpoint = Endpoint(settings, sleep=sleep, schema=summary_schema())
        self._budget = Budget(settings)
        self._cache = ReplyCache(settings.cache or default_cache())

    @property
    def prompt(self) -> str:
        """Return the version of the prompt."""
        return self._prompt.version

    def close(self) -> None:
        """Close the connections."""
        self._endpoint.close()

    def kept(self, document_id: str, quotes: Sequence[str]) -> Proposal | None:
        """Return what the model once proposed about these quotes of a document, if it was kept."""
        kept = self._cache.get(document_id, self._key(quotes))
        if kept is None:
            return None
        self._budget.note_cached()
        return _read(kept.content)

    def propose(self, document_id: str, quotes: Sequence[str]) -> Proposal:
        """Return what the model proposes, and keep it. Raises BudgetSpent or BackEndError."""
        messages = self._prompt.messages(_data(quotes), date=None)
        for _ in range(_TRIES):
            answer = ask_within(self._budget, self._endpoint, messages)
            proposal = _read(answer.content) if answer.whole else None
            if proposal is not None:
                kept = Kept(answer.content, *(answer.tokens or (0, 0)))
                self._cache.put(document_id, self._key(quotes), kept)
                return proposal
        raise Unanswered(
            f"the model gives no JSON of the wanted form, in {_TRIES} attempts",
            where=self._settings.url, remedy="try another model",
        )  # fmt: skip

    def _key(self, quotes: Sequence[str]) -> str:
        return ReplyCache.key(
            self._prompt.instructions, _data(quotes), self._settings.model, _SCHEMA_VERSION
        )


def summary_schema() -> dict[str, Any]:
    """Return the JSON schema of a reply in the strict form: every key required, no other."""
    schema: dict[str, Any] = msgspec.json.schema(_Shape)
    for definition in schema["$defs"].values():
        definition.pop("description", None)
        definition["additionalProperties"] = False
    return schema


def _data(quotes: Sequence[str]) -> str:
    numbered = [
        {"number": number, "quote": " ".join(quote.split())}
        for number, quote in enumerate(quotes, 1)
    ]
    return msgspec.json.encode(numbered).decode()


def _read(content: str) -> Proposal | None:
    """Return the sentences of a reply; None when the whole is no reply at all."""
    try:
        given = msgspec.json.decode(unfenced(content), type=_Outer).sentences
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    sentences: list[tuple[str, tuple[int, ...]]] = []
    for item in given:
        try:
            read = msgspec.convert(item, _Sentence)
        except msgspec.ValidationError:
            continue
        sentences.append((read.text, tuple(read.quotes)))
    return Proposal(tuple(sentences), malformed=len(given) - len(sentences))

"""The back end that asks a language model; everything it says is looked up in the document."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import msgspec

from crosstie.extraction.backends.asking import ask_within
from crosstie.extraction.backends.budget import Budget
from crosstie.extraction.backends.chunks import halves, passages
from crosstie.extraction.backends.endpoint import Endpoint
from crosstie.extraction.backends.judging import judged
from crosstie.extraction.backends.prompt import Messages, shipped_prompt
from crosstie.extraction.backends.proposals import Proposed
from crosstie.extraction.backends.protocol import LLM_VERSION, EndpointSettings, Usage
from crosstie.extraction.backends.replies import SCHEMA_VERSION, read_reply
from crosstie.extraction.backends.reply_cache import Kept, ReplyCache, default_cache
from crosstie.extraction.claiming import Extraction
from crosstie.extraction.passages import Sentence, sentences
from crosstie.ontology.errors import BackEndError, Unanswered, UsageError
from crosstie.ontology.records import Article, Document

# Characters of a passage: a reply about more than this is often cut off.
_LONGEST = {"zh": 2_000}
_LONGEST_ELSE = 5_000
# A model that answers in no usable form is asked this often.
_TRIES = 3
# So many documents in a row without an answer are no accident.
_MOST_UNANSWERED = 3


class LlmBackEnd:
    """A language model behind the protocol. Safe to be used by several threads at once."""

    def __init__(
        self, settings: EndpointSettings, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        if not settings.url or not settings.model:
            raise UsageError(
                "the address or the name of a language model is missing", where="--extractor llm",
                remedy="set CROSSTIE_LLM_URL and CROSSTIE_LLM_MODEL (and CROSSTIE_LLM_KEY)",
            )  # fmt: skip
        self._settings = settings
        self._prompt = shipped_prompt()
        self._endpoint = Endpoint(settings, sleep=sleep)
        self._budget = Budget(settings)
        self._cache = ReplyCache(settings.cache or default_cache())
        self._lock = threading.Lock()
        self._unanswered = 0

    @property
    def mark(self) -> str:
        """The back end's version, the model and the prompt's version."""
        return f"{LLM_VERSION} {self._settings.model} {self._prompt.version}"

    @property
    def usage(self) -> Usage:
        """Return what the endpoint was asked so far."""
        return self._budget.usage

    def close(self) -> None:
        """Close the connections."""
        self._endpoint.close()

    def extract(self, document: Document, article: Article) -> Extraction:
        """Return the mentions and verified claims of one article.

        Raises BudgetSpent, Unanswered for this document alone, or BackEndError.
        """
        longest = _LONGEST.get(article.language[:2], _LONGEST_ELSE)
        parts = passages(sentences(document, article), longest)
        try:
            found = [p for part in parts for p in self._read(document, article, part)]
        except Unanswered as error:
            raise self._counted(error) from error
        self._unanswered = 0
        return judged(document, article, found, method=self.mark.replace(" ", ":"))

    def _counted(self, error: Unanswered) -> BackEndError:
        with self._lock:
            self._unanswered += 1
            if self._unanswered < _MOST_UNANSWERED:
                return error
        return BackEndError(
            f"{_MOST_UNANSWERED} documents in a row got no usable answer, at last: {error.problem}",
            where=error.where, remedy=error.remedy,
        )  # fmt: skip

    def _read(
        self, document: Document, article: Article, part: Sequence[Sentence]
    ) -> Iterator[Proposed]:
        """Yield what the model proposes about a passage, in halves where its reply is cut off."""
        start, end = part[0].start, part[-1].end
        messages = self._prompt.messages(document.text[start:end], date=article.date)
        key = self._key(messages)
        kept = self._cache.get(document.id, key)
        if kept is not None:
            self._budget.note_cached()
            if kept.whole:
                yield read_reply(kept.content, start, end)
            else:
                yield from self._in_halves(document, article, part)
            return
        for _ in range(_TRIES):
            answer = ask_within(self._budget, self._endpoint, messages)
            if not answer.whole:
                self._cache.put(document.id, key, Kept("", *(answer.tokens or (0, 0)), whole=False))
                yield from self._in_halves(document, article, part)
                return
            try:
                proposed = read_reply(answer.content, start, end)
            except (msgspec.DecodeError, UnicodeEncodeError):
                continue
            tokens = answer.tokens or (0, 0)
            self._cache.put(document.id, key, Kept(answer.content, *tokens))
            if not (proposed.names or proposed.ties or proposed.quantities):
                self._budget.note_empty()
            yield proposed
            return
        raise Unanswered(
            f"the model gives no JSON of the wanted form, in {_TRIES} attempts",
            where=document.name, remedy="try another model",
        )  # fmt: skip

    def _in_halves(
        self, document: Document, article: Article, part: Sequence[Sentence]
    ) -> Iterator[Proposed]:
        both = halves(part)
        if not both:
            raise Unanswered(
                "the model's reply to one sentence is longer than it may be",
                where=document.name, remedy="try another model, or a larger budget",
            )  # fmt: skip
        for half in both:
            yield from self._read(document, article, half)

    def _key(self, messages: Messages) -> str:
        said = [message["content"] for message in messages]
        return ReplyCache.key(*said, self._settings.model, SCHEMA_VERSION)

"""One question to an OpenAI-compatible endpoint: patient, bounded, and discreet with the key."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import msgspec

from crosstie.extraction.backends.prompt import Messages
from crosstie.extraction.backends.protocol import EndpointSettings
from crosstie.extraction.backends.replies import reply_schema
from crosstie.ontology.errors import BackEndError, Unanswered

_MOST_BYTES = 4_000_000
_LONGEST_WAIT = 120.0
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_SHOWN = 200
_HIDDEN = "[key]"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote; `whole` is False when it was cut off at its bound."""

    content: str
    whole: bool
    tokens: tuple[int, int] | None


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Counts(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Counts | None = None


class _TryAgain(Exception):
    """A failure that may pass: what it was, and how long the server asks to wait."""

    def __init__(self, problem: str, wait: float | None = None, *, gone: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.wait, self.gone = problem, wait, gone


class Endpoint:
    """An endpoint under its base address. `sleep` is what waits between attempts.

    `schema` is the form that the reply is asked for in: by default, that of a reading.
    """

    def __init__(
        self,
        settings: EndpointSettings,
        *,
        client: httpx.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,
        schema: dict[str, Any] | None = None,
    ) -> None:
        self._settings = settings
        # A redirect is refused, not followed: the key goes to the address the user gave alone.
        self._client = client or httpx.Client(timeout=settings.timeout, follow_redirects=False)
        self._sleep = sleep
        self._forms: dict[str, list[dict[str, Any]]] = {
            "response_format": [
                {"response_format": _schema_format(schema)},
                {"response_format": {"type": "json_object"}},
                {},
            ],
            "max_tokens": [{"max_tokens": 0}, {"max_completion_tokens": 0}],
            "temperature": [{"temperature": 0}, {}],
        }

    def ask(self, messages: Messages, *, max_tokens: int) -> Answer:
        """Return the model's answer. Raises Unanswered or, if all would fail, BackEndError."""
        waits = 1.0
        for attempt in range(1, self._settings.attempts + 1):
            try:
                return self._once(messages, max_tokens)
            except _TryAgain as failure:
                if attempt == self._settings.attempts:
                    raise self._given_up(failure) from failure
                self._sleep(min(_LONGEST_WAIT, waits if failure.wait is None else failure.wait))
                waits *= 2
        raise AssertionError("the last attempt returns or raises")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _given_up(self, failure: _TryAgain) -> BackEndError:
        kind = BackEndError if failure.gone else Unanswered
        return kind(
            f"{failure.problem}, in {self._settings.attempts} attempts",
            where=self._settings.url,
            remedy="run the command again later; finished documents and answers are kept",
        )

    def _once(self, messages: Messages, max_tokens: int) -> Answer:
        while True:
            status, headers, body = self._post(self._body(messages, max_tokens))
            if status in (400, 422) and self._step_down(body):
                continue
            if status != httpx.codes.OK:
                raise self._refusal(status, headers, body)
            return self._answer(headers, body)

    def _body(self, messages: Messages, max_tokens: int) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self._settings.model, "messages": messages}
        for forms in self._forms.values():
            body.update(forms[0])
        for name in ("max_tokens", "max_completion_tokens"):
            if name in body:
                body[name] = max_tokens
        return body

    def _post(self, body: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        address = self._settings.url.rstrip("/") + "/chat/completions"
        received = bytearray()
        try:
            with self._client.stream(
                "POST", address, content=msgspec.json.encode(body), headers=headers
            ) as response:
                for part in response.iter_bytes():
                    received += part
                    if len(received) > _MOST_BYTES:
                        raise Unanswered(
                            f"the reply is over {_MOST_BYTES / 1e6:.0f} MB",
                            where=self._settings.url, remedy="check what answers there",
                        )  # fmt: skip
                return response.status_code, response.headers, bytes(received)
        except httpx.TimeoutException as error:
            raise _TryAgain(f"no answer in {self._settings.timeout:g} s") from error
        except httpx.TransportError as error:
            raise _TryAgain(f"no connection ({_reason(error)})", gone=True) from error
        except (httpx.InvalidURL, httpx.DecodingError) as error:
            raise BackEndError(
                f"this address cannot be used ({error})", where=self._settings.url,
                remedy="give a base address such as https://host/v1 in CROSSTIE_LLM_URL",
            ) from error  # fmt: skip

    def _step_down(self, body: bytes) -> bool:
        """Leave out, or word otherwise, what the server does not take; False if nothing is left."""
        said = body.decode("utf-8", "replace")
        named = [name for name in self._forms if name in said and len(self._forms[name]) > 1]
        format_left = ["response_format"] if len(self._forms["response_format"]) > 1 else []
        for name in named or format_left:
            self._forms[name] = self._forms[name][1:]
            return True
        return False

    def _refusal(self, status: int, headers: httpx.Headers, body: bytes) -> Exception:
        said = self._discreet(body)
        if status in _AGAIN:
            return _TryAgain(
                f"the server answers {status}{said}", _retry_after(headers), gone=status == 429
            )
        url = self._settings.url
        if 300 <= status < 400:
            return BackEndError(
                f"the server sends on to {headers.get('location', 'another address')!r}", where=url,
                remedy="if that is right, set CROSSTIE_LLM_URL to it; the key was not sent on",
            )  # fmt: skip
        if status in (401, 403):
            return BackEndError(
                f"the server refuses the key ({status}){said}", where=url,
                remedy="set CROSSTIE_LLM_KEY to a valid one",
            )  # fmt: skip
        remedy = "check CROSSTIE_LLM_URL and CROSSTIE_LLM_MODEL"
        return BackEndError(f"the server answers {status}{said}", where=url, remedy=remedy)

    def _answer(self, headers: httpx.Headers, body: bytes) -> Answer:
        kind = headers.get("content-type", "").split(";")[0].strip()
        if not kind.endswith("json"):
            raise _TryAgain(f"the server answers with `{kind or 'no type'}` instead of JSON")
        try:
            completion = msgspec.json.decode(body, type=_Completion)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _TryAgain(f"the server's answer is no completion ({error})") from error
        if not completion.choices:
            raise _TryAgain("the server's answer holds no choice")
        choice, usage = completion.choices[0], completion.usage
        return Answer(
            content=choice.message.content or "",
            whole=choice.finish_reason != "length",
            tokens=(usage.prompt_tokens, usage.completion_tokens) if usage else None,
        )

    def _discreet(self, body: bytes) -> str:
        """Return what the server said, in short, in one line and without the key."""
        said = " ".join(body.decode("utf-8", "replace").split())
        if self._settings.key:
            said = said.replace(self._settings.key, _HIDDEN)
        return f": {said[:_SHOWN]}" if said else ""


def _schema_format(schema: dict[str, Any] | None) -> dict[str, Any]:
    name, wanted = ("reading", reply_schema()) if schema is None else ("answer", schema)
    return {
        "type": "json_schema",
        "json_schema": {"name": name, "strict": True, "schema": wanted},
    }


def _reason(error: httpx.TransportError) -> str:
    return str(error) or type(error).__name__


def _retry_after(headers: httpx.Headers) -> float | None:
    """Return the seconds that a server asks to wait, given as such or as a date."""
    said = headers.get("retry-after", "").strip()
    if not said:
        return None
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    now = dt.datetime.now(dt.UTC)
    return max(0.0, (until.astimezone(dt.UTC) - now).total_seconds())

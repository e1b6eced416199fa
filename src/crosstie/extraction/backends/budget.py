"""How much an endpoint may be asked: tokens or money, counted, and never overdrawn."""

import threading
from dataclasses import dataclass

from crosstie.extraction.backends.protocol import EndpointSettings, Usage
from crosstie.ontology.errors import BudgetSpent, UsageError

MOST_OUT = 4096
"""Tokens that one reply may take."""
_LEAST_OUT = 400
"""With less room than this no reply is worth its question."""
_BYTES_A_TOKEN = 3
"""Fewer than in English text and as many as in Chinese: an estimate that errs upwards."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Reserved:
    """What one question may cost at most."""

    tokens_in: int
    tokens_out: int


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text is, rather too many than too few."""
    return len(text.encode("utf-8", "surrogatepass")) // _BYTES_A_TOKEN + 1


def budget_spent() -> BudgetSpent:
    """Return the error that ends a run whose budget is spent."""
    return BudgetSpent(
        "the budget does not cover the next question", where="--budget",
        remedy="run the command again with another budget: it goes on from here",
    )  # fmt: skip


class Budget:
    """What was spent and what is still to be had, shared by all questions of a run."""

    def __init__(self, settings: EndpointSettings) -> None:
        if settings.budget_money is not None and settings.prices is None:
            raise UsageError(
                "a budget in money needs the endpoint's prices", where="--budget",
                remedy="set CROSSTIE_LLM_PRICES=IN/OUT, per million tokens, or give tokens",
            )  # fmt: skip
        self._settings = settings
        self._lock = threading.Lock()
        self._usage = Usage(cost=0.0 if settings.prices else None)
        self._held: list[Reserved] = []

    @property
    def usage(self) -> Usage:
        """Return what was asked so far."""
        return self._usage

    def reserve(self, prompt: str) -> Reserved:
        """Set aside what a question may cost. Raises BudgetSpent when that is not left."""
        tokens_in = estimated_tokens(prompt)
        with self._lock:
            room = min(MOST_OUT, self._room(tokens_in))
            if room < _LEAST_OUT:
                raise budget_spent()
            reserved = Reserved(tokens_in, room)
            self._held.append(reserved)
            return reserved

    def settle(self, reserved: Reserved, tokens: tuple[int, int] | None) -> None:
        """Count what a question did cost, or nothing if it was never answered."""
        with self._lock:
            self._held.remove(reserved)
            if tokens is not None:
                self._add(requests=1, tokens_in=tokens[0], tokens_out=tokens[1])

    def note_cached(self) -> None:
        """Count an answer that was kept from before and costs nothing."""
        with self._lock:
            self._add(from_cache=1)

    def note_empty(self) -> None:
        """Count a reply that proposed nothing at all."""
        with self._lock:
            self._add(empty_replies=1)

    def _add(self, **more: int) -> None:
        before = self._usage
        counts = {
            key: getattr(before, key) + more.get(key, 0)
            for key in ("requests", "from_cache", "tokens_in", "tokens_out", "empty_replies")
        }
        cost = self._cost(counts["tokens_in"], counts["tokens_out"])
        self._usage = Usage(**counts, cost=cost)

    def _cost(self, tokens_in: int, tokens_out: int) -> float | None:
        if self._settings.prices is None:
            return None
        price_in, price_out = self._settings.prices
        return (tokens_in * price_in + tokens_out * price_out) / _MILLION

    def _room(self, tokens_in: int) -> int:
        """Return how many tokens a reply may take after a question of this length."""
        held_in = sum(item.tokens_in for item in self._held)
        held_out = sum(item.tokens_out for item in self._held)
        used_in = self._usage.tokens_in + held_in + tokens_in
        used_out = self._usage.tokens_out + held_out
        room = MOST_OUT
        if self._settings.budget_tokens is not None:
            room = min(room, self._settings.budget_tokens - used_in - used_out)
        if self._settings.budget_money is not None and self._settings.prices is not None:
            left = self._settings.budget_money - (self._cost(used_in, used_out) or 0.0)
            price_out = self._settings.prices[1]
            if left <= 0:
                room = 0
            elif price_out > 0:
                room = min(room, int(left * _MILLION / price_out))
        return room

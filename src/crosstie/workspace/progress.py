"""How long work tells a caller how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Called with a stage in words, how much is done, and of how much (None if unknown)."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take note."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Take no note."""

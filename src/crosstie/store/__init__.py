"""Keep and find records in one SQLite file: the workspace."""

from crosstie.store.engine import Store

__all__ = ["Store"]

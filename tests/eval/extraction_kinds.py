"""Print precision, recall and F1 for each kind of entity and tie."""

from collections.abc import Mapping
from typing import Any


def show(title: str, score: Mapping[str, Any]) -> None:
    """Print a table of every kind that the gold or the extraction holds."""
    print(f"  -- {title} --")
    print(f"  {'kind':<24}{'precision':>10}{'recall':>8}{'f1':>7}{'found':>7}{'gold':>6}")
    for part in ("entities", "ties"):
        for kind, row in score[part]["per_type"].items():
            print(
                f"  {part[0] + ':' + kind:<24}{row['p']:>10.2f}{row['r']:>8.2f}{row['f1']:>7.2f}"
                f"{row['pred']:>7}{row['gold']:>6}"
            )

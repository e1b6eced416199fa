"""The command line."""

from crosstie.app.cli.run import main

__all__ = ["main"]

"""Names in, findings out: read a partners file, and answer for each of its rows."""

from crosstie.screening.decided import decided
from crosstie.screening.parties import (
    PartyFile,
    Preview,
    parties_in,
    preview_parties,
    read_parties,
)
from crosstie.screening.pasted import pasted_parties
from crosstie.screening.screen import Candidates, Known, Options, screen
from crosstie.screening.tables import FORMATS

__all__ = [
    "FORMATS",
    "Candidates",
    "Known",
    "Options",
    "PartyFile",
    "Preview",
    "decided",
    "parties_in",
    "pasted_parties",
    "preview_parties",
    "read_parties",
    "screen",
]

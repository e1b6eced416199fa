"""Names in, findings out: read a partners file, and answer for each of its rows."""

from crosstie.screening.parties import PartyFile, read_parties
from crosstie.screening.screen import Candidates, Known, Options, screen

__all__ = ["Candidates", "Known", "Options", "PartyFile", "read_parties", "screen"]

"""Exposure rules: which ties carry exposure, which way, with what weight, and how it falls."""

from dataclasses import dataclass, field

Step = tuple[str, bool]
"""A kind of tie and whether it is walked forward, from its subject to its object."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One weight in [0, 1] and the reason for it."""

    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class Ageing:
    """How claims weigh less as they grow old.

    Half of the weight goes in each half-life (in years, by kind of tie), down to `least`; a claim
    of which no date is known weighs `undated`.
    """

    least: float
    undated: float
    because: str
    half_lives: dict[str, float]


@dataclass(frozen=True, slots=True)
class Band:
    """The weight of a tie whose stated share is at least so many per cent."""

    at_least: float
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class ExposureRules:
    """Everything in an exposure file. A step that is not in `carriers` carries nothing."""

    version: str
    floor: float
    statuses: dict[str, Carrier]
    ageing: Ageing
    carriers: dict[Step, Carrier]
    never: dict[str, str]
    forbidden: dict[tuple[Step, Step], str]
    never_through: dict[str, str]
    shares: dict[str, tuple[Band, ...]] = field(default_factory=dict)
    """Bands by kind of tie, highest first."""

    def carries(self, kind: str, *, forward: bool) -> float:
        """Return the weight of a direction of a tie; 0 if it carries nothing that way."""
        carrier = self.carriers.get((kind, forward))
        return 0.0 if carrier is None else carrier.weight

    def weight(self, kind: str, status: str, *, forward: bool) -> float:
        """Return the weight of one step along a fresh tie of a fully trusted source."""
        return self.carries(kind, forward=forward) * self.statuses[status].weight

    def because(self, kind: str, *, forward: bool) -> str:
        """Return in words why a tie carries what it does in a direction."""
        carrier = self.carriers.get((kind, forward))
        if carrier is None:
            return self.never.get(kind, f"{kind} carries nothing in this direction")
        return carrier.because

    def why(self, kind: str, status: str, *, forward: bool) -> str:
        """Return in words why a step along a tie carries what it does."""
        because = self.because(kind, forward=forward)
        if (kind, forward) not in self.carriers or self.statuses[status].weight == 1:
            return because
        return f"{because} {status.capitalize()}: {self.statuses[status].because}"

    def band(self, kind: str, share: float | None) -> Band | None:
        """Return the band that a stated share (in per cent) falls in, if shares count here."""
        if share is None:
            return None
        return next((b for b in self.shares.get(kind, ()) if share >= b.at_least), None)

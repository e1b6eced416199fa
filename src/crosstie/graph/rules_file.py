"""Read exposure.yaml, the shipped one or a workspace's own: strictly, naming file and line."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from crosstie.graph.rules import Ageing, Band, Carrier, ExposureRules, Step
from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import TieKind, kinds

_FILE = "exposure.yaml"
_STATUSES = ("asserted", "reported", "alleged", "planned", "ended", "denied")
_FORWARD, _BACKWARD = "subject_to_object", "object_to_subject"


@cache
def exposure_rules() -> ExposureRules:
    """Return the shipped rules, read and validated once."""
    return read_exposure_rules(load_data(resources.files("crosstie.graph") / _FILE))


def load_exposure_rules(path: Path) -> ExposureRules:
    """Read a workspace's own rules file. Raises DataFileError with file, line and remedy."""
    return read_exposure_rules(load_data(path), file=path.name)


def read_exposure_rules(data: object, *, file: str = _FILE) -> ExposureRules:
    """Validate a parsed exposure file. Raises DataFileError with file, line and remedy."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=file, line=1, remedy="see the shipped file")
    data.allow(
        [
            "version", "floor", "statuses", "age", "shares", "carries", "never",
            "never_in_a_row", "never_through",
        ]
    )  # fmt: skip
    carriers, half_lives, never = _carriers(data)
    return ExposureRules(
        version=data.require("version"),
        floor=fraction(data, "floor"),
        statuses=_statuses(data),
        ageing=_ageing(data.require("age", Section), half_lives),
        carriers=carriers,
        never=never,
        forbidden=_forbidden(data, carriers),
        never_through=_never_through(data),
        shares=_shares(data),
    )


def fraction(section: Section, key: str) -> float:
    """Return the weight at a key: a number in [0, 1]."""
    value = section.require(key, (int, float))
    if isinstance(value, bool) or not 0 <= value <= 1:
        raise section.fail(
            f"`{key}: {value}` is outside [0, 1]", "give a weight from 0 to 1", key=key
        )
    return float(value)


def _statuses(data: Section) -> dict[str, Carrier]:
    found: dict[str, Carrier] = {}
    for section in sections(data.require("statuses", list), file=data.file, what="statuses"):
        section.allow(["status", "weight", "because"])
        status = section.one_of("status", _STATUSES)
        found[status] = Carrier(fraction(section, "weight"), section.require("because"))
        if status == "denied" and found[status].weight != 0:
            raise section.fail("a denied tie never carries", "set it to 0", key="weight")
    missing = [status for status in _STATUSES if status not in found]
    if missing:
        raise data.fail(f"no weight for {missing}", "add them", key="statuses")
    return found


def _ageing(section: Section, half_lives: dict[str, float]) -> Ageing:
    section.allow(["least", "undated", "because"])
    return Ageing(
        least=fraction(section, "least"),
        undated=fraction(section, "undated"),
        because=section.require("because"),
        half_lives=half_lives,
    )


def _shares(data: Section) -> dict[str, tuple[Band, ...]]:
    found: dict[str, tuple[Band, ...]] = {}
    for section in sections(data.require("shares", list), file=data.file, what="ties"):
        section.allow(["tie", "bands"])
        kind = section.one_of("tie", kinds().ties)
        bands = [
            Band(_positive(item, "at_least", least=0), fraction(item, "weight"), item["because"])
            for item in sections(section.require("bands", list), file=data.file, what="bands")
            if item.require("because")
        ]
        found[kind] = tuple(sorted(bands, key=lambda band: -band.at_least))
    return found


def _positive(section: Section, key: str, *, least: float = 1e-6) -> float:
    value = section.require(key, (int, float))
    if isinstance(value, bool) or value < least:
        raise section.fail(f"`{key}: {value}` is too small", f"give {least:g} or more", key=key)
    return float(value)


def _carriers(
    data: Section,
) -> tuple[dict[Step, Carrier], dict[str, float], dict[str, str]]:
    carriers: dict[Step, Carrier] = {}
    half_lives: dict[str, float] = {}
    never: dict[str, str] = {}
    seen: set[str] = set()
    for section in sections(data.require("carries", list), file=data.file, what="ties"):
        section.allow(["tie", _FORWARD, _BACKWARD, "both", "half_life_years", "because"])
        kind = _tie_kind(section, seen)
        half_lives[kind.id] = _positive(section, "half_life_years")
        for forward, weight in _directions(section, kind):
            carriers[kind.id, forward] = Carrier(weight, section.require("because"))
    for section in sections(data.require("never", list), file=data.file, what="ties"):
        section.allow(["tie", "because"])
        never[_tie_kind(section, seen).id] = section.require("because")
    missing = [kind for kind in kinds().ties if kind not in seen]
    if missing:
        raise data.fail(
            f"no rule for {missing}", "put each under `carries` or `never`", key="carries"
        )
    return carriers, half_lives, never


def _tie_kind(section: Section, seen: set[str]) -> TieKind:
    kind = section.one_of("tie", kinds().ties)
    if kind in seen:
        raise section.fail(f"`{kind}` stands twice", "keep one of the two", key="tie")
    seen.add(kind)
    return kinds().ties[kind]


def _directions(section: Section, kind: TieKind) -> list[tuple[bool, float]]:
    if kind.symmetric != ("both" in section):
        wanted = "`both`" if kind.symmetric else f"`{_FORWARD}` and `{_BACKWARD}`"
        raise section.fail(f"wrong directions for `{kind.id}`", f"give {wanted}", key="tie")
    if kind.symmetric:
        if _FORWARD in section or _BACKWARD in section:
            raise section.fail("`both` stands beside a direction", "keep `both` alone", key="both")
        weight = fraction(section, "both")
        return [(True, weight), (False, weight)]
    found = [
        (key == _FORWARD, fraction(section, key)) for key in (_FORWARD, _BACKWARD) if key in section
    ]
    if not found:
        raise section.fail("no direction carries", "move it to `never`", key="tie")
    return found


def _forbidden(data: Section, carriers: dict[Step, Carrier]) -> dict[tuple[Step, Step], str]:
    found: dict[tuple[Step, Step], str] = {}
    for section in sections(data.require("never_in_a_row", list), file=data.file, what="pairs"):
        section.allow(["first", "then", "because"])
        because = section.require("because")
        for first in _steps(section.require("first", Section), carriers):
            for then in _steps(section.require("then", Section), carriers):
                found[first, then] = because
    return found


def _steps(section: Section, carriers: dict[Step, Carrier]) -> list[Step]:
    section.allow(["ties", "step"])
    step = section.one_of("step", (_FORWARD, _BACKWARD, "either"))
    wanted = {_FORWARD: [True], _BACKWARD: [False], "either": [True, False]}[step]
    found: list[Step] = []
    for kind in section.require("ties", list):
        steps = [(kind, forward) for forward in wanted if (kind, forward) in carriers]
        if not steps:
            raise section.fail(
                f"`{kind}` carries nothing that way", "correct or remove it", key="ties"
            )
        found.extend(steps)
    return found


def _never_through(data: Section) -> dict[str, str]:
    found: dict[str, str] = {}
    for section in sections(data.require("never_through", list), file=data.file, what="kinds"):
        section.allow(["kinds", "because"])
        names: Sequence[str] = section.require("kinds", list)
        for kind in names:
            if kind not in kinds().entities:
                known = list(kinds().entities)
                raise section.fail(
                    f"no kind of entity `{kind}`", f"use one of {known}", key="kinds"
                )
            found[kind] = section.require("because")
    return found

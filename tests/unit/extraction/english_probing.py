"""Reads the tables of quantity and speaker probes, and says what extraction gets wrong of each."""

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosstie.extraction import Extraction

_HERE = Path(__file__)
_SPEC = importlib.util.spec_from_file_location("reading", _HERE.with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)

_ITEM = re.compile(
    r"(?P<owner>[^:]+): (?P<sign>[<>=~]*)(?P<value>\d+(?:\.\d+)?)(?:\.\.(?P<upper>\d+(?:\.\d+)?))?"
    r"(?: (?P<unit>[^@!?]*?))??(?: @(?P<as_of>\S+))?(?: by (?P<by>\d{4}))?"
    r"(?: !(?P<modality>\w+))?(?: \?(?P<flag>\w+))?"
)
_TIE = re.compile(r"(\S+) ([a-z_]+) (\S+) \((\w+)\)(?: < (.+))?")


@dataclass(frozen=True)
class Probe:
    """A passage with its names in brackets, and what the table expects of it."""

    text: str
    wanted: tuple[str, ...]


def probes(name: str, half: str = "all") -> Iterator[Probe]:
    """Yield the probes of a table: the odd ones are `dev`, the even ones `test`."""
    lines = _HERE.with_name(name).read_text("utf-8").splitlines()
    rows = [line for line in lines if " => " in line and not line.startswith("#")]
    for number, row in enumerate(rows, start=1):
        if half == "all" or (half == "dev") == (number % 2 == 1):
            text, _, right = row.partition(" => ")
            wanted = () if right.strip() == "-" else tuple(right.strip().split("; "))
            yield Probe(text.replace("¶", "\n\n"), wanted)


def quantities_of(probe: Probe) -> list[dict[str, str]]:
    """Return what is found of a passage: each quantity with its owner, as the table writes it."""
    extraction = reading.read(probe.text)
    quotes = {m.id: m.quote for m in extraction.mentions}
    found = []
    for claim in extraction.claims:
        if claim.quantity is not None:
            held = claim.quantity
            found.append({
                "owner": quotes[claim.subject], "value": f"{held.value:g}",
                "upper": "" if held.upper is None else f"{held.upper:g}",
                "sign": {"=": "", "range": ""}.get(held.comparator, held.comparator),
                "unit": held.unit, "as_of": held.as_of or "", "by": held.by or "",
                "modality": claim.modality, "flag": " ".join(claim.flags),
            })  # fmt: skip
    return found


def wanted_quantity(item: str) -> dict[str, str]:
    """Return one expected quantity by field; what the table leaves out is not compared."""
    match = _ITEM.fullmatch(item)
    assert match is not None, item
    fields = {key: value for key, value in match.groupdict().items() if value is not None}
    fields["value"] = f"{float(fields['value']):g}"
    return fields


def quantity_errors(probe: Probe) -> tuple[int, int, int, list[str]]:
    """Return how many quantities are wanted, given and right, and each error in words."""
    left = quantities_of(probe)
    given, right, errors = len(left), 0, []
    for item in probe.wanted:
        wanted = wanted_quantity(item)
        match = next((f for f in left if all(f[k] == v for k, v in wanted.items())), None)
        if match is None:
            errors.append(f"missed {item}")
        else:
            left.remove(match)
            right += 1
    errors += [f"given {found}" for found in left]
    return len(probe.wanted), given, right, errors


def attributions(extraction: Extraction) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Return tie → (stance, speakers from the first to the last)."""
    quotes = {m.id: m.quote for m in extraction.mentions}
    return {
        (quotes[c.subject], c.predicate, quotes[c.object]): (c.stance, " > ".join(c.attribution))
        for c in extraction.claims
        if c.object is not None
    }


def speaker_errors(probe: Probe) -> tuple[int, int, list[str]]:
    """Return how many ties are wanted and right in stance and speakers, and each error."""
    found = attributions(reading.read(probe.text))
    right, errors = 0, []
    for item in probe.wanted:
        match = _TIE.fullmatch(item)
        assert match is not None, item
        subject, kind, object, stance, speakers = match.groups()
        got = found.get((subject, kind, object))
        if got == (stance, speakers or ""):
            right += 1
        else:
            errors.append(f"{item}: got {got}")
    return len(probe.wanted), right, errors

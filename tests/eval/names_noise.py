"""The noise of the labels: what of each small class no rule about names could find.

The queries that were missed have been read, and each is called arbitrary or recoverable in
`names_noise.yaml`. A class's ceiling is the share of its queries that are not arbitrary.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("names_noise.yaml")
ASKED = {"acronym": 38, "alias_far": 49, "han_short": 9, "han_xling": 62, "token_drop": 14,
         "pinyin": 38}  # fmt: skip
"""Queries of each class that was read."""


@dataclass(frozen=True)
class Noise:
    """A class's queries by digest: those that no rule could find, and those that one could."""

    asked: int
    arbitrary: frozenset[str]
    recoverable: frozenset[str]

    @property
    def ceiling(self) -> float:
        """Return the recall that the labels allow."""
        return 1.0 - len(self.arbitrary) / self.asked


def digest_of(query: str) -> str:
    """Return what stands for a query in the file."""
    return hashlib.sha256(query.encode()).hexdigest()[:8]


def noise() -> dict[str, Noise]:
    """Return the noise of each class that was read."""
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    found = {}
    for name, rows in table.items():
        kinds = [frozenset(map(str, rows[kind])) for kind in ("arbitrary", "recoverable")]
        found[name] = Noise(ASKED[name], *kinds)
    return found


def markdown() -> str:
    """Return the table for the page on names."""
    lines = ["| class | asked | missed and read | arbitrary | ceiling of recall |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for name, row in sorted(noise().items()):
        read = len(row.arbitrary) + len(row.recoverable)
        shown = name.replace("_", " ")
        lines.append(
            f"| {shown} | {row.asked} | {read} | {len(row.arbitrary)} | {row.ceiling:.2f} |"
        )
    return "\n".join(lines) + "\n"

"""What the page on exposure quotes from exposure.yaml, grades.yaml and affiliates.yaml."""

from collections.abc import Iterable

from crosstie.graph import exposure_rules, source_grades
from crosstie.graph.affiliates_file import affiliates_rules

RULES = exposure_rules()
GRADES = source_grades()


def _table(headings: str, rows: Iterable[tuple[object, ...]]) -> str:
    lines = [f"| {headings} |", "|" + " --- |" * len(headings.split("|"))]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _weight(kind: str, *, forward: bool) -> str:
    carrier = RULES.carriers.get((kind, forward))
    return "–" if carrier is None else f"{carrier.weight:g}"


def carriers() -> str:
    """Return the ties that carry, with both weights and their half-lives."""
    return _table(
        "tie | subject → object | object → subject | half-life in years | why",
        (
            (
                f"`{kind}`", _weight(kind, forward=True), _weight(kind, forward=False),
                f"{RULES.ageing.half_lives[kind]:g}",
                (RULES.carriers.get((kind, True)) or RULES.carriers[kind, False]).because,
            )
            for kind in dict.fromkeys(kind for kind, _ in RULES.carriers)
        ),
    )  # fmt: skip


def statuses() -> str:
    """Return what a status weighs."""
    return _table(
        "status | factor | why",
        ((name, f"{c.weight:g}", c.because) for name, c in RULES.statuses.items()),
    )


def shares() -> str:
    """Return what a stated share weighs."""
    return _table(
        "tie | from per cent | factor | why",
        (
            (f"`{kind}`", f"{band.at_least:g}", f"{band.weight:g}", band.because)
            for kind, bands in RULES.shares.items()
            for band in bands
        ),
    )


def never() -> str:
    """Return the ties that never carry."""
    return _table("tie | why", ((f"`{kind}`", why) for kind, why in RULES.never.items()))


def never_in_a_row() -> str:
    """Return the steps that never follow each other."""
    return "\n".join(f"- {why}" for why in dict.fromkeys(RULES.forbidden.values()))


def never_through() -> str:
    """Return what a path never goes through."""
    return _table("kind | why", ((f"`{k}`", why) for k, why in RULES.never_through.items()))


def levels() -> str:
    """Return the letters and figures of grades."""
    letters = _table(
        "letter | factor | the source is",
        ((key, f"{level.weight:g}", level.meaning) for key, level in GRADES.reliability.items()),
    )
    figures = _table(
        "figure | factor | what it says is",
        ((key, f"{level.weight:g}", level.meaning) for key, level in GRADES.credibility.items()),
    )
    return f"{letters}\n\n{figures}"


def source_kinds() -> str:
    """Return the grade of each kind of source."""
    return _table(
        "kind of source | grade | why",
        ((f"`{kind.kind}`", kind.grade, kind.grade.because) for kind in GRADES.kinds),
    )


def affiliates() -> str:
    """Return the rules of ownership and how they stood."""
    parts = []
    for rule in affiliates_rules():
        parts.append(f"### {rule.title}\n\n{rule.authority}: {rule.share:g} per cent,"
                     f" `{rule.reading}`. {rule.because}\n")  # fmt: skip
        states = (
            (s.first, s.last or "", f"`{s.state}`", s.because, f"[{s.source}]({s.url})")
            for s in rule.states
        )
        parts.append(_table("from | to | state | what is known | source", states) + "\n")
    return "\n".join(parts).rstrip()

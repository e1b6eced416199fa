"""The page on exposure rules says what the rules file says."""

from pathlib import Path

import pytest

from crosstie.graph import exposure_rules

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "exposure.md"
RULES = exposure_rules()


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def _weight(kind, forward):
    carrier = RULES.carriers.get((kind, forward))
    return "–" if carrier is None else f"{carrier.weight:g}"


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in RULES.carriers}))
def test_the_page_gives_both_weights_of_each_tie_and_the_reason(page, kind):
    carrier = RULES.carriers.get((kind, True)) or RULES.carriers[kind, False]
    row = f"| {kind} | {_weight(kind, True)} | {_weight(kind, False)} | {carrier.because} |"
    assert row in page


def test_the_page_gives_all_that_never_carries(page):
    for kind, because in (RULES.never | RULES.never_through).items():
        assert f"| {kind} | {because} |" in page
    for because in RULES.forbidden.values():
        assert f"- {because}" in page


def test_the_page_gives_the_statuses_the_version_and_the_floor(page):
    for status, factor in RULES.statuses.items():
        assert f"| {status} | {factor.weight:g} | {factor.because} |" in page
    assert f"version {RULES.version}" in page
    assert f"below {RULES.floor:g} are not shown" in page

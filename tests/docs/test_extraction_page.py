"""The page on extraction against the program: every reason, mapping and setting is on it."""

import re
from pathlib import Path

from crosstie.app.cli import readers
from crosstie.extraction import gold_schema
from crosstie.extraction.verifier import REASONS
from tests.eval import failures

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explanation" / "extraction.md").read_text(encoding="utf-8")


def test_every_reason_of_the_verifier_is_explained():
    assert [r for r, what in REASONS.items() if f"| `{r}` | {what} |" not in PAGE] == []


def test_every_mapping_of_the_corpus_layout_is_listed():
    for table in (gold_schema.ENTITY_TYPES, gold_schema.TIE_TYPES, gold_schema.STATUSES):
        assert [kind for kind in table if f"`{kind}` | `" not in PAGE] == []


def test_every_setting_is_listed():
    source = Path(readers.__file__).read_text(encoding="utf-8")
    settings = set(re.findall(r"CROSSTIE_[A-Z_]+", source))
    assert len(settings) >= 5
    assert sorted(name for name in settings if f"`{name}`" not in PAGE) == []


def test_failures_are_listed_by_class_and_quote_the_made_pages_alone():
    listed = PAGE.partition(failures.BEGIN)[2].partition(failures.END)[0]
    assert [kind for kind in failures.CLASSES if f"| {kind} |" not in listed] == []
    made = "".join(
        " ".join(path.read_text("utf-8").replace("\\n", " ").replace('\\"', '"').split())
        for path in (ROOT / "tests/eval/reading_made/docs").glob("*.json")
    )
    quotes = re.findall(r"“(.+?)…?”(?= —|$)", listed, re.MULTILINE)
    assert len(quotes) >= 10
    plain = [re.sub(r"[^\w]", "", quote) for quote in quotes]
    held = re.sub(r"[^\w]", "", made)
    assert [quote for quote in plain if quote not in held] == []

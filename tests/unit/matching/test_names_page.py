"""The worked examples of the page on names are what the program says."""

import importlib.util
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "eval" / "names_page.py"


def test_worked_examples_are_written_by_the_program() -> None:
    spec = importlib.util.spec_from_file_location("names_page", PAGE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert len(module.EXAMPLES) == 15
    assert module.page() == module.PAGE.read_text(encoding="utf-8"), (
        "run `python tests/eval/names_page.py`"
    )

"""The options that say on which terms a workspace is asked, the same for every command."""

from pathlib import Path
from typing import Annotated

import typer

AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="Answer from what was known on this day.")
]
ValidOnOption = Annotated[
    str | None,
    typer.Option("--valid-on", help="Answer for what was true on this day; today by default."),
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", help="Exposure rules of your own, in YAML.")
]
GradesOption = Annotated[
    Path | None, typer.Option("--grades", help="Grades of sources of your own, in YAML.")
]

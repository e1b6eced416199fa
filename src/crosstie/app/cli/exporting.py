"""The command that hands the graph on: export."""

from pathlib import Path
from typing import Annotated

import typer

from crosstie.app.cli.session import JsonOption, current
from crosstie.ontology.errors import UsageError
from crosstie.reporting.exports import EXPORT_FORMATS


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("export", epilog="Example: crosstie export --format graphml --out graph.graphml")(
        export
    )


def export(
    context: typer.Context,
    form: Annotated[str, typer.Option("--format", help=", ".join(EXPORT_FORMATS))],
    out: Annotated[
        Path, typer.Option("--out", help="A new file; a new folder for csv, parquet, ftm.")
    ],
    of: Annotated[str | None, typer.Option("--of", help="Only around this entity.")] = None,
    depth: Annotated[int, typer.Option(min=1, max=6, help="With --of: how many ties away.")] = 1,
    json: JsonOption = False,
) -> None:
    """Hand the graph on to other programs, with the evidence, and say what the format loses.

    ftm: FollowTheMoney entities, with evidence and losses beside them. graphml, gexf: for network
    programs. csv, parquet: five tables. geojson: presence by country. jsonld: web annotations.
    """
    if form not in EXPORT_FORMATS:
        raise UsageError(f"no format `{form}`", remedy=f"one of {', '.join(EXPORT_FORMATS)}")
    session = current(context)
    report = session.workspace().export(form, out, of=of, depth=depth)
    if json:
        session.print_json(report)
        return
    session.tell(f"{report.entities:,} entities and {report.ties:,} ties written to {out}")
    for name, size in report.files.items():
        session.tell(f"  {name}: {size:,} bytes")
    for what, count in report.losses.items():
        session.tell(f"  lost: {count:,} {what}")

"""Commands that take something in: load, add, resolve."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from crosstie.app.cli.readers import (
    BudgetOption,
    ExtractorOption,
    GlinerOption,
    JobsOption,
    ModelOption,
    UrlOption,
    reader_settings,
    tell_report,
)
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.ontology.errors import UsageError
from crosstie.reporting.changes import list_line
from crosstie.resolution import require_splink
from crosstie.workspace import LoadReport, extract_files

_BAD_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("load", epilog=_LOAD_EXAMPLES)(load)
    app.command("add", epilog=_ADD_EXAMPLES)(add)
    app.command("extract", epilog=_EXTRACT_EXAMPLES)(extract)
    app.command("resolve", epilog="Examples: crosstie resolve · crosstie resolve --engine splink")(
        resolve
    )


_LOAD_EXAMPLES = (
    "Examples: crosstie load starter · crosstie load us-csl consolidated.csv --as-of 2026-07-31 ·"
    " crosstie load table list.csv --mapping list.yaml"
)
_ADD_EXAMPLES = (
    "Examples: crosstie add article.html report.pdf · crosstie add folder/ --jobs 2 ·"
    " crosstie add folder/ --extractor llm --budget 200k"
)


_EXTRACT_EXAMPLES = (
    "Examples: crosstie extract article.txt --json > article.jsonl · crosstie extract --again"
)


def load(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(help="Which source: see `crosstie sources`.", show_default=False)
    ],
    file: Annotated[
        Path | None, typer.Argument(help="The list's file; none for `starter`.", show_default=False)
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="The edition's date, where the file does not say it."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="For `table`: the YAML that names its columns.")
    ] = None,
    whole: Annotated[
        bool | None,
        typer.Option(
            "--whole/--part",
            help="Whether the file is the whole list, so that rows it lacks count as removed.",
            show_default="told from the file",
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Load the starter pack, or an edition of an official list or register."""
    session = current(context)
    report = session.workspace(create=True).load(
        source, file, as_of=as_of, mapping=mapping, whole=whole
    )
    if json:
        session.print_json(report)
        return
    for line in load_lines(report):
        session.tell(line)


def load_lines(report: LoadReport) -> list[str]:
    """Return what to print of a list that was loaded."""
    lines = [f"{report.title}, edition of {report.as_of} ({report.layout})"]
    if report.unchanged:
        return [*lines, "  loaded before: nothing changed"]
    total = report.rows_in + report.individuals + report.out_of_scope + report.bad
    parts = [f"{report.rows_in:,} taken in", f"{report.individuals:,} individuals skipped"]
    parts += [f"{report.out_of_scope:,} out of scope", f"{report.bad:,} set aside"]
    lines.append(f"  {total:,} rows: {', '.join(parts)}; {report.claims:,} claims")
    if report.scope:
        lines.append(f"  covers a part of the list: {report.scope}")
    if report.added is not None:
        lines.append(
            f"  against the edition before: {report.added:,} added, {report.changed:,} changed,"
            f" {report.removed:,} removed"
        )
        touched = [one for one in report.lists if one.added or one.changed or one.removed]
        # A source that is one list has been told of already.
        if len(report.lists) > 1:
            lines += [f"    {list_line(one)}" for one in touched]
        if touched:
            lines.append(f"  which rows, and what of them: crosstie diff {report.source_id}")
    shown = report.bad_rows[:_BAD_SHOWN]
    lines += [f"  set aside: row {row.number}: {row.reason}" for row in shown]
    if report.bad > len(shown):
        lines.append(f"  … {report.bad - len(shown):,} more: `crosstie status --set-aside`")
    return lines + [f"  note: {notice}" for notice in report.notices[:_BAD_SHOWN]]


def add(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(help="Documents or folders: txt, md, html, pdf, docx.", show_default=False),
    ],
    extractor: ExtractorOption = None,
    jobs: JobsOption = None,
    budget: BudgetOption = None,
    gliner_model: GlinerOption = None,
    llm_url: UrlOption = None,
    llm_model: ModelOption = None,
    json: JsonOption = False,
) -> None:
    """Add documents: read them, find mentions and claims, and work out who is who.

    A run that was stopped, or whose budget is spent, goes on where it was when it is run again; it
    ends with status 1 while there are documents left to read. The key of an endpoint is read from
    CROSSTIE_LLM_KEY, its prices per million tokens in and out from CROSSTIE_LLM_PRICES (0.5/1.5).
    """
    settings = reader_settings(
        extractor, gliner_model=gliner_model, url=llm_url, model=llm_model, budget=budget
    )
    session = current(context)
    report = session.workspace(create=True).add(paths, extractor=settings, jobs=jobs)
    tell_report(session, report, json=json)


def extract(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Documents or folders.", show_default=False)
    ] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Read the workspace's documents again that an older extractor read."
        ),
    ] = False,
    extractor: ExtractorOption = None,
    jobs: JobsOption = None,
    budget: BudgetOption = None,
    gliner_model: GlinerOption = None,
    llm_url: UrlOption = None,
    llm_model: ModelOption = None,
    json: JsonOption = False,
) -> None:
    """Show what is read from documents, without a workspace: a JSON object a line with --json.

    With --again the rules read again what older rules, or rules that knew other names, had read;
    with --extractor too, that one reads every document that it has not read yet.
    """
    settings = reader_settings(
        extractor, gliner_model=gliner_model, url=llm_url, model=llm_model, budget=budget
    )
    session = current(context)
    if again == bool(paths):
        raise UsageError("extract needs files, or --again alone", remedy="crosstie extract FILE")
    if again:
        asked = settings if extractor else None
        tell_report(session, session.workspace().read_again(extractor=asked, jobs=jobs), json=json)
        return
    found = extract_files(paths or [], settings=settings, jobs=jobs, progress=session.reporter())
    read, refused = 0, 0
    for gold, refusal in found:
        if refusal is not None:
            refused += 1
            session.err.print(f"{refusal.reason}: {refusal.message}", markup=False, soft_wrap=True)
            continue
        read += 1
        if json:
            typer.echo(msgspec.json.encode(gold).decode())
        else:
            _print_extracted(session, gold)
    if refused and not read:
        raise typer.Exit(2)


def _print_extracted(session: Session, found: dict[str, Any]) -> None:
    names = {entity["id"]: entity["name"] for entity in found["entities"]}
    counts = ", ".join(
        f"{len(found[key]):,} {key}" for key in ("articles", "entities", "ties", "quantities")
    )
    session.out.print(f"{found['id']}: {counts}", markup=False, soft_wrap=True)
    for tie in found["ties"]:
        ends = names.get(tie["subject"], tie["subject"]), names.get(tie["object"], tie["object"])
        session.out.print(
            f"  {ends[0]} {tie['type']} {ends[1]} ({tie['status']})", markup=False, soft_wrap=True
        )
        quote = " ".join(tie["evidence"]["text"].split())
        session.out.print(f"    “{quote}”", markup=False, soft_wrap=True)


def resolve(
    context: typer.Context,
    engine: Annotated[
        str,
        typer.Option(help="`rules`, or `splink` to let it merge large registers after the rules."),
    ] = "rules",
) -> None:
    """Work out again who is who and what is tied, from all that was read and judged.

    With `--engine splink` (pip install 'crosstie[splink]') what the rules leave apart and Splink
    takes for one is merged by judgements in its name, which can be undone like any other.
    """
    session = current(context)
    if engine not in ("rules", "splink"):
        raise UsageError(f"`{engine}` is no engine", remedy="use rules or splink")
    if engine == "splink":
        require_splink()
    workspace = session.workspace()
    workspace.resolve()
    if engine == "splink":
        session.say(f"{len(workspace.merge_registers()):,} pairs merged by splink")
    counts = workspace.status().counts
    session.out.print(f"{counts['entities']:,} entities, {counts['ties']:,} ties", markup=False)

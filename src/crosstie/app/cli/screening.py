"""The command `screen`: partners in, findings out."""

from pathlib import Path
from typing import Annotated

import typer

from crosstie.app.cli import showing
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.app.cli.terms import AsOfOption, GradesOption, RulesOption, ValidOnOption
from crosstie.matching import DEFAULT_THRESHOLD, SURE_THRESHOLD
from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import Party, Screening
from crosstie.reporting import check_format, write_screening
from crosstie.screening import read_parties
from crosstie.workspace import Question

_IN_FULL = 5
_FAIL_ON = ("hit", "possible")
_EXAMPLES = (
    'Examples: crosstie screen "Beihang University" 清华大学 · crosstie screen --csv partners.csv'
    " --out report.html --fail-on hit"
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("screen", epilog=_EXAMPLES)(screen)


def screen(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Organisation names.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--csv", "--file", help="Partners: csv, tsv, xlsx, json, jsonl or txt."),
    ] = None,
    out: Annotated[
        list[Path] | None, typer.Option("--out", help="Write a report: html, xlsx, csv or json.")
    ] = None,
    name_column: Annotated[
        str | None, typer.Option("--name-column", help="The column that holds the names.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="The country of the names given.")
    ] = None,
    threshold: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="From which score on a match is taken as made.")
    ] = SURE_THRESHOLD,
    possible: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="From which score on a person should look.")
    ] = DEFAULT_THRESHOLD,
    max_ties: Annotated[
        int, typer.Option("--max-ties", min=1, max=6, help="How long an exposure path may be.")
    ] = 3,
    also_designated: Annotated[
        bool,
        typer.Option("--also-designated", help="Trace paths to designated organisations too."),
    ] = False,
    rules: RulesOption = None,
    grades: GradesOption = None,
    as_of: AsOfOption = None,
    valid_on: ValidOnOption = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", help="Exit with 1 on `hit`, or on `possible` too.")
    ] = None,
    save: Annotated[
        str | None, typer.Option("--save", help="Keep the screening as a case of this title.")
    ] = None,
    by: Annotated[str, typer.Option("--by", envvar="USER", help="Who saves the case.")] = "",
    ignore_dispositions: Annotated[
        bool,
        typer.Option("--ignore-dispositions", help="Do not heed what people decided on matches."),
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Print every finding with quotes.")] = False,
    json: JsonOption = False,
) -> None:
    """Screen organisations: designations, exposure paths with quotes, or what was searched."""
    session = current(context)
    if fail_on is not None and fail_on not in _FAIL_ON:
        raise UsageError(f"--fail-on `{fail_on}` is not known", remedy="use hit or possible")
    for path in out or ():
        check_format(path)
    parties, set_aside = _parties(names or [], country, file, name_column)
    for line in set_aside:
        session.say(line)
    workspace = session.workspace()
    screening = workspace.screen(
        parties,
        threshold=threshold,
        possible=possible,
        question=Question(
            as_of=as_of,
            valid_on=valid_on,
            rules=rules,
            grades=grades,
            max_ties=max_ties,
            also_designated=also_designated,
        ),
        set_aside=set_aside,
        heed_dispositions=not ignore_dispositions,
    )
    if save is not None:
        name = "" if file is None else file.name
        case = workspace.cases.save(screening, title=save, by=by, file_name=name)
        session.say(f"saved as a case: {case.address}")
    for path in out or ():
        write_screening(screening, path)
        session.say(f"report written: {path}")
    _print(session, screening, json=json, full=full or len(parties) <= _IN_FULL, written=bool(out))
    outcomes = {finding.outcome for finding in screening.findings}
    if fail_on and outcomes & set(_FAIL_ON[: _FAIL_ON.index(fail_on) + 1]):
        raise typer.Exit(1)


def _parties(
    names: list[str], country: str | None, file: Path | None, name_column: str | None
) -> tuple[list[Party], tuple[str, ...]]:
    given = [showing.party(name, country) for name in names]
    if file is None:
        if not given:
            raise UsageError(
                "nothing to screen", remedy="give names, or a file: --csv partners.csv"
            )
        return given, ()
    found = read_parties(file, name_column=name_column)
    return [*given, *found.parties], found.set_aside


def _print(
    session: Session, screening: Screening, *, json: bool, full: bool, written: bool
) -> None:
    if json:
        session.print_json(screening)
        return
    session.out.print(showing.overview(screening))
    dismissed, reopened = _decided(screening)
    if dismissed or reopened:
        session.tell(
            f"{dismissed} of the matches dismissed by people, {reopened} reopened on new evidence"
            " (--ignore-dispositions screens without decisions)"
        )
    if full:
        for finding in screening.findings:
            showing.print_finding(session.out, finding)
    showing.print_searched(session.out, screening.searched)
    if not full and not written:
        session.say("quotes: --full here, or --out report.html")


def _decided(screening: Screening) -> tuple[int, int]:
    """Return how many matches stand dismissed, and how many are open again."""
    found = [
        hit.disposition
        for finding in screening.findings
        for hit in finding.hits
        if hit.disposition is not None
    ]
    return sum(one.dismisses for one in found), sum(one.state == "reopened" for one in found)

"""The command on joint papers: partners."""

from pathlib import Path
from typing import Annotated

import typer

from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.app.cli.showing import print_line as line
from crosstie.app.cli.showing import print_path, print_quotes, print_searched
from crosstie.app.cli.terms import AsOfOption, GradesOption, RulesOption, ValidOnOption
from crosstie.ontology.collaborations import Partner, Partnerships
from crosstie.reporting import partners as told
from crosstie.reporting import words
from crosstie.reporting.files import check_format, write_whole
from crosstie.workspace import Question

_WORKS = 3
_SILENT = 40


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "partners",
        epilog='Examples: crosstie partners "Yunmen University" · crosstie partners'
        " https://ror.org/00wk2mp56 --technology satellite_navigation --out partners.csv",
    )(partners)


def partners(
    context: typer.Context,
    institution: Annotated[
        str, typer.Argument(help="A name, an entity id or a ROR id.", show_default=False)
    ],
    years: Annotated[
        int, typer.Option(min=1, max=100, help="How many years, back from the newest loaded.")
    ] = 5,
    technology: Annotated[
        str | None, typer.Option(help="Only papers that speak of it: `crosstie classify`.")
    ] = None,
    works: Annotated[
        int, typer.Option(min=0, max=1000, help="How many papers of each partner to print.")
    ] = _WORKS,
    as_of: AsOfOption = None,
    valid_on: ValidOnOption = None,
    rules: RulesOption = None,
    grades: GradesOption = None,
    also_designated: Annotated[
        bool,
        typer.Option("--also-designated", help="Trace paths to designated organisations too."),
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write a table: .csv.")] = None,
    json: JsonOption = False,
) -> None:
    """Show with whom an institution published, and which partners are listed or have defence ties.

    Joint papers are a weak tie: they are not collaboration on a project.
    """
    session = current(context)
    if out is not None:
        check_format(out, (".csv",))
    found = session.workspace().collaborations.partners(
        institution,
        years=years,
        technology=technology,
        question=Question(
            as_of=as_of, valid_on=valid_on, rules=rules, grades=grades,
            also_designated=also_designated,
        ),
    )  # fmt: skip
    if out is not None:
        write_whole(out, told.partners_csv(found).encode())
        session.say(f"written: {out}")
    if json:
        session.print_json(found)
    elif out is None:
        _print(session, found, works)


def _print(session: Session, found: Partnerships, works: int) -> None:
    out = session.out
    line(out, found.institution.name, style="bold")
    for other in found.others:
        line(out, f"also called so: {other}", style="dim")
    line(out, told.span_line(found))
    for left in found.left_out:
        line(out, f"not counted: {left}", style="dim")
    line(out, told.WEAK, style="dim")
    line(out, told.TOLD_BY_WORDS, style="dim")
    for partner in found.partners:
        if partner.standing != "nothing_found":
            _print_partner(session, partner, works)
    _print_silent(session, found)
    print_searched(out, found.searched)


def _print_partner(session: Session, partner: Partner, works: int) -> None:
    out = session.out
    line(out, "")
    country = words.country_label(partner.entity.country)
    label = told.standing_label(partner.standing)
    named = f"{partner.entity.name} ({country})" if country else partner.entity.name
    line(out, f"{label}: {named}", style="bold")
    papers = told.counted(len(partner.works), "joint paper")
    line(out, f"{papers}; by year {told.tally(partner.by_year)}", indent=2)
    if partner.co_affiliated:
        both = told.counted(partner.co_affiliated, "paper")
        line(out, f"{both} with an author who gives both institutions", indent=2)
    if partner.part_of:
        line(out, "one of the two is part of the other", indent=2)
    for name, counts in (
        ("technologies", told.technologies(partner)),
        ("topics", partner.by_topic),
    ):
        if counts:
            line(out, f"{name}: {told.tally(counts, most=6)}", indent=2)
    if partner.anchor:
        line(out, f"is itself part of a defence establishment: {partner.anchor}", indent=2)
    for designation in partner.designations:
        line(out, f"designated: {words.designation_sentence(designation)}", indent=2)
        print_quotes(out, designation.quotes, indent=4)
    for path in partner.exposures:
        print_path(out, path, indent=2)
    for work in partner.works[:works]:
        line(out, told.work_line(work), indent=2)
        print_quotes(out, work.quotes, indent=4)
    if len(partner.works) > works:
        line(out, f"… {len(partner.works) - works:,} more papers: --works, --json", indent=2)


def _print_silent(session: Session, found: Partnerships) -> None:
    silence = told.silence_line(found)
    if not silence:
        return
    out = session.out
    line(out, "")
    line(out, silence)
    silent = [p for p in found.partners if p.standing == "nothing_found"]
    for partner in silent[:_SILENT]:
        papers = told.counted(len(partner.works), "joint paper")
        line(out, f"{partner.entity.name}: {papers}", indent=2)
    if len(silent) > _SILENT:
        line(out, f"… {len(silent) - _SILENT:,} more: --out partners.csv, --json", indent=2)

"""Commands for the grades of sources: set, list, history, undo; and which texts are one story."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table

from crosstie.app.cli import showing
from crosstie.app.cli.reviewing import BecauseOption, ByOption
from crosstie.app.cli.session import JsonOption, current
from crosstie.ontology.grading import GradeChange

_SHOWN = 40
PublisherArgument = Annotated[str, typer.Argument(help="The publisher, as citations name it.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    grade = typer.Typer(
        name="grade",
        help="How far sources are trusted, on the Admiralty scale: A to F, and 1 to 6.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    grade.command("set", epilog=_SET_EXAMPLE)(set_grade)
    grade.command("list", epilog="Example: crosstie grade list")(list_grades)
    grade.command("history", epilog='Example: crosstie grade history "Selim Daily Post"')(history)
    grade.command("undo", epilog='Example: crosstie grade undo grd-1a… --because "a mistake"')(undo)
    app.add_typer(grade)
    app.command("stories", epilog="Example: crosstie stories")(stories)


_SET_EXAMPLE = (
    'Example: crosstie grade set "Selim Daily Post" B2 --because "it corrects its mistakes"'
)


def set_grade(
    context: typer.Context,
    publisher: PublisherArgument,
    grade: Annotated[str, typer.Argument(help="A letter and a figure, such as B2.")],
    because: BecauseOption,
    by: ByOption,
    json: JsonOption = False,
) -> None:
    """Grade a publisher: its claims weigh by it from now on, and reasons say who gave it and why.

    It is laid over the grades of the file. What is asked --as-of an earlier day is answered by the
    grades of that day.
    """
    session = current(context)
    workspace = session.workspace()
    made = workspace.grading.set(publisher, grade, because=because, by=by)
    if json:
        session.print_json(made)
        return
    session.tell(f"{made.publisher}: {made.grade} [{made.id}]")
    known = next((g for g in workspace.grading.all() if g.given == made), None)
    if known is not None and not known.articles:
        session.say("no article here is by that publisher: `crosstie grade list` has their names")


def list_grades(context: typer.Context, json: JsonOption = False) -> None:
    """List the publishers of this workspace with their grades, and why."""
    session = current(context)
    found = session.workspace().grading.all()
    if json:
        session.print_json(found)
        return
    if not found:
        session.tell("no document here names its publisher")
        return
    table = _table(("Publisher", "Grade", "Articles", "Taken for", "Because"))
    for one in found[:_SHOWN]:
        taken = one.kind.replace("_", " ")
        row = (one.publisher, one.grade, str(one.articles), taken, one.because)
        table.add_row(*map(showing.plain, row))
    session.out.print(table)
    if len(found) > _SHOWN:
        session.say(f"{len(found) - _SHOWN:,} more: crosstie grade list --json")


def history(
    context: typer.Context,
    publisher: Annotated[
        str, typer.Argument(help="A publisher; none shows every one.", show_default=False)
    ] = "",
    json: JsonOption = False,
) -> None:
    """Show which grades people gave, when and why, and which are in force."""
    session = current(context)
    found = session.workspace().grading.history(publisher)
    if json:
        session.print_json(found)
        return
    if not found:
        session.tell("nobody has graded a source here: `crosstie grade list` shows the defaults")
    for change in found:
        session.tell(_line(change))


def undo(
    context: typer.Context,
    grade: Annotated[str, typer.Argument(help="The id of the grade.")],
    because: BecauseOption,
    by: ByOption,
    json: JsonOption = False,
) -> None:
    """Take a grade back; an earlier one of the publisher, or the file's, is in force again."""
    session = current(context)
    made = session.workspace().grading.undo(grade, because=because, by=by)
    if json:
        session.print_json(made)
    else:
        session.tell(f"{made.publisher}: {grade} is taken back [{made.id}]")


def stories(context: typer.Context, json: JsonOption = False) -> None:
    """List the texts that were printed more than once, with who printed each first.

    However many papers print a story, it counts as one source.
    """
    session = current(context)
    found = session.workspace().stories()
    if json:
        session.print_json(found)
        return
    if not found:
        session.tell("no two articles here print the same text")
    for story in found[:_SHOWN]:
        first = story.first
        day = first.date or "no date"
        session.tell(f"{first.title} ({len(story.printings)} printings) [{story.id}]")
        session.tell(f"  first {first.publisher or 'no publisher named'}, {day}")
        for printing in story.printings[1:]:
            who = printing.publisher or "no publisher named"
            session.tell(f"  also {who}, {printing.date or 'no date'}: {printing.title}")
    if len(found) > _SHOWN:
        session.say(f"{len(found) - _SHOWN:,} more: crosstie stories --json")


def _line(change: GradeChange) -> str:
    given = change.given
    what = f"takes back {given.undoes}" if given.undoes else given.grade
    force = "" if change.in_force or given.undoes else "; no longer in force"
    return (
        f"{given.at[:16]} {given.by}: {given.publisher}: {what}{force}; because"
        f" {given.because} [{given.id}]"
    )


def _table(headings: tuple[str, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table

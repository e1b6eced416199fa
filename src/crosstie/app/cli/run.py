"""Run the command line: a user's mistake gives one line and the remedy, never a traceback."""

import io
import os
import sys

import typer
from rich.console import Console

from crosstie.app.cli import (
    asking,
    briefing,
    casework,
    collaborating,
    differing,
    explaining,
    exporting,
    exposing,
    fetching,
    figuring,
    framing,
    grading,
    keeping,
    reviewing,
    screening,
    serving,
    taking_in,
    watching,
)
from crosstie.app.cli.session import Session, global_options
from crosstie.ontology.errors import CrosstieError

# Typer carries a click of its own and gives no public name to the root of its errors.
_ClickException: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)

DONE, FOUND, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="crosstie",
    help=(
        "How is this organisation tied to a defence establishment, by which chain, and which"
        " sentence says so?\n\nBegin with `crosstie load starter`, then `crosstie screen NAME`."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(global_options)
for group in (
    taking_in,
    fetching,
    differing,
    screening,
    casework,
    exposing,
    asking,
    briefing,
    collaborating,
    framing,
    figuring,
    exporting,
    reviewing,
    grading,
    watching,
    keeping,
    serving,
    explaining,
):
    group.register(app)


def main() -> None:
    """Run the command that the arguments name, and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its code instead of a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forsake_output()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command; return 0 done, 1 a finding to fail on, 2 bad usage or input."""
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            # Python hides bytes that are no UTF-8 in surrogates, which nothing can store or find.
            return _complain(f"`{argument}` is no text in UTF-8; write it, or name the file, so")
    try:
        status = app(args=arguments, standalone_mode=False, prog_name="crosstie")
    except CrosstieError as error:
        return _complain(str(error))
    except typer.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except BrokenPipeError:
        _forsake_output()
        return DONE
    except _ClickException as error:
        return _usage(error)
    finally:
        Session.close_all()
    # Typer turns Ctrl-C into an exit of its own, which says nothing.
    if status == INTERRUPTED:
        return _stopped()
    return status if isinstance(status, int) else DONE


def _stopped() -> int:
    _complain("stopped; what was finished is kept, run the command again to go on")
    return INTERRUPTED


def _forsake_output() -> None:
    """The reader (`| head`) has gone: keep Python from complaining of it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: Exception) -> int:
    """Show a mistake in the arguments in one line."""
    context = getattr(error, "ctx", None)
    hint = f"; see `{context.command_path} --help`" if context is not None else ""
    message = str(getattr(error, "format_message", error.__str__)()).rstrip(".")
    return _complain(f"{message}{hint}" if message else f"no command{hint}")


def _complain(line: str) -> int:
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    Console(stderr=True, highlight=False, soft_wrap=True, emoji=False).print(
        f"crosstie: {line}", markup=False
    )
    return BAD_INPUT

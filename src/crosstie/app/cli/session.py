"""What every command shares: the workspace, how to print, and whether to be quiet."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec
import typer
from rich.console import Console

from crosstie import __version__
from crosstie.app.cli.progress import Reporter
from crosstie.workspace import Workspace

_PIPE_WIDTH = 110
DEFAULT_WORKSPACE = Path("crosstie.db")


@dataclass(slots=True)
class Session:
    """One run of the command line."""

    path: Path
    quiet: bool
    out: Console = field(default_factory=lambda: _console())
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False, emoji=False))
    _open: ClassVar[list[Workspace]] = []
    _reporters: ClassVar[list[Reporter]] = []

    def reporter(self) -> Reporter:
        """Return what shows progress; it is taken off the screen at the end of the run."""
        reporter = Reporter(self.err, quiet=self.quiet)
        self._reporters.append(reporter)
        return reporter

    def workspace(self, *, create: bool = False) -> Workspace:
        """Open the workspace; only commands that take something in may make it."""
        workspace = Workspace.open(self.path, create=create, progress=self.reporter())
        self._open.append(workspace)
        return workspace

    def say(self, line: str) -> None:
        """Print a line about the work, unless asked to be quiet."""
        if not self.quiet:
            self.err.print(line, markup=False, soft_wrap=True)

    def tell(self, line: str) -> None:
        """Print a line of the answer; control characters in it are shown, not run."""
        clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
        self.out.print(clean, markup=False, soft_wrap=True)

    def print_json(self, value: object) -> None:
        """Print a record as JSON on standard output."""
        text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
        typer.echo(text)

    @classmethod
    def close_all(cls) -> None:
        """Close what the run opened."""
        while cls._reporters:
            cls._reporters.pop().end()
        while cls._open:
            cls._open.pop().close()


class _Console(Console):
    """A console that leaves a closed pipe to `run`, which knows what it means."""

    def on_broken_pipe(self) -> None:
        """Pass the error on; rich would end the process with status 1."""
        raise BrokenPipeError


def _console() -> Console:
    """A console that does not squeeze its tables where there is no terminal to fit them to."""
    console = _Console(highlight=False, emoji=False)
    if not console.is_terminal:
        console = _Console(highlight=False, emoji=False, width=_PIPE_WIDTH)
    return console


def current(context: typer.Context) -> Session:
    """Return the session that the global options made."""
    session = context.obj
    assert isinstance(session, Session)
    return session


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"crosstie {__version__}")
        raise typer.Exit


def global_options(
    context: typer.Context,
    workspace: Annotated[
        Path,
        typer.Option(
            "--workspace",
            "-w",
            envvar="CROSSTIE_WORKSPACE",
            help="The workspace file.",
        ),
    ] = DEFAULT_WORKSPACE,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no remarks.")
    ] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Set up what every command shares."""
    context.obj = Session(path=workspace, quiet=quiet)


JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]

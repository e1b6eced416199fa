"""Hand a report over to a command of the user's: no shell, a time-out, JSON on its input."""

import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryFile

from crosstie.ontology.errors import UsageError

PLACEHOLDER = "{report}"
_PATIENCE = 60.0
_SHOWN = 300


def hook_words(command: str) -> list[str]:
    """Return a hook's program and arguments. Raises UsageError before anything else is done."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--run cannot be read ({error})", remedy="close its quotes") from error
    if not words:
        raise UsageError("--run names no command", remedy="--run 'mail-it {report}'")
    if shutil.which(words[0]) is None:
        raise UsageError(
            f"--run: there is no command `{words[0]}`",
            remedy="name it with its path; no shell is used, so no alias and no `|`",
        )
    return words


def hand_over(
    words: list[str], report: Path, payload: bytes, *, patience: float = _PATIENCE
) -> str:
    """Run the hook; return "" if it took the report, else what went wrong, in words."""
    given = [word.replace(PLACEHOLDER, str(report)) for word in words]
    # Files and not pipes: a child that the hook leaves behind would hold a pipe open for ever.
    with TemporaryFile() as told, TemporaryFile() as said:
        told.write(payload)
        told.seek(0)
        try:
            hook = subprocess.Popen(
                given, stdin=told, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
            )
        except OSError as error:
            return f"`{words[0]}` cannot be run ({error.strerror})"
        try:
            status = hook.wait(patience)
        except subprocess.TimeoutExpired:
            return f"`{words[0]}` did not end within {patience:.0f} s and was stopped"
        finally:
            _stop(hook)
        if not status:
            return ""
        said.seek(0)
        fault = said.read().decode("utf-8", "replace").strip()[-_SHOWN:]
        return f"`{words[0]}` ended with {status}" + (f": {fault}" if fault else "")


def _stop(hook: subprocess.Popen[bytes]) -> None:
    """End a hook that is still running, and all that it started."""
    if hook.poll() is None:
        os.killpg(hook.pid, signal.SIGKILL)
        hook.wait()

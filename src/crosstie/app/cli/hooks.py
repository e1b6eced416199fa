"""Hand a report over to a command of the user's: no shell, a time-out, JSON on its input."""

import shlex
import shutil
import subprocess
from pathlib import Path

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
    try:
        done = subprocess.run(given, input=payload, capture_output=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return f"`{words[0]}` did not end within {patience:.0f} s and was stopped"
    except OSError as error:
        return f"`{words[0]}` cannot be run ({error.strerror})"
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-_SHOWN:]
        return f"`{words[0]}` ended with {done.returncode}" + (f": {said}" if said else "")
    return ""

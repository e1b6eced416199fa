"""Write a chart, a table or a map layer to a file: whole, or not at all."""

from contextlib import suppress
from pathlib import Path

from crosstie.ontology.errors import UsageError


def check_file(path: Path, suffixes: tuple[str, ...]) -> str:
    """Return the path's suffix. Raises UsageError unless it is one of these, in a folder."""
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        raise UsageError(
            f"`{path.suffix or 'no suffix'}` cannot be written here", where=str(path),
            remedy=f"end the name with {' or '.join(suffixes)}",
        )  # fmt: skip
    if not path.parent.is_dir():
        raise UsageError(
            "its folder does not exist", where=str(path), remedy=f"make {path.parent} first"
        )
    return suffix


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file, replacing one of that name. Raises UsageError where it cannot be."""
    raw = content.encode() if isinstance(content, str) else content
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(raw)
        partial.replace(path)
    except OSError as error:
        raise UsageError(
            f"cannot be written ({error.strerror})", where=str(path), remedy="name another place"
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)

"""Write a screening to a file, in the form that its suffix names; whole, or not at all."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import Screening
from crosstie.reporting.html import screening_page
from crosstie.reporting.tables import to_csv, to_workbook

REPORT_FORMATS = (".html", ".xlsx", ".csv", ".json")


def check_format(path: Path, formats: Sequence[str] = REPORT_FORMATS) -> None:
    """Raise UsageError unless the path's suffix is one of the formats, in a folder that exists."""
    if path.suffix.lower() not in formats:
        raise UsageError(
            f"`{path.suffix or 'no suffix'}` is no report format", where=str(path),
            remedy=f"end the name with {' or '.join(formats)}",
        )  # fmt: skip
    if not path.parent.is_dir():
        raise UsageError(
            "its folder does not exist", where=str(path), remedy=f"make {path.parent} first"
        )


def write_screening(screening: Screening, path: Path) -> None:
    """Write the screening. Raises UsageError for an unknown suffix or a file that cannot be."""
    check_format(path)
    suffix = path.suffix.lower()
    if suffix == ".html":
        raw = screening_page(screening).encode()
    elif suffix == ".xlsx":
        raw = to_workbook(screening)
    elif suffix == ".csv":
        raw = to_csv(screening).encode()
    else:
        raw = msgspec.json.format(msgspec.json.encode(screening), indent=1) + b"\n"
    write_whole(path, raw)


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all. Raises UsageError where it cannot be written."""
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

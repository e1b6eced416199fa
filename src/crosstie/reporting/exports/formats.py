"""Write an export: one file or a folder of files, whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from crosstie.ontology.errors import UsageError
from crosstie.reporting.contents import Contents
from crosstie.reporting.exports.annotations import jsonld_file
from crosstie.reporting.exports.networks import gexf_file, graphml_file
from crosstie.reporting.exports.tables import csv_files, parquet_files
from crosstie.reporting.ftm import ftm_files
from crosstie.reporting.map_layers import presence_layer

Files = Mapping[str, bytes]


def _geojson(contents: Contents) -> bytes:
    return msgspec.json.encode(presence_layer(contents.presences)) + b"\n"


_SINGLE: Mapping[str, Callable[[Contents], bytes]] = {
    "graphml": graphml_file,
    "gexf": gexf_file,
    "geojson": _geojson,
    "jsonld": jsonld_file,
}
_FOLDERS: Mapping[str, Callable[[Contents], Files]] = {
    "csv": csv_files,
    "parquet": parquet_files,
    "ftm": ftm_files,
}
EXPORT_FORMATS = (*_FOLDERS, *_SINGLE)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: the files with their sizes in bytes, and what the format cannot hold."""

    files: Mapping[str, int]
    entities: int
    ties: int
    losses: Mapping[str, int]


def export(contents: Contents, form: str, target: Path) -> ExportReport:
    """Write the contents in a format of EXPORT_FORMATS.

    csv, parquet and ftm make a folder that must not exist yet; the others a file.
    Raises UsageError.
    """
    if target.exists():
        raise UsageError("exists already", where=str(target), remedy="name another place")
    if not target.parent.is_dir():
        raise UsageError(
            "its folder does not exist", where=str(target), remedy=f"make {target.parent} first"
        )
    if form in _FOLDERS:
        files = _FOLDERS[form](contents)
        _write_folder(target, files)
    elif form in _SINGLE:
        files = {target.name: _SINGLE[form](contents)}
        _write_file(target, files[target.name])
    else:
        raise UsageError(f"no format `{form}`", remedy=f"one of {', '.join(EXPORT_FORMATS)}")
    losses = msgspec.json.decode(files["losses.json"]) if "losses.json" in files else {}
    return ExportReport(
        files={name: len(raw) for name, raw in files.items()},
        entities=len(contents.entities),
        ties=len(contents.ties),
        losses=losses,
    )


def _write_folder(target: Path, files: Files) -> None:
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for name, raw in files.items():
            (partial / name).write_bytes(raw)
        partial.chmod(0o755)
        partial.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_file(target: Path, raw: bytes) -> None:
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.write_bytes(raw)
        partial.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _unwritable(target: Path, error: OSError) -> UsageError:
    return UsageError(
        f"cannot be written ({error.strerror})", where=str(target), remedy="name another place"
    )

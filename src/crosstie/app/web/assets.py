"""The files of the pages: style sheets, modules, fonts, outlines; nothing from outside."""

from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from crosstie.ontology.errors import UsageError

_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".woff2": "font/woff2"}
# A browser may keep a file for an hour, and asks then whether it has changed.
_KEEP = "public, max-age=3600"


class Assets(StaticFiles):
    """Serve a folder's files with the types that browsers insist on for modules."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "vendor" / "LICENCES.txt").is_file():
            raise UsageError(
                "the files that the pages use in the browser have not been made",
                where=str(folder / "vendor"),
                remedy="run `make assets` in the project's folder, then install again",
            )
        super().__init__(directory=folder, follow_symlink=False)

    def file_response(self, *arguments: Any, **options: Any) -> Response:
        """Return a file, with its type and how long it may be kept."""
        response = super().file_response(*arguments, **options)
        response.headers["cache-control"] = _KEEP
        kind = _TYPES.get(Path(str(arguments[0])).suffix)
        if kind is not None:
            response.headers["content-type"] = f"{kind}; charset=utf-8"
        return response

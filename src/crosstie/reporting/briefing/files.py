"""Write a briefing to a file, in the form that its suffix names; whole, or not at all."""

from pathlib import Path

import msgspec

from crosstie.ontology.briefings import Briefing
from crosstie.reporting.briefing.markdown import briefing_markdown
from crosstie.reporting.briefing.page import briefing_page
from crosstie.reporting.files import check_format, write_whole
from crosstie.reporting.inert import json_text

BRIEFING_FORMATS = (".html", ".md", ".json")


def briefing_json(briefing: Briefing) -> bytes:
    """Return the briefing as JSON; `writing` is there only if a model wrote."""
    told = msgspec.to_builtins(briefing, order="deterministic")
    if briefing.writing is None:
        del told["writing"]
    raw = msgspec.json.encode(told)
    return json_text(msgspec.json.format(raw, indent=1)) + b"\n"


def write_briefing(briefing: Briefing, path: Path) -> None:
    """Write the briefing. Raises UsageError for an unknown suffix or a file that cannot be."""
    check_format(path, BRIEFING_FORMATS)
    suffix = path.suffix.lower()
    if suffix == ".html":
        raw = briefing_page(briefing).encode()
    elif suffix == ".md":
        raw = briefing_markdown(briefing).encode()
    else:
        raw = briefing_json(briefing)
    write_whole(path, raw)

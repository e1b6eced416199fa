"""The prompts for a language model: data files, and the fence that a document cannot close."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crosstie.extraction.backends.proposals import TIES_NOT_ASKED
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import TieKind, kinds

_READING, _BRIEFING = "extract.md", "brief.md"
_MARK_DIGITS = 16
Messages = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Prompt:
    """The instructions, and the version under which claims and cached replies know them."""

    version: str
    instructions: str

    def messages(self, words: str, *, date: str | None) -> Messages:
        """Return the instructions and, fenced, the passage as an endpoint takes them."""
        mark = fence_mark(words)
        told = self.instructions.replace("{{mark}}", mark).replace(
            "{{date}}", date or "no known date"
        )
        fenced = f"----- passage {mark} begins -----\n{words}\n----- passage {mark} ends -----"
        return [{"role": "system", "content": told}, {"role": "user", "content": fenced}]


def fence_mark(words: str) -> str:
    """Return a mark that follows from the passage and does not stand in it.

    No text can hold the digest of itself, so that no document can close its fence.
    """
    mark = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_DIGITS]
    return mark if mark not in words else fence_mark(words + mark)


@cache
def shipped_prompt() -> Prompt:
    """Return the prompt that ships, with the kinds that Crosstie knows filled in."""
    read = _prompt(_READING)
    body, known = read.instructions, kinds()
    values = {
        "{{entities}}": "\n".join(
            f"- {kind.id}: {kind.definition}"
            for kind in known.entities.values()
            if kind.id != "person"
        ),
        "{{ties}}": "\n".join(
            _tie_line(tie) for tie in known.ties.values() if tie.id not in TIES_NOT_ASKED
        ),
        "{{presence}}": ", ".join(known.presence_kinds),
        "{{directions}}": ", ".join(known.transfer_directions),
    }
    for place, value in values.items():
        body = body.replace(place, value)
    return Prompt(read.version, body)


@cache
def briefing_prompt() -> Prompt:
    """Return the prompt that asks for a summary of quotes."""
    return _prompt(_BRIEFING)


def _prompt(file: str) -> Prompt:
    path = resources.files("crosstie.extraction.backends") / "prompts" / file
    head, _, body = path.read_text("utf-8").partition("\n\n")
    if not head.startswith("version: ") or "{{mark}}" not in body:
        raise DataFileError(
            "no version in the first line, or no {{mark}} in the text", file=file, line=1,
            remedy="begin with `version: NAME` and an empty line, and name the mark",
        )  # fmt: skip
    return Prompt(head.removeprefix("version: ").strip(), body)


def _tie_line(tie: TieKind) -> str:
    ends = f"{_ends(tie.subjects)} {'↔' if tie.symmetric else '→'} {_ends(tie.objects)}"
    return f"- {tie.id} ({ends}): {tie.definition} Like: {tie.example}"


def _ends(allowed: frozenset[str]) -> str:
    organisations = {kind.id for kind in kinds().entities.values() if kind.organisation}
    named = ["organisation"] if organisations <= allowed else []
    rest = allowed - organisations if named else allowed
    return "|".join([*named, *sorted(rest - {"person"})])

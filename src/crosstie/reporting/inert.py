"""Make hostile text harmless to show: what hides, reorders or runs becomes visible or plain text.

Records keep a document's words as they stand; only what is shown goes through here.
"""

import re

# Bidirectional and other formatting controls, tags, line and paragraph separators, and control
# characters but for tab and line feed. Joiners stay: Persian and emoji are written with them.
_HIDING = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]~|@$^!{}])")
# What starts a heading, a list, a quote or a rule stands first; addresses become links anywhere.
_MARKDOWN_FIRST = re.compile(r"^(?=[#+>=:-])|^(\d{1,9})(?=[.)](?:\s|$))")
_ADDRESS = re.compile(r":(?=//)|(?<=\bwww)\.", re.IGNORECASE)


def visible(text: str) -> str:
    """Return text in which characters that hide or reorder others stand as their codes.

    >>> visible("ab\u202ecd")
    'ab⟦U+202E⟧cd'
    """
    return _HIDING.sub(lambda found: f"⟦U+{ord(found.group()):04X}⟧", text)


def markdown(text: str) -> str:
    """Return text as one line of Markdown that says the same and can be nothing but text."""
    line = " ".join(visible(text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;")
    line = _ADDRESS.sub(r"\\\g<0>", _MARKDOWN.sub(r"\\\1", line))
    return _MARKDOWN_FIRST.sub(r"\1\\", line)


def json_text(raw: bytes) -> bytes:
    """Return JSON in which such characters stand as escapes: it reads back the same."""
    text = raw.decode("utf-8")
    return _HIDING.sub(_escaped, text).encode("utf-8")


def _escaped(found: re.Match[str]) -> str:
    code = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{code[i]:02x}{code[i + 1]:02x}" for i in range(0, len(code), 2))

"""Chinese in simplified characters, one for one, so that offsets stay those of the document."""

from functools import cache

from opencc import OpenCC

_FIRST, _LAST = 0x3400, 0x9FFF
_MARKS = {
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "〈": "《",
    "〉": "》",
    "﹐": "，",
    "﹔": "；",
}
_WIDE = {chr(0xFF10 + digit): str(digit) for digit in range(10)}


def simplified(text: str) -> str:
    """Return the text with each traditional character as its simplified one: same length."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    forms = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {
        ord(character): form
        for character, form in zip(characters, forms, strict=True)
        if len(form) == 1 and form != character
    }
    return table | {ord(mark): plain for mark, plain in {**_MARKS, **_WIDE}.items()}

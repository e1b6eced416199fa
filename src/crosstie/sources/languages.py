"""The language of a name on a list, told by its script; Latin letters say nothing by themselves."""

import re

_KANA = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OTHER = re.compile(r"[\u0370-\u1fff\u2c00-\u2dff\ua640-\uabff\ufb1d-\ufdff\ufe70-\ufeff]")


def language_of(name: str, *, latin: str = "und", han: str = "zh") -> str:
    """Return a BCP 47 tag: 'ja' for kana, 'ko' for hangul, `han` and `latin` as the list says."""
    if name.isascii():
        return latin
    if _KANA.search(name):
        return "ja"
    if _HANGUL.search(name):
        return "ko"
    if _HAN.search(name):
        return han
    return "und" if _OTHER.search(name) else latin

"""Split text for a full-text index: Han runs become overlapping pairs, the rest stays words.

A trigram index silently misses two-character Chinese words, which most Chinese words are.
"""

import re

# CJK unified ideographs with extension A, compatibility ideographs, and the supplementary planes.
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_WORD_OR_HAN = re.compile(_HAN_RUN.pattern + r"|[^\W_]+")


def index_form(text: str) -> str:
    """Return text for indexing: '电科28所' → '电科 科 28 所'.

    Each Han run ends with its last character alone, so that a prefix query finds any character.
    """
    return _HAN_RUN.sub(lambda run: f" {' '.join(_pairs(run.group(), last=True))} ", text)


def query_form(text: str) -> str:
    """Return an FTS5 query that finds documents holding every word of the text as a phrase.

    Operators and quotes in the text are words or nothing: a query cannot be malformed. Returns ""
    when the text holds no word at all.
    """
    phrases = []
    for match in _WORD_OR_HAN.finditer(text):
        word = match.group()
        if not _HAN_RUN.fullmatch(word):
            phrases.append(f'"{word}"')
        elif len(word) == 1:
            phrases.append(f'"{word}"*')
        else:
            phrases.append(f'"{" ".join(_pairs(word, last=False))}"')
    return " AND ".join(phrases)


def _pairs(run: str, *, last: bool) -> list[str]:
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return [*pairs, run[-1]] if last else pairs

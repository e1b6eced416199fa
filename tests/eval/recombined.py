"""Any number of articles, recombined from the sentences of a few: for runs that must be long.

Every second article names a firm that no other names, so that words and entities grow as they do
in real collections. The same number and seed always give the same articles.
"""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from crosstie.text.sentences import sentence_spans

_MADE = Path(__file__).resolve().parent / "reading_made" / "docs"
_SENTENCES = 8
_CHINESE_OF = 4
"""One article of so many is Chinese."""
_SYLLABLES = (
    "ba", "de", "gi", "lo", "mu", "na", "po", "ri", "sa", "te", "vu", "wo", "xi", "yan", "zu",
    "hai", "ken", "dor", "lim", "qua",
)  # fmt: skip
_HAN = "海山云天光明华新东南西北中金石玉林江河远"


def texts_of(shared: Path) -> dict[str, list[str]]:
    """Return the texts of the development corpus, or of the made set where that is absent."""
    folder = shared / "corpus/dev/docs"
    found: dict[str, list[str]] = {"en": [], "zh": []}
    for path in sorted((folder if folder.is_dir() else _MADE).glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        if raw.get("text"):
            found[raw["lang"]].append(raw["text"])
    return found


def articles(
    texts: dict[str, list[str]], count: int, *, sentences: int = _SENTENCES, seed: int = 7
) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of each article."""
    pools = {code: _sentences(found, code) for code, found in texts.items()}
    chance = random.Random(seed)
    for number in range(count):
        code = "zh" if number % _CHINESE_OF == 0 else "en"
        parts = chance.sample(pools[code], min(sentences, len(pools[code])))
        if number % 2:
            parts.insert(chance.randrange(len(parts)), _new_firm(chance, code))
        joint = "" if code == "zh" else " "
        middle = (len(parts) + 1) // 2
        halves = [joint.join(parts[:middle]), joint.join(parts[middle:])]
        closing = f"第{number}号。" if code == "zh" else f"This is record {number}."
        yield code, "\n\n".join([*halves, closing]) + "\n"


def _sentences(texts: Sequence[str], code: str) -> list[str]:
    spans = [(t, a, b) for t in texts for a, b in sentence_spans(t, 0, len(t), code)]
    found = [" ".join(text[start:end].split()) for text, start, end in spans]
    return [sentence for sentence in dict.fromkeys(found) if len(sentence) > 20]


def _new_firm(chance: random.Random, code: str) -> str:
    if code == "zh":
        name = "".join(chance.choice(_HAN) for _ in range(4))
        return f"{name}科技有限公司与{chance.choice(_HAN)}州大学签署了合作协议。"
    name = "".join(chance.choice(_SYLLABLES) for _ in range(4)).capitalize()
    return f"{name} Optics Co., Ltd. signed an agreement with {name[:4]} University in 2019."


def write(
    folder: Path, texts: dict[str, list[str]], count: int, *, sentences: int = _SENTENCES
) -> dict[str, list[str]]:
    """Write the articles as text files, a thousand a folder; return the texts by language."""
    written: dict[str, list[str]] = {"en": [], "zh": []}
    for number, (code, text) in enumerate(articles(texts, count, sentences=sentences)):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:05}.txt").write_text(text, encoding="utf-8")
        written[code].append(text)
    return written

"""What the bench of names indexes and asks: the labelled set, or a made one where it is absent.

The made set stands on what ships: the lexicon's words make organisations, and their names with
slips, other legal forms and missing words make queries. It is easier than the labelled set, and
the bench says which of the two it ran.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosstie.matching.names.lexicon import default_lexicon

ROOT = Path(__file__).resolve().parents[1]
Entity = tuple[str, list[str]]
_FORMS = ("Co., Ltd.", "LLC", "Inc", "GmbH", "JSC", "")
_MADE, _ASKED, _SMALLEST = 12_000, 1_400, 6_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Task:
    """Entities to index, names to ask, and the cluster that each name means (None: no alert)."""

    entities: list[Entity]
    asked: list[str]
    targets: list[str | None]
    cluster: dict[str, str]
    origin: str


def load_task() -> Task:
    """Return the labelled queries over real names, or the made ones."""
    shared = ROOT.parent / "shared"
    if not (shared / "data" / "screening-dev").is_dir():
        return made_task()
    sys.path.insert(0, str(ROOT / "tests" / "eval"))
    from names_data import load_queries

    data = load_queries(shared)
    return Task(
        data.entities + data.padding,
        [query["q"] for query in data.queries],
        [query["target"] or None for query in data.queries],
        data.cluster,
        "labelled queries over real names",
    )


def made_task() -> Task:
    """Return organisations and queries made of the lexicon's words, the same in every run."""
    dice = random.Random(11)
    lexicon = default_lexicon()
    by_kind = {
        kind: sorted(c for c, k in lexicon.kinds.items() if k == kind and c.isascii())
        for kind in ("place", "field", "type", "generic")
    }

    def own() -> str:
        return "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(3))

    def name() -> str:
        words = [own(), *(dice.choice(by_kind[kind]) for kind in ("place", "field", "type"))]
        number = [f"No. {dice.randrange(1, 999)}"] * (dice.random() < 0.15)
        return " ".join(word.title() for word in words) + " ".join(["", *number])

    entities = [(f"made-{n}", [f"{name()} {dice.choice(_FORMS)}".strip()]) for n in range(_MADE)]
    # The smallest size of the bench holds every organisation that is asked for.
    chosen = dice.sample(entities[:_SMALLEST], _ASKED // 2)
    asked = [_slipped(names[0], dice) for _, names in chosen]
    asked += [name() for _ in range(_ASKED - len(asked))]
    targets = [key for key, _ in chosen] + [None] * (_ASKED - len(chosen))
    cluster = {key: key for key, _ in entities}
    return Task(entities, asked, targets, cluster, "made names: the labelled set is absent")


def _slipped(name: str, dice: random.Random) -> str:
    words = name.replace(",", "").split()
    place = dice.randrange(len(words))
    word = words[place]
    letter = dice.randrange(len(word))
    words[place] = word[:letter] + dice.choice(_LETTERS) + word[letter + dice.randrange(2) :]
    return " ".join(words + [dice.choice(_FORMS)] * (dice.random() < 0.5)).strip()


def varied(real: list[Entity], size: int) -> Iterator[Entity]:
    """Yield the real organisations, then variations of them, the same in every run."""
    yield from real[:size]
    dice = random.Random(7)
    words = sorted({word for _, names in real for name in names for word in name.split()})
    for number in range(size - len(real)):
        row = dice.choice(dice.choice(real)[1]).split() or ["x"]
        for _ in range(1 + len(row) // 4):
            place = dice.randrange(len(row))
            row[place] = dice.choice(words) if dice.random() < 0.6 else row[place][::-1]
        yield f"varied-{number}", [" ".join(row)]


def hostile(entities: list[Entity]) -> list[str]:
    """Return names that someone might send to keep a matcher busy: long, common, odd ones."""
    counts: dict[str, int] = {}
    for _, names in entities[:100_000]:
        for name in names:
            for word in name.split():
                counts[word] = counts.get(word, 0) + 1
    common = sorted(counts, key=lambda word: (-counts[word], word))[:60]
    dice = random.Random(5)
    longest = max((name for _, names in entities[:100_000] for name in names), key=len)
    return [
        *common[:10],
        " ".join(common[:8]),
        " ".join(common),
        " ".join(reversed(common)),
        *(" ".join(dice.sample(common, 6)) for _ in range(10)),
        ", ".join(dice.choice(entities)[1][0] for _ in range(8)),
        " a.k.a. ".join(dice.choice(entities)[1][0] for _ in range(6)),
        " / ".join(f"{dice.choice(entities)[1][0]} ({dice.choice(common)})" for _ in range(6)),
        longest * 3,
        "institute of technology " * 5_000,
        "a" * 100_000,
        "中国科学院" * 20_000,
        "中国电子科技集团公司第二十八研究所" * 20,
        "国" * 400,
        "1 2 3 4 5 6 7 8 9 " * 100,
        "." * 100_000,
        "((((" * 1_000,
        "\u200b" * 1_000,
        "".join(chr(dice.randrange(32, 0xD000)) for _ in range(400)),
        " ".join(
            "".join(dice.choice(_LETTERS) for _ in range(dice.randrange(3, 12))) for _ in range(60)
        ),
    ]

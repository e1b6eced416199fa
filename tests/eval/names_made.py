"""Queries made from the lists themselves, to learn more weights from than the labelled ones allow.

An alias is held out of its organisation and asked for; a name is asked for with slips of the
fingers or a word less; an organisation is left out of the index and must not be found.
"""

import random
from pathlib import Path

from names_data import Entity, Queries, listed_entities, ror_records

from crosstie.matching.names import core_name

_SLIPS = "abcdefghijklmnopqrstuvwxyz"


def made_queries(shared: Path, known: Queries, size: int = 1500) -> Queries:
    """Return made queries over list organisations that the labelled set does not know."""
    dice = random.Random(20260731)
    taken = {core_name(name) for _, names in known.entities for name in names}
    taken |= {core_name(query["q"]) for query in known.queries}
    rows = [e for e in listed_entities(shared) if not any(core_name(n) in taken for n in e[1])]
    dice.shuffle(rows)
    entities: list[Entity] = []
    queries: list[dict[str, str | None]] = []
    for number, (key, names) in enumerate(rows):
        if number < size and len(names) > 1:
            held = dice.randrange(len(names))
            rest = [n for n in names if core_name(n) != core_name(names[held])]
            if rest:
                queries.append({"q": names[held], "target": key, "cls": "made_alias"})
                names = rest
        elif number < 2 * size:
            change = dice.choice((_slip, _slip, _drop))
            queries.append({"q": change(names[0], dice), "target": key, "cls": "made_typo"})
        elif number < 3 * size:
            queries.append({"q": names[0], "target": None, "cls": "made_absent"})
            continue
        entities.append((key, names))
    for row in ror_records(shared):
        if dice.random() < 0.5 and row["en"]:
            queries.append({"q": row["en"][0], "target": None, "cls": "made_absent_ror"})
    cluster = {key: key for key, _ in entities}
    return Queries(entities, known.entities, queries, cluster)


def _slip(name: str, dice: random.Random) -> str:
    letters = list(name)
    for _ in range(1 + len(letters) // 14):
        place = dice.randrange(len(letters))
        kind = dice.randrange(4)
        if kind == 0:
            letters[place] = dice.choice(_SLIPS)
        elif kind == 1 and len(letters) > 4:
            del letters[place]
        elif kind == 2:
            letters.insert(place, dice.choice(_SLIPS))
        elif place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def _drop(name: str, dice: random.Random) -> str:
    words = name.split()
    if len(words) > 3:
        del words[dice.randrange(len(words))]
    return " ".join(words)

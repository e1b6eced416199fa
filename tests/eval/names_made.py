"""Queries made from the lists themselves, to learn more weights from than the labelled ones allow.

An alias is held out of its organisation and asked for; a name is asked for with slips of the
fingers, a word less, or its words cut short; an organisation is left out of the index and must not
be found; nor must a school of another field of study than the one listed, a part of a listed body
for the whole, or a company whose one own word is another's.
"""

import random
from pathlib import Path

from names_data import Entity, Queries, listed_entities, ror_records

from crosstie.matching.names import core_name

_STUDIES = (
    "Medical",
    "Normal",
    "Agricultural",
    "Polytechnic",
    "Marine",
    "Pharmaceutical",
    "Pedagogical",
)
_ARTS = ("of Fine Arts", "of Marine Biology", "of Economics", "of Mining", "of Foreign Languages")
_SHARE = 0.4
"""Schools of another field, of those that could be made: more would drown the other queries."""
_PARTS = ("{} Press", "{} Hospital", "School of {}, {}", "{} Library", "College of {}, {}",
          "Institute of {}, {}", "{} Alumni Association", "{} Science Park")  # fmt: skip
_STUDIED = ("Materials", "Physics", "Law", "Energy", "Optics", "Medicine", "Software", "Economics")
_PART_SHARE = 0.08
_BRANDS = 150
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
            change = dice.choice((_slip, _slip, _drop, _cut_short))
            queries.append({"q": change(names[0], dice), "target": key, "cls": "made_typo"})
        elif number < 3 * size:
            queries.append({"q": names[0], "target": None, "cls": "made_absent"})
            continue
        elif number < 3 * size + _BRANDS:
            other = _other_brand(names[0], rows[number - 1][1][0]) or names[0] + " " + dice.choice(
                _STUDIED
            )
            queries.append({"q": other, "target": None, "cls": "made_other_brand"})
        entities.append((key, names))
    more, asked = _from_ror(shared, taken, dice)
    entities += more
    queries += asked
    cluster = {key: key for key, _ in entities}
    return Queries(entities, known.entities, queries, cluster)


def _from_ror(
    shared: Path, taken: set[str], dice: random.Random
) -> tuple[list[Entity], list[dict[str, str | None]]]:
    """Return entities of ROR, and queries for what they are not: other schools, parts."""
    entities: list[Entity] = []
    queries: list[dict[str, str | None]] = []
    listed = {core_name(name) for row in ror_records(shared) for name in row["en"]} | taken
    for row in ror_records(shared):
        if not row["en"]:
            continue
        other = _other_field(row["en"][0], dice)
        fresh = not {core_name(row["en"][0])} & taken and core_name(other) not in listed
        if other and fresh and dice.random() < _SHARE:
            entities.append((f"ror-{row['id'][0]}", row["en"]))
            queries.append({"q": other, "target": None, "cls": "made_other_field"})
        elif fresh and dice.random() < _PART_SHARE:
            entities.append((f"ror-{row['id'][0]}", row["en"]))
            part = _part_of(row["en"][0], dice)
            queries.append({"q": part, "target": None, "cls": "made_part"})
        elif dice.random() < 0.5:
            queries.append({"q": row["en"][0], "target": None, "cls": "made_absent_ror"})
    return entities, queries


def _other_field(name: str, dice: random.Random) -> str:
    """Return the name of a school of another field of study, or nothing for a name of no school."""
    words = name.split()
    if words[-1].lower() != "university" or len(words) > 4:
        return ""
    if dice.random() < 0.5:
        return " ".join([*words, dice.choice(_ARTS)])
    return " ".join([*words[:-1], dice.choice(_STUDIES), words[-1]])


def _part_of(name: str, dice: random.Random) -> str:
    """Return the name of a part of a body: its press, its hospital, a school of it."""
    pattern = dice.choice(_PARTS)
    return pattern.format(*([dice.choice(_STUDIED), name] if pattern.count("{}") == 2 else [name]))


def _other_brand(name: str, another: str) -> str:
    """Return the name with the first word of another's for its own, or nothing for a short one."""
    words, others = name.split(), another.split()
    if len(words) < 3 or words[0].lower() == others[0].lower() or not others[0].isalpha():
        return ""
    return " ".join([others[0], *words[1:]])


def _cut_short(name: str, dice: random.Random) -> str:
    """Cut long words short, as abbreviations do, all but the first: Yunmen Chem. Eng. Co."""
    first, *words = name.split()
    short = [w[: dice.randint(4, 5)] + "." if len(w) > 7 and w.isalpha() else w for w in words]
    return " ".join([first, *short])


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

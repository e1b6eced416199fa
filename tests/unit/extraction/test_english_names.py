"""A table of English passages with every name and its kind: how many are found, and how well."""

import re
from collections import Counter
from pathlib import Path

import pytest

from crosstie.extraction import Extractor
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Article, Document

TABLE = Path(__file__).with_name("english_name_probes.txt")
_BRACKET = re.compile(r"\[([^\]|]+)\|([a-z_]+)\]")
# What was measured, less a margin for a new model; never lowered.
FLOORS = {"names_precision": 0.97, "names_recall": 0.95, "kinds_precision": 0.95}
Names = Counter[tuple[str, str]]


def _passages() -> list[tuple[str, Names]]:
    lines = TABLE.read_text("utf-8").splitlines()
    marked = [line for line in lines if line and not line.startswith("#")]
    return [
        (_BRACKET.sub(r"\1", line), Counter((_bare(n), k) for n, k in _BRACKET.findall(line)))
        for line in marked
    ]


def _bare(name: str) -> str:
    """Return a name without quotation marks, a possessive ending and an article."""
    return re.sub(r"[“”\"]|['’]s$|^[Tt]he ", "", name)


def _found(text: str) -> Names:
    document = Document.of(origin="document", name="probe", text=text, language="en")
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language="en"
    )
    mentions = Extractor().extract(document, article).mentions
    return Counter((_bare(mention.quote), mention.kind) for mention in mentions)


def _untyped(names: Names) -> Counter[str]:
    return Counter(name for name, _ in names.elements())


@pytest.fixture(scope="module")
def shares() -> dict[str, float]:
    wanted = found = right = of_kind = 0
    for text, names in _passages():
        ours = _found(text)
        wanted += sum(names.values())
        found += sum(ours.values())
        right += sum((_untyped(names) & _untyped(ours)).values())
        of_kind += sum((names & ours).values())
    return {
        "names_precision": right / found,
        "names_recall": right / wanted,
        "kinds_precision": of_kind / found,
    }


def test_table_is_large_and_names_known_kinds() -> None:
    passages = _passages()
    assert len(passages) >= 200
    assert {kind for _, names in passages for _, kind in names} <= set(kinds().entities)


@pytest.mark.parametrize("share", FLOORS)
def test_names_stay_above_their_floors(shares: dict[str, float], share: str) -> None:
    assert shares[share] >= FLOORS[share]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It was refitted in Dry Dock 6 by Hexi.", "Dry Dock 6", "facility"),
        ("The Second Academy of Optics moved.", "Second Academy of Optics", "research_institute"),
        ("Pellam Systems of Marvik lost.", "Marvik", "place"),
        ("MARVIK, March 3 — The army bought radios.", "MARVIK", "place"),
        ("The Marvik Talent Bridge, a programme, ended.", "Marvik Talent Bridge", "programme"),
        ("They met at the Kelvik yard in May.", "Kelvik yard", "facility"),
        ("The army flew the FA-9 trainer.", "FA-9", "system"),
        ("Marvia banned it. The Marvian firm left.", "Marvia", "place"),
        ("He sold it to the Marvian Navy in Tolvik.", "Tolvik", "place"),
    ],
)
def test_use_in_the_text_tells_the_kind(text: str, name: str, kind: str) -> None:
    assert (name, kind) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It delivered 40 drones and sold missiles.",
        "Supplier | Status\nnone | Active",
        "The firm sold the Project in Spring 2021.",
    ],
)
def test_goods_cells_and_common_words_are_no_names(text: str) -> None:
    assert not _found(text)

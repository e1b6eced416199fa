"""Choose the sentences that tell a story: those that bear its claims, in the document's order.

Nothing is written: what is chosen stands in the document, word for word. A sentence that names a
private person is never chosen.
"""

import re
from collections.abc import Callable, Collection, Sequence

from crosstie.ontology.records import Claim
from crosstie.reporting.briefing.story import Sentence, Story, bears

_MOST = 2
_TOO_SHORT, _LONG, _TOO_LONG = 40, 450, 700
_CHINESE_PER_LATIN = 3
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{4,}")
# A sentence that points back says little alone.
_POINTS_BACK = re.compile(
    r"(?:It|He|She|They|This|These|That|Those|Such|However|In addition|Another|Similarly)\b|此外|这"
)


def chosen(
    story: Story,
    *,
    words: Callable[[str], Collection[str]],
    kinds: Collection[str],
    is_about_people: Callable[[str], bool],
) -> tuple[Sentence, ...]:
    """Return up to two sentences that say most of what the story's category is about.

    `words` gives the category's words in a text, `kinds` are its kinds of tie. A sentence whose
    words say that private people are its subject stands back behind those about organisations.
    """
    open_to = [s for s in story.sentences if not s.names_private]
    titled = _keywords(story.article.title)
    first = story.sentences[0].start if story.sentences else -1
    picked: list[Sentence] = []
    told: set[str] = set()
    while open_to and len(picked) < _MOST:
        worths = [
            _worth_of_claims(_borne(story.claims, s), told, kinds)
            + _worth_of_words(s, titled, words(s.text))
            + (1.5 if s.start == first else 0)
            - (1.5 if is_about_people(s.text) and not s.organisations else 0)
            for s in open_to
        ]
        best = max(range(len(open_to)), key=lambda place: (worths[place], -place))
        sentence = open_to.pop(best)
        picked.append(sentence)
        told |= {claim.id for claim in _borne(story.claims, sentence)}
    return tuple(sorted(picked, key=lambda s: s.start))


def _borne(claims: Sequence[Claim], sentence: Sentence) -> list[Claim]:
    return [claim for claim in claims if bears(claim, sentence.start, sentence.end)]


def _worth_of_claims(claims: Sequence[Claim], told: set[str], kinds: Collection[str]) -> float:
    """Ties before quantities, the category's ties before others; what was told counts no more."""
    fresh = [claim for claim in claims if claim.id not in told]
    ties = [claim for claim in fresh if claim.object is not None]
    figures = [claim for claim in fresh if claim.quantity is not None]
    worth = 1.5 * min(len(ties), 3) + 0.75 * min(len(figures), 2)
    if any(claim.predicate in kinds for claim in ties):
        worth += 3
    if any(claim.flags for claim in figures):
        worth += 1
    return worth


def _worth_of_words(sentence: Sentence, titled: frozenset[str], about: Collection[str]) -> float:
    text = sentence.text
    length = len(text) * (_CHINESE_PER_LATIN if _HAN.search(text) else 1)
    worth = 0.75 * min(len(about), 3) + 0.4 * min(len(titled & _keywords(text)), 4)
    if sentence.organisations:
        worth += 1
    if length < _TOO_SHORT:
        worth -= 3
    if length > _LONG:
        worth -= 1
    if length > _TOO_LONG:
        worth -= 2
    if text.rstrip("”\"'’)").endswith(("?", "？")):
        worth -= 2
    if _POINTS_BACK.match(text):
        worth -= 1
    if sentence.public_people:
        worth -= 0.5
    return worth


def _keywords(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))

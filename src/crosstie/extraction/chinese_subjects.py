"""Who a clause of a Chinese sentence is about, and whom 该公司, 其 and 双方 stand for.

Chinese leaves a subject out once it is known. The reader finds the places where one is left out
or pointed back to, and the names meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crosstie.extraction import chinese_pointing as pointing
from crosstie.extraction.chinese_lines import item_mark
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

# How many names back "that company" may reach.
_LAST_NAMED = 40
# What may stand between a clause's begin and the name that it is about: a date, 近日, 由.
_BEFORE_SUBJECT = 16
_PAIR = 2
_TOPICAL = ORGANISATION_LIKE | {"facility", "system", "place", "programme", "document"}
_CLAUSE_MARKS = "，；。：\n"
_CLAUSE_END = re.compile(r"[，；。：]")
_NOT_SUBJECT = re.compile(
    r"(?:据|在|向|对|从|于|到|与|同|为|给|被|把|将|由|由原|是|系|包括|有|关于|根据|按照|参观了?|设在|位于)$"
)

Item = tuple[int, int, tuple[Spot, ...], Sentence]
Named = tuple[Spot, Sentence]


@dataclass
class Talk:
    """What has been spoken of so far in the article: names, the topic, the last two parties."""

    named: list[Named] = field(default_factory=list)
    topic: Named | None = None
    parties: tuple[tuple[Spot, ...], Sentence] | None = None
    main: dict[str, Named] = field(default_factory=dict)
    """Of each kind, the first name that a sentence was about."""
    lead: Named | None = None
    """Whom the items of the list under way are about."""
    readers: "dict[Sentence, tuple[Reader, Named | None]]" = field(default_factory=dict)
    """Of each sentence, its reader and what had been spoken of before it."""

    def subject_at(self, sentence: Sentence, place: int) -> Named | None:
        """Return the name that the clause at a place is about."""
        if sentence not in self.readers:
            return None
        reader, before = self.readers[sentence]
        return reader.about(place) or before


class Reader:
    """Reads who the clauses of one sentence are about."""

    def __init__(self, text: str, sentence: Sentence, names: Sequence[Spot], talk: Talk) -> None:
        self._text, self._sentence, self._talk = text, sentence, talk
        self._names = [spot for spot in names if spot.kind in _TOPICAL]
        self._subjects: list[Item] = [
            (spot.start, spot.end, (spot,), sentence) for spot in self._names
        ]
        self._mark = item_mark(text, sentence)
        self._clauses = self._cut()

    def stand_ins(self) -> list[Item]:
        """Return the places that stand for names said before, and those that are left out."""
        those = self._those()
        self._subjects = sorted([*self._subjects, *those], key=lambda item: item[0])
        both = self._both()
        found = [*those, *both, *self._pronouns()]
        taken = {start for start, _, _, _ in found}
        return [*found, *(item for item in self._left_out(both) if item[0] not in taken)]

    def topic(self) -> Named | None:
        """Return the name that the sentence begins with, for the sentence after it."""
        if self.is_item():
            return None
        return self._subject_before(self._sentence.end, first=True)

    def about(self, place: int) -> Named | None:
        """Return the name that the clause which holds a place is about."""
        return self._subject_before(place)

    def pair(self, end: int) -> tuple[Spot, ...]:
        """Return the two names before a place that 与 or a like word joins, or nothing."""
        before = [item for item in self._subjects if item[1] <= end]
        for left, right in pairwise(before):
            one, other = left[2][0], right[2][0]
            between = self._text[
                max(left[1], one.covered) if left[0] == one.start else left[1] : right[0]
            ]
            if one.name != other.name and pointing.JOINED.fullmatch(between):
                return one, other
        return ()

    def _those(self) -> list[Item]:
        named = [*self._talk.named[-_LAST_NAMED:], *((s, self._sentence) for s in self._names)]
        found: list[Item] = []
        for match in pointing.THAT_ONE.finditer(
            self._text, self._sentence.start, self._sentence.end
        ):
            noun = match.group("that") or match.group("bare")
            if match.group("bare") and not self._opens_clause(match.start()):
                continue
            kinds = pointing.KINDS_OF_THAT.get(noun, tuple(ORGANISATION_LIKE))
            before = [n for n in named if n[0].kind in kinds and n[0].end <= match.start()]
            before = self._others(before, match.start()) if match.group("that") else before
            if noun == "集团":
                before = [n for n in before if "集团" in n[0].name] or before
            # "The company" is the one that the article is about, "that company" the last topic.
            wanted = self._talk.main.get(kinds[0]) if match.group("bare") else self._talk.topic
            if wanted in before and wanted is not None and noun not in ("合资公司", "新公司"):
                before.append(wanted)
            if before:
                found.append((match.start(), match.end(), (before[-1][0],), before[-1][1]))
        return found

    def _others(self, before: list[Named], at: int) -> list[Named]:
        """Leave out who the clause itself is about: 青屿参股该公司 is of another company."""
        opened = max(start for start, _ in self._clauses if start <= at)
        own = {s.name for s, said in before if said is self._sentence and s.start >= opened}
        return [named for named in before if named[0].name not in own] or before

    def _opens_clause(self, at: int) -> bool:
        start = self._sentence.start
        before = self._text[max(start, at - 2) : at]
        return at == start or before[-1:] in _CLAUSE_MARKS or before.endswith(pointing.SPEAKS)

    def _both(self) -> list[Item]:
        found: list[Item] = []
        for match in pointing.BOTH.finditer(self._text, self._sentence.start, self._sentence.end):
            pair = self.pair(match.start())
            pair = pair or self._only_two(match.start())
            if pair:
                found.append((match.start(), match.end(), pair, self._sentence))
            elif self._talk.parties is not None:
                found.append((match.start(), match.end(), *self._talk.parties))
        return found

    def _only_two(self, end: int) -> tuple[Spot, ...]:
        """Return the two organisations before a place when the sentence names no third."""
        before = {s.name: s for s in self._names if s.end <= end and s.kind in ORGANISATION_LIKE}
        return tuple(before.values()) if len(before) == _PAIR else ()

    def _pronouns(self) -> list[Item]:
        found: list[Item] = []
        for match in pointing.PRONOUN.finditer(
            self._text, self._sentence.start, self._sentence.end
        ):
            meant = self._meant(match)
            if meant is not None:
                found.append((match.start("it"), match.end("it"), (meant[0],), meant[1]))
        return found

    def _meant(self, match: re.Match[str]) -> Named | None:
        start = match.start("it")
        if match.group("it") == "其" and not (
            match.group("before") or pointing.OF_IT.match(self._text, match.end())
        ):
            return None
        before = [s for s in self._names if s.end <= start and s.kind in ORGANISATION_LIKE]
        topic = self._subject_before(start)
        said = topic[0].name if topic else ""
        if match.group("before") and len(before) > 1 and self._said_before("后者", start):
            return before[-2], self._sentence
        if match.group("it") == "后者":
            return (before[-1], self._sentence) if before else None
        if match.group("it") == "前者":
            return (before[-2], self._sentence) if len(before) > 1 else None
        if not match.group("before"):
            return topic or self._talk.topic
        first = self._subject_before(start, first=True)
        if first and first[0].name != said:
            return first
        others = [s for s in before if s.name != said]
        if others:
            return others[-1], self._sentence
        earlier = self._talk.topic
        return earlier if earlier and earlier[0].name != said else None

    def _said_before(self, word: str, at: int) -> bool:
        """Return whether a word stands before a place in its clause."""
        opened = max(self._text.rfind(mark, 0, at) for mark in _CLAUSE_MARKS) + 1
        return word in self._text[opened:at]

    def _left_out(self, both: Sequence[Item]) -> list[Item]:
        found: list[Item] = []
        for at, _ in self._clauses:
            match = pointing.NO_SUBJECT.match(self._text, at, self._sentence.end)
            if match is None:
                continue
            together = pointing.TOGETHER.search(match.group()) is not None
            if stated := self._stated(match.group(), at):
                found.append((at, at, (stated,), self._sentence))
                continue
            said = [item for item in both if item[1] <= at] if together else []
            pair = self.pair(at) if together else ()
            one = self._subject_before(at)
            if said:
                found.append((at, at, said[-1][2], said[-1][3]))
            elif pair:
                found.append((at, at, pair, self._sentence))
            elif meant := one or self._known_subject():
                found.append((at, at, (meant[0],), meant[1]))
        return found

    def _stated(self, opening: str, at: int) -> Spot | None:
        """Return the plan that a clause opening with 提出 or a like verb gives the words of."""
        if not opening.endswith(pointing.STATES):
            return None
        texts = [s for s in self._names if s.kind in ("programme", "document") and s.end <= at]
        return texts[-1] if texts else None

    def _known_subject(self) -> Named | None:
        return self._talk.lead if self.is_item() else self._talk.topic

    def is_item(self) -> bool:
        """Return whether the sentence is an item of a list whose lead-in names somebody."""
        return bool(self._mark) and self._talk.lead is not None

    def _cut(self) -> list[tuple[int, int]]:
        """Return where each clause starts and ends, list marks and blanks left out."""
        text, end = self._text, self._sentence.end
        found: list[tuple[int, int]] = []
        at = self._sentence.start + self._mark
        while at < end:
            while at < end and text[at] == " ":
                at += 1
            stop = _CLAUSE_END.search(text, at, end)
            found.append((at, stop.start() if stop else end))
            at = stop.end() if stop else end
        return found

    def _subject_before(self, end: int, *, first: bool = False) -> Named | None:
        """Return the name that the clauses before a place are about, and where it was said."""
        subject: Named | None = None
        for at, stop in self._clauses:
            if at >= end:
                break
            stop = min(stop, end)
            opening = [item for item in self._subjects if at <= item[0] < stop]
            if opening and self._leads(at, opening[0], later=subject is not None):
                # "The subsidiary of Hexi, Beihe": the clause is about Beihe.
                lead = opening[1] if len(opening) > 1 and self._owned(*opening[:2]) else opening[0]
                subject = (lead[2][0], lead[3])
                if first:
                    break
        return subject

    def _owned(self, owner: Item, item: Item) -> bool:
        between = self._text[max(owner[1], owner[2][0].covered) : item[0]]
        return pointing.OWNED.fullmatch(between) is not None

    def _leads(self, at: int, item: Item, *, later: bool) -> bool:
        start, end, names, _ = item
        before = self._text[at:start]
        if names[0].kind == "place" and self._text[end : end + 1] in "的、":
            return False
        if names[0].kind in ("programme", "document") and before.strip("《“"):
            return False
        if len(before) > (4 if later else _BEFORE_SUBJECT):
            return False
        return _NOT_SUBJECT.search(before) is None

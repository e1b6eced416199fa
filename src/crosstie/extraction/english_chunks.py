"""Runs of capitalised words in English text: what may be a name, before anything says of what."""

import re
from collections.abc import Iterator

from crosstie.extraction.english_words import Chunk, Word, words_of
from crosstie.extraction.lexicon import NameWords, name_words
from crosstie.extraction.name_kinds import NUMBER_WORDS, kind_of_name

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
# "3D" and "20MW" measure; "1HXB" is a name.
_MEASURE = re.compile(r"\d+(?:[A-Z]|[MGk]W|km|kg)?$|\d[\d-]*$")
_CODE = re.compile(r"\d[\dA-Z-]*$")
_MONTHS = frozenset(
    {"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"}
)
_FOLK = frozenset({"People", "Children", "Women", "Workers", "Men", "Veterans", "Farmers"})
_ORDINAL_WORDS = frozenset(
    {"First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"}
)
# "Pier 3" is a name where "Pier 300 metres long" is none.
_SHORT_NUMBER = re.compile(r"\d{1,2}$|\d{4,6}$")
_COUNTED = re.compile(r"\s[a-z]+s\b(?<!\bwas)(?<!\bis)(?<!\bhas)|,\d|\.\d|%|\sper\b")
# What stands before a word that its place alone may have given a capital letter: a cell, a label.
_OPENING = re.compile(r"[|:•–—*]\s*$|\n\s*$")
_PARENTHESIS = re.compile(r"\s\([^()\n]{2,30}\)\s?(?=[A-Z])")
# "Chantiers de l'Estuaire", "Astilleros del Norte".
_FOREIGN = frozenset({"de", "du", "des", "del", "della", "di", "da", "dos", "von", "y", "et"})
_FOREIGN_ARTICLES = frozenset({"la", "le", "les", "los", "las", "der", "den"})
_JOINERS = _FOREIGN | {
    "of", "for", "on", "in", "and", "&", "the", "to", "with", "between", "against"
}  # fmt: skip


def chunks(text: str, start: int, end: int) -> Iterator[Chunk]:
    """Yield the chunks of one sentence, left to right."""
    words = words_of(text, start, end)
    at = 0
    while at < len(words):
        stop = _Run(text, words, name_words()).stop(at)
        if stop == at:
            at += 1
            continue
        opens = at == 0 or _OPENING.search(text, words[at - 1].end, words[at].start) is not None
        yield from _without_post_inside(words[at:stop], opens)
        at = stop


def _without_post_inside(words: list[Word], opens: bool) -> Iterator[Chunk]:
    """Yield a run as one chunk, or cut before a post: "Hexi County | Mayor John Norvik"."""
    posts = name_words().posts
    texts = [word.text for word in words]
    cut = next((n for n, text in enumerate(texts) if n and text in posts), 0)
    last = len(words) - 1
    if 0 < cut < last and not {"of", "for", "and", "the"} & set(texts) and not kind_of_name(texts):
        yield Chunk(tuple(words[:cut]), opens)
        yield Chunk(tuple(words[cut:]), opens=False)
    else:
        yield Chunk(tuple(words), opens)


class _Run:
    """Follows one name from its first word to the word behind its last."""

    def __init__(self, text: str, words: list[Word], lexicon: NameWords) -> None:
        self.text = text
        self.words = words
        self.lexicon = lexicon

    def stop(self, at: int) -> int:
        """Return the index behind the name that starts at `at`; `at` itself when none does."""
        if not self._may_open(at):
            return at
        stop = at + 1
        while stop < len(self.words):
            step = self._step(at, stop)
            if step == 0:
                break
            stop += step
        return stop

    def _may_open(self, at: int) -> bool:
        word = self.words[at]
        if word.text in self.lexicon.not_names and not self._opens_anyway(at):
            return False
        if (
            word.text in _MONTHS
            and at + 1 < len(self.words)
            and self.words[at + 1].text[0].isdigit()
        ):
            return False
        if word.text[0].isdigit() and (word.text.isdigit() or _ORDINAL.match(word.text)):
            return self._dated(at) if _YEAR.match(word.text) else self._numbered_name(at)
        return word.named and not _MEASURE.match(word.text)

    def _opens_anyway(self, at: int) -> bool:
        """Return whether a word that opens no name does so here: University of X, Section 9."""
        text = self.words[at].text
        if at + 1 >= len(self.words) or self._gap(at + 1) != " ":
            return False
        following = self.words[at + 1]
        if text in ("University", "Government") and following.text == "of":
            return self._named(at + 2) or (
                at + 3 < len(self.words)
                and self.words[at + 2].text == "the"
                and self._named(at + 3)
            )
        if text in ("Global", "General", "Central", "National"):
            return at > 0 and self._named(at + 1)
        if text in _ORDINAL_WORDS:
            # "Second Academy" is a body where "Second place" is none.
            body = {**self.lexicon.last, **self.lexicon.first}
            run = self._run_of_names(at + 1)
            kind = body.get(run[-1]) if run else None
            return kind not in (None, "place") and (kind != "event" or len(run) > 1)
        # "Seven Stars" is a name where "Seven companies" is none.
        if text in NUMBER_WORDS:
            run = self._run_of_names(at + 1)
            return (
                at > 0
                and bool(run)
                and not run[0].isupper()
                and run[0] not in self.lexicon.not_names
            )
        return text in self.lexicon.articles_of_law and self._is_code(at + 1)

    def _dated(self, at: int) -> bool:
        """Return whether a year opens a name: "the 2031 Ocean Plan"."""
        if at == 0 or self.words[at - 1].text.casefold() != "the" or not self._named(at + 1):
            return False
        run = self._run_of_names(at + 1)
        return len(run) > 1 and self.lexicon.last.get(run[-1]) in ("programme", "event")

    def _numbered_name(self, at: int) -> bool:
        """Return whether a number opens a name: 9th Research Institute, 512 Project."""
        if not self._named(at + 1) or self._gap(at + 1) != " ":
            return False
        run = self._run_of_names(at + 1)
        if _ORDINAL.match(self.words[at].text):
            return True
        return len(self.words[at].text) < 5 and (
            self.lexicon.last.get(run[-1]) in ("company", "programme")
            or run[-1] in self.lexicon.closing_forms
        )

    def _step(self, first: int, at: int) -> int:
        """Return how many words from `at` on belong to the name."""
        if self.words[at - 1].possessive:
            folk = self.words[at - 1].text in _FOLK
            return 1 if folk and self._named(at) and "\n" not in self._gap(at) else 0
        gap = self._gap(at)
        if gap == " " and self.words[at].text.isdigit():
            return self._number_of_name(at)
        if gap in (" ", "\n", " & ", " “", "” "):
            if self._named(at):
                return 1
            return self._joined(first, at) if gap == " " else 0
        if gap in (", ", ".,", "., ") and self.words[at].text in self.lexicon.closing_forms:
            return 1
        if gap == ", ":
            return self._listed_fields(first, at)
        if gap == ". " and len(self.words[at - 1].text) == 1:
            # "Robert F. Norvik" is one name.
            return 1 if self._named(at) else 0
        if (
            gap == ". "
            and self.words[at].text in self.lexicon.closing_forms
            and self.words[at - 1].text in self.lexicon.closing_forms
        ):
            return 1
        if _PARENTHESIS.match(self.text, self.words[at - 1].end):
            return self._over_parenthesis(at)
        return 1 if gap.startswith(") ") and self._closes_parenthesis(first, at) else 0

    def _number_of_name(self, at: int) -> int:
        """Return 1 for a number that belongs to the name: "Dry Dock 6", "Plan 2035", "Order 13"."""
        number, head = self.words[at], self.words[at - 1].text
        if _YEAR.match(number.text):
            return 1 if head in self.lexicon.dated else 0
        numbered = head in self.lexicon.numbered and _SHORT_NUMBER.match(number.text) is not None
        counted = _COUNTED.match(self.text, number.end) is not None
        return 1 if (numbered and not counted) or self._named(at) else 0

    def _gap(self, at: int) -> str:
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _named(self, at: int) -> bool:
        if at >= len(self.words):
            return False
        word = self.words[at]
        if word.text in self.lexicon.not_names:
            return word.text in self.lexicon.inside
        return word.named or self._is_code(at)

    def _is_code(self, at: int) -> bool:
        """Return whether the word is the number of a law or a model: Order 13959, Section 12H."""
        if at >= len(self.words) or not _CODE.match(self.words[at].text):
            return False
        before = self.words[at - 1].text
        return before in self.lexicon.articles_of_law

    def _joined(self, first: int, at: int) -> int:
        """Return the length of `of X`, `and X`, … when it belongs to the name, else 0."""
        joiner = self.words[at].text
        if joiner not in _JOINERS:
            return 0
        after = at + 1
        if joiner != "the" and after < len(self.words) and self.words[after].text == "the":
            if joiner == "and":
                return 0
            after += 1
        if joiner in _FOREIGN and after < len(self.words):
            after += self.words[after].text in _FOREIGN_ARTICLES
        if after >= len(self.words) or self._gap(after) not in (" ", " “", "\n"):
            return 0
        if joiner == "of" and _YEAR.match(self.words[after].text):
            return after - at + 1
        if not self._named(after):
            return 0
        # "President of Hexi" ends before the next post; "Department of Justice" does not.
        body = self.lexicon.first.get(self.words[at - 1].text) == "government_body"
        if self.words[after].text in self.lexicon.posts and not body:
            return 0
        return after - at + 1 if self._belongs(first, at, after) else 0

    def _listed_fields(self, first: int, at: int) -> int:
        """Return the words of ", Technology and Industry" after "Administration for Science"."""
        so_far = [word.text for word in self.words[first:at]]
        fields = self.lexicon.fields
        if not {"of", "for", "on"} & set(so_far) or so_far[-1] not in fields:
            return 0
        stop = at
        while stop < len(self.words) and self.words[stop].text in fields:
            stop += 1
            if stop < len(self.words) and self.words[stop].text == "and":
                more = stop + 1 < len(self.words) and self.words[stop + 1].text in fields
                return stop + 2 - at if more else 0
            if stop < len(self.words) and self._gap(stop) not in (" ", ", "):
                return 0
        return 0

    def _belongs(self, first: int, at: int, after: int) -> bool:
        joiner = self.words[at].text
        so_far = [word.text for word in self.words[first:at]]
        if joiner == "of":
            return self._takes_of(so_far, after)
        if joiner in ("and", "&"):
            return self._takes_and(so_far, after)
        if joiner in ("for", "on", "in", "to", "with", "between", "against"):
            return self._takes_topic(so_far, joiner, after)
        return joiner in _FOREIGN

    def _takes_of(self, so_far: list[str], after: int) -> bool:
        last, right = so_far[-1], self.words[after].text
        if self._in_title(so_far):
            return self.lexicon.first.get(right) != "government_body"
        if so_far[0] in NUMBER_WORDS and len(so_far) > 1:
            return True
        if self._of_its_state(so_far, after):
            return True
        if self.lexicon.last.get(last) in ("company", "place") and last not in self.lexicon.first:
            # "Hexi Systems of Selim" is a firm and its town.
            return False
        if _ORDINAL.match(so_far[0]) and last != "Court":
            # "9th Institute of Hexi Group": the number already tells which one it is.
            return False
        whole = self._run_of_names(after)
        # "Beihe Laboratory of Yunmen University", "Corridor Plan of the Ministry": two names each.
        if (
            len(so_far) > 1
            and len(whole) > 1
            and whole[-1] in ("University", "Group", "Corporation", "Corp")
        ):
            return False
        if (
            self.lexicon.last.get(last) == "programme"
            and self.lexicon.first.get(right) == "government_body"
        ):
            return False
        # "Office of Trade of the Department of Wealth" names two bodies.
        if "of" in so_far and self.lexicon.first.get(right) in (
            "government_body",
            "university",
            "research_institute",
        ):
            return False
        if last in self.lexicon.posts - self.lexicon.fields or so_far[0] in self.lexicon.posts:
            return False
        # "Fleets of Hexi" at a sentence's start are none of that name.
        closes = last in self.lexicon.last or last in self.lexicon.fields
        return last in self.lexicon.first or (closes and len(so_far) > 1)

    def _of_its_state(self, so_far: list[str], after: int) -> bool:
        """Return whether a body's state is named: "Ministry of Trade and Communications of X"."""
        body = self.lexicon.first.get(so_far[0]) == "government_body" and "of" in so_far
        state = self._run_of_names(after)
        return body and so_far[-1] in self.lexicon.fields and kind_of_name(state) is None

    def _in_title(self, so_far: list[str]) -> bool:
        """Return whether a text's title is under way: "Act on the Protection ..."."""
        for number, word in enumerate(so_far):
            if word in ("on", "for", "concerning"):
                return self.lexicon.first.get(so_far[number - 1]) in ("programme", "document")
        return False

    def _takes_and(self, so_far: list[str], after: int) -> bool:
        """Return whether both sides of `and` are halves of one name, not two names."""
        right = self._run_of_names(after)
        if not right:
            return False
        if so_far[-1] in self.lexicon.closing_forms or so_far[-1] in ("University", "Universities"):
            return False
        fieldlike = right[0] in self.lexicon.fields
        opened = any(word in ("of", "for", "on", "in") for word in so_far)
        if opened and self._in_title(so_far):
            return self.lexicon.last.get(right[-1]) in (None, "programme")
        if opened:
            return fieldlike and right[-1] not in ("University", "Institute", "Ministry")
        kind = self.lexicon.last.get(right[-1])
        if (kind in ("programme", "event") or self.lexicon.first.get(right[-1]) == "event") and len(
            right
        ) > 1:
            return so_far[-1] not in self.lexicon.last and not so_far[-1].isupper()
        return fieldlike and so_far[-1] in self.lexicon.fields and kind is not None

    def _takes_topic(self, so_far: list[str], joiner: str, after: int) -> bool:
        opener = so_far[-1] in self.lexicon.openers or (
            any(word in self.lexicon.openers for word in so_far)
            and self.words[after].text in self.lexicon.fields
        )
        if joiner in ("to", "with", "between", "against"):
            return so_far[-1] in self.lexicon.treaties
        whole = self._run_of_names(after)
        owner = self.lexicon.last.get(whole[-1]) if whole else None
        if owner in ("university", "company", "government_body") and not (
            whole[-1] in self.lexicon.fields and opener
        ):
            return False
        if joiner in ("for", "on"):
            return opener and not so_far[-1].isupper()
        return opener and self.words[after].text in self.lexicon.fields

    def _run_of_names(self, at: int) -> list[str]:
        run = []
        while at < len(self.words) and self._named(at):
            run.append(self.words[at].text)
            at += 1
            if at < len(self.words) and self._gap(at) != " ":
                break
            if self.words[at - 1].possessive:
                break
        return run

    def _over_parenthesis(self, at: int) -> int:
        """Return the words inside "(Hexi)" when the name goes on behind it to a legal form."""
        close = self.text.find(")", self.words[at].start)
        count = 0
        while at + count < len(self.words) and self.words[at + count].start < close:
            count += 1
        behind = at + count
        for number in range(behind, min(behind + 8, len(self.words))):
            if number > behind and self._gap(number) not in (" ", ", ", "., ", " & "):
                return 0
            if not self._named(number) and self.words[number].text != "and":
                return 0
            if self.words[number].text in self.lexicon.closing_forms:
                return count
        return 0

    def _closes_parenthesis(self, first: int, at: int) -> bool:
        opened = self.text.rfind("(", self.words[first].start, self.words[at].start)
        return opened > self.words[first].start and self._named(at)

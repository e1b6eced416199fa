"""Check what a model wrote about quotes: nothing may stand in it that the quotes do not say.

The check is lexical, and strict rather than clever: names, figures, dates and words of substance
come from the quotes, and how sure a quote is stays as it is. Who did what to whom is not checked;
therefore the quotes always stay beside what was written.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from crosstie.ontology.briefings import Passage, WrittenSentence
from crosstie.reporting.briefing.expressions import (
    amounts_in,
    dates_in,
    han_is_made_of,
    name_runs,
    signs_in,
    worded,
    words_of,
)
from crosstie.reporting.briefing.standing import shipped_words
from crosstie.reporting.inert import visible
from crosstie.text.scripts import has_han
from crosstie.text.sentences import sentence_spans

MOST_SENTENCES = 2
_LONGEST = 300
_SHORTEST_STEM, _LONGEST_ENDING = 4, 4
_MARKUP = re.compile(r"[<>`*_#|\[\]{}\\~^\n\r\t]|://|\bwww\.|^\s*(?:[-+=>]|\d+[.)]\s)")
_QUOTED = re.compile(r"\"([^\"]*)\"|‘([^’']*)[’']|「([^」]*)」|『([^』]*)』|《([^》]*)》")

UNCITED = "it cites no quote that is there"
TOO_MANY = f"more than {MOST_SENTENCES} sentences"
_Look = Callable[[str, Sequence[str]], bool]


def verified(
    written: Iterable[tuple[str, Sequence[int]]], quotes: Sequence[Passage]
) -> tuple[tuple[WrittenSentence, ...], list[str]]:
    """Return the sentences that stand the check, and for each other one why it was dropped.

    `written` holds sentences with the numbers, from 1, of the quotes that each rests on.
    """
    kept: list[WrittenSentence] = []
    dropped: list[str] = []
    for place, (text, numbers) in enumerate(written):
        if place >= MOST_SENTENCES:
            dropped.append(TOO_MANY)
        elif not numbers or not all(1 <= number <= len(quotes) for number in numbers):
            dropped.append(UNCITED)
        else:
            cited = tuple(quotes[number - 1] for number in sorted(set(numbers)))
            fault = fault_of(text, cited)
            if fault is None:
                kept.append(WrittenSentence(" ".join(text.split()), cited))
            else:
                dropped.append(fault)
    return tuple(kept), dropped


def speaks_to_its_reader(text: str) -> bool:
    """Return whether a quote orders about whoever sums it up.

    "Write that X owns Y" holds the words for "X owns Y": no check of words could tell them apart.
    """
    return bool(shipped_words().orders.search(_folded(text)))


def fault_of(text: str, cited: Sequence[Passage]) -> str | None:
    """Return the first thing in a sentence that the quotes it cites do not bear, or None."""
    if _misshapen(text):
        return "it is not one plain sentence"
    sentence, quotes = _folded(text), [_folded(passage.text) for passage in cited]
    for fault, look in _CHECKS.items():
        if look(sentence, quotes):
            return fault
    words = shipped_words()
    if words.certainties_in(sentence) - words.certainties_in("\n".join(quotes)):
        return "it claims a certainty that is not in its quotes"
    if _standings(sentence) != _standings("\n".join(quotes)) | _told(cited):
        return "it is surer or less sure than its quotes, or leaves out that somebody says it"
    if not _of_their_words(sentence, quotes):
        return "a word of substance is not in its quotes"
    return None


def _misshapen(text: str) -> bool:
    if not text.strip() or len(text) > _LONGEST:
        return True
    if visible(text) != text or _MARKUP.search(text):
        return True
    language = "zh" if has_han(text) else "en"
    return len(sentence_spans(text, 0, len(text), language)) != 1


def _folded(text: str) -> str:
    """Return text with one form for each space, width and mark; letters keep their case."""
    one_form = unicodedata.normalize("NFKC", text)
    one_form = re.sub("[“”„«»]", '"', one_form)
    return " ".join(re.sub(r"(?<=\w)’", "'", one_form).split())


def _misquotes(sentence: str, quotes: Sequence[str]) -> bool:
    if sentence.count('"') % 2:
        return True
    said = [next(filter(None, found), "") for found in _QUOTED.findall(sentence)]
    return any(not any(words.strip(" ,.") in quote for quote in quotes) for words in said)


def _other_amount(sentence: str, quotes: Sequence[str]) -> bool:
    there = {amount for quote in quotes for amount in amounts_in(quote)}
    signs = {sign for quote in quotes for sign in signs_in(quote)}
    return not amounts_in(sentence) <= there or not signs_in(sentence) <= signs


def _other_date(sentence: str, quotes: Sequence[str]) -> bool:
    return any(
        not any(re.search(rf"(?<!\w){re.escape(date)}(?!\d)", quote) for quote in quotes)
        for date in dates_in(sentence)
    )


def _other_name(sentence: str, quotes: Sequence[str]) -> bool:
    held = [f" {worded(quote)} " for quote in quotes]
    small = {word for quote in quotes for word in words_of(quote) if word == word.casefold()}
    opens_with = shipped_words().binding | small
    return any(
        not any(f" {run} " in quote for quote in held) for run in name_runs(sentence, opens_with)
    )


_CHECKS: dict[str, _Look] = {
    "words in quotation marks are not in its quotes": _misquotes,
    "a date is not in its quotes": _other_date,
    "a number, amount or sign is not in its quotes": _other_amount,
    "a name is not in its quotes": _other_name,
}


def _standings(text: str) -> frozenset[str]:
    """Return the standings of a text; a month is no "may"."""
    bare = text
    for date in dates_in(text):
        bare = bare.replace(date, " ")
    return shipped_words().standings_of(bare)


def _told(cited: Sequence[Passage]) -> frozenset[str]:
    """Return the standings of the claims that rest on quotes."""
    told = {status for passage in cited for status in passage.statuses if status != "asserted"}
    return frozenset(told | ({"reported"} if "alleged" in told else set()))


def _of_their_words(sentence: str, quotes: Sequence[str]) -> bool:
    there = {word.casefold() for quote in quotes for word in words_of(quote)}
    binding = shipped_words().binding
    for word in words_of(sentence):
        small = word.casefold()
        if small.isdecimal() or small in binding or small in there:
            continue
        if not any(_same_stem(small, other) for other in there):
            return False
    return han_is_made_of(sentence, quotes, binding)


def _same_stem(word: str, other: str) -> bool:
    """Return whether two words differ by their endings alone: "supplied", "supplies"."""
    if not (word.isalpha() and other.isalpha()):
        return False
    common = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        common += 1
    shorter, longer = sorted((len(word), len(other)))
    return common >= max(_SHORTEST_STEM, shorter - 3) and longer - common <= _LONGEST_ENDING

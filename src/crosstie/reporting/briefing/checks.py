"""What a reader should know before relying on an item: the source's own errors, and gaps."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from crosstie.ontology.briefings import Passage, SelfCheck
from crosstie.ontology.records import Claim, Quantity
from crosstie.reporting.briefing.story import Sentence, Story, bears, passage_of
from crosstie.text.numbers import scale_of

_PAIR = "currency_pair_contradicts_other_rate"
_PARTS = "parts_do_not_sum"
_SHARES = "shares_exceed_100"
_RELATIVE = "relative_date_resolved_from_article_date"
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def self_checks(story: Story) -> tuple[SelfCheck, ...]:
    """Return what to know of a story, errors of the source first."""
    found = [*_flagged(story), *_missing(story), *_reading(story)]
    order = ("error", "caution", "note")
    return tuple(sorted(found, key=lambda check: order.index(check.level)))


def _flagged(story: Story) -> list[SelfCheck]:
    """One check for each flag in each sentence, with the sentence."""
    places: dict[tuple[str, int, int], list[Claim]] = defaultdict(list)
    for claim in story.claims:
        for flag in claim.flags:
            first = claim.evidence[0]
            places[flag, first.start, first.end].append(claim)
    return [
        SelfCheck(
            code=flag,
            level="caution" if flag == _RELATIVE else "error",
            text=_words_of(flag, claims, story.claims),
            passages=_passage(story, claims[0]),
        )
        for (flag, _, _), claims in sorted(places.items(), key=lambda place: place[0][1:])
    ]


def _passage(story: Story, claim: Claim) -> tuple[Passage, ...]:
    """Return the words that the claim rests on, unless they name a private person."""
    first = claim.evidence[0]
    around = [s for s in story.sentences if bears(claim, s.start, s.end)]
    if any(sentence.names_private for sentence in around):
        return ()
    made = passage_of(first.start, first.end, first.quote, story.citation, story.claims)
    return (made,)


def _words_of(flag: str, claims: Sequence[Claim], every: Sequence[Claim]) -> str:
    words: dict[str, Callable[[Sequence[Claim], Sequence[Claim]], str]] = {
        _PAIR: _pair_words, _PARTS: _parts_words, _SHARES: _shares_words,
        _RELATIVE: _relative_words,
    }  # fmt: skip
    if flag not in words:
        return f"{flag.replace('_', ' ')}."
    return words[flag](claims, every)


def _pair_words(claims: Sequence[Claim], every: Sequence[Claim]) -> str:
    told = []
    for claim in claims:
        pair = _pair_of(claim)
        if claim.quantity is None or pair is None:
            continue
        other, code, rate = pair
        likes = sorted(
            rate_of[2]
            for other_claim in every
            if _PAIR not in other_claim.flags
            and (rate_of := _pair_of(other_claim)) is not None
            and rate_of[1] == code
        )
        implied = f", which implies {rate:.2f} to one {code}"
        usual = f" where the article's other amounts imply {_between(likes)}" if likes else ""
        told.append(f"{_stated(claim.quantity)} is printed as {other} {code}{implied}{usual}")
    return "; ".join(told) + ". Both stand as printed."


def _pair_of(claim: Claim) -> tuple[str, str, float] | None:
    """Return the other amount in words, its currency, and the rate that the pair implies."""
    amount, _, code = claim.attributes.get("other_amount", "").partition(" ")
    if claim.quantity is None or not code:
        return None
    other = float(amount)
    if other <= 0:
        return None
    return _amount(other), code, claim.quantity.value * scale_of(claim.quantity.unit) / other


def _between(rates: Sequence[float]) -> str:
    low, high = f"{rates[0]:.2f}", f"{rates[-1]:.2f}"
    return low if low == high else f"{low} to {high}"


def _parts_words(claims: Sequence[Claim], _: Sequence[Claim]) -> str:
    values = [claim.quantity.value for claim in _in_order(claims) if claim.quantity is not None]
    total = max(values)
    values.remove(total)
    parts = " + ".join(f"{value:,.10g}" for value in values)
    return (
        f"{parts} make {sum(values):,.10g}, and the whole is printed as {total:,.10g}."
        " All stand as printed."
    )


def _shares_words(claims: Sequence[Claim], _: Sequence[Claim]) -> str:
    values = [claim.quantity.value for claim in _in_order(claims) if claim.quantity is not None]
    parts = " + ".join(f"{value:g}" for value in values)
    return f"shares of one whole, {parts}, make {sum(values):g} per cent."


def _relative_words(claims: Sequence[Claim], _: Sequence[Claim]) -> str:
    dates = sorted({
        date
        for claim in claims
        for date in (claim.valid_from, claim.valid_to, _as_of(claim))
        if date
    })  # fmt: skip
    return (
        f"{', '.join(dates) or 'a date'} was worked out from words such as “last year” and the"
        " article's date."
    )


def _as_of(claim: Claim) -> str | None:
    return claim.quantity.as_of if claim.quantity else None


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims in the order in which their sentence gives them."""

    def place(claim: Claim) -> tuple[int, str]:
        start = claim.attributes.get("span", "").partition("-")[0]
        return (int(start) if start.isdigit() else 0, claim.id)

    return sorted(claims, key=place)


def _stated(quantity: Quantity) -> str:
    return f"{quantity.value:,.10g} {quantity.unit}".strip()


def _amount(value: float) -> str:
    for scale, word in _SCALES:
        if value >= scale:
            return f"{value / scale:,.6g} {word}"
    return f"{value:,.10g}"


def _missing(story: Story) -> list[SelfCheck]:
    found = []
    if story.date is None:
        text = "Neither the article nor its document gives a date; it goes by the day of its record"
        found.append(SelfCheck("no_date", "caution", f"{text}, {story.day}."))
    if not story.citation.publisher:
        found.append(SelfCheck("no_publisher", "caution", "No publisher is named."))
    private = _private(story.sentences)
    if private:
        text = (
            "1 sentence names somebody for whom no public role is stated: it is not quoted."
            if private == 1
            else f"{private} sentences name people for whom no public role is stated: they are not"
            " quoted."
        )
        found.append(SelfCheck("private_people", "note", text))
    return found


def _private(sentences: Sequence[Sentence]) -> int:
    return sum(sentence.names_private for sentence in sentences)


def _reading(story: Story) -> list[SelfCheck]:
    reader = story.read_by.split()[0] if story.read_by else "an unknown reader"
    total, seen = len(story.claims), len(story.reviewed)
    found = []
    if not reader.startswith("rules"):
        text = f"Read by a model ({reader}); its quotes were looked up in the document."
        found.append(SelfCheck("read_by_model", "caution", text))
    if not total:
        text = (
            f"{reader} read no claim from it: its sentences were chosen by their words and place."
        )
        found.append(SelfCheck("no_claims", "caution", text))
    elif not seen:
        text = f"Read by a machine ({reader}); no person reviewed any of its {total} claims."
        found.append(SelfCheck("unreviewed", "note", text))
    elif seen < total:
        text = f"Read by a machine ({reader}); people reviewed {seen} of its {total} claims."
        found.append(SelfCheck("partly_reviewed", "note", text))
    return found

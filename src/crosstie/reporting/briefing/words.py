"""A briefing in words: the same lines on the page, in Markdown and on the terminal."""

from crosstie.ontology.briefings import Briefing, Contradiction, Item, ListNews, Passage
from crosstie.reporting.words import country_label

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
TIES_SHOWN = 6
ENTITIES_SHOWN = 12
_QUOTED = (
    "Every summary is made of sentences that stand in the document, word for word; nothing is"
    " rewritten, and what a source got wrong stands as printed, with a flag. A briefing is a lead,"
    " not a verdict."
)
_QUOTED_BESIDE = (
    "Every item has sentences that stand in the document, word for word, and what a source got"
    " wrong stands as printed, with a flag. Sentences marked as written by a model are none of"
    " them: they are there to skim, and the quotes to rely on. A briefing is a lead, not a verdict."
)
PRIVATE = (
    "Briefings are about organisations. Sentences that name people for whom the article states no"
    " public role are not quoted, and make no headline."
)


def long_date(written: str) -> str:
    """Return a partial date in words: '2019-02-13' → '13 February 2019', '2019' → '2019'."""
    year, *rest = written.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def period_line(briefing: Briefing) -> str:
    """Return the period: '5 to 13 February 2019' or 'Up to 13 February 2019'."""
    until = long_date(briefing.until)
    if briefing.since is None:
        return f"Up to {until}"
    if briefing.since == briefing.until:
        return until
    since = long_date(briefing.since)
    if briefing.since[:7] == briefing.until[:7]:
        since = since.split()[0]
    return f"{since} to {until}"


def scope_line(briefing: Briefing) -> str:
    """Return what the briefing is limited to, or nothing."""
    parts = []
    if briefing.topic:
        parts.append(f"on {briefing.topic_as}")
    if briefing.about:
        parts.append(f"about {briefing.about.name}")
    return ", ".join(parts)


def counts_line(briefing: Briefing) -> str:
    """Return how many items, out of how many articles, and what stands out."""
    items, lists = len(briefing.items), sum(news.total for news in briefing.lists)
    parts = [f"{counted(items, 'item')} from {counted(briefing.considered, 'article')}"]
    if briefing.copies:
        parts.append(f"{counted(briefing.copies, 'copy', 'copies')} counted once")
    if lists:
        parts.append(f"{counted(lists, 'row')} of lists")
    errors = sum(c.level == "error" for item in briefing.items for c in item.checks)
    if errors:
        parts.append(f"{counted(errors, 'error')} of sources flagged")
    against = sum(len(item.contradictions) for item in briefing.items)
    if against:
        parts.append(counted(against, "contradiction"))
    return " · ".join(parts)


def reckoning_line(briefing: Briefing) -> str:
    """Return by which day things belong to the period, and what counts as known before."""
    if briefing.reckoning == "document":
        line = "By each document's own day"
        if briefing.undated:
            line += f" ({briefing.undated} without one: by the day of its record)"
    else:
        line = "By the day on which each thing was recorded here"
    if briefing.known_before:
        line += f". New is measured against {briefing.known_before}"
    return f"{line}."


def quoted_line(briefing: Briefing) -> str:
    """Return what of a briefing are the documents' own words."""
    return _QUOTED if briefing.writing is None else _QUOTED_BESIDE


def written_by(briefing: Briefing) -> str:
    """Return the mark of sentences that a model wrote; empty if none wrote."""
    if briefing.writing is None:
        return ""
    return f"Written by a model: {briefing.writing.model}; checked against the quotes below"


def writing_lines(briefing: Briefing) -> list[str]:
    """Return what a model wrote, and what was dropped or is missing, and why."""
    writing = briefing.writing
    if writing is None:
        return []
    lines = [
        f"Sentences by a model ({writing.model}, prompt {writing.prompt}) stand with"
        f" {len(writing.summaries):,} of {counted(writing.asked, 'item')} with quotes. The check"
        " compares names, figures, dates, words and how sure they are with the quotes; it cannot"
        " tell who did what to whom."
    ]
    lines += [
        f"{counted(tally.count, 'sentence')} dropped: {tally.what}." for tally in writing.dropped
    ]
    lines += [
        f"{counted(tally.count, 'item')} with quotes alone: {tally.what}."
        for tally in writing.unwritten
    ]
    return lines


def source_line(item: Item) -> str:
    """Return who published an item, and when."""
    publisher = item.citation.publisher or "no publisher named"
    return f"{publisher}, {long_date(item.date) if item.date else 'no date'}"


def chains(item: Item) -> list[str]:
    """Return on whose word an item's publisher tells its claims: 'indictment → DP World'."""
    publisher = item.citation.publisher
    cut = (chain[:-1] if chain[-1] == publisher else chain for chain in item.attribution)
    return list(dict.fromkeys(" → ".join(chain) for chain in cut if chain))


def standing(passage: Passage) -> str:
    """Return how a passage's claims stand and who says so; empty for what is simply asserted."""
    parts = [status for status in passage.statuses if status != "asserted"]
    parts += [f"said by {' → '.join(chain)}" for chain in passage.attribution]
    return "; ".join(parts)


def nothing_new(item: Item) -> str:
    """Return what to say of an item without news: the ties that it repeats, or nothing."""
    if item.new_entities or not item.ties or any(t.is_new or t.changed for t in item.ties):
        return ""
    return f"Nothing new: {counted(len(item.ties), 'tie')} known before."


def list_line(news: ListNews) -> str:
    """Return what a list did: '3 rows added, 1 removed between the editions of … and …'."""
    if news.before is None:
        if any(passage.citation.curated for entry in news.entries for passage in entry.passages):
            # The date of the pack says nothing about the list.
            return f"{counted(news.dated, 'row')} dated in the period, curated from the list"
        return (
            f"{counted(news.dated, 'row')} dated in the period, in the edition of {news.edition}"
            if news.edition
            else f"{counted(news.dated, 'row')} dated in the period"
        )
    return (
        f"{counted(news.added, 'row')} added and {news.removed:,} removed between the editions of"
        f" {news.before} and {news.edition}"
    )


def list_title(news: ListNews) -> str:
    """Return a list's name, with the source that holds it."""
    return news.list_name or news.title


def entry_line(name: str, country: str | None, on: str | None) -> str:
    """Return a row of a list: name, country, day of listing."""
    return ", ".join(part for part in (name, country_label(country), on) if part)


def contradiction_label(found: Contradiction) -> str:
    """Return what kind of contradiction it is."""
    return "Denied" if found.kind == "denial" else "Different figures"


def empty_line(briefing: Briefing) -> str:
    """Return what to say when a period has nothing."""
    if briefing.considered and scope_line(briefing):
        held = counted(briefing.considered, "article")
        return f"Nothing {scope_line(briefing)}: the period holds {held}, none of them fits."
    return "Nothing came in during this period: no article and no row of a list belongs to it."


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count in words: '1 item', '1,200 items'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

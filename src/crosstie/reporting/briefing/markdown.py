"""A briefing as Markdown: every word of a document is escaped, so that it can be nothing but text.

No link is made, also not from the documents' addresses; footnotes are numbers.
"""

from collections.abc import Iterator

from crosstie.ontology.briefings import Briefing, Contradiction, Item, ListNews, Passage
from crosstie.reporting.briefing import words as telling
from crosstie.reporting.briefing.notes import Notes, note_lines
from crosstie.reporting.briefing.ties import tie_lines
from crosstie.reporting.inert import markdown as plain
from crosstie.reporting.words import CONTEST, citation_line


def briefing_markdown(briefing: Briefing) -> str:
    """Return the briefing as Markdown."""
    notes = Notes(briefing)
    lines = list(_head(briefing))
    if not briefing.items and not briefing.lists:
        lines += [telling.empty_line(briefing), ""]
    if briefing.lists:
        lines += ["## Official lists", ""]
    for news in briefing.lists:
        lines += _list(news, notes)
    for category in briefing.categories:
        items = briefing.under(category.id)
        if items:
            lines += [f"## {plain(category.label)}", "", f"*{plain(category.definition)}*", ""]
        for item in items:
            lines += _item(item, briefing, notes)
    lines += _notes(notes)
    lines += ["## How this was made", "", _made(briefing)]
    for line in telling.writing_lines(briefing):
        lines += ["", plain(line)]
    return "\n".join(lines) + "\n"


def _head(briefing: Briefing) -> Iterator[str]:
    yield f"# Crosstie briefing: {plain(telling.period_line(briefing))}"
    yield ""
    if scope := telling.scope_line(briefing):
        yield from (f"*{plain(scope)}*", "")
    yield from (plain(telling.counts_line(briefing)), "")
    terms = (telling.reckoning_line(briefing), telling.quoted_line(briefing))
    yield from (" ".join(plain(line) for line in terms), "")


def _list(news: ListNews, notes: Notes) -> Iterator[str]:
    yield from (f"### {plain(telling.list_title(news))}", "")
    yield from (f"**{plain(news.authority or news.title)}** · {plain(telling.list_line(news))}", "")
    for entry in news.entries:
        watched = " **watched**" if entry.watched else ""
        line = plain(telling.entry_line(entry.name, entry.country, entry.on))
        marks = "".join(_mark(passage, notes) for passage in entry.passages)
        yield f"- {entry.change}:{watched} {line}{marks}"
    if news.total > len(news.entries):
        yield f"- {news.total - len(news.entries):,} more rows are not shown"
    yield ""


def _item(item: Item, briefing: Briefing, notes: Notes) -> Iterator[str]:
    yield from (f"### {plain(item.headline)}", "")
    parts = [plain(telling.source_line(item)), f"in {plain(item.document)}"]
    parts += [f"on the word of {plain(chain)}" for chain in telling.chains(item)]
    yield from (" · ".join(parts), "")
    yield from _written(item, briefing, notes)
    for passage in item.summary:
        yield from _quoted(passage, notes)
    if not item.summary:
        yield from ("No sentence of it can be quoted.", "")
    yield from _news(item, briefing)
    for found in item.contradictions:
        yield from _against(found, notes)
    for check in item.checks:
        label = {"error": "**The source contradicts itself:** ", "caution": "**Mind:** "}
        marks = "".join(_mark(passage, notes) for passage in check.passages)
        yield f"- {label.get(check.level, '')}{plain(check.text)}{marks}"
    if item.technologies:
        yield f"- Technologies: {plain(', '.join(item.technologies))}"
    for copy in item.also_in:
        yield f"- Also in: {plain(citation_line(copy))}"
    yield from (f"- Placed here by {plain(item.because)}", "")


def _written(item: Item, briefing: Briefing, notes: Notes) -> Iterator[str]:
    sentences = briefing.writing.about(item.id) if briefing.writing else ()
    if not sentences:
        return
    told = [
        plain(sentence.text) + "".join(_mark(passage, notes) for passage in sentence.quotes)
        for sentence in sentences
    ]
    yield from (" ".join(told), "", f"*{plain(telling.written_by(briefing))}:*", "")


def _news(item: Item, briefing: Briefing) -> Iterator[str]:
    lines = tie_lines(item, news_alone=briefing.since is not None)
    if item.new_entities:
        names = ", ".join(ref.name for ref in item.new_entities[: telling.ENTITIES_SHOWN])
        more = len(item.new_entities) - telling.ENTITIES_SHOWN
        lines.insert(
            0, f"named for the first time: {names}{f' and {more} more' if more > 0 else ''}"
        )
    if lines:
        yield from ("**New**" if briefing.since else "**Ties that it tells of**", "")
        yield from (f"- {plain(line)}" for line in lines[: telling.TIES_SHOWN])
        if len(lines) > telling.TIES_SHOWN:
            yield f"- and {len(lines) - telling.TIES_SHOWN} more"
        yield ""
    elif said := telling.nothing_new(item):
        yield from (plain(said), "")


def _against(found: Contradiction, notes: Notes) -> Iterator[str]:
    yield from (f"**{telling.contradiction_label(found)}:** {plain(found.text)}", "")
    yield from _quoted(found.here, notes)
    cited = found.there.citation
    yield from (f"against {plain(citation_line(cited))}:", "")
    yield from _quoted(found.there, notes)


def _quoted(passage: Passage, notes: Notes) -> Iterator[str]:
    yield f"> {plain(passage.text)}{_mark(passage, notes)}"
    if said := telling.standing(passage):
        yield from (">", f"> *{plain(said)}*")
    yield ""


def _mark(passage: Passage, notes: Notes) -> str:
    return f" \\[{notes.number(passage)}\\]"


def _notes(notes: Notes) -> list[str]:
    lines = []
    for number, passage in notes:
        line, place = note_lines(passage)
        lines.append(f"- \\[{number}\\] {plain(line)}; {plain(place)}")
    return ["## Notes", "", *lines, ""] if lines else []


def _made(briefing: Briefing) -> str:
    return (
        f"Crosstie {plain(briefing.crosstie_version)}, categories"
        f" {plain(briefing.categories_version)}. {plain(telling.PRIVATE)} {plain(CONTEST)}"
    )

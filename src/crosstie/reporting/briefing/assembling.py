"""Stories and list changes → one briefing: copies counted once, items by category, newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crosstie.ontology.briefings import (
    Briefing,
    Item,
    ListNews,
    Reckoning,
)
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import ArticleId
from crosstie.reporting.briefing.categories import Categories
from crosstie.reporting.briefing.items import item_of
from crosstie.reporting.briefing.story import Story

_KNOWN: dict[Reckoning, str] = {
    "document": "what documents, lists and curated facts dated before {since} say",
    "recorded": "what this workspace had recorded before {since}",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """For which period a briefing is, by which day, and on what."""

    since: str | None
    until: str
    reckoning: Reckoning
    topic: str | None = None
    topic_as: str = ""
    about: EntityRef | None = None


def briefing_of(
    asked: Asked,
    stories: Sequence[Story],
    lists: Iterable[ListNews],
    *,
    categories: Categories,
    considered: int,
    version: str,
) -> Briefing:
    """Return the briefing of stories whose copies were told apart already (`once`)."""
    items = sorted((item_of(story, categories) for story in stories), key=_order)
    since = asked.since
    return Briefing(
        since=since,
        until=asked.until,
        reckoning=asked.reckoning,
        topic=asked.topic,
        topic_as=asked.topic_as,
        about=asked.about,
        categories=categories.all,
        items=tuple(sorted(items, key=lambda item: item.day, reverse=True)),
        lists=tuple(sorted(lists, key=_list_order)),
        considered=considered,
        copies=sum(len(item.also_in) for item in items),
        undated=sum(item.date is None for item in items),
        known_before=_KNOWN[asked.reckoning].format(since=since) if since else "",
        crosstie_version=version,
        categories_version=categories.version,
    )


def once(stories: Iterable[Story], same: Mapping[ArticleId, str]) -> list[Story]:
    """Return one story for each group of copies, the earliest; it cites the others.

    `same` gives articles that tell one story the same key; an article without one stands alone.
    """
    groups: dict[str, list[Story]] = {}
    for story in sorted(stories, key=lambda s: (s.day, s.citation.publisher or "~", s.article.id)):
        groups.setdefault(same.get(story.article.id, story.article.id), []).append(story)
    return [
        replace(first, also_in=tuple(copy.citation for copy in copies))
        for first, *copies in groups.values()
    ]


def _order(item: Item) -> tuple[str, str, str]:
    return item.citation.publisher or "~", item.headline, item.id


def _list_order(news: ListNews) -> tuple[bool, str, str, str]:
    return (
        not any(entry.watched for entry in news.entries),
        news.title,
        news.list_name,
        news.edition,
    )

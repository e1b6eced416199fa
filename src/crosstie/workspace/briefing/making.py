"""Briefings: what came in during a period, in the words of documents and lists."""

from pathlib import Path

from crosstie import __version__
from crosstie.extraction.backends import EndpointSettings
from crosstie.matching.names import normal_name
from crosstie.ontology.briefings import Briefing, Reckoning
from crosstie.ontology.errors import UsageError
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import decode
from crosstie.ontology.watching import Watched
from crosstie.reporting.briefing.assembling import Asked, briefing_of, once
from crosstie.reporting.briefing.categories import load_categories, shipped_categories
from crosstie.store import dated, reading, showing, watching
from crosstie.store.dated import Days
from crosstie.store.engine import Transaction
from crosstie.workspace.briefing.lists import list_news
from crosstie.workspace.briefing.period import Period, final_day, first_day
from crosstie.workspace.briefing.stories import gather
from crosstie.workspace.briefing.topics import understood
from crosstie.workspace.opened import Opened


class Briefings:
    """Makes briefings from an open workspace."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def brief(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        reckoning: Reckoning = "document",
        topic: str | None = None,
        about: str | None = None,
        categories: Path | None = None,
        writer: EndpointSettings | None = None,
    ) -> Briefing:
        """Return the briefing of a period; the same workspace and question give the same one.

        `since` and `until` are days (ISO 8601, perhaps partial), both included; by default from
        the beginning to the newest record. `reckoning` says by which day a thing belongs to the
        period and was known before it: its document's own day, or that of its record. `about`
        names an entity. A model behind `writer` sums up the quotes, which stay; what it wrote is
        checked against them and marked. Raises UsageError, NotFound, Ambiguous or DataFileError.
        """
        rules = shipped_categories() if categories is None else load_categories(categories)
        with self._opened.asked() as asked:
            db = asked.db
            entity = None if about is None else showing.entity_ref(asked.find(about).entity)
            wanted = None if topic is None else understood(db, topic)
            period = _period(db, since, until, reckoning)
            gathered = gather(
                db,
                period,
                topic=wanted,
                about=entity.id if entity else None,
                progress=lambda done, of: self._opened.progress("reading", done, of),
            )
            lists = list_news(
                db,
                period,
                topic=wanted,
                about=entity.id if entity else None,
                watched=_watched(db),
            )
            briefing = briefing_of(
                Asked(
                    since=period.since,
                    until=period.until,
                    reckoning=reckoning,
                    topic=topic,
                    topic_as=wanted.label if wanted else "",
                    about=entity,
                ),
                once(gathered.stories, gathered.same),
                lists,
                categories=rules,
                considered=gathered.considered,
                version=__version__,
            )
        return briefing if writer is None else self._written(briefing, writer)

    def _written(self, briefing: Briefing, writer: EndpointSettings) -> Briefing:
        # What speaks to an endpoint is loaded when one is named.
        from crosstie.workspace.briefing.writing import with_summaries

        return with_summaries(
            briefing,
            writer,
            progress=lambda done, of: self._opened.progress("writing", done, of),
        )


def _watched(db: Transaction) -> frozenset[EntityId]:
    """Return the entities that bear the very name of one that is watched."""
    parties = [decode(row.record, Watched).party for row in watching.watched(db)]
    keys = {key for party in parties if (key := normal_name(party.name))}
    return frozenset(
        entity.id for key in sorted(keys) for entity in reading.entities_named(db, key)
    )


def _period(db: Transaction, since: str | None, until: str | None, reckoning: Reckoning) -> Period:
    """Return the period; without an end, up to the newest thing that the workspace holds."""
    start = first_day(since, "--since")
    if until is not None:
        end = final_day(until, "--until")
    else:
        end = max(_newest(db, reckoning), start or "")
    if start is not None and end < start:
        raise UsageError(
            f"the period ends on {end}, before it begins on {start}", where="--until",
            remedy="name a later day",
        )  # fmt: skip
    return Period(start, end, reckoning)


def _newest(db: Transaction, reckoning: Reckoning) -> str:
    anytime = Period(None, "", reckoning)
    articles = (
        Days(found.article.date or found.document_date, found.recorded)
        for found in dated.dated_articles(db)
    )
    editions = (Days(e.as_of or None, e.loaded_at[:10]) for e in reading.editions(db))
    days = [anytime.day(found) for found in (*articles, *editions)]
    if not days:
        raise UsageError(
            "there is nothing to brief about", remedy="add documents with `crosstie add` first"
        )
    return max(days)

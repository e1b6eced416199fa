"""What lists did in a period: rows new and gone by edition, and rows dated in it; bounded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.briefings import ListEntry, ListNews
from crosstie.ontology.ids import EntityId, MentionId
from crosstie.ontology.records import Claim
from crosstie.reporting.briefing.story import passage_of
from crosstie.store import dated, reaching, reading, showing
from crosstie.store.dated import Days, ListedRow
from crosstie.store.engine import Transaction
from crosstie.store.reading import Edition
from crosstie.workspace.briefing.period import Period
from crosstie.workspace.briefing.topics import Topic

_SHOWN = 10
_WATCHED_SHOWN = 50
_QUOTES_PER_ROW = 2
Change = Literal["added", "removed", "dated"]


@dataclass(frozen=True, slots=True)
class _Changed:
    change: Change
    row: ListedRow
    entity: EntityId | None
    watched: bool


@dataclass(frozen=True, slots=True)
class _Compared:
    """An edition with the whole one before it, and the rows that this makes news."""

    edition: Edition
    before: Edition | None
    rows: tuple[tuple[Change, ListedRow], ...]


def list_news(
    db: Transaction,
    period: Period,
    *,
    topic: Topic | None,
    about: EntityId | None,
    watched: frozenset[EntityId],
) -> tuple[ListNews, ...]:
    """Return the news of each list, edition by edition, with watched organisations first."""
    every: dict[str, list[Edition]] = defaultdict(list)
    for edition in reading.editions(db):
        every[edition.source.id].append(edition)
    news: list[ListNews] = []
    for editions in every.values():
        for compared in _compared(db, period, editions):
            chosen = list(_chosen(db, compared, topic, about, watched))
            news.extend(_by_list(db, compared, chosen))
    return tuple(news)


def _day(period: Period, edition: Edition) -> str:
    return period.day(Days(edition.as_of or None, edition.loaded_at[:10]))


def _compared(db: Transaction, period: Period, editions: Sequence[Edition]) -> Iterator[_Compared]:
    """Compare each whole edition of the period with the whole one before it.

    Without one before, and for lists that came out later, what is dated in the period is news:
    an edition of June tells of a listing in February.
    """
    told: set[str] = set()
    whole = [edition for edition in editions if not edition.scope]
    for place, edition in enumerate(whole):
        if place and period.holds(_day(period, edition)):
            before = whole[place - 1]
            added = dated.designating_rows(db, edition.id, but_not_in=before.id)
            removed = dated.designating_rows(db, before.id, but_not_in=edition.id)
            told.update(row.key for row in added)
            yield _Compared(
                edition,
                before,
                (*(("added", row) for row in added), *(("removed", row) for row in removed)),
            )
    latest = editions[-1]
    if period.since is not None and _knows(period, latest):
        rows = [
            row
            for row in dated.designating_rows(db, latest.id)
            if row.key not in told and _dated_in(period, row.claim)
        ]
        yield _Compared(latest, None, tuple(("dated", row) for row in rows))


def _knows(period: Period, edition: Edition) -> bool:
    day = _day(period, edition)
    if period.reckoning == "recorded":
        return period.holds(day)
    return not period.before(day)


def _dated_in(period: Period, claim: Claim) -> bool:
    listed = claim.valid_from
    return listed is not None and period.holds(
        Period(period.since, period.until, "document").day(Days(listed, period.until))
    )


def _chosen(
    db: Transaction,
    compared: _Compared,
    topic: Topic | None,
    about: EntityId | None,
    watched: frozenset[EntityId],
) -> Iterator[_Changed]:
    mentions = [row.claim.object for _, row in compared.rows if row.claim.object is not None]
    owners = reaching.owners(db, mentions)
    for change, row in compared.rows:
        entity = owners.get(row.claim.object) if row.claim.object is not None else None
        if about is not None and entity != about:
            continue
        if topic is not None and not topic.fits_row(row.claim.document_id):
            continue
        yield _Changed(change, row, entity, entity in watched)


def _by_list(
    db: Transaction, compared: _Compared, changed: Iterable[_Changed]
) -> Iterator[ListNews]:
    groups: dict[str, list[_Changed]] = defaultdict(list)
    for item in changed:
        attributes = item.row.claim.attributes
        groups[attributes.get("list_name", attributes.get("list", ""))].append(item)
    for list_name, items in sorted(groups.items()):
        counts = {
            change: sum(i.change == change for i in items)
            for change in ("added", "removed", "dated")
        }
        shown = _shown(items)
        yield ListNews(
            source=compared.edition.source.id,
            title=compared.edition.source.title,
            list_name=list_name,
            authority=_authority(db, shown[0].row.claim.subject),
            edition=compared.edition.as_of,
            before=compared.before.as_of if compared.before else None,
            entries=_entries(db, shown),
            **counts,
        )


def _shown(items: Sequence[_Changed]) -> list[_Changed]:
    watched = [item for item in items if item.watched][:_WATCHED_SHOWN]
    others = [item for item in items if not item.watched]
    some: list[_Changed] = []
    for change in ("added", "removed", "dated"):
        some.extend([item for item in others if item.change == change][:_SHOWN])
    return [*watched, *some]


def _authority(db: Transaction, mention: MentionId) -> str:
    owners = reaching.owners(db, [mention])
    refs = showing.entity_refs(db, owners.values())
    return next((ref.name for ref in refs.values()), "")


def _entries(db: Transaction, items: Sequence[_Changed]) -> tuple[ListEntry, ...]:
    claims = [item.row.claim for item in items]
    quotes = showing.quotes(db, [claim.id for claim in claims])
    named = {
        mention.id: mention
        for mentions in dated.mentions_in(db, [claim.document_id for claim in claims]).values()
        for mention in mentions
    }
    entries = []
    for item in items:
        claim = item.row.claim
        mention = named.get(claim.object) if claim.object is not None else None
        entries.append(
            ListEntry(
                change=item.change,
                name=mention.names[0].text if mention else claim.evidence[0].quote,
                country=mention.country if mention else None,
                on=claim.valid_from,
                watched=item.watched,
                passages=tuple(
                    passage_of(q.start, q.end, q.text, q.citation, (claim,))
                    for q in quotes[claim.id][:_QUOTES_PER_ROW]
                ),
            )
        )
    return tuple(entries)

"""The command fetch: lists from their publishers, pages, feeds and sitemaps."""

from typing import Annotated

import typer

from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.app.cli.taking_in import load_lines
from crosstie.ontology.errors import UsageError
from crosstie.workspace import Workspace
from crosstie.workspace.fetch_reports import Listed, PagesFetch, Planned, SourceFetch
from crosstie.workspace.fetched_interfaces import Choice
from crosstie.workspace.fetching import MOST_PAGES, unattended

_PAGES = ("page", "feed", "sitemap")
_SHOWN = 20
_EXAMPLES = (
    "Examples: crosstie fetch us-csl ofac-nonsdn · crosstie fetch --all -q ·"
    " crosstie fetch us-csl --from https://mirror.example/consolidated.csv ·"
    " crosstie fetch feed https://news.example/rss --max 20 --since 2026-11-01"
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("fetch", epilog=_EXAMPLES)(fetch)


def fetch(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="Sources (see `fetch --list`); or `page`, `feed`, `sitemap` and addresses.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All sources that need nothing more from you.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Show where each source stands; fetch nothing.")
    ] = False,
    address: Annotated[
        str,
        typer.Option(
            "--from",
            help="Another address or a file, for one source: a mirror, your own copy.",
            show_default=False,
        ),
    ] = "",
    ror: Annotated[
        list[str] | None,
        typer.Option("--ror", help="For `openalex`: an institution's ROR id.", show_default=False),
    ] = None,
    item: Annotated[
        list[str] | None,
        typer.Option("--id", help="For `wikidata`: a Q-id, ROR id or LEI.", show_default=False),
    ] = None,
    most: Annotated[
        int, typer.Option("--max", min=1, help="Most new pages of a feed or sitemap.")
    ] = MOST_PAGES,
    since: Annotated[
        str | None,
        typer.Option(
            help="Pages of this day or later; for `openalex`, works of this year or later."
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The edition's date, where nothing tells it.")
    ] = None,
    key: Annotated[
        str,
        typer.Option(
            "--key",
            envvar="CROSSTIE_OPENALEX_KEY",
            help="For `openalex`: your key, not kept.",
            show_default=False,
            show_envvar=True,
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be asked; ask nothing.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Fetch lists from their publishers and load them, or add pages of feeds and sitemaps.

    What was fetched before is asked for only if it has changed; a download that was cut short goes
    on. All that is asked and answered is kept as WARC beside the workspace, in NAME.archive. Ends
    with status 1 if something could not be fetched; what was in force stays in force.
    """
    session = current(context)
    workspace = session.workspace(create=True)
    if listed:
        _show_list(session, workspace.fetching.listed(), json=json)
        return
    words = list(what or ()) or (list(unattended()) if every else [])
    if not words or (every and what):
        raise UsageError(
            "nothing to fetch is named", remedy="name a source, or give --all or --list"
        )
    choice = Choice(
        address=address, as_of=as_of, rors=tuple(ror or ()), items=tuple(item or ()),
        since=_year(since) if "openalex" in words else None, key=key,
    )  # fmt: skip
    if words[0] in _PAGES:
        _fetch_pages(session, workspace, words, most=most, since=since, dry_run=dry_run, json=json)
    elif dry_run:
        _show_plan(session, workspace.fetching.plan(words, choice), json=json)
    else:
        _show_sources(session, workspace.fetching.sources(words, choice), json=json)


def _fetch_pages(
    session: Session,
    workspace: Workspace,
    words: list[str],
    *,
    most: int,
    since: str | None,
    dry_run: bool,
    json: bool,
) -> None:
    kind, addresses = words[0], words[1:]
    if not addresses or (kind != "page" and len(addresses) > 1):
        raise UsageError(f"`fetch {kind}` needs its address", remedy=f"crosstie fetch {kind} URL")
    if dry_run:
        note = "" if kind == "page" else f"then up to {most} pages that it names"
        plans = tuple(Planned(kind, url, None, 0, note) for url in addresses)
        _show_plan(session, plans, json=json)
        return
    fetching = workspace.fetching
    if kind == "page":
        found = fetching.pages(addresses)
    elif kind == "feed":
        found = fetching.feed(addresses[0], most=most, since=since)
    else:
        found = fetching.sitemap(addresses[0], most=most, since=since)
    _show_pages(session, found, json=json)


def _show_sources(session: Session, found: tuple[SourceFetch, ...], *, json: bool) -> None:
    if json:
        session.print_json(found)
    for item in () if json else found:
        session.tell(f"{item.source_id}: {item.message}")
        if item.load is not None:
            for line in load_lines(item.load):
                session.tell(f"  {line}")
        if item.archived is not None:
            session.tell(f"  archived in {item.archived.file}, record {item.archived.record}")
    if any(item.outcome == "failed" for item in found):
        raise typer.Exit(1)


def _show_pages(session: Session, found: PagesFetch, *, json: bool) -> None:
    failed = bool(found.failed or found.count("failed"))
    if json:
        session.print_json(found)
    elif found.failed:
        session.tell(found.failed)
    else:
        counts = {
            "added": found.count("added"),
            "unchanged": found.count("unchanged"),
            "known": found.count("known"),
            "refused": found.count("refused"),
            "failed": found.count("failed"),
        }
        parts = [f"{count:,} {word}" for word, count in counts.items() if count]
        session.tell(f"{found.found:,} pages: {', '.join(parts) or 'none to fetch'}")
        for page in found.pages[:_SHOWN]:
            if page.outcome == "added":
                session.tell(f"  added: {page.url} ({page.document_id})")
            elif page.message and page.outcome != "known":
                session.tell(f"  {page.outcome}: {page.message}")
        if found.left:
            session.tell(f"  {found.left:,} more are new: run it again, or raise --max")
    if failed:
        raise typer.Exit(1)


def _show_plan(session: Session, plans: tuple[Planned, ...], *, json: bool) -> None:
    if json:
        session.print_json(plans)
        return
    for plan in plans:
        since = f", if it has changed since {plan.since[:10]}" if plan.since else ""
        size = f", about {plan.about_bytes / 1e6:,.1f} MB" if plan.about_bytes else ""
        session.tell(f"{plan.what}: would ask {plan.url}{since}{size}")
        if plan.note:
            session.tell(f"  {plan.note}")


def _show_list(session: Session, listed: tuple[Listed, ...], *, json: bool) -> None:
    if json:
        session.print_json(listed)
        return
    for item in listed:
        recipe = item.recipe
        edition = f"edition of {item.edition}" if item.edition else "never loaded"
        fetched = f"fetched {item.fetched_at[:10]}" if item.fetched_at else "never fetched"
        session.tell(f"{recipe.id}: {edition}, {fetched}")
        session.tell(f"  {recipe.asked_first or recipe.because}")
        live = "; never run against the publisher's server" if recipe.never_run_live else ""
        session.tell(f"  tried with {recipe.verified}{live}")


def _year(since: str | None) -> int | None:
    if since is None:
        return None
    if not since[:4].isdigit():
        raise UsageError(f"`{since}` is no year", remedy="write --since 2021")
    return int(since[:4])

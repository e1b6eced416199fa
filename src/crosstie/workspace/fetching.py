"""What a workspace fetches: lists as new editions, pages as documents, with the evidence kept."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext

from crosstie.ontology.errors import UsageError
from crosstie.sources.fetching import Fetcher, Recipe, find_recipe
from crosstie.sources.fetching import recipes as shipped
from crosstie.store import reading
from crosstie.text.dates import read_date
from crosstie.workspace.fetch_log import last_fetched
from crosstie.workspace.fetch_reports import Listed, PagesFetch, Planned, SourceFetch
from crosstie.workspace.fetched_evidence import archive_of
from crosstie.workspace.fetched_interfaces import Choice
from crosstie.workspace.fetched_lists import ListFetch, refuse_wanting
from crosstie.workspace.fetched_pages import PagesRun
from crosstie.workspace.opened import Opened
from crosstie.workspace.resolving import rebuild

MOST_PAGES = 50
"""How many new pages a run takes from a feed or sitemap, unless it is told otherwise."""


class Fetching:
    """Fetches into one open workspace. Everything asked and answered is kept beside it as WARC."""

    def __init__(
        self,
        opened: Opened,
        fetcher: Fetcher | None = None,
        recipes: Mapping[str, Recipe] | None = None,
    ) -> None:
        self._opened, self._fetcher = opened, fetcher
        self._recipes = shipped() if recipes is None else recipes
        self.folder = archive_of(opened.store.path)

    def using(self, fetcher: Fetcher, recipes: Mapping[str, Recipe] | None = None) -> "Fetching":
        """Return the same with a fetcher of the caller's own, and perhaps recipes of their own."""
        return Fetching(self._opened, fetcher, recipes)

    def sources(
        self, names: Sequence[str], choice: Choice | None = None
    ) -> tuple[SourceFetch, ...]:
        """Fetch sources and load what is new, one after the other; one's failure stops no other.

        Raises NotFound for a source that is not known, UsageError for what a source still needs.
        """
        choice = choice or Choice()
        wanted = self._wanted(names, choice)
        with self._fetching() as fetcher:
            run = ListFetch(self._opened, fetcher)
            found = tuple(run.run(recipe, choice) for recipe in wanted)
        if any(item.outcome == "loaded" for item in found):
            rebuild(self._opened.store, progress=self._opened.progress)
        return found

    def pages(self, urls: Sequence[str]) -> PagesFetch:
        """Fetch pages and add those that are new or changed as documents."""
        return self._pages(lambda run: run.pages(list(urls)))

    def feed(self, url: str, *, most: int = MOST_PAGES, since: str | None = None) -> PagesFetch:
        """Add up to `most` new pages that a feed names, of the day `since` or later."""
        day = _day(since)
        return self._pages(lambda run: run.feed(url, most=most, since=day))

    def sitemap(self, url: str, *, most: int = MOST_PAGES, since: str | None = None) -> PagesFetch:
        """Add up to `most` new pages that a sitemap names, of the day `since` or later."""
        day = _day(since)
        return self._pages(lambda run: run.sitemap(url, most=most, since=day))

    def plan(self, names: Sequence[str], choice: Choice | None = None) -> tuple[Planned, ...]:
        """Return what `sources` would ask, without asking it. Raises as `sources` does."""
        choice = choice or Choice()
        with self._fetching() as fetcher:
            return tuple(
                _planned(fetcher, recipe, choice) for recipe in self._wanted(names, choice)
            )

    def listed(self) -> tuple[Listed, ...]:
        """Return the recipes, with when each was fetched last and which edition is in force."""
        with self._opened.store.reading() as db:
            editions = reading.editions(db)
        return tuple(
            Listed(
                recipe,
                last_fetched(self._opened, recipe.id),
                max((e.as_of for e in editions if e.source.id == recipe.id), default=None),
            )
            for recipe in self._recipes.values()
        )

    def _wanted(self, names: Sequence[str], choice: Choice) -> list[Recipe]:
        named = [find_recipe(name, self._recipes) for name in names]
        found = list({recipe.id: recipe for recipe in named}.values())
        if choice.address and len(found) > 1:
            raise UsageError("--from belongs to one source", remedy="fetch that one alone")
        for recipe in found:
            refuse_wanting(recipe, choice)
        return found

    def _pages(self, run: Callable[[PagesRun], PagesFetch]) -> PagesFetch:
        with self._fetching() as fetcher:
            return run(PagesRun(self._opened, fetcher, self._opened.now()))

    def _fetching(self) -> "Fetcher | nullcontext[Fetcher]":
        """Return the caller's fetcher, left open, or one that is closed after use."""
        if self._fetcher is not None:
            return nullcontext(self._fetcher)
        return Fetcher(self.folder, now=self._opened.now)


def unattended() -> tuple[str, ...]:
    """Return the sources that can be fetched without the user's saying more: what `--all` means."""
    return tuple(recipe.id for recipe in shipped().values() if not recipe.needs)


def _planned(fetcher: Fetcher, recipe: Recipe, choice: Choice) -> Planned:
    url = choice.address or recipe.asked_first or recipe.documented
    entry = fetcher.known(url)
    note = "the file that this index names, with its checksum" if recipe.index else ""
    if recipe.needs in ("ror", "item"):
        note = f"for {', '.join(choice.rors + choice.items)}"
    return Planned(recipe.id, url, entry.fetched_at if entry else None, recipe.about_bytes, note)


def _day(since: str | None) -> str | None:
    if since is None:
        return None
    found = read_date(since)
    if found.value is None:
        raise UsageError(f"--since {found.reason}", remedy="write it as YYYY-MM-DD")
    return found.value

"""What a fetch did, or would ask, in numbers and words."""

from dataclasses import dataclass
from typing import Literal

from crosstie.sources.fetching import Archived, Recipe
from crosstie.workspace.reports import LoadReport

SourceOutcome = Literal["loaded", "unchanged", "failed"]
PageOutcome = Literal["added", "unchanged", "known", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class SourceFetch:
    """One source: its new edition was `loaded`, is `unchanged` since it was loaded, or `failed`.

    `message` says what happened in a line; `reason` is one word for a failure. A source that failed
    keeps the edition that was in force, `in_force`, which is empty if there is none.
    """

    source_id: str
    outcome: SourceOutcome
    message: str
    reason: str = ""
    url: str = ""
    status: int | None = None
    sha256: str = ""
    size: int = 0
    archived: Archived | None = None
    load: LoadReport | None = None
    in_force: str = ""


@dataclass(frozen=True, slots=True)
class PageFetch:
    """One page: `added` as a document, `unchanged` (these bytes are held), `known` (not asked
    again), `refused` by a reader, or `failed` to come.
    """

    url: str
    outcome: PageOutcome
    message: str = ""
    reason: str = ""
    document_id: str = ""
    status: int | None = None
    sha256: str = ""
    archived: Archived | None = None


@dataclass(frozen=True, slots=True)
class PagesFetch:
    """The pages of a feed or sitemap, or single ones. `left` counts new ones beyond the `--max`.

    `failed` is why the feed or sitemap itself could not be read; then there are no pages.
    """

    asked: str
    found: int
    pages: tuple[PageFetch, ...]
    left: int = 0
    failed: str = ""
    reason: str = ""

    def count(self, outcome: PageOutcome) -> int:
        """Return how many pages came out so."""
        return sum(page.outcome == outcome for page in self.pages)


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be asked: the address, and whether only for what changed since a day."""

    what: str
    url: str
    since: str | None
    about_bytes: int
    note: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A recipe, with when its source was fetched last and which edition is in force."""

    recipe: Recipe
    fetched_at: str | None
    edition: str | None

"""Fetch lists and pages from where their publishers put them, and keep what was answered.

`Fetcher` fetches one address; `recipes` says where each source stands; `read_feed` and
`read_sitemap` list the pages that a publisher names.
"""

from crosstie.sources.fetching.cache import Archived
from crosstie.sources.fetching.erasing import erase
from crosstie.sources.fetching.feeds import read_feed
from crosstie.sources.fetching.fetched import Fetched, Wanted
from crosstie.sources.fetching.fetcher import Fetcher
from crosstie.sources.fetching.limits import Limits
from crosstie.sources.fetching.links import Link
from crosstie.sources.fetching.recipes import Recipe, find_recipe, recipes
from crosstie.sources.fetching.sitemaps import Sitemap, read_sitemap

__all__ = [
    "Archived", "Fetched", "Fetcher", "Limits", "Link", "Recipe", "Sitemap", "Wanted",
    "erase", "find_recipe", "read_feed", "read_sitemap", "recipes",
]  # fmt: skip

"""What every page that stands alone is made with: one environment, and text that cannot act."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from crosstie.reporting import chain_words, words
from crosstie.reporting.inert import visible


@cache
def environment() -> Environment:
    """Return the environment of the templates: it escapes, and misses nothing in silence."""
    made = Environment(
        loader=PackageLoader("crosstie.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.globals["words"] = words
    made.globals["chain_words"] = chain_words
    return made


def _shown(value: object) -> object:
    # Markup is made of values that went through here already.
    return visible(value) if type(value) is str else value

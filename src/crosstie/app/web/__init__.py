"""The web door: pages for people and JSON for programs, on one workspace."""

from crosstie.app.web.application import make_application
from crosstie.app.web.settings import WebSettings

__all__ = ["WebSettings", "make_application"]

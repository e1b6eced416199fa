"""Checked fields of the starter pack's files: text, slug, address, language, country, date."""

import re
from datetime import date

from crosstie.ontology.datafiles import Section

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def text_at(section: Section, key: str) -> str:
    """Return the text at `key`, trimmed; raise when it is empty."""
    value = str(section.require(key)).strip()
    if not value:
        raise section.fail(f"`{key}` is empty", "fill it in", key=key)
    return value


def slug_at(section: Section, key: str) -> str:
    """Return the slug at `key`: small letters, digits, single hyphens."""
    value = text_at(section, key)
    if not _SLUG.fullmatch(value):
        raise section.fail(
            f"`{value}` is no slug", "use small letters, digits and single hyphens", key=key
        )
    return value


def url_at(section: Section) -> str:
    """Return the section's `url`."""
    value = text_at(section, "url")
    if not value.startswith(("https://", "http://")):
        raise section.fail(f"`{value}` is no web address", "start it with https://", key="url")
    return value


def language_at(entry: Section) -> str:
    """Return the section's `language` code; a name without a language is a mistake."""
    value = text_at(entry, "language")
    if not _LANGUAGE.fullmatch(value) or value == "und":
        raise entry.fail(
            f"`{value}` is no language", "use a code such as en, zh, ru", key="language"
        )
    return value


def country_at(section: Section) -> str | None:
    """Return the section's `country`, or None where it has none."""
    if "country" not in section:
        return None
    value = text_at(section, "country")
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise section.fail(
            f"`{value}` is no country", "use two capital letters of ISO 3166-1", key="country"
        )
    return value


def date_at(section: Section, key: str) -> str:
    """Return the ISO date at `key`, which may be partial."""
    value = text_at(section, key)
    match = _DATE.fullmatch(value)
    try:
        if match is None:
            raise ValueError(value)
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise section.fail(
            f"`{value}` is no date", 'use "2015", "2015-08" or "2015-08-01"', key=key
        ) from error
    return value

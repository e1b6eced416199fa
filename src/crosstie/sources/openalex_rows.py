"""OpenAlex works and institutions → rows: who published with whom, quoted line by line."""

from itertools import combinations

from crosstie.ontology.records import Identifier, ListRow, Name, NameKind, SetAside, Source
from crosstie.sources.drafts import Party, RowDraft
from crosstie.sources.identifiers import domain_of
from crosstie.sources.languages import language_of
from crosstie.sources.openalex_records import (
    MOST_INSTITUTIONS,
    Affiliation,
    Institution,
    Work,
)
from crosstie.sources.research_organisations import kind_of_types, without_country
from crosstie.sources.rows import Place
from crosstie.text.countries import country_code

METHOD = "openalex"
TIE = "co_published"
_OPENALEX, _ROR = "https://openalex.org/", "https://ror.org/"


def work_row(source: Source, number: int, work: Work) -> ListRow | SetAside:
    """Return the row of a work: one claim for each pair of institutions that published it."""
    if reason := _left_out(work):
        return SetAside(number, "out_of_scope", reason)
    draft = RowDraft(METHOD)
    head = _head(draft, work)
    parties = [_affiliated(draft, institution) for institution in work.institutions]
    both = {
        pair: draft.text.line(
            "one author gives both", " and ".join(work.institutions[i].name for i in pair)
        )
        for pair in sorted(work.shared)
    }
    for one, two in combinations(range(len(parties)), 2):
        (left, left_line), (right, right_line) = parties[one], parties[two]
        draft.say(
            left,
            TIE,
            right,
            at=[*head, left_line, right_line, both.get((one, two))],
            attributes=_attributes(work, one, two),
            valid_from=work.date or work.year,
        )
    return draft.finish(
        source,
        key=work.id,
        number=number,
        title=work.title or f"a work without a title ({work.id})",
        url=work.doi or f"{_OPENALEX}{work.id}",
        date=work.date or work.year,
        language=work.language,
    )


def _left_out(work: Work) -> str:
    count = len(work.institutions)
    if work.retracted:
        return "retracted"
    if work.paratext:
        return "paratext, such as a cover or a table of contents"
    if count > MOST_INSTITUTIONS:
        return f"more than {MOST_INSTITUTIONS} institutions: such a paper says little of any two"
    if count < 2:
        return "one institution or none: nobody to have published with"
    return ""


def _head(draft: RowDraft, work: Work) -> list[Place | None]:
    """Write what the work is; return the places that every claim of it quotes."""
    text = draft.text
    text.line("id", f"{_OPENALEX}{work.id}")
    lines = (
        ("doi", work.doi),
        ("title", work.title),
        ("publication_date" if work.date else "publication_year", work.date or work.year),
        ("topic", work.topic),
        ("field", work.field),
    )
    places: list[Place | None] = [text.line(name, value) for name, value in lines if value]
    if work.type:
        text.line("type", work.type)
    return places


def _affiliated(draft: RowDraft, found: Affiliation) -> tuple[Party, Place]:
    known = [f"{_ROR}{found.ror}" if found.ror else f"{_OPENALEX}{found.id}"]
    known += [found.country] if found.country else []
    line = draft.text.line("institution", f"{found.name} [{', '.join(known)}]")
    names = _names([(found.name, "")])
    party = draft.party(
        line.cut(0, len(found.name)),
        kind_of_types([found.type], names),
        names,
        country=country_code(found.country) if found.country else None,
        identifiers=_identifiers(found),
    )
    return party, line


def _identifiers(found: Affiliation | Institution) -> tuple[Identifier, ...]:
    if found.ror:
        return (Identifier("ror", found.ror),)
    return (Identifier("openalex", found.id),) if found.id else ()


def _attributes(work: Work, one: int, two: int) -> dict[str, str]:
    left, right = work.institutions[one], work.institutions[two]
    said = {
        "doi": work.doi,
        # Two records of one DOI are one work; without a DOI the record's address tells it.
        "work": None if work.doi else f"{_OPENALEX}{work.id}",
        "year": work.year,
        "topic": work.topic,
        "field": work.field,
    }
    found = {key: value for key, value in said.items() if value}
    if (one, two) in work.shared:
        found["co_affiliation"] = "one author gives both"
    if left.is_part_of(right) or right.is_part_of(left):
        found["part_of"] = "one is part of the other"
    return found


def institution_row(source: Source, number: int, found: Institution) -> ListRow:
    """Return the row of an institution: its names, and no claim.

    Its relations to others are ROR's own: told again here they would pass for a second source.
    """
    draft = RowDraft(METHOD)
    text = draft.text
    text.line("id", f"{_OPENALEX}{found.id}")
    first, *_ = [
        text.line(f"name{f' ({language})' if language else ''}", name)
        for name, language in found.names
    ]
    text.lines("acronym", found.acronyms)
    if found.ror:
        text.line("ror", f"{_ROR}{found.ror}")
    for label, value in (
        ("country_code", found.country),
        ("type", found.type),
        ("homepage_url", found.website),
    ):
        if value:
            text.line(label, value)
    names = _names(found.names)
    known = {name.text.casefold() for name in names}
    names += [
        Name(acronym, language_of(acronym), "acronym")
        for acronym in found.acronyms
        if acronym.casefold() not in known
    ]
    website = [Identifier("domain", domain_of(found.website))] if found.website else []
    draft.party(
        first,
        kind_of_types([found.type], names),
        names,
        country=country_code(found.country) if found.country else None,
        identifiers=(*_identifiers(found), *website),
    )
    return draft.finish(
        source,
        key=found.id,
        number=number,
        title=f"OpenAlex: {found.names[0][0]}",
        url=f"{_OPENALEX}{found.id}",
        language="en",
    )


def _names(written: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[Name]:
    """Return the names, the main one first; OpenAlex adds the country to companies' names."""
    names: dict[str, Name] = {}
    for place, (text, given) in enumerate(written):
        kind: NameKind = "primary" if place == 0 else "alias"
        language = given or language_of(text)
        if short := without_country(text):
            names.setdefault(short.casefold(), Name(short, language, kind))
            kind = "alias"
        names.setdefault(text.casefold(), Name(text, language, kind))
    return list(names.values())

"""What a workspace tells in figures: series, disputes and agreements, from claims alone."""

from collections.abc import Sequence

from crosstie.extraction.classification import classify
from crosstie.matching import NameIndex
from crosstie.ontology.errors import Ambiguous, NotFound, UsageError
from crosstie.ontology.figures import AgreementTable, Dispute, MeasureLine, Series
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Claim
from crosstie.reporting.figures.agreements import UNSTATED, Signed, agreement_table
from crosstie.reporting.figures.disputes import called
from crosstie.reporting.figures.sectors import agreement_words
from crosstie.reporting.figures.series import (
    Value,
    around,
    matching,
    measure_lines,
    narrowed,
    series_of,
)
from crosstie.resolution.verdicts import verdicts_in_force
from crosstie.store import reaching, reading, showing, stating
from crosstie.store.engine import Transaction
from crosstie.text.countries import country_code
from crosstie.workspace.disputing import Disputes, tied
from crosstie.workspace.lookup import find_entity, shortened
from crosstie.workspace.opened import Opened

_SUGGESTED = 8
NOTHING_MEASURED = (
    "no document in this workspace states a figure: add documents with `crosstie add`"
)
NOTHING_DISPUTED = (
    "no document in this workspace tells of a lawsuit: add documents with `crosstie add`"
)


class Figures:
    """Series, disputes and agreements of one workspace, each with its quotes."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def measures(self) -> tuple[MeasureLine, ...]:
        """Return every measure that documents give values of, those with the most points first."""
        with self._opened.asking() as (db, _):
            return measure_lines(series_of(_values(db)))

    def series(
        self,
        measure: str = "",
        *,
        of: str | None = None,
        country: str | None = None,
        unit: str | None = None,
    ) -> tuple[Series, ...]:
        """Return the series of a measure: by its id, its name, or words of it; "" means all.

        `of` keeps the values of one entity, `country` those of entities of one country, `unit` the
        series in one unit. Raises NotFound with the measures that there are.
        """
        code = country_code(country) if country else None
        if country and code is None:
            raise UsageError(f"`{country}` is no country that Crosstie knows", remedy="write CN")
        with self._opened.asking() as (db, index):
            entity = find_entity(db, index, of).entity.id if of else None
            values = _values(db)
        everything = series_of(values)
        found = matching(everything, measure) or series_of(around(values, measure))
        found = narrowed(found, of=entity, country=code)
        if unit is not None:
            found = tuple(s for s in found if s.unit.casefold() == unit.casefold())
        if not found and (measure or of or country or unit):
            raise _not_found(measure, everything)
        return found

    def disputes(self, name: str = "") -> tuple[Dispute, ...]:
        """Return the disputes that documents tell of; `name` asks for those of a party, or an id.

        Raises NotFound with the disputes that there are.
        """
        with self._opened.asking() as (db, index):
            everything = Disputes(db).all()
            found = called(everything, name)
            if found or not name:
                return found
            if everything and (entity := _entity_or_none(db, index, name)):
                found = tuple(d for d in everything if entity in _parties(d))
        if not found:
            names = [dispute.name for dispute in everything][:_SUGGESTED]
            raise NotFound(
                f"no dispute with `{shortened(name)}`",
                remedy=f"`crosstie disputes` lists them: {' | '.join(names)}"
                if names
                else NOTHING_DISPUTED,
                suggestions=names,
            )
        return found

    def agreements(self, *, sector: str | None = None) -> AgreementTable:
        """Return the agreements by country and sector, and what sources count beyond them.

        `sector` is an id of agreements.yaml, or `unstated`. Raises UsageError for another.
        """
        known = [*(found.id for found in agreement_words().sectors), UNSTATED]
        if sector is not None and sector not in known:
            raise UsageError(f"no sector `{sector}`", remedy=f"one of {', '.join(known)}")
        with self._opened.asking() as (db, _):
            texts = _Texts(db)
            signed = [
                Signed(
                    claim=item.claim, subject=item.subject, object=item.object,
                    quotes=item.quotes,
                    paragraph=texts.paragraph(item.claim.document_id, item.claim.evidence[0].start),
                )
                for item in tied(db, _standing(db, ["signed_agreement"]))
            ]  # fmt: skip
            return agreement_table(signed, _values(db, texts), _technologies, sector=sector)


def _entity_or_none(db: Transaction, index: NameIndex, name: str) -> EntityId | None:
    try:
        return find_entity(db, index, name).entity.id
    except (NotFound, Ambiguous):
        return None


def _parties(dispute: Dispute) -> set[EntityId]:
    return {dispute.plaintiff.id, dispute.defendant.id, *(ref.id for ref in dispute.others)}


def _values(db: Transaction, texts: "_Texts | None" = None) -> list[Value]:
    claims = _standing(db, ["measure"])
    owners = reaching.owners(db, [claim.subject for claim in claims])
    refs = showing.entity_refs(db, owners.values())
    quotes = showing.quotes(db, [claim.id for claim in claims])
    texts = texts or _Texts(db)
    return [
        Value(
            claim=claim,
            subject=refs[owners[claim.subject]],
            written=texts.written(claim.document_id, claim.attributes.get("span", "")),
            paragraph=texts.paragraph(claim.document_id, claim.evidence[0].start),
            quotes=quotes[claim.id],
        )
        for claim in claims
        if claim.subject in owners and claim.quantity is not None
    ]


def _standing(db: Transaction, predicates: Sequence[str]) -> list[Claim]:
    """Return the live claims of these predicates that nobody rejected."""
    rejected = verdicts_in_force(reading.judgements(db)).rejected
    return [c for c in stating.claims_stating(db, predicates) if c.id not in rejected]


def _technologies(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.technology, found.words) for found in classify(text)]


class _Texts:
    """The texts of documents, one at a time: claims come in the order of their documents."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self._texts: dict[str, str] = {}

    def of(self, document_id: str) -> str:
        """Return the text of a document."""
        if document_id not in self._texts:
            document = reading.document(self._db, document_id)
            self._texts[document_id] = document.text if document else ""
        return self._texts[document_id]

    def paragraph(self, document_id: str, at: int) -> str:
        """Return the paragraph around a place."""
        text = self.of(document_id)
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        return text[start : end if end >= 0 else len(text)]

    def written(self, document_id: str, span: str) -> str:
        """Return what stands at a span such as "12-27"; "" without one."""
        start, _, end = span.partition("-")
        if not (start.isdigit() and end.isdigit()):
            return ""
        return " ".join(self.of(document_id)[int(start) : int(end)].split())


def _not_found(measure: str, everything: Sequence[Series]) -> NotFound:
    names = list(dict.fromkeys(one.measure for one in everything))
    asked = f"no series called `{measure}`" if measure else "no series is left of what was asked"
    return NotFound(
        asked,
        remedy=(
            f"`crosstie series` lists them: {' | '.join(names[:_SUGGESTED])}"
            if names
            else NOTHING_MEASURED
        ),
        suggestions=names[:_SUGGESTED],
    )

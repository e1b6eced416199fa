"""A list row in the making: its text first, then who stands in it, then what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crosstie.ontology.records import Claim, Identifier, ListRow, Mention, Name, Source
from crosstie.sources.authorities import authority_named
from crosstie.sources.rows import Place, RowText, quote_lines


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Someone who stands in a row, before the row's document exists."""

    place: Place
    kind: str
    names: tuple[Name, ...]
    country: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    tier: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    subject: Party
    tie: str
    object: Party
    places: Sequence[Place | None]
    pattern: str
    values: dict[str, Any]


@dataclass(slots=True)
class RowDraft:
    """Collects a row's text, parties and statements; `finish` makes the records of them.

    `method` names the reader; a claim's method is `method/pattern` where a pattern found it.
    """

    method: str
    text: RowText = field(default_factory=RowText)
    parties: list[Party] = field(default_factory=list)
    _said: list[_Said] = field(default_factory=list)

    def party(self, place: Place, kind: str, names: Sequence[Name], **values: Any) -> Party:
        """Add someone who stands at this place; `values` are those of `Party`."""
        added = Party(place, kind, tuple(names), **values)
        self.parties.append(added)
        return added

    def authority(self, place: Place, *, country: str | None = None) -> Party:
        """Add the authority written at this place."""
        names, known = authority_named(place.text)
        return self.party(
            place, "government_body", names, country=known or country, tier="ecosystem"
        )

    def say(
        self,
        subject: Party,
        tie: str,
        object: Party,
        *,
        at: Sequence[Place | None],
        pattern: str = "",
        **values: Any,
    ) -> None:
        """Add a statement; its evidence is the lines `at` these places, `values` the claim's."""
        self._said.append(_Said(subject, tie, object, at, pattern, values))

    def finish(self, source: Source, *, key: str, number: int, **values: Any) -> ListRow:
        """Return the finished row; `values` are what `Document.of` takes beside the text."""
        values.setdefault("url", source.url or None)
        values.setdefault("publisher", source.publisher)
        document = self.text.document(name=f"{source.id} {key}", source_id=source.id, **values)
        mentions = {
            id(party): Mention.of(
                document,
                party.place.start,
                party.place.end,
                kind=party.kind,
                names=party.names,
                country=party.country,
                identifiers=party.identifiers,
                tier=party.tier,
                description=party.description,
                method=self.method,
            )
            for party in self.parties
        }
        claims = [
            Claim.of(
                document,
                mentions[id(said.subject)],
                said.tie,
                mentions[id(said.object)],
                evidence=quote_lines(document, *said.places),
                method=f"{self.method}/{said.pattern}" if said.pattern else self.method,
                **said.values,
            )
            for said in self._said
        ]
        return ListRow(
            key=key,
            number=number,
            document=document,
            mentions=tuple({mention.id: mention for mention in mentions.values()}.values()),
            claims=tuple({claim.id: claim for claim in claims}.values()),
        )

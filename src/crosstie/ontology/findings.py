"""What screening finds and reports show: hits, designations, exposure paths, and silence."""

from dataclasses import dataclass, field
from typing import Literal

from crosstie.ontology.dispositions import Standing
from crosstie.ontology.ids import ClaimId, DocumentId, EntityId
from crosstie.ontology.records import Identifier, Name, Reason

Outcome = Literal["hit", "possible", "nothing_found"]


@dataclass(frozen=True, slots=True)
class EntityRef:
    """Enough of an entity to print it."""

    id: EntityId
    name: str
    kind: str
    country: str | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands, for a footnote. `curated` marks our own words about a source."""

    document_id: DocumentId
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    sha256: str
    curated: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that support a claim, with their place, their status and their citation."""

    claim_id: ClaimId
    text: str
    start: int
    end: int
    status: str
    citation: Citation
    attribution: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    same_text: str = ""
    """That the article prints what another printed first: "the same text as …". Both count once."""


@dataclass(frozen=True, slots=True)
class Designation:
    """An authority's act about an entity, as the list row words it; never our inference.

    `removed_on` is the date of the first edition of that list without the row, `valid_to` the end
    that the row itself gives; `inherited_from` is set when the row names a parent of the entity and
    not the entity itself.
    """

    entity: EntityRef
    authority: str
    list_name: str
    programme: str
    listed_on: str | None
    first_seen: str | None
    last_seen: str | None
    removed_on: str | None
    legal_basis: str
    quotes: tuple[Quote, ...]
    valid_to: str | None = None
    inherited_from: EntityRef | None = None

    def in_force(self, on: str) -> bool:
        """Return whether the listing stands on a day (ISO 8601): begun, not removed or run out."""
        day = on[:10]
        return (
            (self.listed_on is None or self.listed_on <= day)
            and (self.removed_on is None or day < self.removed_on)
            and (self.valid_to is None or self.valid_to >= day)
        )


@dataclass(frozen=True, slots=True)
class Anchor:
    """A body of a defence establishment: a path of ties that reaches it is exposure.

    `slug` is the value of its `starter` identifier; title to date cite who says what `why` says.
    """

    slug: str
    name: str
    country: str
    why: str
    title: str
    publisher: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Step:
    """One tie of a path, read from `subject` to `object`; `forward` if the path runs that way.

    `weight` is the product of `factors`, each with its reason. `grade` is the Admiralty grade of
    the claim that speaks for the tie. `sources` counts the independent sources that affirm it;
    `against` quotes what denies it, from `sources_against` independent sources.
    """

    subject: EntityRef
    kind: str
    object: EntityRef
    forward: bool
    status: str
    weight: float
    why: str
    quotes: tuple[Quote, ...]
    valid_from: str | None = None
    valid_to: str | None = None
    grade: str = ""
    sources: int = 0
    factors: tuple[Reason, ...] = ()
    against: tuple[Quote, ...] = ()
    sources_against: int = 0


@dataclass(frozen=True, slots=True)
class ExposurePath:
    """A rule-qualified chain of ties from an entity to an anchor.

    `score` in (0, 1] is the product of the step weights; `weakest` indexes the lowest of them.
    """

    start: EntityRef
    anchor: EntityRef
    steps: tuple[Step, ...]
    score: float
    weakest: int


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation that a user asks about; `row` is its place in the user's file, from 1."""

    name: str
    country: str | None = None
    id: str | None = None
    domain: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a party's name may denote; `score` in [0, 1] with its reasons in words."""

    entity: EntityRef
    matched_name: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A match with what is known: a lead, not a verdict.

    `exposures` stays empty while the match is only possible and no person has accepted it.
    """

    match: Match
    certainty: Literal["sure", "possible"]
    designations: tuple[Designation, ...] = ()
    exposures: tuple[ExposurePath, ...] = ()
    anchor: str = ""
    """Why the entity is itself an anchor, if it is one."""
    adverse: bool = False
    """Whether anything is known that a screening looks for, also where it is not shown yet."""
    disposition: Standing | None = None
    """What a person decided on this match of this party, if anything."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer for one party.

    `outcome` is `hit` when a sure match is designated, exposed or an anchor; `possible` when that
    hangs on a match that a person should review; else `nothing_found`, also where the party was
    recognised and nothing adverse is known of it (`hits` then says whom it was taken for). A match
    that a person dismissed does not count; one that a person confirmed counts as sure.
    """

    party: Party
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TieView:
    """A tie as one of its two ends shows it: `label` reads from the entity to `other`.

    `sources` counts the independent sources that affirm it, `sources_against` those that deny it.
    """

    kind: str
    label: str
    mechanism: str
    other: EntityRef
    status: str
    sources: int
    quotes: tuple[Quote, ...]
    valid_from: str | None = None
    valid_to: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    grade: str = ""
    sources_against: int = 0


@dataclass(frozen=True, slots=True)
class Searched:
    """One list, or the documents, that a screening searched: so that silence says something."""

    source_id: str
    title: str
    as_of: str | None
    records: int
    stale_days: int | None = None
    scope: str = ""
    sha256: str = ""
    other_editions: int = 0
    """Records that only other editions hold: searched too, and shown as removed."""


@dataclass(frozen=True, slots=True)
class Surrounding:
    """A tie near an entity: how many ties away its nearer end `near` leads to, from 1."""

    distance: int
    near: EntityRef
    tie: TieView


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The ties around an entity, nearest first; `total` counts those that are not shown too."""

    entity: EntityRef
    ties: tuple[Surrounding, ...]
    total: int
    as_of: str | None
    valid_on: str


@dataclass(frozen=True, slots=True)
class HoldingView:
    """What one entity holds of another, in per cent (None: no source states it).

    `listed` says that the owner is on the list itself, and not only reached through its owners.
    """

    owner: EntityRef
    owned: EntityRef
    share: float | None
    listed: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class AffiliateFinding:
    """How far a rule about the property of listed entities reaches an entity.

    `state` says how the rule stood on the day: in_force, suspended, or presumed (in force by the
    texts that were read, with `because` saying what was not). `share` is the per cent that counts,
    `covered` whether it is as high as the rule asks; `unknown` are holdings without a stated share.
    """

    rule: str
    title: str
    authority: str
    state: str
    because: str
    source: str
    url: str
    share: float
    threshold: float
    covered: bool
    holdings: tuple[HoldingView, ...]
    unknown: tuple[HoldingView, ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """The answer to how an entity is exposed: paths, rules of ownership, and what was asked of.

    `as_of` is the day whose knowledge was asked (None: the present), `valid_on` the day on which
    things were to be true. `searched` says in what nothing more was found, `anchors` to how many
    bodies a path could have led.
    """

    entity: EntityRef
    anchor: str
    paths: tuple[ExposurePath, ...]
    affiliates: tuple[AffiliateFinding, ...]
    as_of: str | None
    valid_on: str
    max_ties: int
    rules_version: str
    grades_version: str
    searched: tuple[Searched, ...]
    others: tuple[str, ...] = ()
    anchors: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the workspace holds on one entity, with the reasons for taking it as one."""

    entity: EntityRef
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    description: str | None
    anchor: str
    designations: tuple[Designation, ...]
    ties: tuple[TieView, ...]
    tie_total: int
    exposures: tuple[ExposurePath, ...]
    measures: tuple[Quote, ...]
    merged_because: tuple[str, ...]
    mentions: int
    documents: int
    others: tuple[str, ...] = ()
    """What else the name that was asked for could have meant."""


@dataclass(frozen=True, slots=True)
class Screening:
    """A whole screening: findings in the order asked, what was searched, and by which rules."""

    at: str
    crosstie_version: str
    rules_version: str
    threshold: float
    findings: tuple[Finding, ...]
    searched: tuple[Searched, ...]
    set_aside: tuple[str, ...] = field(default=())
    as_of: str | None = None
    """The day whose knowledge was asked; None for the present."""
    valid_on: str = ""
    """The day on which listings and ties were to stand."""
    grades_version: str = ""
    dispositions_version: str = ""
    """What people had decided, as a fingerprint; empty if nothing was, or was to be heeded."""

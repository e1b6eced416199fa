"""What a command on the workspace did, in numbers and words."""

from dataclasses import dataclass, field

from crosstie.extraction.backends import Usage
from crosstie.ontology.changes import ListCount
from crosstie.ontology.records import SetAside
from crosstie.store.reading import DocumentState, Edition


@dataclass(frozen=True, slots=True)
class LoadReport:
    """A list was loaded: `rows_in + individuals + out_of_scope + bad` is the rows of the file.

    `unchanged` says that this very file had been loaded before. `added`, `changed` and `removed`
    count rows against the edition before it, if there is one and both are whole; `lists` counts
    them by list.
    """

    source_id: str
    title: str
    as_of: str
    layout: str
    scope: str
    unchanged: bool
    rows_in: int
    individuals: int
    out_of_scope: int
    bad: int
    claims: int
    bad_rows: tuple[SetAside, ...]
    notices: tuple[str, ...]
    added: int | None = None
    changed: int | None = None
    removed: int | None = None
    lists: tuple[ListCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that was not read: its name, one word for the reason, and the message."""

    name: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """Documents were added. `rejected` counts, by reason, what extraction proposed in vain.

    `failed` names those that a reader could not finish, `left` counts those that the budget did
    not reach: both are read by the next run. `read_by` is the mark of the reader, `usage` what an
    endpoint was asked. `outdated` counts, by other back ends, documents that these should read
    again.
    """

    added: int
    unchanged: int
    articles: int
    mentions: int
    claims: int
    refused: tuple[Refusal, ...]
    rejected: dict[str, int]
    failed: tuple[Refusal, ...] = ()
    left: int = 0
    jobs: int = 1
    read_by: str = ""
    usage: Usage | None = None
    outdated: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForgetReport:
    """A document, or a passage of it, was redacted; its id stays as a tombstone."""

    document_id: str
    claims: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Status:
    """What is in the workspace. `stale` maps a source id to its age in days, if it is too old.

    `outdated` counts the documents that were read before the present lists, or by another
    extractor: `crosstie extract --again` reads them anew.
    """

    path: str
    counts: dict[str, int]
    editions: tuple[Edition, ...]
    stale: dict[str, int]
    documents: tuple[DocumentState, ...]
    outdated: int
    at: str

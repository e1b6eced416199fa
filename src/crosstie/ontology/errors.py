"""Every error that Crosstie raises on purpose.

    CrosstieError                   anything a caller may want to catch
    ├── UsageError                  a command or call that cannot be carried out as asked
    │   ├── NotFound                no such entity, document, source or file
    │   ├── Ambiguous               several fit; the caller must choose
    │   └── ExtraMissing            an optional library that is not installed
    ├── InputError                  a file or value that cannot be read
    │   ├── UnknownLayout           a list whose layout no reader knows
    │   ├── DocumentRefused         an unreadable, encrypted, empty, huge or mis-declared document
    │   └── DataFileError           a kinds, pattern, lexicon, rule or starter file with a mistake
    ├── BackEndError                an optional reader (a model, an endpoint) that cannot go on
    │   ├── Unanswered              one document that it could not read; the others go on
    │   └── BudgetSpent             the user's budget is spent; what was read is kept
    ├── FetchFailed                 an address whose answer is not to be had, or not to be used
    ├── EvidenceMismatch            a quote that is not in its document at its offsets
    └── WorkspaceError              the workspace's file: locked, damaged, too new, not one of ours

Each says what is wrong, where, and what to do. `str(error)` is one line for a person.
"""

from collections.abc import Sequence


class CrosstieError(Exception):
    """What is wrong, where, and the remedy."""

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.where = where
        self.remedy = remedy
        super().__init__(problem, where, remedy)

    def __str__(self) -> str:
        """Render as `where: problem; remedy`, leaving out what is empty."""
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head}; {self.remedy}" if self.remedy else head


class UsageError(CrosstieError):
    """A command or call that cannot be carried out as asked."""


class NotFound(UsageError):
    """Nothing of that name or id; `suggestions` holds the nearest names that exist."""

    def __init__(
        self, problem: str, *, where: str = "", remedy: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        self.suggestions = tuple(suggestions)
        super().__init__(problem, where=where, remedy=remedy)


class Ambiguous(UsageError):
    """Several things fit; `choices` names them."""

    def __init__(
        self, problem: str, *, where: str = "", remedy: str = "", choices: Sequence[str] = ()
    ) -> None:
        self.choices = tuple(choices)
        super().__init__(problem, where=where, remedy=remedy)


class ExtraMissing(UsageError):
    """Something that needs an optional library, which is not installed."""

    def __init__(self, extra: str, library: str) -> None:
        self.extra = extra
        super().__init__(
            f"this needs {library}, which is not installed",
            remedy=f"pip install 'crosstie[{extra}]'",
        )


class InputError(CrosstieError):
    """A file or a value in it that cannot be read."""


class UnknownLayout(InputError):
    """A list whose layout no reader knows: it stops here rather than guess."""


class DocumentRefused(InputError):
    """A document that is not read; `reason` is one word of `REFUSALS`."""

    REFUSALS = (
        "unreadable",
        "encrypted",
        "empty",
        "huge",
        "misdeclared",
        "unsupported",
        "forgotten",
    )

    def __init__(self, reason: str, problem: str, *, where: str = "", remedy: str = "") -> None:
        self.reason = reason
        super().__init__(problem, where=where, remedy=remedy)


class DataFileError(InputError):
    """A readable data file with a mistake, named by file and line."""

    def __init__(self, problem: str, *, file: str, line: int, remedy: str = "") -> None:
        self.file = file
        self.line = line
        super().__init__(problem, where=f"{file}:{line}", remedy=remedy)


class BackEndError(CrosstieError):
    """An optional reader (a local model, an endpoint) that is absent or cannot go on."""


class Unanswered(BackEndError):
    """One document to which a reader gave no answer that could be used; the others go on."""


class BudgetSpent(BackEndError):
    """The user's budget is spent; what was read is kept, and the next run goes on from there."""


class FetchFailed(CrosstieError):
    """An address whose answer is not to be had, or not to be used; `reason` is one of `REASONS`."""

    REASONS = (
        "address",
        "robots",
        "unreachable",
        "refused",
        "unwell",
        "cut_off",
        "huge",
        "misdeclared",
        "busy",
        "disk",
    )

    def __init__(self, reason: str, problem: str, *, where: str = "", remedy: str = "") -> None:
        self.reason = reason
        super().__init__(problem, where=where, remedy=remedy)


class EvidenceMismatch(CrosstieError):
    """A quote that does not stand in its document at the offsets given."""


class WorkspaceError(CrosstieError):
    """The workspace file is locked, damaged, too new, or not a workspace."""

"""The refusals of documents, each with its reason and its remedy in one place."""

from crosstie.ontology.errors import DocumentRefused

MAX_BYTES = 50_000_000


def unreadable(name: str, problem: str, remedy: str = "") -> DocumentRefused:
    """Return the refusal of a file whose content cannot be read."""
    return DocumentRefused(
        "unreadable",
        problem,
        where=name,
        remedy=remedy or "open it in its own program and save it again, or save it as plain text",
    )


def encrypted(name: str) -> DocumentRefused:
    """Return the refusal of a file that asks for a password."""
    return DocumentRefused(
        "encrypted",
        "is protected by a password",
        where=name,
        remedy="save a copy without a password",
    )


def empty(name: str, problem: str = "holds no text", remedy: str = "") -> DocumentRefused:
    """Return the refusal of a file without anything to read."""
    return DocumentRefused(
        "empty", problem, where=name, remedy=remedy or "check that this is the file you meant"
    )


def huge(name: str, problem: str, remedy: str = "split it into smaller files") -> DocumentRefused:
    """Return the refusal of a file that is, or unpacks to, more than Crosstie reads."""
    return DocumentRefused("huge", problem, where=name, remedy=remedy)


def misdeclared(name: str, suffix: str, found: str, remedy: str) -> DocumentRefused:
    """Return the refusal of a file whose content is not what its name says."""
    return DocumentRefused(
        "misdeclared", f"is called {suffix} but is {found}", where=name, remedy=remedy
    )


def unsupported(name: str, problem: str, remedy: str) -> DocumentRefused:
    """Return the refusal of a kind of file that Crosstie does not read."""
    return DocumentRefused("unsupported", problem, where=name, remedy=remedy)

"""Read files without a workspace, in the layout of the labelled corpus."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from crosstie.documents import find_documents
from crosstie.extraction.backends import ReaderSettings
from crosstie.extraction.gold_schema import to_gold
from crosstie.workspace.progress import Progress
from crosstie.workspace.reader import Reader
from crosstie.workspace.reading_run import RULES, outcomes
from crosstie.workspace.reports import Refusal
from crosstie.workspace.tasks import file_tasks
from crosstie.workspace.workers import default_jobs


def extract_files(
    paths: Sequence[Path],
    *,
    settings: ReaderSettings = RULES,
    jobs: int | None = 1,
    progress: Progress,
) -> Iterator[tuple[dict[str, Any], Refusal | None]]:
    """Read files without a workspace: one object a file in the layout of the labelled corpus.

    Its `id` is the file's name without the suffix; offsets count characters of the decoded text.
    A refused file yields an empty object and the refusal, and so does one that failed. Raises
    BackEndError; a budget that is spent yields a refusal `left` for each file not read.
    """
    found = list(find_documents(paths))
    unread: list[Refusal] = []
    reader = Reader(settings)
    back_end = reader.open()
    at_once = jobs or default_jobs(len(found), settings.name)
    read = outcomes(file_tasks(found, unread), reader, back_end, at_once)
    for done, outcome in enumerate(read):
        progress(f"reading {Path(outcome.label).name}", done, len(found))
        while unread:
            yield {}, unread.pop(0)
        if outcome.out_of_budget:
            message = f"{outcome.label}: not read, the budget is spent; run again to go on"
            yield {}, Refusal(outcome.label, "left", message)
        elif outcome.document is None:
            yield {}, outcome.refused or outcome.failed
        else:
            gold = to_gold(outcome.document, outcome.articles, outcome.extractions)
            yield {"id": Path(outcome.label).stem, **gold}, None
    yield from (({}, refusal) for refusal in unread)
    progress("reading", len(found), len(found))

"""What came of the documents that were taken in by upload, for the page that says so."""

from collections import OrderedDict
from dataclasses import replace
from pathlib import PurePath

from crosstie.ontology.errors import NotFound
from crosstie.workspace.reports import AddReport, Refusal

_KEPT = 100


class Reports:
    """The last reports, in memory alone."""

    def __init__(self) -> None:
        self._reports: OrderedDict[str, AddReport] = OrderedDict()

    def keep(self, token: str, report: AddReport) -> None:
        """Keep a report; of the files it names only their own names, not where they stood."""
        self._reports[token] = replace(
            report,
            refused=tuple(map(_bare, report.refused)),
            failed=tuple(map(_bare, report.failed)),
        )
        while len(self._reports) > _KEPT:
            self._reports.popitem(last=False)

    def find(self, token: str) -> AddReport:
        """Return a report. Raises NotFound."""
        found = self._reports.get(token)
        if found is None:
            raise NotFound("no such report", remedy="what was read stands under Sources")
        return found


def _bare(refusal: Refusal) -> Refusal:
    name = PurePath(refusal.name).name
    return replace(refusal, name=name, message=refusal.message.replace(refusal.name, name))

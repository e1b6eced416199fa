"""Cases that were read lately: thousands of findings are decoded once, not for every page."""

from collections import OrderedDict
from threading import Lock

from crosstie.ontology.findings import Screening
from crosstie.ontology.records import decode

_KEPT = 3


class CaseReadings:
    """The last screenings that were read, each with the very text that it was read from.

    What is forgotten goes from the text: a reading of another text is never given out.
    """

    def __init__(self) -> None:
        self._turn = Lock()
        self._read: OrderedDict[str, tuple[str, Screening]] = OrderedDict()

    def read(self, key: str, record: str) -> Screening:
        """Return the screening that the record holds."""
        with self._turn:
            known = self._read.get(key)
            if known is not None and known[0] == record:
                self._read.move_to_end(key)
                return known[1]
        found = decode(record, Screening)
        with self._turn:
            self._read[key] = (record, found)
            self._read.move_to_end(key)
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return found

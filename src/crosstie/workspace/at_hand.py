"""What follows from one state of a workspace, kept at hand for the next question.

A command asks once and ends; a server asks the same state a thousand times. What is kept follows
from the state alone, so that an answer is the same whether it was at hand or made anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from crosstie.ontology.ids import TieId
from crosstie.ontology.records import Tie

T = TypeVar("T")
# While a new state takes an older one's place, questions to both are under way.
_STATES = 2
_TIES = 50_000


@dataclass(slots=True)
class _Slot:
    turn: Lock = field(default_factory=Lock)
    made: bool = False
    value: Any = None


class AtHand:
    """Things made of a state, by name; threads may share it, and each thing is made once.

    Nothing that is kept may hold on to a transaction: it outlives the question that made it.
    """

    def __init__(self) -> None:
        self._turn = Lock()
        self._states: OrderedDict[str, dict[Hashable, _Slot]] = OrderedDict()

    def kept(self, state: str, name: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under the name in this state, made now if it is the first time.

        Who asks for a thing that is being made waits for it. An empty state keeps nothing.
        """
        if not state:
            return make()
        slot = self._slot(state, name)
        with slot.turn:
            if not slot.made:
                slot.value = make()
                slot.made = True
            value: T = slot.value
        return value

    def tie(self, state: str, tie_id: TieId, fetch: Callable[[TieId], Tie]) -> Tie:
        """Return a tie of this state, fetched if it is not at hand."""
        known: dict[TieId, Tie] = self.kept(state, "ties", dict)
        found = known.get(tie_id)
        if found is None:
            found = fetch(tie_id)
            if len(known) >= _TIES:
                known.clear()
            known[tie_id] = found
        return found

    def _slot(self, state: str, name: Hashable) -> _Slot:
        with self._turn:
            slots = self._states.setdefault(state, {})
            self._states.move_to_end(state)
            while len(self._states) > _STATES:
                self._states.popitem(last=False)
            return slots.setdefault(name, _Slot())


class Keeping:
    """What is at hand in one state; without a state each thing is made anew."""

    def __init__(self, at_hand: AtHand, state: str) -> None:
        self._at_hand = at_hand
        self._state = state

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under the name, made now if it is the first time."""
        return self._at_hand.kept(self._state, name, make)


def keeping_nothing() -> Keeping:
    """Return what makes each thing anew."""
    return Keeping(AtHand(), "")

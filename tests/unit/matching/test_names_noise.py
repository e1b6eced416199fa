"""The hard pairs and the noise of the labels are well formed, as the tables rely on them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "eval"))
import names_adverse
import names_noise


def test_half_of_the_hard_pairs_must_not_match() -> None:
    pairs = names_adverse.hard_pairs()
    other = sum(not pair.same for pair in pairs)
    assert len(pairs) >= 150 and 0.4 <= other / len(pairs) <= 0.6


def test_no_hard_pair_is_both_the_same_and_another() -> None:
    pairs = names_adverse.hard_pairs()
    stands = names_adverse.organisations(pairs)
    for pair in pairs:
        if not pair.same:
            one, two = (names_adverse.core_name(name) for name in (pair.asked, pair.listed))
            assert stands[one] != stands[two], pair


def test_a_query_is_arbitrary_or_recoverable_and_never_both() -> None:
    for row in names_noise.noise().values():
        assert not row.arbitrary & row.recoverable
        assert 0.0 < row.ceiling <= 1.0

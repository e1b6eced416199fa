"""Laws of names: any text at all, twice the same, symmetric, one for itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.matching import NameIndex, compare
from crosstie.matching.names import core_name, is_weak_name, looks_like_organisation, normal_name

_WORDS = ["Acme", "28th", "Institute", "of", "Peking", "University", "CETC", "Ltd", "研究所",
          "中国", "第二十八", "北航", "Co.,", "XXVIII", "(a.k.a.", "北京大学", "/", "OOO",
          "&"]  # fmt: skip
names = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join))


@given(names)
def test_normalising_twice_is_normalising_once(name: str) -> None:
    once = normal_name(name)
    assert normal_name(once) == once


@given(names)
def test_any_text_has_a_key_and_a_verdict(name: str) -> None:
    assert isinstance(core_name(name), str)
    assert is_weak_name(name) in (True, False)
    assert looks_like_organisation(name) in (True, False)


@settings(max_examples=60, deadline=None)
@given(names, names)
def test_comparison_is_symmetric_and_a_probability(a: str, b: str) -> None:
    there, back = compare(a, b), compare(b, a)
    assert there.score == back.score
    assert 0.0 <= there.score <= 1.0
    assert there.reasons


@settings(max_examples=60, deadline=None)
@given(names)
def test_a_name_is_itself(name: str) -> None:
    assert compare(name, name).score == 1.0


@settings(max_examples=30, deadline=None)
@given(st.lists(names, max_size=6), names)
def test_any_names_can_be_indexed_and_searched(rows: list[str], query: str) -> None:
    index = NameIndex.build([(str(n), [row]) for n, row in enumerate(rows)])
    scores = [candidate.score for candidate in index.search(query)]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)

"""Uploads that wait to be screened: an hour, a few, under a key that nobody guesses."""

import pytest

from crosstie.app.web.drafts import Drafts
from crosstie.ontology.errors import NotFound


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_draft_is_found_by_its_key_for_an_hour():
    clock = Clock()
    drafts = Drafts(clock)
    draft = drafts.keep("p.csv", b"name\nHexi\n")
    clock.now = 3_599
    assert drafts.find(draft.key).raw == b"name\nHexi\n"
    clock.now = 3_601
    with pytest.raises(NotFound, match="upload it again"):
        drafts.find(draft.key)


def test_the_oldest_of_many_make_way():
    drafts = Drafts(Clock())
    keys = [drafts.keep("", b"a").key for _ in range(41)]
    with pytest.raises(NotFound):
        drafts.find(keys[0])
    assert drafts.find(keys[1]).name == ""


def test_a_few_huge_ones_make_way_too():
    drafts = Drafts(Clock())
    keys = [drafts.keep("p.csv", bytes(60_000_000)).key for _ in range(4)]
    with pytest.raises(NotFound):
        drafts.find(keys[0])
    assert drafts.find(keys[-1])


def test_keys_are_long_and_never_the_same():
    drafts = Drafts(Clock())
    keys = {drafts.keep("", b"a").key for _ in range(40)}
    assert len(keys) == 40
    assert min(map(len, keys)) >= 20

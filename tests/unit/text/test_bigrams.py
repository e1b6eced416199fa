import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.text.bigrams import index_form, query_form


@pytest.fixture
def index():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(body)")
    texts = ["中国电科第28研究所位于南京", "Hexi Group's 99th Institute", "军民融合发展"]
    for text in texts:
        connection.execute("INSERT INTO t VALUES (?)", (index_form(text),))
    yield lambda words: [
        row[0]
        for row in connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (query_form(words),))
    ]
    connection.close()


@pytest.mark.parametrize("words", ["南京", "电科", "中国电科", "研究所", "京", "中", "28"])
def test_chinese_words_of_any_length_are_found(index, words):
    # A trigram index finds none of the two-character words here.
    assert index(words) == [1]


def test_a_pair_that_only_meets_across_words_is_not_found(index):
    assert index("融中") == []


def test_every_word_must_stand_in_the_text(index):
    assert index("hexi institute") == [2]
    assert index("hexi 军民") == []


@given(st.text(max_size=40))
def test_no_query_is_malformed(words):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(body)")
    form = query_form(words)
    if form:
        connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (form,)).fetchall()
    connection.close()


def test_a_query_without_words_is_empty():
    assert query_form('"*() -') == ""

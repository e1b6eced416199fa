import time

import pytest

from crosstie.text.sentences import sentence_spans


def cut(text: str, language: str = "en") -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text, 0, len(text), language)]


@pytest.mark.parametrize(
    "text",
    [
        "Norvik Co., Ltd. sold No. 5 to Dr. A. Roe of the U.S. Navy.",
        "Yahoo! said nothing.",
        "He spoke of one, two ... three yards.",
        "The order of Sept. 3 was cancelled.",
        "“Why?” she asked.",
        "Revenue was 3.5 million.",
        "1. First item of a list.",
        "The ship left the yard of Norvik Shipbuilding Group at the end of\nthe year 2019.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("It is in the U.S. The firm grew.", ["It is in the U.S.", "The firm grew."]),
        ("“We grew.” The firm sold.", ["“We grew.”", "The firm sold."]),
        ("It grew. {2} The firm sold.", ["It grew. {2}", "The firm sold."]),
        ("It grew [3]. It sold.[4] It left.", ["It grew [3].", "It sold.[4]", "It left."]),
        ("A heading\nThe text follows.", ["A heading", "The text follows."]),
        ("One paragraph\n\nand another", ["One paragraph", "and another"]),
        ("“我们同意。”他说。签约了！", ["“我们同意。”", "他说。", "签约了！"]),
        ("标题\n正文在此。（完）", ["标题", "正文在此。", "（完）"]),
        ("日本で発表した。契約した。", ["日本で発表した。", "契約した。"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_german_ordinal_does_not_end_a_sentence() -> None:
    assert len(cut("Am 3. Oktober unterschrieb die Firma.", "de")) == 1


def test_long_run_without_a_stop_is_cut_at_white_space() -> None:
    pieces = cut("word " * 2_000)
    assert max(map(len, pieces)) <= 2_000
    assert all(piece.endswith("word") for piece in pieces)


def test_cost_grows_with_the_text_and_not_faster() -> None:
    def took(text: str) -> float:
        begun = time.perf_counter()
        sentence_spans(text, 0, len(text))
        return time.perf_counter() - begun

    for unit in ("a. ", "A.B. ", "“", "word ", "x\n", "。"):
        took(unit * 1_000)
        # Quadratic cost would be a hundredfold; the bound leaves room for a busy machine.
        assert took(unit * 100_000) < 60 * took(unit * 10_000) + 0.5

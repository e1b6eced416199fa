from crosstie.text.lines import lines_of, paragraphs_of

_WRAPPED = """\
Norvik Shipbuilding Group and the Halden Institute of Technology have
signed an agreement on hull design. It was the second agreement that
the shipyard signed within a week. The first was with the Ministry of
Defence of Vellmark and the Vellmark Coast Guard."""


def paragraphs(text: str) -> list[str]:
    return [text[a:b] for a, b in paragraphs_of(text, 0, len(text))]


def test_lines_of_one_margin_are_one_paragraph() -> None:
    assert paragraphs(_WRAPPED) == [_WRAPPED]


def test_short_lines_stay_lines() -> None:
    text = "Year | Sales\n2018 | 41\n2019 | 55"
    assert paragraphs(text) == text.split("\n")


def test_list_of_headlines_is_no_wrapped_paragraph() -> None:
    text = "\n".join(
        [
            "Norvik Shipbuilding Group signs an agreement on design",
            "Orrin Group buys all shares of the maker Tarn Optics",
            "Halden Institute of Technology keeps its laboratory",
        ]
    )
    assert paragraphs(text) == text.split("\n")


def test_bullets_begin_new_paragraphs_in_wrapped_text() -> None:
    text = _WRAPPED + "\n- Tarn Optics"
    assert paragraphs(text)[-1] == "- Tarn Optics"


def test_wrapped_han_is_one_paragraph() -> None:
    line = "维尔马克海事集团与奥丁理工大学在奥丁港签署战略合作协议双方将"
    text = f"{line}\n{line}\n共建实验室。"
    assert paragraphs(text) == [text]


def test_all_line_ends_part_lines() -> None:
    text = "a\r\nb\rc\u2028d"
    assert [text[a:b] for a, b in lines_of(text, 0, len(text))] == ["a", "b", "c", "d"]


def test_known_margin_joins_two_lines_that_reach_it() -> None:
    text = "The yard signed an agreement with the company Vellmark\nMaritime Science on Monday."
    assert len(paragraphs_of(text, 0, len(text))) == 2
    assert len(paragraphs_of(text, 0, len(text), width=60)) == 1
    assert len(paragraphs_of(text, 0, len(text), width=110)) == 2

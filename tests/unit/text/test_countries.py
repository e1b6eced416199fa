"""Country names and codes in English, Chinese and Japanese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError
from crosstie.text import countries
from crosstie.text.countries import country_code, country_name


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CN", "CN"),
        ("chn", "CN"),
        ("China", "CN"),
        ("P.R.C.", "CN"),
        ("PRC", "CN"),
        ("People's Republic of China", "CN"),
        ("中国", "CN"),
        ("中華人民共和國", "CN"),
        ("日本", "JP"),
        ("ドイツ", "DE"),
        ("Islamic Republic of Iran", "IR"),
        ("Iran, Islamic Republic of", "IR"),
        ("Republic of Lebanon", "LB"),
        ("Kingdom of Norway", "NO"),
        ("The Gambia", "GM"),
        ("Korea, North", "KP"),
        ("TURKIYE", "TR"),
        ("Türkiye", "TR"),
        ("MACAU", "MO"),
        ("MAN, ISLE OF", "IM"),
        ("Côte d'Ivoire", "CI"),
        ("United States of America", "US"),
    ],
)
def test_spellings_of_lists_give_the_code(written, code):
    assert country_code(written) == code


@pytest.mark.parametrize("written", ["", "Region: Kashmir", "Selimia", "ZZ", "European Union", "Q"])
def test_what_is_no_country_gives_nothing(written):
    assert country_code(written) is None


def test_republic_of_korea_is_not_taken_for_a_republic_named_korea():
    assert country_code("Republic of Korea") == "KR"
    assert country_code("Republic of China") == "TW"
    assert country_code("Republic of the Congo") == "CG"


def test_every_code_names_itself_in_three_languages():
    for code in ("CN", "RU", "IR", "KP", "DE", "BR"):
        for language in ("en", "zh", "ja"):
            assert country_code(country_name(code, language)) == code


def test_a_spelling_under_two_countries_is_refused_with_its_line(monkeypatch):
    data = parse_data("CN: [Testland]\nJP: [testland]\n", file="countries.yaml")
    monkeypatch.setattr(countries, "load_data", lambda _: data)
    with pytest.raises(DataFileError, match=r"countries\.yaml:2: `testland` also stands at CN"):
        countries._extra({"CN", "JP"})


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text):
    code = country_code(text)
    assert code is None or len(code) == 2

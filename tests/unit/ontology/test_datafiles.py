import pytest

from crosstie.ontology.datafiles import parse_data, plain, sections
from crosstie.ontology.errors import DataFileError


def test_an_error_names_file_line_and_remedy():
    data = parse_data("a: 1\nb:\n  - c: x\n    d: 7\n", file="rules.yaml")
    with pytest.raises(DataFileError) as caught:
        data["b"][0].require("d", str)
    assert str(caught.value) == "rules.yaml:4: `d` is int, not str; correct the value"


def test_an_unknown_key_is_never_ignored():
    data = parse_data("name: x\nwieght: 3\n", file="rules.yaml")
    with pytest.raises(DataFileError, match=r"rules.yaml:2: unknown key `wieght`"):
        data.allow(["name", "weight"])


def test_a_key_that_stands_twice_is_an_error():
    with pytest.raises(DataFileError, match=r"x.yaml:3: `a` stands twice"):
        parse_data("a: 1\nb: 2\na: 3\n", file="x.yaml")


def test_broken_syntax_names_its_line():
    with pytest.raises(DataFileError, match=r"x.yaml:2: not valid YAML"):
        parse_data("a: 1\nb: c: d\n", file="x.yaml")


def test_dates_stay_text():
    assert plain(parse_data("d: 2015-08-01\ny: 2015\n", file="x")) == {"d": "2015-08-01", "y": 2015}


def test_a_list_of_anything_but_mappings_is_refused():
    with pytest.raises(DataFileError, match="expected a list of ties"):
        sections(parse_data("- a\n- b\n", file="x"), file="x", what="ties")


def test_yaml_cannot_build_python_objects():
    with pytest.raises(DataFileError):
        parse_data("a: !!python/object/apply:os.system ['true']\n", file="x")

"""Recipes: where each source stands; a mistake in the file is named by its line."""

import json

import pytest

from crosstie.ontology.errors import DataFileError, FetchFailed, InputError, NotFound
from crosstie.sources import find_source
from crosstie.sources.fetching import find_recipe, recipes
from crosstie.sources.fetching.recipes import newest, read_recipes

GOOD = """recipes:
  - id: us-csl
    url: https://lists.example/a.csv
    page: https://lists.example/
    documented: https://lists.example/api
    media: text/csv
    about_bytes: 100
    whole: true
    verified: nothing
    never_run_live: true
"""


def test_every_recipe_belongs_to_a_source_that_can_be_read():
    for recipe in recipes().values():
        assert find_source(recipe.id).source.id == recipe.id


def test_no_recipe_claims_to_have_been_run_live():
    assert all(recipe.never_run_live for recipe in recipes().values())


@pytest.mark.parametrize("name", ["us_csl", "us-csl", " US-CSL "])
def test_a_source_is_found_however_it_is_written(name):
    assert find_recipe(name, recipes()).id == "us-csl"


def test_an_unknown_source_is_answered_with_those_that_there_are():
    with pytest.raises(NotFound, match="us-csl, ofac-nonsdn"):
        find_recipe("eu-fsf", recipes())


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("url: https://lists", "url: ftp://lists", 3, "no https address"),
        ("media: text/csv", "medium: text/csv", 6, "unknown key `medium`"),
        ("about_bytes: 100", "about_bytes: many", 7, "`about_bytes` is str"),
        ("about_bytes: 100", "about_bytes: -1", 7, "is no size"),
        ("whole: true", "whole: perhaps", 8, "`whole` is str"),
        ("    url: https://lists.example/a.csv\n", "", 2, "exactly one of"),
        ("media: text/csv", "media: text/csv\n    needs: money", 7, "`needs: money`"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(tmp_path, old, new, line, problem):
    path = tmp_path / "recipes.yaml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=problem) as caught:
        read_recipes(path)
    assert caught.value.line == line


def test_a_source_stands_once(tmp_path):
    path = tmp_path / "recipes.yaml"
    path.write_text(GOOD + GOOD.partition("\n")[2], "utf-8")
    with pytest.raises(DataFileError, match="stands twice"):
        read_recipes(path)


def test_a_file_without_recipes_is_refused(tmp_path):
    path = tmp_path / "recipes.yaml"
    path.write_text("- nothing\n", "utf-8")
    with pytest.raises(InputError, match="holds no recipes"):
        read_recipes(path)


def test_an_index_names_its_newest_file():
    old, new = (
        {"links": {"self": f"https://zenodo.example/{n}.zip"}, "checksum": f"md5:{n}"}
        for n in ("old", "new")
    )
    raw = json.dumps({"hits": {"hits": [{"files": [old, new]}, {"files": [old]}]}}).encode()
    index = recipes()["ror"].index
    assert newest(index, raw, where="x") == ("https://zenodo.example/new.zip", "md5:new")


@pytest.mark.parametrize("raw", [b"{}", b"[]", b"no json", b'{"hits": {"hits": []}}'])
def test_an_index_in_another_form_is_refused(raw):
    with pytest.raises(FetchFailed, match="has changed its form"):
        newest(recipes()["ror"].index, raw, where="x")

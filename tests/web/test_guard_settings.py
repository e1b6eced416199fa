"""Where the server listens: on this machine alone, unless there is a token that nobody guesses."""

from pathlib import Path

import pytest

from crosstie.app.web import WebSettings, make_application
from crosstie.ontology.errors import UsageError
from crosstie.workspace import Workspace

TOKEN = "0123456789abcdef"


def settings(**values):
    return WebSettings(workspace=Path("w.db"), **values)


def test_without_a_word_only_this_machine_is_served():
    assert settings().host == "127.0.0.1"
    settings().check()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_an_address_of_this_machine_needs_no_token(host):
    settings(host=host).check()


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.7", "example.org", "", "127.0.0.1.example.org", "0"]
)
def test_an_address_that_others_reach_is_refused_without_a_token(host):
    with pytest.raises(UsageError, match=r"no token.*CROSSTIE_TOKEN"):
        settings(host=host).check()
    settings(host=host, token=TOKEN).check()


@pytest.mark.parametrize("token", ["a", "0123456789abcde"])
def test_a_short_token_is_refused_even_on_this_machine(token):
    with pytest.raises(UsageError, match="can be guessed"):
        settings(token=token).check()


def test_no_application_is_made_of_unsafe_settings(tmp_path):
    with Workspace.open(tmp_path / "w.db") as workspace, pytest.raises(UsageError):
        make_application(settings(host="0.0.0.0"), workspace)

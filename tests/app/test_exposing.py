"""The commands about chains of ties, on the demo's workspace."""

import json

import pytest

DAY = ("--valid-on", "2026-11-24")


def flat(answer):
    return " ".join(answer.out.replace("│", " ").split())


def test_an_exposure_draws_its_chain_with_quotes_factors_and_the_weakest_link(cli, demo):
    answer = cli("-q", "-w", demo, "exposure", "Baidu", *DAY)
    assert answer.status == 0
    said = flat(answer)
    assert "runs a joint laboratory with ← weakest link" in said
    assert "× 0.85 status ×" in said
    assert "The Diplomat: B3" in said
    assert "Every finding is a lead, not a verdict" in said


def test_an_exposure_as_json_multiplies_out(cli, demo):
    found = json.loads(cli("-q", "-w", demo, "exposure", "Baidu", *DAY, "--json").out)
    for path in found["paths"]:
        score = 1.0
        for step in path["steps"]:
            weight = 1.0
            for factor in step["factors"]:
                weight *= factor["weight"]
                assert factor["text"]
            assert weight == pytest.approx(step["weight"], rel=1e-3)
            score *= step["weight"]
        assert score == pytest.approx(path["score"])
    assert found["searched"]
    assert found["valid_on"] == "2026-11-24"


def test_nothing_known_is_said_with_what_was_searched(cli, demo):
    answer = cli("-q", "-w", demo, "exposure", "Selim Ports", *DAY)
    assert answer.status == 0
    assert "No path of up to 3 ties from it to an anchor is known." in flat(answer)
    assert "Searched:" in answer.out


def test_a_path_of_two_names_is_drawn(cli, demo):
    answer = cli("-q", "-w", demo, "path", "Alibaba", "Norinco Group", *DAY)
    assert "Alibaba → has a joint venture with → Norinco Group" in flat(answer)


def test_two_names_of_one_entity_are_refused(cli, demo):
    answer = cli("-q", "-w", demo, "path", "Baidu", "Baidu")
    assert (answer.status, answer.out) == (2, "")
    assert "are the same entity" in answer.err


def test_neighbours_keep_to_a_kind(cli, demo):
    found = json.loads(
        cli("-q", "-w", demo, "neighbours", "Hexi Group", "--kind", "founded", "--json").out
    )
    assert {item["tie"]["kind"] for item in found["ties"]} == {"founded"}
    assert found["total"] == len(found["ties"])


def test_a_limit_says_how_much_more_there_is(cli, demo):
    answer = cli("-q", "-w", demo, "neighbours", "Beihang University", "--limit", "2")
    assert "more: --limit shows them" in answer.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("exposure", "Baidu", "--valid-on", "soon"), "no date for valid_on"),
        (("exposure", "Baidu", "--as-of", "soon"), "no date for as_of"),
        (("exposure", "Baidu", "--grades", "absent.yaml"), "absent.yaml: it cannot be read"),
        (("exposure", "Baidu", "--rules", "absent.yaml"), "absent.yaml: it cannot be read"),
        (("neighbours", "Baidu", "--kind", "marries"), "no kind of tie `marries`"),
        (("neighbours", "Baidu", "--mechanism", "magic"), "no mechanism `magic`"),
        (("exposure", "Baidu", "--as-of", "2020-01-01"), "was known on 2020-01-01"),
    ],
)
def test_a_mistake_is_one_line_with_the_remedy(cli, demo, arguments, message):
    answer = cli("-q", "-w", demo, *arguments)
    assert answer.status == 2
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_a_screening_is_of_a_day_too(cli, demo):
    def screened(day):
        found = json.loads(
            cli("-q", "-w", demo, "screen", "Hikvision", "--valid-on", day, "--json").out
        )
        paths = found["findings"][0]["hits"][0]["exposures"]
        return {step["status"] for path in paths for step in path["steps"]}, found["valid_on"]

    assert screened("2014") == ({"asserted", "reported"}, "2014-12-31")
    assert "ended" in screened("2026-11-24")[0]

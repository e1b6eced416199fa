"""Two editions of a list are compared by what their rows say, in whatever layout."""

import csv
import json
import random
import time

import pytest

from crosstie.ontology.errors import NotFound, UsageError
from crosstie.reporting import changes as told
from crosstie.sources.us_csl_layouts import CSV_COLUMNS
from crosstie.workspace import Workspace

NOW = "2026-11-24T00:00:00+00:00"
ENTITY = "Entity List (EL) - Bureau of Industry and Security"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as opened:
        yield opened


def row(name, source=ENTITY, **more):
    """A row in the words of the JSON layout."""
    return {"name": name, "source": source, "type": "Entity", "countries": ["CN"]} | more


def json_edition(path, rows):
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def csv_edition(path, rows):
    """Write the same rows as the official CSV words them: addresses, names in one cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CSV_COLUMNS, restval="")
        writer.writeheader()
        for one in rows:
            places = "; ".join(f"1 Long Road, {code}" for code in one["countries"])
            cells = {key: value for key, value in one.items() if key in CSV_COLUMNS}
            names = "; ".join(one.get("alt_names", ()))
            writer.writerow(cells | {"addresses": places, "alt_names": names, "_id": one["name"]})
    return path


def load(workspace, path, day, *, whole=True):
    return workspace.load("us-csl", path, as_of=day, whole=whole, resolve=False)


def between(workspace, tmp_path, before, after, **asked):
    load(workspace, json_edition(tmp_path / "a.jsonl", before), "2022-05-16")
    load(workspace, json_edition(tmp_path / "b.jsonl", after), "2026-07-31")
    return workspace.changes.between("us-csl", **asked)


def fields(found):
    return [
        (change.field, change.before, change.after) for one in found.rows for change in one.fields
    ]


def test_the_same_rows_in_another_layout_have_not_changed(workspace, tmp_path):
    rows = [
        row("Lantian Optics", alt_names=["Blue Sky Optics", "LTO"], programs="NPWMD"),
        row("Yunmen University", countries=["CN", "HK"], federal_register_notice="85 FR 1"),
        row("HEXI MARINE CO.", SDN, entity_number="77", programs="SDGT; IFSR"),
    ]
    load(workspace, csv_edition(tmp_path / "a.csv", rows), "2022-05-16")
    load(workspace, json_edition(tmp_path / "b.jsonl", rows), "2026-07-31")
    found = workspace.changes.between("us-csl")
    assert found.rows == ()
    assert found.met == {"key": 3}
    assert "address" in found.not_compared


def test_what_changed_of_a_row_is_told_field_by_field(workspace, tmp_path):
    before = row(
        "Lantian Optics", alt_names=["Blue Sky Optcis"], programs="NPWMD",
        federal_register_notice="85 FR 1",
    )  # fmt: skip
    after = row(
        "Lantian Optics", alt_names=["Blue Sky Optics", "Zhuque Glass"], programs="SDGT",
        federal_register_notice="85 FR 1, 90 FR 7",
    )  # fmt: skip
    found = between(workspace, tmp_path, [before], [after])
    assert fields(found) == [
        ("spelling", "Blue Sky Optcis", "Blue Sky Optics"),
        ("name", "", "Zhuque Glass"),
        ("programme", "NPWMD", "SDGT"),
        ("legal basis", "", "90 FR 7"),
    ]
    (one,) = found.rows
    assert told.row_line(one) == (
        "changed: Lantian Optics (CN): spelling corrected: Blue Sky Optcis → Blue Sky Optics; name"
        " added: Zhuque Glass; programme: NPWMD → SDGT; legal basis added: 90 FR 7"
    )
    assert "name: Lantian Optics" in one.before.quotes[0]
    assert (one.before.number, one.before.as_of, one.after.as_of) == (1, "2022-05-16", "2026-07-31")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("For all items.  (See §744.11)", "FOR ALL ITEMS (see § 744.11)"),
        ("Presumption of denial.", "Presumption of denial"),
    ],
)
def test_other_punctuation_and_case_are_no_change(workspace, tmp_path, before, after):
    found = between(
        workspace, tmp_path, [row("Lantian", license_policy=before)],
        [row("LANTIAN", license_policy=after)],
    )  # fmt: skip
    assert found.rows == ()


def test_a_day_written_with_fewer_digits_is_the_same_day(workspace, tmp_path):
    found = between(
        workspace, tmp_path, [row("Lantian", federal_register_notice="Vol. 78, No. 38, 02/26/13")],
        [row("Lantian", federal_register_notice="Vol. 78, No. 38, 2/26/2013")],
    )  # fmt: skip
    assert found.rows == ()


def test_a_row_whose_country_is_told_otherwise_is_the_same_row_by_its_name(workspace, tmp_path):
    found = between(
        workspace, tmp_path, [row("Lantian Optics", countries=["HK"])],
        [row("Lantian Optics", countries=["CN"])],
    )  # fmt: skip
    (one,) = found.rows
    assert (one.fate, one.matched, fields(found)) == ("changed", "name", [("country", "HK", "CN")])


def test_a_row_whose_name_was_corrected_is_not_removed_and_added(workspace, tmp_path):
    found = between(
        workspace, tmp_path, [row("Incorporated Electonics Systems")],
        [row("Incorporated Electronics Systems"), row("Incorporated Marine Works")],
    )  # fmt: skip
    assert [(one.fate, one.name, one.matched) for one in found.rows] == [
        ("added", "Incorporated Marine Works", None),
        ("changed", "Incorporated Electronics Systems", "spelling"),
    ]


def test_what_one_edition_does_not_tell_of_a_list_is_named_and_not_compared(workspace, tmp_path):
    other = row("Hexi", SDN, entity_number="7", programs="SDGT")
    found = between(
        workspace, tmp_path, [row("Lantian"), other], [row("Lantian", programs="NPWMD"), other]
    )
    assert found.rows == ()
    assert found.not_compared == ("programme on EL",)


def test_another_official_number_is_another_row_even_under_the_same_name(workspace, tmp_path):
    found = between(
        workspace, tmp_path, [row("HEXI MARINE", SDN, entity_number="77")],
        [row("HEXI MARINE", SDN, entity_number="901")],
    )  # fmt: skip
    assert [one.fate for one in found.rows] == ["added", "removed"]
    assert told.row_line(found.rows[1]).endswith("it is still on it in another row")


def test_who_was_moved_to_another_list_does_not_read_as_released(workspace, tmp_path):
    found = between(workspace, tmp_path, [row("Lantian", ENTITY)], [row("Lantian", SDN)])
    lines = [told.row_line(one) for one in found.rows if one.fate == "removed"]
    (line,) = lines
    assert line.endswith("a record of this name is now on Specially Designated Nationals")


def test_a_part_of_the_list_removes_no_row(workspace, tmp_path):
    everyone = [row("Lantian"), row("Yunmen"), row("Hexi")]
    load(workspace, json_edition(tmp_path / "a.jsonl", everyone), "2022-05-16")
    load(workspace, json_edition(tmp_path / "b.jsonl", everyone[:1]), "2026-07-31", whole=False)
    found = workspace.changes.between("us-csl", "2022", "2026")
    assert found.rows == ()
    assert "no row counts as removed" in found.uncounted[0]


def test_a_list_and_a_country_can_be_asked_for(workspace, tmp_path):
    after = [row("Lantian"), row("Hexi", countries=["RU"]), row("Yunmen", SDN, entity_number="5")]
    load(workspace, json_edition(tmp_path / "a.jsonl", [row("Other")]), "2022-05-16")
    load(workspace, json_edition(tmp_path / "b.jsonl", [row("Other"), *after]), "2026-07-31")
    ask = workspace.changes.between
    assert [one.name for one in ask("us-csl", country="Russia").rows] == ["Hexi"]
    assert [one.name for one in ask("us-csl", list_name="entity list").rows] == ["Hexi", "Lantian"]
    with pytest.raises(NotFound, match="there are: Entity List; Specially"):
        ask("us-csl", list_name="Unknown List")
    with pytest.raises(UsageError, match="no country"):
        ask("us-csl", country="Atlantis")


def test_what_cannot_be_compared_says_what_is_loaded(workspace, tmp_path):
    with pytest.raises(NotFound, match="no edition of `us-csl` is loaded"):
        workspace.changes.between("us-csl")
    load(workspace, json_edition(tmp_path / "a.jsonl", [row("Lantian")]), "2022-05-16")
    with pytest.raises(UsageError, match="no edition of `us-csl` before"):
        workspace.changes.between("us-csl")
    with pytest.raises(NotFound, match="loaded are 2022-05-16"):
        workspace.changes.between("us-csl", "1999")
    with pytest.raises(UsageError, match="both are the edition"):
        workspace.changes.between("us-csl", "2022", "2022")


def test_an_order_of_rows_changes_nothing_and_backwards_mirrors(workspace, tmp_path):
    dice = random.Random(11)
    names = ["Lantian", "Yunmen", "Hexi", "Beihe", "Donghe"]
    places = [["CN"], ["HK"], ["RU", "CN"]]

    def some(count):
        return [row(dice.choice(names), countries=dice.choice(places)) for _ in range(count)]

    for number in range(8):
        first, second = some(6), some(7)
        shuffled = sorted(first, key=lambda _: dice.random())
        for place, rows in enumerate((first, shuffled, second)):
            path = json_edition(tmp_path / f"{number}-{place}.jsonl", [*rows, row(f"End {place}")])
            load(workspace, path, f"20{number:02d}-0{place + 1}-01")
        days = [f"20{number:02d}-0{place}-01" for place in (1, 2, 3)]
        same = workspace.changes.between("us-csl", days[0], days[1])
        assert {one.name for one in same.rows} == {"End 0", "End 1"} or not same.rows
        there = workspace.changes.between("us-csl", days[0], days[2])
        back = workspace.changes.between("us-csl", days[2], days[0])
        assert there.count("added") == back.count("removed")
        for count in there.lists:
            assert count.before - count.removed + count.added == count.after


def test_load_says_by_list_what_changed(cli, tmp_path):
    source = ["-w", "w.db", "load", "us-csl"]
    before = [row("Lantian"), row("HEXI", SDN, entity_number="7", programs="IFSR")]
    cli(*source, json_edition(tmp_path / "a.jsonl", before), "--as-of", "2022-05-16", "--whole")
    after = [row("Lantian"), row("Yunmen"), row("HEXI", SDN, entity_number="7", programs="SDGT")]
    answer = cli(
        *source, json_edition(tmp_path / "b.jsonl", after), "--as-of", "2026-07-31", "--whole"
    )
    assert answer.status == 0
    assert "Entity List: 1 added" in answer.out + answer.err
    assert "Specially Designated Nationals: 1 changed" in answer.out + answer.err
    assert "crosstie diff us-csl" in answer.out + answer.err


def test_the_command_prints_and_writes_and_runs_no_name_as_a_formula(cli, tmp_path):
    source = ["-w", "w.db", "-q", "load", "us-csl"]
    hostile = '=HYPERLINK("http://evil")\x1b[31m'
    for name, rows, day in (("a", [row("Lantian")], "2022"), ("b", [row(hostile)], "2026")):
        path = json_edition(tmp_path / f"{name}.jsonl", rows)
        assert cli(*source, path, "--as-of", f"{day}-01-01", "--whole").status == 0
    answer = cli("-w", "w.db", "diff", "us-csl", "--full", "--out", "d.csv", "--out", "d.json")
    assert answer.status == 0
    assert "removed: Lantian" in answer.out
    assert "\x1b[31m" not in answer.out
    table = list(csv.DictReader((tmp_path / "d.csv").open(encoding="utf-8-sig")))
    assert {line["fate"] for line in table} == {"added", "removed"}
    assert not any(cell.startswith("=") for line in table for cell in line.values())
    assert json.loads((tmp_path / "d.json").read_text())["met"] == {}
    assert len(json.loads(cli("-w", "w.db", "diff", "us-csl", "--json").out)["rows"]) == 2


def test_bad_requests_end_with_status_2_and_a_remedy(cli):
    assert cli("-w", "none.db", "diff", "us-csl").status == 2
    cli("-w", "w.db", "-q", "load", "starter")
    answer = cli("-w", "w.db", "diff", "us-csl", "--out", "d.html")
    assert answer.status == 2
    assert ".csv" in answer.err


def test_the_real_editions_of_2022_and_2026_meet_across_their_layouts(workspace, shared):
    lists = shared / "data" / "lists"
    load(workspace, lists / "csl_consolidated_2022-05-16.csv.gz", None, whole=None)
    load(workspace, lists / "csl_compact_2026-07-31.json", None, whole=None)
    began = time.monotonic()
    found = workspace.changes.between("us-csl")
    assert time.monotonic() - began < 60
    assert found.met["key"] > 5_900
    assert sum(found.met.values()) + found.count("removed") == sum(c.before for c in found.lists)
    for count in found.lists:
        assert count.before - count.removed + count.added == count.after
    unchanged = [c.list_name for c in found.lists if not (c.added or c.changed or c.removed)]
    assert "Non-SDN Chinese Military-Industrial Complex Companies List" in unchanged
    corrected = [c for one in found.rows for c in one.fields if c.field == "spelling"]
    assert ("Incorporated Electonics Systems", "Incorporated Electronics Systems") in [
        (change.before, change.after) for change in corrected
    ]

"""Cases that were read lately are not decoded again, and never outlive what was forgotten."""

from crosstie.ontology.findings import Finding, Party, Screening
from crosstie.ontology.records import encode
from crosstie.workspace.case_readings import CaseReadings


def record(name):
    made = Screening("2026", "0", "1", 0.8, (Finding(Party(name), "nothing_found"),), ())
    return encode(made).decode()


def test_the_same_text_is_read_once():
    readings = CaseReadings()
    first = readings.read("a", record("Hexi"))
    assert readings.read("a", record("Hexi")) is first


def test_a_text_in_which_something_was_forgotten_is_read_anew():
    readings = CaseReadings()
    readings.read("a", record("Hexi"))
    assert readings.read("a", record("[gone]")).findings[0].party.name == "[gone]"


def test_only_the_last_few_are_kept():
    readings = CaseReadings()
    first = readings.read("a", record("a"))
    for key in "bcd":
        readings.read(key, record(key))
    again = readings.read("a", record("a"))
    assert again == first
    assert again is not first

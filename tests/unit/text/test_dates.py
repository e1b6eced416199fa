"""Dates as lists spell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.text.dates import date_in_name, read_date


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2020-12-23", "2020-12-23"),
        (" 2020-12 ", "2020-12"),
        ("2015", "2015"),
        ("20200203", "2020-02-03"),
        ("2026-07-31T13:15:00.015113+00:00", "2026-07-31"),
        ("24 Feb 2022", "2022-02-24"),
        ("June 3, 2021", "2021-06-03"),
        ("3rd June 2021", "2021-06-03"),
        ("Sept. 2021", "2021-09"),
        ("2025年9月29日", "2025-09-29"),
        ("2025年9月", "2025-09"),
        ("2020/1/2", "2020-01-02"),
    ],
)
def test_spellings_of_lists_become_partial_iso_dates(written, value):
    assert read_date(written).value == value


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("0017-05-26", "year"),
        ("0097-06-30", "year"),
        ("2020-13-01", "no month 13"),
        ("2019-02-29", "no day 29"),
        ("13/45/2020", "not a date"),
        ("soon", "not a date"),
        ("", "empty"),
        ("30 Fubruary 2020", "not a date"),
    ],
)
def test_malformed_dates_come_back_empty_with_the_reason(written, why):
    reading = read_date(written)
    assert reading.value is None
    assert why in reading.reason
    if written:
        assert written in reading.reason


def test_a_date_in_slashes_is_read_only_in_a_stated_order():
    assert read_date("7/11/00").value is None
    assert read_date("7/11/00", order="mdy").value == "2000-07-11"
    assert read_date("7/11/00", order="dmy").value == "2000-11-07"
    assert read_date("9/21/95", order="mdy").value == "1995-09-21"
    assert read_date("03.02.2029", order="dmy").value == "2029-02-03"


def test_a_leap_day_stands_only_in_a_leap_year():
    assert read_date("2020-02-29").value == "2020-02-29"
    assert read_date("1900-02-29").value is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("csl_2023-11.csv", "2023-11"),
        ("csl_consolidated_2022-05-16.csv.gz", "2022-05-16"),
        ("list20230102.csv", "2023-01-02"),
        ("v1.63-2025-04-03-data.zip", "2025-04-03"),
        ("list.csv", None),
        ("part_1234567.csv", None),
        ("list_2023-02-30.csv", None),
    ],
)
def test_a_file_name_may_carry_the_date_of_the_edition(name, value):
    assert date_in_name(name) == value


@given(st.dates())
def test_every_plausible_iso_date_reads_as_itself(day):
    reading = read_date(day.isoformat())
    assert reading.value == (day.isoformat() if 1500 <= day.year <= 2200 else None)


@given(st.text(max_size=40))
def test_any_text_gives_a_date_or_a_reason_and_never_both(text):
    for order in ("ymd", "mdy", "dmy"):
        reading = read_date(text, order=order)
        assert (reading.value is None) == bool(reading.reason)

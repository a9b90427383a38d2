from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from dragoman.ingest import parse_date


@pytest.mark.parametrize(
    "value",
    [
        "2023-11-06",
        "2023-11-06T23:30:00-05:00",
        "2023-11-06 19:49:23 UTC",
        "2023-11-06T19:49:23.123456Z",
        "2023/11/06",
        "2023.11.6",
        "20231106",
        "20231106T120000Z",
        "20231106120000",
        20231106,
        "Mon, 06 Nov 2023 10:00:00 GMT",
        "6 November 2023",
        "6th of November, 2023",
        "Nov 6, 2023",
        "NOV. 6 2023",
        "Monday, November 6th, 2023 at 5pm",
        "06-Nov-2023",
        "06.11.2023",
        1699272000,
        "1699272000",
        1699272000000,
        date(2023, 11, 6),
        datetime(2023, 11, 6, 5, tzinfo=UTC),
        "  2023-11-06 ",
    ],
)
def test_the_usual_forms_are_read(value):
    assert parse_date(value) == date(2023, 11, 6)


@pytest.mark.parametrize("value", ["13/11/2023", "11/13/2023", "13-11-2023"])
def test_day_and_month_that_cannot_be_exchanged_are_read(value):
    assert parse_date(value) == date(2023, 11, 13)


@pytest.mark.parametrize(
    "value",
    [
        *(
            None,
            "",
            "yesterday",
            "2023",
            "2023-11",
            "November 2023",
            "06/11/2023",
            "2023-13-40",
            "0001-01-01",
        ),
        *("31 February 2023", "0000-00-00", "n/a", "12:30", "9" * 200, "²023-11-06"),
        *(True, [2023], {}, 7, 3.5, float("nan")),
    ],
)
def test_anything_else_is_unknown(value):
    assert parse_date(value) is None


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.from_regex(r"[0-9 /:.,TZ-]{4,20}")))
def test_no_value_breaks_it(value):
    assert parse_date(value) is None or isinstance(parse_date(value), date)


@given(st.dates(date(1600, 1, 1), date(2150, 1, 1)))
def test_every_day_survives_its_iso_form(day):
    assert parse_date(day.isoformat()) == day

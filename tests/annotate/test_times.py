from datetime import date

import pytest
from hypothesis import given, strategies as st

from dragoman.annotate import calendar as at
from dragoman.annotate.times import resolve

WEDNESDAY = date(2023, 11, 8)
EXPRESSIONS = [
    ("on Monday morning", "2023-11-06", "day"),
    ("on Wednesday", "2023-11-08", "day"),
    ("next Tuesday", "2023-11-14", "day"),
    ("It will open on Friday", "2023-11-10", "day"),
    ("yesterday", "2023-11-07", "day"),
    ("over the weekend", "2023-11-04/2023-11-05", "weekend"),
    ("last week", "2023-10-30/2023-11-05", "week"),
    ("earlier this month", "2023-11", "month"),
    ("October 6", "2023-10-06", "day"),
    ("Nov. 6, 2021", "2021-11-06", "day"),
    ("18 March", "2023-03-18", "day"),
    ("December 20", "2023-12-20", "day"),
    ("who took part in the February 4 attacks", "2023-02-04", "day"),
    ("The vote is planned for February 4", "2024-02-04", "day"),
    ("in January", "2023-01", "month"),
    ("last January", "2023-01", "month"),
    ("since 2011", "2011", "year"),
    ("between 3 and 5 May", "2023-05-03/2023-05-05", "interval"),
    ("from 12 to 14 March 2022", "2022-03-12/2022-03-14", "interval"),
    ("from March 3 to 8, 2022", "2022-03-03/2022-03-08", "interval"),
    ("the past three days", "2023-11-05/2023-11-08", "interval"),
    ("two weeks ago", "2023-10-23/2023-10-29", "week"),
    ("six months ago", "2023-05", "month"),
    ("the 1990s", "1990/1999", "decade"),
    ("2019-2021", "2019/2021", "interval"),
    ("the previous day", "2023-11-07", "day"),
]


@pytest.mark.parametrize(("text", "iso", "precision"), EXPRESSIONS)
def test_an_expression_is_resolved_on_the_articles_date(text, iso, precision):
    ((_, _, when, kind, _),) = resolve(text, WEDNESDAY)
    assert (when.iso, kind) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    ["He may march soon.", "2000 people came", "a 28-year-old man", "Resolution 1701", "31 February 2020"],
)
def test_what_looks_like_a_date_is_none(text):
    assert not [w for _, _, w, p, _ in resolve(text, WEDNESDAY) if w is not None and p in ("day", "year")]


def test_without_the_articles_date_only_full_dates_are_resolved():
    found = [when.iso for _, _, when, _, _ in resolve("On Monday, yesterday and 3 May 2020", None)]
    assert found == ["2020-05-03"]


@pytest.mark.parametrize(
    ("text", "days"), [("a 30-day truce", 30), ("for two weeks", 14), ("two and a half hours", 0.104167)]
)
def test_a_duration_has_a_length_and_no_date(text, days):
    ((_, _, when, precision, length),) = resolve(text, WEDNESDAY)
    assert (when, precision, length) == (None, "duration", days)


def test_expressions_are_tied_to_their_tokens(read):
    annotation = read("The envoys met on Monday morning in Oslo.")
    (time,) = annotation.times
    assert annotation.span(*time.tokens).quote == time.span.quote == "Monday morning"


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 6))
def test_a_weekday_lies_within_a_week_of_the_article(on, number):
    before, after = at.weekday(number, on, ahead=False), at.weekday(number, on, ahead=True)
    assert before <= on < after
    assert before.weekday() == after.weekday() == number
    assert (after - before).days == 7


@given(
    st.text(alphabet=st.sampled_from(list("0123456789 -–May,JunetoandTh")), max_size=60),
    st.dates(date(1700, 1, 1)),
)
def test_no_text_breaks_the_resolver(text, on):
    for start, end, when, _, _ in resolve(text, on):
        assert 0 <= start < end <= len(text)
        assert when is None or when.first <= when.last


@pytest.mark.parametrize("text", ["999 years ago", "the past 999 decades", "0000-00-00", "Jan. 99, 2020"])
@pytest.mark.parametrize("on", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_out_of_the_calendar_breaks_nothing(text, on):
    assert all(when is None or when.first <= when.last for _, _, when, _, _ in resolve(text, on))

"""Days, weeks, months and years around an article's date, as :class:`When`."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from dragoman.records import When

__all__ = [
    "add_months",
    "day",
    "interval",
    "month",
    "nearest",
    "safe_date",
    "week",
    "weekday",
    "weekend",
    "year",
]

WEEK = 7
AHEAD, FAR_AHEAD = 3.0, 6.0


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day(on: date) -> When:
    """Return one day."""
    return When(on.isoformat(), on, on)


def month(year: int, month: int) -> When:
    """Return a whole month."""
    last = calendar.monthrange(year, month)[1]
    return When(f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, last))


def year(number: int) -> When:
    """Return a whole year."""
    return When(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def interval(first: When, last: When) -> When | None:
    """Return the time from one date to another; None when they are the wrong way round."""
    if last.last < first.first:
        return None
    if first.iso == last.iso:
        return first
    return When(f"{first.iso}/{last.iso}", first.first, last.last)


def nearest(month_: int, day_: int, on: date, *, ahead: bool = True) -> date | None:
    """Return the day of the year nearest to a date; a day ahead counts as three times as far as one past.

    Where nothing speaks of the future (``ahead`` is False), it counts as six times as far.
    """
    weight = AHEAD if ahead else FAR_AHEAD
    choices = [safe_date(on.year + shift, month_, day_) for shift in (-1, 0, 1)]
    real = [c for c in choices if c is not None]
    return min(real, key=lambda c: abs((c - on).days) * (weight if c > on else 1.0), default=None)


def weekday(number: int, on: date, *, ahead: bool) -> date:
    """Return the weekday (Monday 0) on or last before a date; with ``ahead`` the first after it."""
    if ahead:
        return on + timedelta((number - on.weekday() - 1) % WEEK + 1)
    return on - timedelta((on.weekday() - number) % WEEK)


def weekend(on: date, *, shift: int = 0) -> When:
    """Return the last weekend that had begun by a date; ``shift`` counts weekends from it."""
    saturday = on - timedelta((on.weekday() - 5) % WEEK) + timedelta(WEEK * shift)
    sunday = saturday + timedelta(1)
    return When(f"{saturday.isoformat()}/{sunday.isoformat()}", saturday, sunday)


def week(on: date, *, shift: int = 0) -> When:
    """Return the week (Monday to Sunday) of a date; ``shift`` counts weeks from it."""
    monday = on - timedelta(on.weekday()) + timedelta(WEEK * shift)
    sunday = monday + timedelta(WEEK - 1)
    return When(f"{monday.isoformat()}/{sunday.isoformat()}", monday, sunday)


def add_months(on: date, count: int) -> tuple[int, int]:
    """Return the year and month that lie so many months from a date's."""
    number = on.year * 12 + on.month - 1 + count
    return number // 12, number % 12 + 1

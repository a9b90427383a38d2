"""The date an input gives for an article, in the forms that feeds, tables and pages use.

Nothing is guessed: a form whose day and month could be exchanged, a month without a day, and words
such as "yesterday" give None, and so does everything unknown. Today's date plays no part.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["parse_date"]

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_WORDED = (
    re.compile(rf"\b{_DAY}[ -]+(?:of +)?{_MONTH},?[ -]+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} *{_DAY},? +{_YEAR}", re.IGNORECASE),
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)")
_SLASHED = re.compile(r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>\d{4})(?!\d)")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4}(?:\d\d)?Z?)?$")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d*)?$|\d{12,13}$")
_YEARS = range(1500, 2200)


def parse_date(value: object) -> date | None:
    """Return the day that a field's value states, in the time zone it is written in.

    Takes ISO 8601, RFC 2822, ``20231106``, ``6 November 2023``, ``Nov 6, 2023``, ``06.11.2023``,
    ``13/11/2023`` (only when day and month cannot be exchanged), and seconds or milliseconds since
    1970 in UTC. Anything else is None.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if not text or len(text) > 100:
        return None
    for form in _FORMS:
        found = form(text)
        if found is not None:
            return found if found.year in _YEARS else None
    return None


def _iso(text: str) -> date | None:
    if not text[:4].isdigit() or _EPOCH.match(text):
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return _matched(_YEAR_FIRST, text) or _matched(_COMPACT, text)


def _epoch(text: str) -> date | None:
    if not _EPOCH.match(text):
        return None
    seconds = float(text)
    if len(text.partition(".")[0].lstrip("-")) > 10:
        seconds /= 1000
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()


def _worded(text: str) -> date | None:
    for pattern in _WORDED:
        match = pattern.search(text)
        if match:
            month = _MONTHS[match["month"][:3].lower()]
            return _day(int(match["year"]), month, int(match["day"]))
    return None


def _dotted(text: str) -> date | None:
    return _matched(_DOTTED, text)


def _slashed(text: str) -> date | None:
    match = _SLASHED.match(text)
    if match is None:
        return None
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    if first > 12:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 or first == second else None


def _mail(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None


def _matched(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.match(text)
    return _day(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_FORMS: tuple[Callable[[str], date | None], ...] = (_iso, _epoch, _worded, _dotted, _slashed, _mail)

"""Dates, intervals and durations in a text, resolved on the article's own date.

One pattern finds the expressions; each kind has a function that resolves it. Without the article's
date only an expression that names its own year is resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.annotate import calendar as at
from dragoman.annotate.layout import words_of
from dragoman.annotation import TimeExpression
from dragoman.records import When

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from spacy.tokens import Doc

    from dragoman.records import Article

__all__ = ["find_times", "resolve"]

Resolved = tuple[When | None, str]
MON = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
NTH = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty"
    r"|few|several|couple of)"
)
UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|century|centuries)"
LINK = r"\s?(?:-|–|—|to|and|until|through)\s?"
PATTERNS: dict[str, str] = {
    "iso": r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)",
    "two_md": (
        rf"(?P<a_m>{MON}) (?P<a_d>{NTH})(?:,? (?P<a_y>{YEAR}))?,?{LINK}(?P<b_m>{MON}) (?P<b_d>{NTH})"
        rf"(?!\d)(?:,? (?P<b_y>{YEAR}))?"
    ),
    "two_dm": (
        rf"(?P<c_d>{NTH}) (?P<c_m>{MON})(?: (?P<c_y>{YEAR}))?{LINK}(?P<e_d>{NTH}) (?P<e_m>{MON})"
        rf"(?:,? (?P<e_y>{YEAR}))?"
    ),
    "md_d": rf"(?P<f_m>{MON}) (?P<f_a>{NTH}){LINK}(?P<f_b>{NTH})(?![\d:])(?:,? (?P<f_y>{YEAR}))?",
    "d_dm": rf"(?P<g_a>{NTH}){LINK}(?P<g_b>{NTH}) (?P<g_m>{MON})(?:,? (?P<g_y>{YEAR}))?",
    "md": rf"(?:{DAYS},? )?(?P<h_m>{MON}) (?P<h_d>{NTH})(?![\d:]|,\d)(?:,? (?P<h_y>{YEAR}))?",
    "dm": rf"(?:{DAYS},? )?(?:the )?(?P<i_d>{NTH})(?: of)? (?P<i_m>{MON})(?:,? (?P<i_y>{YEAR}))?",
    "months": rf"(?P<j_a>{MON})(?: (?P<j_ay>{YEAR}))?{LINK}(?P<j_b>{MON}) (?P<j_by>{YEAR})",
    "month_year": rf"(?P<k_m>{MON}),? (?:of )?(?P<k_y>{YEAR})",
    "month": (
        rf"(?P<l_w>(?:[Ii]n |[Ss]ince |[Bb]y |[Uu]ntil |[Ff]rom |[Dd]uring |[Oo]f |[Ll]ast |[Nn]ext "
        rf"|[Tt]his |[Ee]arly |[Mm]id-? ?|[Ll]ate )+)(?P<l_m>{MON})(?! \d| \w+ said)"
    ),
    "weekday": (
        rf"(?:(?P<m_w>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming|[Ee]arly|[Ll]ate) )?(?P<m_d>{DAYS})(?P<m_p> "
        rf"(?:morning|afternoon|evening|night))?"
    ),
    "span": (
        rf"(?:[Tt]he )?(?P<n_w>[Pp]ast|[Ll]ast|[Pp]revious|[Pp]receding|[Nn]ext|[Cc]oming"
        rf"|[Ff]ollowing|[Uu]pcoming) (?P<n_n>{COUNT}) (?P<n_u>{UNIT})\b"
    ),
    "ago": (
        rf"(?:(?:[Aa]bout|[Aa]round|[Nn]early|[Mm]ore than|[Oo]ver|[Aa] ) ?)?(?P<o_n>{COUNT})\s"
        rf"(?P<o_u>{UNIT}) ago\b"
    ),
    "unit": (
        r"(?:(?P<p_e>[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly) )?(?:the )?(?P<p_w>[Tt]his|[Ll]ast"
        r"|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming) (?P<p_u>week|month|year|weekend|decade|spring"
        r"|summer|autumn|fall|winter)\b(?!-)"
    ),
    "weekend": r"(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n|[Tt]his) (?:the )?(?P<q>weekend)\b",
    "word": (
        r"\b(?P<r>(?:[Tt]he )?(?:[Dd]ay before yesterday|[Dd]ay after tomorrow)|[Tt]he previous day"
        r"|[Ll]ast night|[Tt]his (?:morning|afternoon|evening)|[Tt]oday|[Tt]onight|[Yy]esterday"
        r"|[Tt]omorrow|[Oo]vernight)\b(?: (?:morning|afternoon|evening|night))?"
    ),
    "years": rf"(?P<s_a>{YEAR})(?:{LINK}(?P<s_b>{YEAR})|[–/-](?P<s_c>\d\d))(?!\d|-\d|,\d)",
    "decade": r"(?:(?:early|mid|late)[ -])?(?:the )?(?P<t>(?:1[5-9]|20)\d0)['’]?s\b",
    "year": rf"(?<![\d.,/$€£#-])(?P<u>{YEAR})(?![\d%/]|,\d|\.\d|-\d)",
    "lasting": (
        rf"(?P<v_n>{COUNT}|\d+(?:\.\d+)?|two and a half|one and a half)[ -](?P<v_u>{UNIT})\b"
        rf"(?![- ]olds?\b)"
    ),
}  # fmt: skip
BARE_YEAR_AFTER = re.compile(
    r"(?:Resolution|No\.?|number|Flight|Article|about|nearly|over|than|some|around|least)\s$", re.IGNORECASE
)
COUNTED = re.compile(r"\s(?:people|troops|soldiers|prisoners|homes|\w+ (?:people|troops|soldiers))\b")
FUTURE_BEFORE = re.compile(
    r"\b(?:will|would|to|plans?|planned|due|scheduled|expected|set|next|upcoming|until|by)\b[^.;]{0,60}$"
)


@cache
def _pattern() -> re.Pattern[str]:
    parts = "|".join(f"(?P<kind_{kind}>{body})" for kind, body in PATTERNS.items())
    return re.compile(rf"(?<![\w])(?:{parts})(?!\w)")


def resolve(text: str, published: date | None) -> list[tuple[int, int, When | None, str, float | None]]:
    """Return the time expressions of a text: offsets, date (None for a duration), precision, days long."""
    found: list[tuple[int, int, When | None, str, float | None]] = []
    for match in _pattern().finditer(text):
        kind = (match.lastgroup or "").removeprefix("kind_")
        if kind == "year" and _no_year(text, match):
            continue
        if kind == "lasting":
            count = _number(match["v_n"])
            found.append(
                (match.start(), match.end(), None, "duration", round(count * _unit_days(match["v_u"]), 6))
            )
            continue
        when, precision = _resolved(kind, match, published)
        if when is not None:
            length = float((when.last - when.first).days + 1) if kind == "span" else None
            found.append((match.start(), match.end(), when, precision, length))
    return found


def _resolved(kind: str, match: re.Match[str], published: date | None) -> Resolved:
    """Resolve one expression; a day that the calendar does not reach ("999 years ago") has no date."""
    try:
        return _RESOLVERS[kind](match, published)
    except (OverflowError, ValueError):
        return None, kind


def _no_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(
        BARE_YEAR_AFTER.search(before) or COUNTED.match(text, match.end()) or before.endswith(("\u2013", "-"))
    )


def find_times(article: Article, doc: Doc) -> tuple[TimeExpression, ...]:
    """Return the time expressions of an article, in order, tied to the tokens of its document."""
    starts = [token.idx for token in doc]
    times = []
    for start, end, when, precision, length in resolve(article.text, article.published):
        first = bisect_right(starts, start) - 1
        last = bisect_left(starts, end)
        times.append(TimeExpression(article.span(start, end), (max(first, 0), last), when, precision, length))
    return tuple(times)


def _lists() -> dict[str, Any]:
    return words_of("times.toml")


def _month(name: str) -> int:
    return int(_lists()["months"].index(name[:3].lower())) + 1


def _number(word: str) -> float:
    word = word.lower().removesuffix(" of")
    if word[0].isdigit():
        return float(word)
    if word.endswith("and a half"):
        return _number(word.split()[0]) + 0.5
    return float(_lists()["numbers"][word])


def _unit_days(unit: str) -> float:
    singular = (
        unit.lower().removesuffix("ies") + "y" if unit.endswith("ies") else unit.lower().removesuffix("s")
    )
    return float(_lists()["days"][singular])


def _date(
    month: str, day: str, year: str | None, published: date | None, *, ahead: bool = True
) -> date | None:
    number = int(re.sub(r"\D", "", day))
    if year:
        return at.safe_date(int(year), _month(month), number)
    return at.nearest(_month(month), number, published, ahead=ahead) if published else None


def _two(first: date | None, last: date | None) -> Resolved:
    if first is None or last is None:
        return None, "interval"
    return at.interval(at.day(first), at.day(last)), "interval"


def _one(on: date | None) -> Resolved:
    return (at.day(on) if on else None), "day"


def _iso(m: re.Match[str], _: date | None) -> Resolved:
    year, month, day = (int(part) for part in m["iso"].split("-"))
    return _one(at.safe_date(year, month, day))


def _two_md(m: re.Match[str], on: date | None) -> Resolved:
    last = _date(m["b_m"], m["b_d"], m["b_y"], on)
    year = m["a_y"] or (m["b_y"] and str(int(m["b_y"]) - (_month(m["a_m"]) > _month(m["b_m"]))))
    return _two(_date(m["a_m"], m["a_d"], year, last or on), last)


def _two_dm(m: re.Match[str], on: date | None) -> Resolved:
    last = _date(m["e_m"], m["e_d"], m["e_y"], on)
    year = m["c_y"] or (m["e_y"] and str(int(m["e_y"]) - (_month(m["c_m"]) > _month(m["e_m"]))))
    return _two(_date(m["c_m"], m["c_d"], year, last or on), last)


def _md_d(m: re.Match[str], on: date | None) -> Resolved:
    return _two(_date(m["f_m"], m["f_a"], m["f_y"], on), _date(m["f_m"], m["f_b"], m["f_y"], on))


def _d_dm(m: re.Match[str], on: date | None) -> Resolved:
    return _two(_date(m["g_m"], m["g_a"], m["g_y"], on), _date(m["g_m"], m["g_b"], m["g_y"], on))


def _months(m: re.Match[str], _: date | None) -> Resolved:
    last_year = int(m["j_by"])
    first_year = int(m["j_ay"]) if m["j_ay"] else last_year
    return at.interval(
        at.month(first_year, _month(m["j_a"])), at.month(last_year, _month(m["j_b"]))
    ), "interval"


def _bare_month(m: re.Match[str], on: date | None) -> Resolved:
    if on is None:
        return None, "month"
    month, words = _month(m["l_m"]), m["l_w"].lower()
    year = on.year - (month > on.month)
    if "last" in words and month == on.month:
        year -= 1
    elif "next" in words:
        year = on.year + (month <= on.month)
    elif "this" in words or (
        month > on.month and not words.startswith("since") and (_ahead(m) or month - on.month <= 2)
    ):
        year = on.year
    elif month < on.month and _ahead(m) and words.startswith(("in", "by", "until")) and on.month - month >= 6:
        year = on.year + 1
    return at.month(year, month), "month"


def _ahead(m: re.Match[str]) -> bool:
    """Whether the words before an expression speak of the future."""
    return bool(FUTURE_BEFORE.search(m.string, max(0, m.start() - 80), m.start()))


def _will(m: re.Match[str]) -> bool:
    before = m.string[max(0, m.start() - 80) : m.start()]
    return bool(
        re.search(
            r"\b(?:will|is due|is set|are set|are due|scheduled|expected|plans?|upcoming)\b[^.;]{0,60}$",
            before,
        )
    )


def _weekday(m: re.Match[str], on: date | None) -> Resolved:
    if on is None:
        return None, "day"
    number = _lists()["weekdays"].index(m["m_d"].lower())
    word = (m["m_w"] or "").lower()
    ahead = word in ("next", "coming") or (word == "" and _will(m))
    found = at.weekday(number, on, ahead=ahead)
    return at.day(found - timedelta(7) if word == "last" and found == on else found), "day"


def _span(m: re.Match[str], on: date | None) -> Resolved:
    if on is None:
        return None, "interval"
    days = max(1, round(_number(m["n_n"]) * _unit_days(m["n_u"])))
    if m["n_w"].lower() in _lists()["past"]:
        return at.interval(at.day(on - timedelta(days)), at.day(on)), "interval"
    return at.interval(at.day(on), at.day(on + timedelta(days))), "interval"


def _ago(m: re.Match[str], on: date | None) -> Resolved:
    if on is None:
        return None, "day"
    count, unit = _number(m["o_n"]), m["o_u"].rstrip("s")
    if unit in ("day", "night", "hour", "minute", "second"):
        return at.day(on - timedelta(count * _unit_days(unit))), "day"
    if unit == "week":
        return at.week(on - timedelta(7 * count)), "week"
    if unit == "month":
        return at.month(*at.add_months(on, -int(count))), "month"
    years = int(count * (1 if unit == "year" else 10))
    return (at.year(on.year - years) if on.year > years else None), "year"


SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


def _unit(m: re.Match[str], on: date | None) -> Resolved:
    unit, word = m["p_u"], m["p_w"].lower()
    if on is None:
        return None, unit
    shift = -1 if word in _lists()["past"] else 1 if word in _lists()["future"] else 0
    if unit == "week":
        return at.week(on, shift=shift), "week"
    if unit == "weekend":
        return at.weekend(on, shift=max(shift, 0)), "weekend"
    if unit == "month":
        return at.month(*at.add_months(on, shift)), "month"
    if unit == "year":
        return at.year(on.year + shift), "year"
    if unit == "decade":
        return at.interval(
            at.year(on.year + min(0, 10 * shift)), at.year(on.year + max(0, 10 * shift))
        ), "decade"
    first, last = SEASONS[unit]
    year = on.year + shift - (shift == 0 and unit == "winter" and on.month < 3)
    return at.interval(at.month(year, first), at.month(year + (last < first), last)), "interval"


def _word(m: re.Match[str], on: date | None) -> Resolved:
    if on is None:
        return None, "day"
    words = m["r"].lower()
    shift = next(
        (v for k, v in _lists()["relative"].items() if k.removeprefix("the ") == words.removeprefix("the ")),
        0,
    )
    return at.day(on + timedelta(shift)), "day"


def _years(m: re.Match[str], _: date | None) -> Resolved:
    first = int(m["s_a"])
    last = int(m["s_b"]) if m["s_b"] else first // 100 * 100 + int(m["s_c"])
    return at.interval(at.year(first), at.year(last)), "interval"


def _decade(m: re.Match[str], _: date | None) -> Resolved:
    return at.interval(at.year(int(m["t"])), at.year(int(m["t"]) + 9)), "decade"


_RESOLVERS: dict[str, Callable[[re.Match[str], date | None], Resolved]] = {
    "iso": _iso,
    "two_md": _two_md,
    "two_dm": _two_dm,
    "md_d": _md_d,
    "d_dm": _d_dm,
    "md": lambda m, on: _one(_date(m["h_m"], m["h_d"], m["h_y"], on, ahead=_ahead(m))),
    "dm": lambda m, on: _one(_date(m["i_m"], m["i_d"], m["i_y"], on, ahead=_ahead(m))),
    "months": _months,
    "month_year": lambda m, _: (at.month(int(m["k_y"]), _month(m["k_m"])), "month"),
    "month": _bare_month,
    "weekday": _weekday,
    "span": _span,
    "ago": _ago,
    "unit": _unit,
    "weekend": lambda _, on: ((at.weekend(on) if on else None), "weekend"),
    "word": _word,
    "years": _years,
    "decade": _decade,
    "year": lambda m, _: (at.year(int(m["u"])), "year"),
}

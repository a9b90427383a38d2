"""What each line of a text is: headline, byline, dateline, boilerplate, or sentences.

Works on characters, before any parsing. A line that opens with a dateline ("ANKARA, Nov 6 (Agency) -")
or with a speaker's label ("MINISTER ADE:") keeps the offset at which its own words begin.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.annotation import SentenceKind

__all__ = ["Layout", "Line", "words_of"]

MAX_BYLINE = 200
MAX_HEADLINE_WORDS = 25
MIN_WRAP, MAX_WRAP = 40, 110
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]{1,6})?"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.?"
DAY = (
    rf"(?:(?:{WEEKDAY}),? )?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?"
    rf" {MONTH})(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}"
)
CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+"
TITLE = r"(?:[A-ZÀ-Þ][\w.’'-]*|al|de|du|da|la|le|el|of|the|and)"
LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
DATE_LINE = re.compile(rf"(?:{DAY})(?:,?\s.{{0,20}}\d[:.]\d\d.{{0,20}})?\.?", re.IGNORECASE)
LABEL = re.compile(r"(?:\(\(\w{1,20}\)\)\s?:|[A-Z][A-Z.’' \-]{1,40}[A-Z](?:\s?\([^)\n]{1,40}\))?:)\s+(?=\S)")
NAME_BYLINE = re.compile(
    r"(?:By|BY|by):?\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"[A-ZÀ-Þ][\w.’'-]*(?:(?:,? (?:and|in|for|of|the|at|de|al|bin|van|von)|,|\s*"
    r"[|/])?\s+[A-ZÀ-Þ(][\w.’')@-]*){1,12}"
)
END = re.compile(r"[.!?…:;][\"'”’)\]»]*$")


@cache
def words_of(name: str) -> dict[str, Any]:
    """Return one of this stage's word lists."""
    return tomllib.loads(files("dragoman.annotate").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = words_of("layout.toml")
    byline = re.compile("|".join(f"(?:{p})" for p in lists["byline"]), re.IGNORECASE)
    other = re.compile("|".join(f"(?:{p})" for p in lists["other"]), re.IGNORECASE)
    agency, day = lists["agency"], rf"(?:{DAY})"
    # "ANKARA, Turkey, Nov. 6 (Agency) -": the dash is needed, and a bracket, capitals or a date.
    caps = rf"(?P<caps>{CAPS}(?:[ /,] ?{CAPS})*)(?:, {TITLE}(?: {TITLE}){{0,2}})??"
    title = rf"(?P<title>[A-ZÀ-Þ][\w.’'-]*(?:[ /]{TITLE}){{0,3}}(?:, {TITLE}(?: {TITLE}){{0,2}})?)"
    tail = rf"(?P<tail>(?:,? \(?{day}\)?)?(?:,? \({agency}\))?(?:,? {day})?)"
    dash = r"\s?(?:--|[–—-]|:(?= ))\s?"
    dateline = re.compile(rf"\(?(?:{caps}|{title}){tail}{dash}(?=[\"'“‘(\[]?[A-ZÀ-Þ0-9])")
    return byline, other, dateline


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``start:end`` without outer white space; ``body`` is where its own words begin.

    ``prefix`` says what stands before the body: a dateline or a speaker's label, or nothing.
    ``joined`` is set when the line goes on from the one before (hard-wrapped text).
    """

    start: int
    end: int
    kind: SentenceKind
    body: int
    prefix: str = ""
    place_end: int = 0
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text, in order."""

    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, *, title: str | None = None) -> Layout:
        """Read the lines of a text; ``title`` is the article's, known from elsewhere."""
        raw = [_strip(text, m.start(), m.end()) for m in LINE.finditer(text)]
        spans = [span for span in raw if span[0] < span[1]]
        joined = _wrapped(text, spans)
        lines = tuple(_read(text, spans, joined, title))
        return cls(lines, tuple(line.start for line in lines))

    def at(self, offset: int) -> Line | None:
        """Return the line that holds an offset, or the one before it; None before the first."""
        i = bisect_right(self.starts, offset) - 1
        return self.lines[i] if i >= 0 else None

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """Yield the offsets of each paragraph: a line with those that go on from it."""
        start = end = -1
        for line in self.lines:
            if line.joined and start >= 0:
                end = line.end
                continue
            if start >= 0:
                yield start, end
            start, end = line.start, line.end
        if start >= 0:
            yield start, end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _wrapped(text: str, spans: list[tuple[int, int]]) -> list[bool]:
    """Tell which lines go on from the line before: text that a mail program or editor wrapped."""
    joins = [False] * len(spans)
    candidates = broken = 0
    for i in range(1, len(spans)):
        (start, end), (begin, _) = spans[i - 1], spans[i]
        if text.count("\n", end, begin) > 1 or text.count("\r", end, begin) > 1:
            continue
        candidates += 1
        if MIN_WRAP <= end - start <= MAX_WRAP and not END.search(text, start, end):
            joins[i] = True
            broken += 1
    if candidates and broken >= 2 and broken * 2 >= candidates:
        for i in range(1, len(spans)):
            (start, end), (begin, _) = spans[i - 1], spans[i]
            if not joins[i] and text.count("\n", end, begin) == 1 and end - start >= MIN_WRAP:
                joins[i] = True
        return joins
    return [join and text[spans[i][0]].islower() for i, join in enumerate(joins)]


def _read(text: str, spans: list[tuple[int, int]], joined: list[bool], title: str | None) -> Iterator[Line]:
    several = len(spans) > 1
    told = 0
    for i, (start, end) in enumerate(spans):
        goes_on = i + 1 < len(spans) and joined[i + 1]
        if joined[i]:
            yield Line(start, end, "sentence", start, joined=True)
            continue
        line = _classify(text, start, end, first=told == 0 and several and not goes_on, title=title)
        told += line.kind in ("sentence", "headline")
        yield line


def _classify(text: str, start: int, end: int, *, first: bool, title: str | None) -> Line:
    words = text[start:end]
    byline, other, _ = _patterns()
    if len(words) <= MAX_BYLINE:
        if DATE_LINE.fullmatch(words):
            return Line(start, end, "dateline", start)
        if byline.fullmatch(words) or NAME_BYLINE.fullmatch(words):
            return Line(start, end, "byline", start)
        if other.fullmatch(words):
            return Line(start, end, "other", start)
        if title and words.strip(".") == title.strip().strip("."):
            return Line(start, end, "headline", start)
    if label := LABEL.match(text, start, end):
        return Line(start, end, "sentence", label.end(), "label", label.end())
    if found := _dateline(text, start, end):
        return Line(start, end, "sentence", found[0], "dateline", found[1])
    if END.search(words) or words.count(" ") >= MAX_HEADLINE_WORDS:
        return Line(start, end, "sentence", start)
    return Line(start, end, "headline" if first else "sentence", start, "open")


def _dateline(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the body begins and where the dateline's place ends, if the line opens with a dateline."""
    found = _patterns()[2].match(text, start, min(end, start + 160))
    if found is None or found.end() >= end:
        return None
    caps, tail = found["caps"], found["tail"].strip()
    dash = text[found.end("tail") : found.end()].strip()
    if dash == ":" and not (caps and tail):
        return None
    if not caps and not tail:
        spaced = text[found.end("tail")].isspace() and text[found.end() - 1].isspace()
        if dash == "-" or not spaced or any(d in text[found.end() : end] for d in (" – ", " — ", " -- ")):
            return None
        if text.rfind(".", start, found.start("title")) > start:
            return None
    if caps and not tail and dash == "-" and not text[found.end("tail")].isspace():
        return None
    comma = text.find(",", start, found.start("tail"))
    return found.end(), comma if comma > 0 else found.start("tail")

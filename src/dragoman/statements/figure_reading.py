"""Reads one number in its sentence: what quantity it is, of what, and the words that say so."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as TokenSpan, Token

    from dragoman.numerals import Numeral

__all__ = ["Lexicon", "Reading", "is_single", "lexicon", "next_decades", "read", "token_at"]

DASHES = "-–—‒"
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
AFTER_MONTH = re.compile(rf"\b{MONTHS}\s+(?:\d{{1,2}}(?:,| and| to|[-–—])\s*)?$")
BEFORE_MONTH = re.compile(
    rf"^(?:st|nd|rd|th)?(?:\s+(?:and|to|of)\s+\d{{1,2}})?(?:\s+of)?\s+{MONTHS}(?![a-z])"
)
CLOCK = re.compile(r"^\s?(?:[ap]\.?m\b|[:.]\d\d\b|o'clock|GMT|UTC|local time)", re.IGNORECASE)
AGE = re.compile(
    r"^[\s-]years?[\s-](?:olds?|of age)\b|^[\s-]and \d+ years of age|^[\s-](?:months?|weeks?"
    r"|days?)[\s-]old\b",
    re.IGNORECASE,
)
AGED = re.compile(r"\b(?:aged?|ages)(?: of| between)?\s+(?:\d+\s+(?:and|to)\s+)?$", re.IGNORECASE)
PERCENT = re.compile(r"^\s?(?:%|percent\b|per cent\b|percentage points?\b)")
ELECTORAL = re.compile(r"\b(?:votes?|voters?|ballots?|elections?|elected|re-elected|referendum|runoff)\b")
BARE_UNIT = re.compile(
    r"\b(?:over|for|within|in|during) the (?:next|coming|following) (?P<unit>decade|century)\b"
    r"|\b(?:for|by|after) an? (?P<one>decade|century|year|month|week|day)\b(?! (?:ago|earlier|later|after))",
    re.IGNORECASE,
)
BARE_STARTS = ("the next ", "the coming ", "the following ", "for a", "by a", "after a")
"""One of these stands in whatever BARE_UNIT finds."""
FROM_TO = re.compile(r"^\s?(?:%|percent|per cent)? to (?:\w+ )?\d")
VOTES_TO = re.compile(r"\bvotes? (?:to|against) $")
RATE = re.compile(
    r"\b(?:tariffs?|tax(?:es)?|dut(?:y|ies)|lev(?:y|ies)|rates?|GDP|spending|budget|stake|inflation|enrich\w*|output|"
    r"production|prices?|interest|quota|debt)\b",
    re.IGNORECASE,
)
FIRST_IN = re.compile(r"\bfirst\b[^,]{0,60}\bin\s+$|\bone\s*$")
OF_VOTE = re.compile(r"^\s?(?:%|percent|per cent) of (?:the |all |valid )*(?:vote|ballot)", re.IGNORECASE)
DECADE = re.compile(r"^(?:s|'s|’s)\b")
CONSECUTIVE = re.compile(
    r"^(?:st|nd|rd|th)\s+(?:consecutive|straight|successive)\s+(day|night|week|month|year)s?\b"
)
UNIT_AFTER = re.compile(
    r"^[\s-](?:more |additional |consecutive |straight |full |long |whole )?(?P<unit>second"
    r"|minute|hour|day|night|week|month|year|decade|centur)"
    r"(?:s|y|ies)?(?P<tail>['’]|long|-long)?(?![a-z])",
    re.IGNORECASE,
)
WORD_AFTER = re.compile(r"^[\s-]+(?P<w>[A-Za-z$€£%'’.]+)")
MONEY_AFTER = re.compile(r"^[\s-]?(?:[A-Z][a-z]+ |US |U\.S\. )?(?P<w>[A-Za-z]{2,9}?)(?:s)?\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure before it is tied to an article: offsets are into the sentence, ``head`` is a token index."""

    quantity: str
    low: float | None
    high: float | None
    unit: str
    start: int
    end: int
    head: int
    of: str | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``figures.toml``, turned round: from word to quantity."""

    verbs: dict[str, str]
    intransitive: dict[str, str]
    nouns: dict[str, str]
    people: dict[str, str]
    states: dict[str, str]
    human: frozenset[str]
    things: frozenset[str]
    uncounted: frozenset[str]
    names: frozenset[str]
    dull: frozenset[str]
    votes: frozenset[str]
    when: frozenset[str]
    place_words: frozenset[str]
    currencies: dict[str, str]
    signs: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """Return the word lists of this module."""
    folder = files("dragoman.statements").joinpath("data")
    data = tomllib.loads(folder.joinpath("figures.toml").read_text(encoding="utf-8"))
    rows = list(
        csv.DictReader(folder.joinpath("figures_currencies.csv").read_text(encoding="utf-8").splitlines())
    )
    money = {row["form"]: row["code"] for row in rows}
    words = data["words"]

    def turned(table: str) -> dict[str, str]:
        return {word: quantity for quantity, listed in data[table].items() for word in listed}

    forms = sorted((f for f in money if not f.islower()), key=len, reverse=True)
    signs = re.compile(r"(?<![A-Za-z])(" + "|".join(re.escape(f) for f in forms) + r")\s?$")
    return Lexicon(
        turned("verbs"), turned("intransitive"), turned("nouns"),
        turned("people"), turned("states"),
        frozenset(words["human"]), frozenset(words["things"]),
        frozenset(words["uncounted"]), frozenset(words["names"]),
        frozenset(words["dull"]),
        frozenset(words["vote_cues"]), frozenset(words["when"]), frozenset(words["place"]),
        money, signs,
    )  # fmt: skip


def read(tokens: TokenSpan, numeral: Numeral, before: list[Reading]) -> list[Reading] | None:
    """Return the sums, votes, shares and durations that a numeral makes; None when it may count something.

    An empty list says that the number is no figure: a date, an age, a name.
    """
    text = tokens.text
    left, right = text[: numeral.core], text[numeral.end :]
    if money := _money(text, numeral, left, right, tokens):
        return [_same_limits(money, left, before)]
    if votes := _vote_pair(tokens, numeral, left, right):
        return votes
    if _no_count(numeral, text, left, right):
        return []
    if PERCENT.match(right):
        return _percent(tokens, numeral, left, right)
    if left.endswith("(") and re.search(r"\d\s?[- ]?[A-Za-z]+ \($", left):
        return []
    if duration := _duration(tokens, numeral, left, right):
        return duration if duration[0].unit else []
    if _hyphenated(right) or (numeral.pair and numeral.low is not None and _descends(numeral)):
        return []
    return None


def is_single(noun: Token) -> bool:
    """Whether a noun is one indefinite human."""
    if noun.tag_ != "NN" or noun.lemma_.lower() not in lexicon().human:
        return False
    if any(c.ent_type_ == "ORDINAL" for c in noun.children):
        return False
    return any(c.lower_ in ("a", "an", "another") and c.dep_ == "det" for c in noun.children)


def _descends(numeral: Numeral) -> bool:
    return numeral.pair is not None and numeral.pair[0] > numeral.pair[1]


def token_at(tokens: TokenSpan, offset: int) -> Token:
    """Return the token that covers an offset of the sentence."""
    wanted = tokens.start_char + offset
    low, high = 0, len(tokens) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if tokens[middle].idx <= wanted:
            low = middle
        else:
            high = middle - 1
    return tokens[low]


def _money(text: str, numeral: Numeral, left: str, right: str, tokens: TokenSpan) -> Reading | None:
    lists = lexicon()
    sign = lists.signs.search(left)
    code, start, end = None, numeral.start, numeral.end
    if sign:
        code, start = lists.currencies[sign[1]], min(start, sign.start(1))
    elif found := MONEY_AFTER.match(right):
        code = lists.currencies.get(found["w"]) or lists.currencies.get(found["w"].rstrip("s"))
        if found["w"] in ("pound", "pounds", "real") and numeral.high is not None and numeral.high < 10000:
            code = None
        end = numeral.end + found.end()
    if code is None:
        return None
    low, high = numeral.low, numeral.high
    if not numeral.qualifier and sign:
        outer = _outer_qualifier(left[: sign.start(1)])
        low, high = _requalified(low, high, outer)
    return Reading(
        "money", low, high, code, start, end, token_at(tokens, numeral.core).i, _of_after(text, end)
    )


def _same_limits(money: Reading, left: str, before: list[Reading]) -> Reading:
    """Give a sum in brackets the limits of the sum that it translates: "up to €2m (US$2.3m)"."""
    if not (
        before
        and before[-1].quantity == "money"
        and re.search(r"\((?:about |around |approximately )?\W?[A-Z.]{0,4}\W?$", left)
    ):
        return money
    if money.low is None or money.high is None:
        return money
    last = before[-1]
    return replace(
        money, low=None if last.low is None else money.low, high=None if last.high is None else money.high
    )


def _outer_qualifier(left: str) -> str:
    """Tell whether a limit word stands before a currency sign, a bracketed equal sum included."""
    words = left.rstrip().lower()
    if re.search(r"(?:more than|over|at least|above|exceeding)$", words):
        return "min"
    return "max" if re.search(r"(?:up to|nearly|almost|less than|as much as|under)$", words) else ""


def _requalified(low: float | None, high: float | None, kind: str) -> tuple[float | None, float | None]:
    if kind == "min":
        return low, None
    return (None, high) if kind == "max" else (low, high)


def _of_after(text: str, end: int) -> str | None:
    found = re.match(r"\s?(?:in|of|for|worth of)?\s?((?:[\w'’-]+ ?){1,5})", text[end : end + 60])
    return found[1].strip() if found and found[1].strip() else None


def _vote_pair(tokens: TokenSpan, numeral: Numeral, left: str, right: str) -> list[Reading]:
    """'by 120 to 45', '281–4', '48 votes to 33', when a word of voting is near."""
    near = set(re.findall(r"[a-z]+", (left[-70:] + " " + right[:30]).lower()))
    if not near & lexicon().votes or numeral.qualifier or PERCENT.match(right):
        return []
    head = token_at(tokens, numeral.core).i
    if numeral.pair is None and VOTES_TO.search(left):
        return [Reading("votes", numeral.low, numeral.high, "votes", numeral.start, numeral.end, head)]
    if numeral.pair is None or UNIT_AFTER.match(right):
        return []
    one, two = numeral.pair
    both = Reading("votes", one, one, "votes", numeral.start, numeral.end, head)
    found = [both]
    if one != two and two:
        found.append(replace(both, low=two, high=two))
    return found if one < 5000 or not numeral.digits else []


def _percent(tokens: TokenSpan, numeral: Numeral, left: str, right: str) -> list[Reading]:
    """Return a share of a vote, or the rate of a tax or the like; other shares describe and are not kept."""
    found = PERCENT.match(right)
    end = numeral.end + (found.end() if found else 0)
    if FROM_TO.match(right) and left.rstrip().endswith("from"):
        return []
    votes = bool(OF_VOTE.match(right) or ELECTORAL.search(tokens.text))
    if not votes and not RATE.search(left[-80:] + right[:50]):
        return []
    head = token_at(tokens, numeral.core).i
    quantity = "votes" if votes else "other"
    return [Reading(quantity, numeral.low, numeral.high, "percent", numeral.start, end, head)]


def _no_count(numeral: Numeral, text: str, left: str, right: str) -> bool:
    """Whether a number is a date, a time, an age, a name or part of one."""
    digits = numeral.digits
    last = left[-1:]
    if digits and last and (last.isalnum() or (last in DASHES + "/." and left[-2:-1].isalnum())):
        return True
    if AGE.match(right) or AGED.search(left) or CLOCK.match(right):
        return True
    if digits and (AFTER_MONTH.search(left) or BEFORE_MONTH.match(right) or DECADE.match(right)):
        return True
    if digits and re.search(r"\d:$|#$", left):
        return True
    if digits and right[:1].isalpha() and not CONSECUTIVE.match(right) and not right.startswith(("km", "kg")):
        return True
    value = numeral.low if numeral.low is not None else numeral.high
    if digits and value is not None and 1000 <= value < 2100 and "," not in text[numeral.core : numeral.end]:
        return _is_year(numeral, right, value)
    if digits and re.search(r", $", left) and re.match(r",", right):
        return True
    word = re.search(r"([A-Za-z.]+)[\s-]$", left)
    return bool(word and word[1].lower() in lexicon().names and (digits or word[1][0].isupper()))


def _is_year(numeral: Numeral, right: str, value: float) -> bool:
    if numeral.qualifier or value < 1500:
        return False
    follows = WORD_AFTER.match(right)
    return not (
        follows and follows["w"].lower() in ("people", "troops", "soldiers", "civilians", "others", "killed")
    )


def _hyphenated(right: str) -> bool:
    return bool(re.match(r"[-–—][A-Za-z]", right))


def _duration(tokens: TokenSpan, numeral: Numeral, left: str, right: str) -> list[Reading]:
    """Return a duration; one without a unit means "a time, but no duration to record"."""
    nth = CONSECUTIVE.match(right)
    found = nth or UNIT_AFTER.match(right)
    if found is None:
        return []
    head = token_at(tokens, numeral.core).i
    unit = found[1].lower() if nth else found["unit"].lower()
    low, high = numeral.low, numeral.high
    if unit in ("decade", "centur"):
        factor = 10 if unit == "decade" else 100
        low, high, unit = (
            (None if low is None else low * factor),
            (None if high is None else high * factor),
            "year",
        )
    rest = right[found.end() :]
    if _says_over(tokens, numeral) and not rest.startswith(" of"):
        high = low
    end = numeral.end + found.end()
    kept = "" if _is_when(tokens.text, numeral, left, rest) else unit + "s"
    return [Reading("duration", low, high, kept, numeral.start, end, head, None, numeral.vague)]


def _is_when(text: str, numeral: Numeral, left: str, rest: str) -> bool:
    """Whether a number of days or years says when and not how long: "two days ago", "first in ten years"."""
    follows = WORD_AFTER.match(rest)
    if follows and follows["w"].lower().rstrip(".") in lexicon().when:
        return True
    if FIRST_IN.search(left) or text[numeral.core :].lower().startswith("several "):
        return True
    single = numeral.low == 1 and numeral.high == 1
    hyphened = text[numeral.end : numeral.end + 1] == "-"
    return single and not hyphened and not left.endswith((" for ", " by "))


def next_decades(tokens: TokenSpan) -> Iterator[Reading]:
    """Yield the durations that name a unit without a number: "over the next decade", "for a year"."""
    text = tokens.text
    low_text = text.lower()
    if not any(start in low_text for start in BARE_STARTS):
        return
    for found in BARE_UNIT.finditer(text):
        unit = (found["unit"] or found["one"]).lower()
        low = {"decade": 10.0, "century": 100.0}.get(unit, 1.0)
        unit = "year" if low > 1 else unit
        head = token_at(tokens, found.end() - 1).i
        yield Reading("duration", low, low, unit + "s", found.start(), found.end(), head)


def _says_over(tokens: TokenSpan, numeral: Numeral) -> bool:
    """Whether the qualifier is "over", which before a duration also means "in the course of"."""
    return numeral.qualifier == "min" and tokens.text[numeral.start : numeral.core].lower().startswith(
        "over "
    )

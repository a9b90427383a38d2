"""Numbers as English writes them: digits, words, ranges, vague counts, and their qualifiers.

Pure functions over text. ``find_numerals`` reads "at least twenty-two", "2.5bn", "two and a half",
"24 to 36", "tens of thousands"; codebook section 4 says what the vague ones mean.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Numeral", "find_numerals"]

PIECE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|[^\w\s]|_")
DASHES = frozenset("-–—‒−")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``start:end`` of the text with its qualifier; ``core`` is where its first digit or word is.

    ``low`` and ``high`` are its bounds, None when open. ``pair`` holds both numbers of "A–B" as written.
    """

    start: int
    end: int
    core: int
    low: float | None
    high: float | None
    vague: bool = False
    pair: tuple[float, float] | None = None
    qualifier: str = ""
    digits: bool = False


class _Piece(NamedTuple):
    text: str
    start: int
    end: int


class _Lists(NamedTuple):
    words: dict[str, float]
    scales: dict[str, float]
    suffixes: dict[str, float]
    vague: dict[str, float]
    before: tuple[tuple[tuple[str, ...], str], ...]
    after: tuple[tuple[tuple[str, ...], str], ...]
    first: frozenset[str]


@cache
def _lists() -> _Lists:
    data = tomllib.loads(files("dragoman").joinpath("data", "numerals.toml").read_text(encoding="utf-8"))
    said = data["qualifiers"]
    before = [(tuple(w.split()), kind) for kind in ("min", "max", "about") for w in said[kind]]
    after = [(tuple(w.split()), kind[:3]) for kind in ("min_after", "max_after") for w in said[kind]]
    before.sort(key=lambda pair: -len(pair[0]))
    first = (
        frozenset(data["words"]) | frozenset(data["vague"]) | {"a", "half", "dozen", "hundred", "thousand"}
    )
    return _Lists(
        data["words"], data["scales"], data["suffixes"], data["vague"], tuple(before), tuple(after), first
    )


def find_numerals(text: str) -> list[Numeral]:
    """Return the numbers of a text, in order; offsets are into ``text``."""
    pieces = [_Piece(m[0].lower(), m.start(), m.end()) for m in PIECE.finditer(text)]
    found, i = [], 0
    lists = _lists()
    while i < len(pieces):
        word = pieces[i].text
        if word[0].isdigit() or word in lists.first:
            numeral, after = _numeral(pieces, i)
            if numeral is not None:
                found.append(numeral)
                i = after
                continue
        i += 1
    return found


def _numeral(pieces: list[_Piece], i: int) -> tuple[Numeral | None, int]:
    first = _value(pieces, i)
    if first is None:
        return None, i + 1
    low, after, vague, scaled = first
    high: float | None = None if vague else low
    pair = None
    second = None if vague else _second(pieces, i, after)
    if second is not None:
        other, after, factor = second
        pair = (low, other)
        if not scaled and factor > 1 and low < factor and low * factor <= other:
            low *= factor
        high = other
    kind, start = _qualifier(pieces, i)
    for words, closing in _lists().after:
        if tuple(p.text for p in pieces[after : after + len(words)]) == words:
            kind, after = closing, after + len(words)
            break
    low_, high_ = _bounds(low, high, kind, vague=vague)
    numeral = Numeral(
        start, pieces[after - 1].end, pieces[i].start, low_, high_, vague, pair, kind,
        digits=pieces[i].text[0].isdigit(),
    )  # fmt: skip
    return numeral, after


def _bounds(low: float, high: float | None, kind: str, *, vague: bool) -> tuple[float | None, float | None]:
    if kind == "min":
        return low, None
    if kind == "max":
        return None, low if high is None and not vague else (high if high is not None else low)
    return low, high


def _qualifier(pieces: list[_Piece], i: int) -> tuple[str, int]:
    """Return the kind of qualifier that stands before piece i, and where it starts."""
    j = i
    while j and pieces[j - 1].text in ("$", "€", "£", "us", "a", "c", "¥", "₩", "₹", "rs", "usd", "eur"):
        j -= 1
    last = pieces[j - 1].text if j else ""
    for words, kind in _lists().before:
        size = len(words)
        if words[-1] == last and j >= size and tuple(p.text for p in pieces[j - size : j]) == words:
            return kind, pieces[j - size].start
    return "", pieces[i].start


def _value(pieces: list[_Piece], i: int) -> tuple[float, int, bool, bool] | None:
    """Read one number: its value, the piece after it, whether it is vague, whether a scale word closed it."""
    lists = _lists()
    word = pieces[i].text
    if word[0].isdigit():
        value, j = float(word.replace(",", "")), i + 1
    elif word in lists.vague:
        return _vague(pieces, i)
    elif word == "half":
        return _half(pieces, i)
    elif word == "a":
        if i + 1 < len(pieces) and pieces[i + 1].text in lists.scales and pieces[i + 1].text != "score":
            value, j = 1.0, i + 1
        else:
            return None
    else:
        spelled = _spelled(pieces, i)
        if spelled is None:
            return None
        value, j = spelled
    return _scaled(pieces, i, j, value)


def _scaled(pieces: list[_Piece], i: int, j: int, value: float) -> tuple[float, int, bool, bool]:
    """Add "and a half" and scale words to a number that ends before piece j."""
    lists = _lists()
    if tuple(p.text for p in pieces[j : j + 3]) == ("and", "a", "half"):
        value, j = value + 0.5, j + 3
    scaled = False
    while j < len(pieces):
        word = pieces[j].text
        if word in DASHES and j + 1 < len(pieces) and pieces[j + 1].text in lists.scales:
            j += 1
            word = pieces[j].text
        touching = pieces[j].start == pieces[j - 1].end
        if word in lists.scales:
            value *= lists.scales[word]
        elif word in lists.suffixes and touching and pieces[i].text[0].isdigit():
            value *= lists.suffixes[word]
        else:
            break
        scaled = True
        j += 1
        rest = _rest(pieces, j, value)
        if rest is not None:
            value, j = rest
    return value, j, False, scaled


def _rest(pieces: list[_Piece], j: int, value: float) -> tuple[float, int] | None:
    """Read the lower part of "one hundred and twenty", "two thousand five hundred"."""
    k = j + 1 if j < len(pieces) and pieces[j].text == "and" else j
    if k >= len(pieces) or pieces[k].text not in _lists().words:
        return None
    low = _spelled(pieces, k)
    if low is None:
        return None
    part, after = low
    if after < len(pieces) and pieces[after].text == "hundred":
        part, after = part * 100, after + 1
    return (value + part, after) if part < value and (k == j or value >= 100) else None


def _spelled(pieces: list[_Piece], i: int) -> tuple[float, int] | None:
    """Read "twenty-two", "nine"."""
    lists = _lists()
    word = pieces[i].text
    if word not in lists.words:
        return (1.0, i) if word in ("hundred", "thousand", "dozen") else None
    value, j = lists.words[word], i + 1
    if value >= 20 and j < len(pieces):
        k = j + 1 if pieces[j].text in DASHES else j
        if k < len(pieces) and 0 < lists.words.get(pieces[k].text, 0) < 10:
            return value + lists.words[pieces[k].text], k + 1
    return float(value), j


def _vague(pieces: list[_Piece], i: int) -> tuple[float, int, bool, bool] | None:
    """Read "dozens", "several thousand", "tens of thousands", "hundreds of thousands"."""
    lists = _lists()
    value, j = float(lists.vague[pieces[i].text]), i + 1
    if pieces[i].text == "several":
        while j < len(pieces) and pieces[j].text in lists.scales:
            value, j = value * lists.scales[pieces[j].text], j + 1
        return value, j, True, True
    plural = {f"{scale}s": size for scale, size in lists.scales.items()}
    if j + 1 < len(pieces) and pieces[j].text == "of" and pieces[j + 1].text in plural:
        factor = {"tens": 20, "dozens": 24, "hundreds": 200, "thousands": 2000}.get(pieces[i].text)
        if factor:
            return float(factor) * plural[pieces[j + 1].text], j + 2, True, True
    if pieces[i].text == "tens":
        return None
    return value, j, True, True


def _half(pieces: list[_Piece], i: int) -> tuple[float, int, bool, bool] | None:
    """Read "half a million"."""
    scales = _lists().scales
    if i + 2 < len(pieces) and pieces[i + 1].text == "a" and pieces[i + 2].text in scales:
        return 0.5 * scales[pieces[i + 2].text], i + 3, False, True
    return None


def _second(pieces: list[_Piece], i: int, j: int) -> tuple[float, int, float] | None:
    """Read the second number of "A to B", "A–B", "between A and B": value, next piece, its scale."""
    if j + 1 >= len(pieces):
        return None
    link = pieces[j].text
    between = any(p.text == "between" for p in pieces[max(0, i - 3) : i])
    dash = link in DASHES and pieces[j].start == pieces[j - 1].end
    if not (dash or link == "to" or (link == "and" and between)):
        return None
    k = j + 1
    while k < len(pieces) and pieces[k].text in ("$", "€", "£", "¥", "us"):
        k += 1
    if k >= len(pieces) or not (pieces[k].text[0].isdigit() or pieces[k].text in _lists().words):
        return None
    if dash and pieces[i].text[0].isdigit() != pieces[k].text[0].isdigit():
        return None
    read = _value(pieces, k)
    if read is None:
        return None
    value, after, _, scaled = read
    last = pieces[after - 1].text
    factor = _lists().scales.get(last, _lists().suffixes.get(last, 1.0)) if scaled else 1.0
    return value, after, factor

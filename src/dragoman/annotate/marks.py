"""Finds what stands between quotation marks: straight, curly, single, nested, over paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Quoted", "find_quoted"]

OPENERS = {"“": "”", "«": "»", "„": "”"}
MARK = re.compile(r"[“”«»„\"]")
CURLY_SINGLE = re.compile(r"(?<![\w’])‘(?=\S)")
STRAIGHT_SINGLE = re.compile(r"(?<![\w'’])'(?=[A-Za-z\[])(?!(?:em|til|tis|twas|cause|round|n)\b)")
CURLY_END = re.compile(r"’(?!\w)")
STRAIGHT_END = re.compile(r"(?<=[\w.,!?\]…])'(?!\w)")
SURE_END = re.compile(r"[.,!?\]…][’'](?!\w)")
MAX_SINGLE = 600


class Quoted(NamedTuple):
    """The words between two marks; ``open_end`` when the paragraph ended before the mark closed."""

    start: int
    end: int
    open_end: bool
    continues: bool


def find_quoted(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[Quoted]:
    """Return the quotations of a text, in order of their start; nested ones follow those that hold them."""
    found: list[Quoted] = []
    unclosed = False
    for start, end in paragraphs:
        doubles = list(_doubles(text, start, end, continuing=unclosed))
        unclosed = bool(doubles) and doubles[-1].open_end
        found.extend(doubles)
        found.extend(_singles(text, start, end, doubles))
    return sorted(found, key=lambda q: (q.start, -q.end))


def _doubles(text: str, start: int, end: int, *, continuing: bool) -> Iterator[Quoted]:
    stack: list[tuple[str, int]] = []
    first = True
    for mark in MARK.finditer(text, start, end):
        sign, at = mark[0], mark.start()
        closing = bool(stack) and (sign == stack[-1][0] or (sign == '"' and stack[-1][0] == '"'))
        if closing and not (sign == '"' and _opens(text, at, start) and not _closes(text, at, end)):
            _, begin = stack.pop()
            if begin < at:
                yield Quoted(begin, at, open_end=False, continues=continuing and first and begin <= start + 1)
            first = False
        elif sign in OPENERS:
            stack.append((OPENERS[sign], at + 1))
        elif sign == '"' and _opens(text, at, start):
            stack = [('"', at + 1)]
    if stack and stack[0][1] < end and (stack[0][1] <= start + 1 or text[stack[0][1]].isupper()):
        yield Quoted(stack[0][1], end, open_end=True, continues=continuing and stack[0][1] <= start + 1)


def _opens(text: str, at: int, start: int) -> bool:
    before_ok = at == start or text[at - 1].isspace() or text[at - 1] in "([—–-'‘/"
    return before_ok and at + 1 < len(text) and not text[at + 1].isspace()


def _closes(text: str, at: int, end: int) -> bool:
    return at + 1 >= end or text[at + 1].isspace() or text[at + 1] in ".,;:!?)]—–-'’"


def _singles(text: str, start: int, end: int, doubles: list[Quoted]) -> Iterator[Quoted]:
    """Single-quoted words; a closing mark after a stop is trusted over one after a letter (an apostrophe)."""
    for opener, closer in ((CURLY_SINGLE, CURLY_END), (STRAIGHT_SINGLE, STRAIGHT_END)):
        at = start
        while (begin := opener.search(text, at, end)) is not None:
            limit = min(end, begin.end() + MAX_SINGLE)
            holder = next((d for d in doubles if d.start <= begin.start() < d.end), None)
            if holder is not None:
                limit = min(limit, holder.end)
            following = opener.search(text, begin.end(), limit)
            if following:
                limit = following.start()
            sure = SURE_END.search(text, begin.end(), limit)
            close = closer.search(text, begin.end(), limit)
            if close is None:
                at = begin.end()
                continue
            stop = (
                sure.end() - 1
                if sure and (sure.end() - 1 <= close.start() or text[close.start() - 1] == "s")
                else close.start()
            )
            if stop > begin.end():
                yield Quoted(begin.end(), stop, open_end=False, continues=False)
            at = stop + 1

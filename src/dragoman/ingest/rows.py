"""Rows of delimited text, one after another, with what is wrong with those that cannot be read.

A fault never costs more than its own row: after it the reading goes on at the next line. A line counts
as a row again only when it has the table's columns and what stands in its date or address column can be
one, since it may just as well be the rest of the broken row's text.
"""

from __future__ import annotations

import csv
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.ingest.encodings import guess
from dragoman.ingest.streams import lines

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    from dragoman.ingest.streams import Line

__all__ = ["Row", "RowReader"]

_STAND_IN = "\x1a"
"""Stands for a carriage return within a line while a row is parsed again."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row that begins at ``line``; or ``fault``, when they cannot be had."""

    line: int
    values: tuple[str, ...] = ()
    fault: str | None = None


class RowReader:
    """Reads rows from a UTF-8 stream.

    Args:
        stream: the table, header included.
        delimiter: one character.
        max_bytes: a longer row is a fault.
        literal: whether a row with unmatched quotes may be taken without quoting (TSV knows none).
        may_guess: whether bytes that are not UTF-8 after nothing but ASCII may be in another encoding.
    """

    def __init__(
        self, stream: io.BufferedReader, *, delimiter: str, max_bytes: int, literal: bool, may_guess: bool
    ) -> None:
        csv.field_size_limit(max(max_bytes, csv.field_size_limit()))
        self._feed = _Feed(stream, max_bytes, may_guess=may_guess)
        self._delimiter = delimiter
        self._literal = literal

    def row(self) -> Row | None:
        """Return the next row, blank ones included, or None at the end."""
        self._feed.begin()
        fault = "quotes that do not match"
        try:
            values = self._parse()
        except csv.Error:
            values = self._mended()
        except _OversizeError:
            values, fault = None, f"row longer than {self._feed.max_bytes} bytes (--max-record-bytes)"
        if not self._feed.taken:
            return None
        line = self._feed.taken[0].number
        if values is None:
            self._feed.put_back(1)
            return Row(line, fault=fault)
        if self._feed.broken and any(not _is_whole(value) for value in values):
            return Row(
                line, fault="bytes without meaning in the encoding (give the right one with --encoding)"
            )
        return Row(line, tuple(values))

    def rows(self, *, width: int, plausible: Callable[[tuple[str, ...]], bool]) -> Iterator[Row]:
        """Yield the rows that are not blank; those without ``width`` columns have a fault.

        After a fault, rows that are not ``plausible`` are taken for what is left of the broken one.
        """
        recovering = False
        while (row := self.row()) is not None:
            if row.fault is None and not row.values:
                continue
            fault = row.fault or _misfit(row.values, width)
            if fault is None and recovering and not plausible(row.values):
                fault = "follows a broken row"
            recovering = fault is not None
            yield row if fault is None else Row(row.line, fault=fault)

    def _parse(self) -> list[str] | None:
        return next(csv.reader(self._feed, delimiter=self._delimiter, strict=True), None)

    def _mended(self) -> list[str] | None:
        """Parse a row against the rules again, in the two forms in which programs write such rows."""
        if any("\r" in line.text[:-2] for line in self._feed.taken):
            # Python's csv writer leaves a carriage return unquoted when its lines end in "\n".
            taken = list(self._feed.taken)
            self._feed.put_back(0)
            self._feed.begin(hide=True)
            try:
                values = self._parse()
            except (csv.Error, _OversizeError):
                values = None
            if values is not None:
                return [value.replace(_STAND_IN, "\r") for value in values]
            if len(self._feed.taken) < len(taken):
                return None
        if self._literal and self._feed.taken:
            self._feed.put_back(1)
            del self._feed.taken[1:]
            return self._feed.taken[0].text.rstrip("\r\n").split(self._delimiter)
        return None


@dataclass(frozen=True, slots=True)
class _Taken:
    number: int
    text: str


class _OversizeError(Exception):
    """A row is longer than allowed."""


class _Feed:
    """The lines that csv asks for, kept until their row is done so that they can be put back."""

    def __init__(self, stream: io.BufferedReader, max_bytes: int, *, may_guess: bool) -> None:
        self.max_bytes = max_bytes
        self.taken: list[_Taken] = []
        self.broken = False
        self._lines = lines(stream, max_bytes=max_bytes)
        self._waiting: deque[_Taken | Line] = deque()
        self._encoding = "utf-8"
        self._may_guess = may_guess
        self._hide = False
        self._size = 0

    def begin(self, *, hide: bool = False) -> None:
        """Start a row; ``hide`` the carriage returns within its lines."""
        self.taken = []
        self.broken = False
        self._hide = hide
        self._size = 0

    def put_back(self, keep: int) -> None:
        """Return the row's lines but the first ``keep``, to be read again."""
        self._waiting.extendleft(reversed(self.taken[keep:]))

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        if not isinstance(line, _Taken):
            if line.data is None:
                if self.taken:  # first let the row it was found in fail; then it fails by itself
                    self._waiting.appendleft(line)
                else:
                    self.taken.append(_Taken(line.number, ""))
                raise _OversizeError
            line = _Taken(line.number, self._decoded(line.data) + "\n")
        self.taken.append(line)
        self._size += len(line.text)
        self.broken = self.broken or not _is_whole(line.text)
        if self._size > self.max_bytes:
            raise _OversizeError
        return line.text[:-2].replace("\r", _STAND_IN) + line.text[-2:] if self._hide else line.text

    def _decoded(self, data: bytes) -> str:
        if data.isascii():
            return data.decode("ascii")
        try:
            text = data.decode(self._encoding)
        except UnicodeDecodeError:
            found = guess(data) if self._may_guess else None
            self._encoding = found or self._encoding
            text = data.decode(self._encoding, "surrogateescape")
        self._may_guess = False
        return text


def _misfit(values: tuple[str, ...], width: int) -> str | None:
    if len(values) == width or (len(values) > width and not any(values[width:])):
        return None
    return f"row of {len(values)} columns, not {width}"


def _is_whole(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True

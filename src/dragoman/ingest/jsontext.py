"""JSON: a document, a list of documents, documents one after another, or one on each line.

A list is cut into its records by a scan for brackets outside strings, so that a file of any size takes
the memory of one record, a record over the size limit is passed over without being held, and a record
that is not JSON does not take the others with it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.ingest.admission import left_out
from dragoman.ingest.fields import article_of
from dragoman.ingest.streams import lines

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from dragoman.ingest.streams import Opened
    from dragoman.records import Article, Drop
    from dragoman.settings import Settings

__all__ = ["EXTRACTOR", "read_json", "read_json_lines", "records"]

EXTRACTOR = "json/1"
_CHUNK = 1 << 16
_BLANK = b" \t\r\n"
_START = re.compile(rb"[^\s,]")
_STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_STRUCTURE = re.compile(rb'["{}\[\]]')
_BARE_END = re.compile(rb'[,\n{}\[\]"]')


def read_json_lines(opened: Opened, settings: Settings) -> Iterator[Article | Drop]:
    """Yield an article or a drop for each line that is not blank.

    Raises:
        InputError: the encoding cannot be told, or is not the declared one.
    """
    name = opened.source.name
    stream = opened.utf8(settings)
    for line in lines(stream, max_bytes=settings.max_record_bytes):
        if line.data is None or line.data.strip():
            source_path = f"{name}#{line.number}"
            yield _made(line.data, source_path, f"{name}:{line.number}", settings)


def read_json(opened: Opened, settings: Settings) -> Iterator[Article | Drop]:
    """Yield an article or a drop for each document in a JSON file.

    Raises:
        InputError: the encoding cannot be told, or is not the declared one.
    """
    name = opened.source.name
    empty = True
    for record in records(opened.utf8(settings), max_bytes=settings.max_record_bytes):
        empty = False
        alone = record.number == 1 and not record.listed
        place = name if alone else f"{name}#{record.number}"
        yield _made(record.data, place, place, settings)
    if empty:
        yield left_out(name, "empty")


def _made(data: bytes | None, source_path: str, where: str, settings: Settings) -> Article | Drop:
    if data is None:
        return left_out(where, f"record longer than {settings.max_record_bytes} bytes (--max-record-bytes)")
    try:
        record = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        return left_out(where, "bytes without meaning in the encoding (give the right one with --encoding)")
    except (ValueError, RecursionError):
        return left_out(where, "not JSON")
    if not isinstance(record, dict):
        return left_out(where, "not a JSON object")
    made = article_of(record, settings, source_path, EXTRACTOR)
    return left_out(where, made) if isinstance(made, str) else made


@dataclass(frozen=True, slots=True)
class Record:
    """One value's bytes, not yet parsed; ``data`` is None when it is longer than allowed."""

    number: int
    data: bytes | None
    listed: bool


def records(stream: io.BufferedReader, *, max_bytes: int) -> Iterator[Record]:
    """Cut UTF-8 JSON into the items of its outermost list, or into the values that follow each other."""
    scan = _Scan(max_bytes)
    while chunk := stream.read1(_CHUNK):
        yield from scan.feed(chunk)
    yield from scan.end()


@dataclass(slots=True)
class _Scan:
    """Where a scan for brackets stands: how deep, in a string or not, and the record so far."""

    max_bytes: int
    number: int = 0
    base: int = 0
    depth: int = 0
    begun: bool = False
    listed: bool = False
    in_record: bool = False
    bare: bool = False
    in_string: bool = False
    escaped: bool = False
    size: int = 0
    kept: bytearray = field(default_factory=bytearray)

    def feed(self, chunk: bytes) -> Iterator[Record]:
        at = 0
        while at < len(chunk):
            if not self.in_record:
                at = self._seek(chunk, at)
                continue
            stop, done = self._advance(chunk, at)
            self._keep(chunk[at:stop])
            at = stop
            if done:
                yield self._cut()

    def end(self) -> Iterator[Record]:
        if self.in_record and (self.size > self.max_bytes or self.kept.strip(_BLANK)):
            yield self._cut()

    def _seek(self, chunk: bytes, at: int) -> int:
        """Find the start of the next record; open and close the outermost list on the way."""
        match = _START.search(chunk, at)
        if match is None:
            return len(chunk)
        found = match.start()
        first = chunk[found : found + 1]
        if first == b"[" and not self.begun:
            self.begun, self.base, self.depth = True, 1, 1
            return found + 1
        if first == b"]" and self.base:
            self.base = self.depth = 0
            return found + 1
        self.listed = bool(self.base)
        self.begun = self.in_record = True
        self.bare = first not in b"{["
        if first in b"}]":  # closes nothing: part of a bare record, which no bracket may end here
            self._keep(first)
            return found + 1
        return found

    def _advance(self, chunk: bytes, at: int) -> tuple[int, bool]:
        """Go on to the end of the record or of the chunk; tell whether the record ended."""
        if self.escaped:  # the last chunk ended between a backslash and what it escapes
            self.escaped = False
            at += 1
        while at < len(chunk):
            if self.in_string:
                at = self._through_string(chunk, at)
                continue
            match = (_BARE_END if self.bare else _STRUCTURE).search(chunk, at)
            if match is None:
                return len(chunk), False
            at = match.end()
            if match[0] == b'"':
                self.in_string = True
            elif self.bare:
                return at - 1, True
            else:
                self.depth += 1 if match[0] in b"{[" else -1
                if self.depth == self.base:
                    return at, True
        return at, False

    def _through_string(self, chunk: bytes, at: int) -> int:
        match = _STRING_REST.match(chunk, at)
        stop = match.end() if match else at
        if stop == len(chunk):
            return stop
        if chunk[stop : stop + 1] == b'"':
            self.in_string = False
        else:
            self.escaped = True  # a backslash is the chunk's last byte
        return stop + 1

    def _keep(self, data: bytes) -> None:
        self.size += len(data)
        if self.size <= self.max_bytes:
            self.kept += data
        else:
            self.kept.clear()

    def _cut(self) -> Record:
        self.number += 1
        data = bytes(self.kept) if self.size <= self.max_bytes else None
        self.kept.clear()
        self.size, self.depth = 0, self.base
        self.in_record = self.in_string = self.escaped = False
        return Record(self.number, data, self.listed)

"""Opened inputs: their bytes without gzip, their first bytes, and their lines, however long."""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from dragoman.errors import InputError
from dragoman.ingest.encodings import Utf8Stream, detect, skip_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from dragoman.ingest.sources import Source
    from dragoman.settings import Settings

__all__ = ["HEAD_BYTES", "READ_ERRORS", "Line", "Opened", "lines", "opened"]

HEAD_BYTES = 1 << 16
READ_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a damaged or vanished file raises, gzip's errors included."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line feed; ``data`` is None when it is longer than allowed and was skipped."""

    number: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An input being read: ``stream`` gives all its bytes, of which ``head`` are the first."""

    source: Source
    stream: io.BufferedReader
    head: bytes
    gzipped: bool

    @property
    def whole(self) -> bool:
        """Whether the head is all there is."""
        return len(self.head) < HEAD_BYTES

    def utf8(self, settings: Settings) -> io.BufferedReader:
        """Return the stream as UTF-8 without a byte order mark.

        Raises:
            InputError: the encoding cannot be told, or is not the declared one.
        """
        name = detect(self.head, self.source.name, encoding=settings.encoding, whole=self.whole)
        if name == "utf-8":
            self.stream.read(len(self.head) - len(skip_mark(self.head)))
            return self.stream
        return io.BufferedReader(Utf8Stream(self.stream, name), HEAD_BYTES)

    @contextmanager
    def file(self) -> Iterator[Path]:
        """Give a plain file that holds the bytes: the input itself, or a copy that is removed afterwards."""
        if self.source.path is not None and self.source.regular and not self.gzipped:
            yield Path(self.source.path)
            return
        with tempfile.NamedTemporaryFile(prefix="dragoman-", suffix=".parquet") as copy:
            shutil.copyfileobj(self.stream, copy)
            copy.flush()
            yield Path(copy.name)


@contextmanager
def opened(source: Source, *, stdin: BinaryIO | None = None) -> Iterator[Opened]:
    """Open a source and read its head.

    Raises:
        InputError: it is missing, unreadable or damaged.
    """
    with ExitStack() as stack:
        try:
            raw = _raw(source, stdin, stack)
            head, stream = _peeked(raw)
            gzipped = head.startswith(_GZIP)
            if gzipped:
                head, stream = _peeked(cast("io.RawIOBase", gzip.GzipFile(fileobj=stream)))
        except READ_ERRORS as error:
            raise unreadable(source.name, error) from error
        yield Opened(source, stream, head, gzipped)


def unreadable(where: str, error: BaseException) -> InputError:
    """Return the error that tells a user why bytes could not be read."""
    if isinstance(error, FileNotFoundError):
        return InputError(where, "no such file", "check the path")
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return InputError(where, "damaged gzip data", "compress the file again, or leave it out")
    reason = getattr(error, "strerror", None) or type(error).__name__
    return InputError(where, f"cannot be read ({reason})", "make the file readable or leave it out")


def lines(stream: io.BufferedReader, *, max_bytes: int) -> Iterator[Line]:
    """Yield the lines of a stream, without ever holding one that is longer than ``max_bytes``."""
    number = 0
    while data := stream.readline(max_bytes + 2):
        number += 1
        if data.endswith(b"\n"):
            data = data[:-1]
        elif len(data) > max_bytes:
            _skip_line(stream)
        yield Line(number, data if len(data) <= max_bytes else None)


def _skip_line(stream: io.BufferedReader) -> None:
    while chunk := stream.readline(1 << 16):
        if chunk.endswith(b"\n"):
            return


def _raw(source: Source, stdin: BinaryIO | None, stack: ExitStack) -> io.RawIOBase:
    if source.path is None:
        return cast("io.RawIOBase", stdin if stdin is not None else sys.stdin.buffer)
    return cast("io.RawIOBase", stack.enter_context(Path(source.path).open("rb")))


def _peeked(raw: io.RawIOBase) -> tuple[bytes, io.BufferedReader]:
    head = b""
    while len(head) < HEAD_BYTES and (more := raw.read(HEAD_BYTES - len(head))):
        head += more
    return head, io.BufferedReader(_Rejoined(head, raw), HEAD_BYTES)


class _Rejoined(io.RawIOBase):
    """Bytes already read, followed by the stream they came from."""

    def __init__(self, head: bytes, rest: io.RawIOBase) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        data = self._head[: len(view)] if self._head else (self._rest.read(len(view)) or b"")
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)

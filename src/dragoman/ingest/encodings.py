"""Which encoding bytes are in, and streams that give them as UTF-8 whatever it is.

Order of evidence: the setting, a byte order mark, valid UTF-8, then charset-normalizer. A byte order
mark belongs to the encoding, not to the text. Bytes that have no meaning in the encoding become a mark
that is not valid UTF-8, so that the line which holds them can be told and the others can be read.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

from dragoman.errors import InputError, SettingsError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Utf8Stream", "declared", "detect", "guess", "is_utf8", "skip_mark"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESS_BYTES = 1 << 16
_REMEDY = "give the right encoding with --encoding"


def declared(encoding: str) -> str:
    """Return Python's name of the encoding in the settings.

    Raises:
        SettingsError: there is no such encoding.
    """
    try:
        found = codecs.lookup(encoding)
        "".encode(found.name)
    except LookupError as error:
        problem = f"{encoding!r} is no encoding of text"
        raise SettingsError("settings, key 'encoding'", problem, "try utf-8, cp1252 or utf-16") from error
    return "utf-8" if found.name == "utf-8-sig" else found.name


def detect(head: bytes, where: str, *, encoding: str | None = None, whole: bool = False) -> str:
    """Return the encoding of bytes that begin with ``head``; ``whole`` if nothing follows it.

    Raises:
        InputError: the bytes contradict the declared encoding, or fit none.
        SettingsError: the declared encoding does not exist.
    """
    if encoding is not None:
        name = declared(encoding)
        _fits(head, name, where, whole=whole)
        return name
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if is_utf8(head, whole=whole) or _is_damaged_utf8(head):
        return "utf-8"
    guessed = guess(head)
    if guessed is None:
        raise InputError(where, "the encoding cannot be told", _REMEDY)
    return guessed


def is_utf8(data: bytes, *, whole: bool = True) -> bool:
    """Whether the bytes are UTF-8; unless ``whole``, a character may be cut off at their end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def guess(data: bytes) -> str | None:
    """Return the likeliest encoding of bytes that are not UTF-8, or None.

    The single-byte encodings of western Europe differ in a handful of letters, which says little about
    a page of English: Windows-1252 is the commonest by far, so it is taken wherever it reads as English.
    """
    from charset_normalizer import from_bytes

    from dragoman.ingest.language import identify

    sample = data[:_GUESS_BYTES]
    try:
        if identify(sample.decode("cp1252"), ("en",)) == "en":
            return "cp1252"
    except UnicodeDecodeError:
        pass  # five byte values have no meaning in it: then it is another encoding
    best = from_bytes(sample).best()
    return best.encoding if best is not None else None


def skip_mark(data: bytes) -> bytes:
    """Return the bytes without a UTF-8 byte order mark."""
    return data.removeprefix(codecs.BOM_UTF8)


def _fits(head: bytes, name: str, where: str, *, whole: bool) -> None:
    try:
        codecs.getincrementaldecoder(name)().decode(head, final=whole)
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} has no meaning in the encoding {name}"
        raise InputError(where, problem, _REMEDY) from error


def _is_damaged_utf8(head: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8, which no other encoding yields by chance."""
    text = head.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 2 * broken


def _mark_broken(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udfff", error.end  # a lone surrogate: no valid input holds one, and no UTF-8 either


codecs.register_error("dragoman-broken", _mark_broken)


class Utf8Stream(io.RawIOBase):
    """A stream in some encoding, read as UTF-8 without a byte order mark."""

    def __init__(self, stream: io.BufferedIOBase, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="dragoman-broken")
        self._ready = b""
        self._first = True
        self._ended = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer with UTF-8 and return the number of bytes, 0 at the end."""
        while not self._ready and not self._ended:
            self._more()
        view = memoryview(buffer)
        taken = self._ready[: len(view)]
        view[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def _more(self) -> None:
        data = self._stream.read1(1 << 16)
        self._ended = not data
        text = self._decoder.decode(data, final=self._ended)
        if text and self._first:
            text = text.removeprefix("\ufeff")
            self._first = False
        self._ready = text.encode("utf-8", "surrogatepass")

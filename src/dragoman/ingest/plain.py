"""Plain text and Markdown: one file is one article, and its text is the file's, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.ingest.admission import left_out, too_long
from dragoman.ingest.encodings import detect
from dragoman.ingest.fields import text_digest
from dragoman.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.ingest.streams import Opened
    from dragoman.records import Drop
    from dragoman.settings import Settings

__all__ = ["EXTRACTOR", "decoded", "read_text"]

EXTRACTOR = "text/1"
_BYTES_A_CHARACTER = 4


def read_text(opened: Opened, settings: Settings) -> Iterator[Article | Drop]:
    """Yield the article that a text file is.

    Raises:
        InputError: the encoding cannot be told, or is not the declared one.
    """
    limit = _BYTES_A_CHARACTER * (settings.max_chars + 1)
    data = opened.stream.read(limit + 1)
    name = opened.source.name
    if len(data) > limit:
        yield left_out(name, too_long(settings))
        return
    text = decoded(data, name, encoding=settings.encoding)
    yield Article(text_digest(text), text, source_path=name, extractor=EXTRACTOR)


def decoded(data: bytes, where: str, *, encoding: str | None) -> str:
    """Return all the bytes of a file as text, without a byte order mark.

    Raises:
        InputError: the encoding cannot be told, or is not the declared one.
    """
    name = detect(data, where, encoding=encoding, whole=True)
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} has no meaning in the encoding {name}"
        raise InputError(where, problem, "give the right encoding with --encoding") from error

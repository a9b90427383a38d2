"""HTML pages: the article and its metadata by trafilatura, its date by :mod:`dragoman.ingest.pagedates`."""

from __future__ import annotations

import logging
import re
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError
from dragoman.ingest.admission import left_out
from dragoman.ingest.encodings import detect
from dragoman.ingest.fields import text_digest
from dragoman.ingest.pagedates import stated_date
from dragoman.ingest.plain import decoded
from dragoman.records import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from dragoman.ingest.streams import Opened
    from dragoman.records import Drop
    from dragoman.settings import Settings

__all__ = ["extractor", "read_page"]

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_PROSE = re.compile(
    r"^.{40,}[.!?\u2026][\"'\u201d\u2019\u00bb)\]]*\s*$|^.{100}|[\u3002\uff01\uff1f\u06d4\u0964\u061f]",
    re.MULTILINE,
)
"""A page of links and headlines has no line that is long, or ends as a sentence does."""
_NO_DATES = {"original_date": True, "extensive_search": False, "max_date": "1000-01-01"}
"""trafilatura need not look for the date: it has its own place."""


def read_page(opened: Opened, settings: Settings) -> Iterator[Article | Drop]:
    """Yield the article of a page, or the drop of a page without one.

    Raises:
        InputError: the encoding cannot be told, or is not the declared one.
    """
    name = opened.source.name
    data = opened.stream.read(settings.max_record_bytes + 1)
    if len(data) > settings.max_record_bytes:
        yield left_out(name, f"page longer than {settings.max_record_bytes} bytes (--max-record-bytes)")
        return
    yield _article(_page(data, name, settings), name)


@cache
def extractor() -> str:
    """Return the name and version of what takes articles out of pages."""
    return f"trafilatura/{version('trafilatura')}"


def _article(page: str, name: str) -> Article | Drop:
    if not page.strip():
        return left_out(name, "empty")
    _bare_extraction()  # outside the guard: a broken installation is no fault of the page
    try:
        found, published = _extracted(page)
    except Exception as error:  # noqa: BLE001  (a parser fed with the open web: the run must go on, and says why)
        return left_out(name, f"page cannot be parsed ({type(error).__name__})")
    text = found and found.text
    if not text or not _PROSE.search(text):
        return left_out(name, "no article in the page")
    return Article(
        article_id=text_digest(text),
        text=text,
        title=found.title or None,
        publisher=found.sitename or None,
        published=published,
        url=found.url or None,
        source_path=name,
        extractor=extractor(),
    )


def _page(data: bytes, name: str, settings: Settings) -> str:
    """Return the page's characters. As in a browser, bytes without meaning do not cost the page."""
    encoding = settings.encoding or _stated_encoding(data, name)
    if encoding is None and detect(data, name, whole=True) == "utf-8":
        return data.decode("utf-8-sig", "replace").replace("\0", "")
    return decoded(data, name, encoding=encoding).replace("\0", "")


@cache
def _bare_extraction() -> Callable[..., Any]:
    from trafilatura import bare_extraction

    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).addHandler(_SILENT)
    return bare_extraction


def _extracted(page: str) -> tuple[Any, date | None]:
    """Return trafilatura's Document, whose fields are not declared, or None; and the date."""
    from trafilatura import load_html

    tree = load_html(page)
    if tree is None:
        return None, None
    published = stated_date(tree)
    found = _bare_extraction()(
        tree,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_NO_DATES,
    )
    return found, published


_SILENT = logging.NullHandler()
"""A library does not print: without a handler of the program's own, warnings would go to stderr."""


def _stated_encoding(data: bytes, name: str) -> str | None:
    """Return the encoding that the page itself states, unless its bytes contradict it."""
    match = _CHARSET.search(data[:4096])
    if match is None:
        return None
    stated = match[1].decode("ascii").lower()
    if stated.startswith(("utf-16", "utf-32")):  # legible as ASCII, so it is not
        return None
    stated = "cp1252" if stated in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else stated  # as browsers do
    try:
        return detect(data, name, encoding=stated, whole=True)
    except InputError:
        return None  # the statement is wrong; the bytes are asked instead

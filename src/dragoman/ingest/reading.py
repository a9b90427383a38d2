"""The stage: paths in, articles and drops out, in an order that depends on the paths alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import InputError
from dragoman.ingest.admission import admit, left_out
from dragoman.ingest.encodings import declared, detect
from dragoman.ingest.jsontext import read_json, read_json_lines
from dragoman.ingest.kinds import Kind, kind_of
from dragoman.ingest.language import know_languages
from dragoman.ingest.pages import read_page
from dragoman.ingest.parquet import parquet_columns, read_parquet
from dragoman.ingest.plain import read_text
from dragoman.ingest.sources import Source, sources
from dragoman.ingest.streams import READ_ERRORS, Opened, opened, unreadable
from dragoman.ingest.tables import read_table, table_header
from dragoman.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dragoman.records import Drop
    from dragoman.settings import Settings

__all__ = ["check", "read", "read_source"]


def read(
    paths: Sequence[str | Path], settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Drop]:
    """Read every article behind the paths, and tell of everything that makes none.

    Paths are files, folders, patterns, or ``-`` for the standard input (``stdin``, if given). Each file
    that is named is checked before the first is read; after that nothing raises: one bad file, line or
    row is a drop and the run goes on.

    Returns:
        A stream in constant memory. Each article has a ``source_path`` of its own: the file's name, with
        ``#`` and the line (JSON lines, CSV, TSV) or the record (JSON list, Parquet) where it holds many.

    Raises:
        InputError: at once, for a named file that is missing, unreadable or of no known kind, a table
            without a column of text, an encoding that does not fit.
        SettingsError: at once, for an unknown encoding, language or delimiter.
    """
    check(paths, settings)
    return (item for source in sources(paths) for item in read_source(source, settings, stdin=stdin))


def check(paths: Sequence[str | Path], settings: Settings) -> None:
    """Look at every named file without reading it through.

    Raises:
        InputError: as for :func:`read`.
        SettingsError: as for :func:`read`.
    """
    if settings.encoding is not None:
        declared(settings.encoding)
    know_languages(settings.languages)
    if not paths:
        raise InputError(
            "input", "no path is given", "name files, folders, patterns, or - for standard input"
        )
    for path in paths:
        for source in sources([path]):
            if not source.named:
                break  # a folder or pattern that holds something: its faults are drops
            if source.path is not None and (source.regular or not _is_stream(source)):
                _check_file(source, settings)


def read_source(
    source: Source, settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Drop]:
    """Read one source, as a worker may. Never raises for what it finds there; a fault is a drop."""
    try:
        with opened(source, stdin=stdin) as bytes_of:
            for item in _items(bytes_of, settings):
                yield admit(item, settings) if isinstance(item, Article) else item
    except InputError as error:
        yield left_out(error.where, error.problem)
    except READ_ERRORS as error:
        fault = unreadable(source.name, error)
        yield left_out(fault.where, f"{fault.problem}: nothing is read from here on")


def _items(bytes_of: Opened, settings: Settings) -> Iterator[Article | Drop]:
    if not bytes_of.head:
        return iter([left_out(bytes_of.source.name, "empty")])
    kind = kind_of(bytes_of, encoding=settings.encoding)
    if kind == "csv" or kind == "tsv":  # noqa: PLR1714  (mypy narrows this, and not `in`)
        return read_table(bytes_of, settings, kind=kind)
    readers = {
        "text": read_text,
        "html": read_page,
        "json": read_json,
        "jsonl": read_json_lines,
        "parquet": read_parquet,
    }
    return readers[kind](bytes_of, settings)


def _check_file(source: Source, settings: Settings) -> None:
    with opened(source) as bytes_of:
        if not bytes_of.head:
            return
        try:
            _check_head(bytes_of, kind_of(bytes_of, encoding=settings.encoding), settings)
        except READ_ERRORS as error:
            raise unreadable(source.name, error) from error


def _check_head(bytes_of: Opened, kind: Kind, settings: Settings) -> None:
    if kind == "parquet":
        parquet_columns(bytes_of, settings)
    elif kind == "csv" or kind == "tsv":  # noqa: PLR1714
        table_header(bytes_of, settings, kind=kind)
    elif kind != "html" or settings.encoding is not None:
        detect(bytes_of.head, bytes_of.source.name, encoding=settings.encoding, whole=bytes_of.whole)


def _is_stream(source: Source) -> bool:
    """Whether the path is there but is no file: a pipe, which can be read only once."""
    from pathlib import Path

    return source.path is not None and Path(source.path).exists()

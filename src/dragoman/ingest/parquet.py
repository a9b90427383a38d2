"""Parquet through DuckDB: only the columns that are wanted, in batches."""

from __future__ import annotations

import re
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.ingest.admission import left_out
from dragoman.ingest.fields import Columns, article_of, find_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from dragoman.ingest.streams import Opened
    from dragoman.records import Article, Drop
    from dragoman.settings import Settings

__all__ = ["parquet_columns", "read_parquet"]

_BATCH = 64
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "512MB",
    "threads": "1",
}


def read_parquet(opened: Opened, settings: Settings) -> Iterator[Article | Drop]:
    """Yield an article or a drop for each record of a Parquet file.

    Raises:
        InputError: the file is damaged, or no column holds the text.
    """
    import duckdb

    name = opened.source.name
    extractor = f"parquet/1 duckdb/{version('duckdb')}"
    with opened.file() as path, _connection() as connection:
        wanted = list(_columns(connection, path, settings, name).named().values())
        number = 0
        try:
            connection.execute(_records_sql(wanted), [str(path)])
            while batch := connection.fetchmany(_BATCH):
                for values in batch:
                    number += 1
                    record = dict(zip(wanted, values, strict=True))
                    made = article_of(record, settings, f"{name}#{number}", extractor)
                    yield left_out(f"{name}#{number}", made) if isinstance(made, str) else made
        except duckdb.Error as error:
            yield left_out(f"{name}#{number + 1}", f"damaged Parquet data from here on ({_brief(error)})")


def parquet_columns(opened: Opened, settings: Settings) -> Columns:
    """Return the columns that hold the fields.

    Raises:
        InputError: the file is damaged, or no column holds the text.
    """
    with opened.file() as path, _connection() as connection:
        return _columns(connection, path, settings, opened.source.name)


@contextmanager
def _connection() -> Iterator[DuckDBPyConnection]:
    import duckdb

    with duckdb.connect(config=_OFFLINE) as connection:
        connection.execute("SET enable_progress_bar = false")  # a library does not print
        yield connection


def _columns(connection: DuckDBPyConnection, path: Path, settings: Settings, name: str) -> Columns:
    import duckdb

    try:
        connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)])
    except duckdb.Error as error:
        raise InputError(
            name, f"not readable as Parquet ({_brief(error)})", "check how it was written"
        ) from error
    names = [str(row[0]) for row in connection.fetchall()]
    return find_columns(names, settings, name)


def _records_sql(columns: list[str]) -> str:
    quoted = ", ".join(f'CAST("{column.replace(chr(34), chr(34) * 2)}" AS VARCHAR)' for column in columns)
    return f"SELECT {quoted} FROM read_parquet(?)"  # noqa: S608  (column names of the file, quoted)


def _brief(error: Exception) -> str:
    return re.split(r"[\n:]", str(error), maxsplit=1)[0][:80]

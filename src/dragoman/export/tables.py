"""A ledger's tables -> CSV, Parquet or JSON files, and a ledger -> documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import duckdb

from dragoman.errors import InputError, LedgerError
from dragoman.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["TABLES", "TableFormat", "export"]

TableFormat = Literal["csv", "parquet", "json"]

TABLES = (
    "articles",
    "sources",
    "entities",
    "mentions",
    "reports",
    "report_entities",
    "report_spans",
    "events",
    "positions",
    "position_entities",
    "figures",
    "linkages",
    "conditions",
    "condition_entities",
    "measures",
    "measure_entities",
    "drops",
    "runs",
)
"""What may be exported, in the order of docs/ledger.md."""

DOCUMENTS = "documents.jsonl"

OPTIONS = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet, COMPRESSION zstd", "json": "FORMAT json"}


def export(
    ledger: str | Path, output: str | Path, *, form: TableFormat, tables: Sequence[str] = ()
) -> list[Path]:
    """Write a ledger's tables into a folder, one file a table.

    ``json`` without ``tables`` writes the document form instead: ``documents.jsonl``, one article a line.
    With ``csv`` a list cell is JSON. Rows come in a fixed order, so that equal ledgers make equal files.

    Returns:
        The files that were written.

    Raises:
        InputError: a table is unknown, or the folder cannot be written.
        LedgerError: the ledger cannot be opened.
    """
    for table in tables:
        if table not in TABLES:
            raise InputError(table, "is not a table of the ledger", f"choose from {', '.join(TABLES)}")
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == "json" and not tables:
            return [_documents(ledger, folder / DOCUMENTS)]
        with _opened(ledger) as connection:
            return [_table(connection, table, folder, form) for table in tables or TABLES]
    except OSError as error:
        raise InputError(str(folder), str(error.strerror or error), "name a folder that can be written") from error


def _opened(path: str | Path) -> duckdb.DuckDBPyConnection:
    """Open the file apart, once the ledger's own checks (presence, version, use) have passed."""
    with Ledger.open(path, read_only=True):
        pass
    return duckdb.connect(str(path), read_only=True)


def _documents(ledger: str | Path, path: Path) -> Path:
    with Ledger.open(ledger, read_only=True) as opened, path.open("w", encoding="utf-8") as file:
        for document in opened.documents():
            file.write(json.dumps(document, ensure_ascii=False, default=str) + "\n")
    return path


def _table(connection: duckdb.DuckDBPyConnection, table: str, folder: Path, form: TableFormat) -> Path:
    path = folder / f"{table}.{'jsonl' if form == 'json' else form}"
    try:
        connection.execute(copy_sql(table, path, form, lists=_lists(connection, table)))
    except duckdb.IOException as error:
        raise InputError(str(path), "cannot be written", "name a folder that can be written") from error
    except duckdb.Error as error:
        raise LedgerError(table, str(error).splitlines()[0], "run `dragoman verify` on the ledger") from error
    return path


def _lists(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [name for name, kind, *_ in _described(connection, table) if kind.endswith("[]")]


def _described(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[tuple[str, ...]]:
    yield from connection.execute(f'DESCRIBE "{table}"').fetchall()


def copy_sql(table: str, path: Path, form: TableFormat, *, lists: Sequence[str] = ()) -> str:
    """Return the statement that writes one table; CSV has no lists, so they become JSON there."""
    cells = ", ".join(f'to_json("{name}") AS "{name}"' for name in lists)
    columns = f"* REPLACE ({cells})" if cells and form == "csv" else "*"
    target = str(path).replace("'", "''")
    return f"COPY (SELECT {columns} FROM \"{table}\" ORDER BY ALL) TO '{target}' ({OPTIONS[form]})"  # noqa: S608

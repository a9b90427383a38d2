"""A ledger's tables -> CSV, Parquet or JSON files, and a ledger -> documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import duckdb

from dragoman.errors import InputError, LedgerError
from dragoman.ledger import TABLES as CONTENT, Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TABLES", "TableFormat", "export"]

TableFormat = Literal["csv", "parquet", "json"]

TABLES = (*CONTENT, "runs")
"""What may be exported, in the order of docs/ledger.md."""

DOCUMENTS = "documents.jsonl"

OPTIONS = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet, COMPRESSION zstd", "json": "FORMAT json"}


def export(
    ledger: str | Path, output: str | Path, *, form: TableFormat = "csv", tables: Sequence[str] = ()
) -> list[Path]:
    """Write a ledger into a folder, one file a table.

    ``json`` without ``tables`` writes the document form instead: ``documents.jsonl``, one article a
    line. In CSV a list is JSON. Rows come in a fixed order, so that equal ledgers make equal files.

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
    with Ledger.open(ledger, read_only=True) as opened:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if form == "json" and not tables:
                return [_documents(opened, folder / DOCUMENTS)]
            return [_table(opened, table, folder, form) for table in tables or TABLES]
        except OSError as error:
            problem = (error.strerror or str(error)).lower()
            raise InputError(str(folder), problem, "name a folder that can be written") from error


def _documents(ledger: Ledger, path: Path) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for document in ledger.documents():
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    return path


def _table(ledger: Ledger, table: str, folder: Path, form: TableFormat) -> Path:
    path = folder / f"{table}.{'jsonl' if form == 'json' else form}"
    try:
        columns = ledger.sql(f'DESCRIBE "{table}"').fetchall()
        lists = [name for name, kind, *_ in columns if kind.endswith("[]")]
        ledger.sql(copy_sql(table, path, form, lists=lists))
    except duckdb.IOException as error:
        raise InputError(str(path), "cannot be written", "name a folder that can be written") from error
    except duckdb.Error as error:
        problem = f"table {table}: {str(error).splitlines()[0]}"
        raise LedgerError(str(ledger.path), problem, "check it with `dragoman verify`") from error
    return path


def copy_sql(table: str, path: Path, form: TableFormat, *, lists: Sequence[str] = ()) -> str:
    """Return the statement that writes one table; CSV has no lists, so they become JSON there."""
    cells = ", ".join(f'to_json("{name}") AS "{name}"' for name in lists)
    columns = f"* REPLACE ({cells})" if cells and form == "csv" else "*"
    target = str(path).replace("'", "''")
    return f"COPY (SELECT {columns} FROM \"{table}\" ORDER BY ALL) TO '{target}' ({OPTIONS[form]})"  # noqa: S608

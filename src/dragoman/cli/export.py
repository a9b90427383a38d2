"""`dragoman export`: a ledger into files that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import LedgerOption

__all__ = ["export"]


class ExportFormat(StrEnum):
    """What files may be written; a table on the screen is no file."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write into; made when absent.")],
    *,
    ledger: LedgerOption = Path("ledger.duckdb"),
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")] = ExportFormat.CSV,
    table: Annotated[
        list[str] | None,
        typer.Option("--table", "-t", help="Only this table (may be repeated).", show_default="all"),
    ] = None,
) -> None:
    """Write a ledger as CSV or Parquet, one file a table, or as JSON documents.

    Example: dragoman export --ledger ledger.duckdb --format csv -o tables
    """
    from dragoman.export import export as write

    for path in write(ledger, output, form=form.value, tables=table or ()):
        typer.echo(str(path))

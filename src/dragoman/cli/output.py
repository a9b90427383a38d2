"""What every command that prints shares: the options, the four formats, one line for an error."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.columns import DERIVED
from dragoman.errors import InputError

__all__ = [
    "Format",
    "FormatOption",
    "LedgerOption",
    "LimitOption",
    "print_documents",
    "print_rows",
    "report_error",
]

Row = Mapping[str, Any]
WIDTH = 100
"""Columns of a table where the output is no terminal."""

LABEL, PARTY = 22, 15
"""Columns that a label (the codebook's longest has 22 letters) and a name take at most."""

LABELS = frozenset({"what", "wants", "kind", "in_force", "quantity", "check"})

TEXTS = {"quote": 34, "content": 24, "condition": 14, "from": 24, "to": 24, "remedy": 24, "result": 24}
"""Columns that long texts take at least; what is left over is shared out in this proportion."""


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]
LedgerOption = Annotated[
    Path, typer.Option("--ledger", "-l", envvar="DRAGOMAN_LEDGER", help="The ledger file.", show_envvar=True)
]
LimitOption = Annotated[int | None, typer.Option(min=1, help="Print at most so many rows.")]


def report_error(message: str) -> None:
    """Print one line on stderr."""
    typer.echo(f"error: {' '.join(message.split())}", err=True)


def print_rows(rows: Iterable[Row], *, form: Format, columns: Sequence[str], title: str) -> None:
    """Print rows on stdout.

    Args:
        rows: what to print; for csv and parquet all have the keys of the first.
        form: a table shows ``columns`` only; the other formats hold every key.
        columns: keys, in the order of the table.
        title: what the rows are, in the plural.

    Raises:
        InputError: Parquet, which is binary, would go to a terminal.
    """
    if form is Format.TABLE:
        _print_table(list(rows), columns=columns, title=title)
    elif form is Format.JSON:
        for row in rows:
            typer.echo(json.dumps(dict(row), ensure_ascii=False, default=str))
    elif form is Format.CSV:
        _print_csv(rows, columns=columns)
    else:
        _print_parquet(rows, columns=columns)


def _table(rows: Sequence[Row], *, columns: Sequence[str], title: str) -> Any:  # noqa: ANN401  (rich loads late)
    """Lay rows out as a table whose long texts share the room that the other columns leave."""
    from rich import box
    from rich.table import Table

    laid = Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        expand=True,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for name in columns:
        if name in TEXTS:
            laid.add_column(name, min_width=TEXTS[name], ratio=TEXTS[name], overflow="fold")
        else:
            laid.add_column(name, max_width=LABEL if name in LABELS else PARTY, overflow="fold")
    for row in rows:
        laid.add_row(*(_cell(row, name) for name in columns))
    return laid


def _print_table(rows: Sequence[Row], *, columns: Sequence[str], title: str) -> None:
    console = _console()
    if not rows:
        console.print(f"no {title}")
        return
    console.print(_table(rows, columns=columns, title=f"{title} ({len(rows)})"))


def _console() -> Any:  # noqa: ANN401  (rich loads late)
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    return (
        console if console.is_terminal else Console(width=WIDTH, highlight=False, markup=False, emoji=False)
    )


def _cell(row: Row, name: str) -> Any:  # noqa: ANN401  (rich loads late)
    """Return a value as text without markup: a quote may hold square brackets."""
    from rich.text import Text

    return Text(DERIVED[name](row) if name in DERIVED else plain(row.get(name)))


def plain(value: object) -> str:
    """Return a value as a person would write it: entities by name, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return f"{value.get('name')}" + (f" ({value['country']})" if value.get("country") else "")
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(part) for part in value)
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return " ".join(str(value).split())


def _print_csv(rows: Iterable[Row], *, columns: Sequence[str]) -> None:
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(
                sys.stdout, fieldnames=list(row), extrasaction="ignore", lineterminator="\n"
            )
            writer.writeheader()
        writer.writerow({key: _flat(value) for key, value in row.items()})
    if writer is None:
        csv.writer(sys.stdout, lineterminator="\n").writerow(columns)


def _flat(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _print_parquet(rows: Iterable[Row], *, columns: Sequence[str]) -> None:
    import duckdb

    if sys.stdout.isatty():
        raise InputError(
            "--format parquet", "is binary and would go to a terminal", "redirect it: > rows.parquet"
        )
    with tempfile.TemporaryDirectory() as folder:
        lines, made = Path(folder, "rows.jsonl"), Path(folder, "rows.parquet")
        with lines.open("w", encoding="utf-8") as file:
            for row in rows:
                cells = {key: _flat(value) for key, value in row.items()}
                file.write(json.dumps(cells, ensure_ascii=False, default=str) + "\n")
        source = duckdb.read_json(str(lines)) if lines.stat().st_size else _no_rows(columns)
        source.write_parquet(str(made))
        sys.stdout.buffer.write(made.read_bytes())


def _no_rows(columns: Sequence[str]) -> Any:  # noqa: ANN401  (a DuckDB relation)
    import duckdb

    return duckdb.sql("SELECT " + ", ".join(f'NULL::VARCHAR AS "{name}"' for name in columns) + " LIMIT 0")


def print_documents(documents: Iterable[Row], *, as_list: bool) -> None:
    """Print documents as they come: one JSON object a line, or one JSON list."""
    mark = "[\n" if as_list else ""
    for document in documents:
        typer.echo(mark + json.dumps(dict(document), ensure_ascii=False, default=str), nl=not as_list)
        mark = ",\n" if as_list else ""
    if as_list:
        typer.echo("[]" if mark == "[\n" else "\n]")

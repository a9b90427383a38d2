"""`dragoman verify`: every record of a ledger against the text it points into."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import report_error

__all__ = ["verify"]

SHOWN = 20


def verify(
    ledger: Annotated[Path, typer.Argument(envvar="DRAGOMAN_LEDGER", help="The ledger file.")] = Path(
        "ledger.duckdb"
    ),
) -> None:
    """Check every quote, offset, digest and reference of a ledger; exit 1 when one fails.

    Example: dragoman verify ledger.duckdb
    """
    import dragoman

    result = dragoman.verify(ledger)
    for failure in result.failures[:SHOWN]:
        where = f"{failure.table} {failure.record_id} (article {failure.article_id})"
        report_error(f"{where}: {failure.problem}")
    if len(result.failures) > SHOWN:
        report_error(f"and {len(result.failures) - SHOWN} more")
    typer.echo(f"{result.checked} records checked, {len(result.failures)} failures")
    if result.failures:
        raise typer.Exit(1)

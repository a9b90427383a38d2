"""`dragoman search`: words in the texts of a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import Format, FormatOption, LedgerOption, print_rows

__all__ = ["search"]

COLUMNS = ("article_id", "published", "title", "quote")


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words to look for; the best match comes first.")
    ],
    *,
    ledger: LedgerOption = Path("ledger.duckdb"),
    form: FormatOption = Format.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many articles.")] = 20,
) -> None:
    """Find articles by their words.

    Example: dragoman search prisoner exchange --ledger ledger.duckdb
    """
    from dragoman.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as opened:
        rows = list(opened.search(" ".join(words), limit=limit))
    print_rows(rows, form=form, columns=COLUMNS, title="articles")

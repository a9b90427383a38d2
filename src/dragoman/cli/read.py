"""`dragoman read`: inputs into a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import options
from dragoman.cli.faults import INPUT, Faults
from dragoman.cli.progress import bar, print_summary
from dragoman.cli.settings import settings_of

__all__ = ["read"]


def read(
    paths: options.Paths = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", envvar="DRAGOMAN_LEDGER", help="The ledger; made when absent.")
    ] = Path("ledger.duckdb"),
    workers: options.Workers = None,
    text_column: options.TextColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    url_column: options.UrlColumn = None,
    publisher_column: options.PublisherColumn = None,
    id_column: options.IdColumn = None,
    delimiter: options.Delimiter = None,
    encoding: options.Encoding = None,
    language: options.Languages = None,
    max_chars: options.MaxChars = None,
    min_confidence: options.MinConfidence = None,
) -> None:
    """Read articles into a ledger. Stop and start as you like: what was read is not read again.

    Example: dragoman read news/ more.jsonl.gz -o ledger.duckdb --workers 2
    """
    settings = settings_of(locals())
    import dragoman

    faults = Faults()
    with bar() as progress:
        summary = dragoman.read(
            options.named_paths(paths), output, settings=settings, progress=progress, on_drop=faults.note
        )
    print_summary(summary, output)
    if faults.report():
        raise typer.Exit(INPUT)

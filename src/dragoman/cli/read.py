"""`dragoman read`: inputs into a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import options
from dragoman.cli.progress import bar, print_summary
from dragoman.cli.settings import settings_of

if TYPE_CHECKING:
    from dragoman.pipeline import Summary

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
    from dragoman import pipeline

    with bar() as progress:
        summary: Summary = pipeline.read(options.named_paths(paths), output, settings, progress=progress)
    print_summary(summary, output)

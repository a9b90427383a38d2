"""The settings of docs/settings.md as options of `code` and `read`; an option wins over all else."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = [
    "DateColumn",
    "Delimiter",
    "Encoding",
    "IdColumn",
    "Languages",
    "MaxChars",
    "MinConfidence",
    "Paths",
    "PublisherColumn",
    "TextColumn",
    "TitleColumn",
    "UrlColumn",
    "Workers",
]

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...",
        help="Files, folders or globs (txt md html json jsonl csv tsv parquet, also gzipped); - is stdin.",
        show_default=False,
    ),
]
Workers = Annotated[int | None, typer.Option("--workers", "-w", min=1, help="Processes that read articles.")]
TextColumn = Annotated[str | None, typer.Option(help="Column that holds the text of a table or JSON record.")]
TitleColumn = Annotated[str | None, typer.Option(help="Column that holds the title.")]
DateColumn = Annotated[str | None, typer.Option(help="Column that holds the date of publication.")]
UrlColumn = Annotated[str | None, typer.Option(help="Column that holds the address.")]
PublisherColumn = Annotated[str | None, typer.Option(help="Column that holds the publisher.")]
IdColumn = Annotated[str | None, typer.Option(help="Column that holds the id.")]
Delimiter = Annotated[str | None, typer.Option(help="Delimiter of CSV input; detected otherwise.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of text input; detected otherwise.")]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language", help="Language to read (may be repeated); others are dropped.", show_default="en"
    ),
]
MaxChars = Annotated[int | None, typer.Option(help="A longer text is dropped with a reason.")]
MinConfidence = Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Records below it are not kept.")]


def named_paths(paths: list[str] | None) -> list[str]:
    """Return the inputs; none given means standard input."""
    return paths or ["-"]

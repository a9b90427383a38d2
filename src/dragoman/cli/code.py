"""`dragoman code`: inputs to records on standard output, without a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from dragoman.cli import options
from dragoman.cli.columns import COLUMNS, Table
from dragoman.cli.faults import INPUT, Faults
from dragoman.cli.output import Format, FormatOption, print_documents, print_rows
from dragoman.cli.settings import settings_of

__all__ = ["code"]


def code(
    paths: options.Paths = None,
    *,
    form: FormatOption = Format.JSON,
    as_list: Annotated[
        bool, typer.Option("--list", help="One JSON list instead of a line an article.")
    ] = False,
    kind: Annotated[
        Table, typer.Option("--table", help="Records of a table, csv or parquet.")
    ] = Table.EVENTS,
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
    """Print what is found in articles, in the document form: one JSON object an article.

    Example: echo "Chile recalled its ambassador to Peru." | dragoman code -
    """
    settings = settings_of(locals())
    import dragoman

    faults = Faults(told=True)
    documents = dragoman.code(paths=options.named_paths(paths), settings=settings, on_drop=faults.note)
    if form is Format.JSON:
        print_documents(documents, as_list=as_list)
    else:
        print_rows(_records(documents, kind), form=form, columns=COLUMNS[kind], title=kind.value)
    if faults.report():
        raise typer.Exit(INPUT)


def _records(documents: Iterable[dict[str, Any]], kind: Table) -> Iterator[dict[str, Any]]:
    for document in documents:
        for record in document[kind.value]:
            yield {"article_id": document["id"], **record}

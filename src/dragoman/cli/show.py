"""`dragoman show`: what a ledger holds, with the sentence behind every line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.columns import COLUMNS, Table
from dragoman.cli.output import Format, FormatOption, LedgerOption, LimitOption, print_documents, print_rows
from dragoman.errors import InputError

__all__ = ["article", "dyad", "events", "figures", "measures", "positions"]

LEDGER = Path("ledger.duckdb")

Asked = dict[str, Any]

Party = Annotated[str | None, typer.Option(help="A party on either side: a country's code, or a name.")]
Since = Annotated[str | None, typer.Option(help="From this day on (YYYY-MM-DD).")]
Until = Annotated[str | None, typer.Option(help="Up to this day (YYYY-MM-DD).")]
On = Annotated[str | None, typer.Option(help="As things stood on this day (YYYY-MM-DD).")]
MinConfidence = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out records below it.")]


def events(
    *,
    ledger: LedgerOption = LEDGER,
    form: FormatOption = Format.TABLE,
    limit: LimitOption = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="One of the codebook's types, such as ACCUSE.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(help="actual, future, hypothetical, negated, historical.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Who did it: a country's code, or a name.")] = None,
    recipient: Annotated[str | None, typer.Option(help="To whom.")] = None,
    party: Party = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Show events, the latest first: who did what to whom.

    Example: dragoman show events --party CHL --since 2021-01-01 --limit 20
    """
    asked: Asked = {
        "type": kind.upper() if kind else None,
        "status": status,
        "actor": actor,
        "recipient": recipient,
    }
    asked |= {"party": party, "min_confidence": min_confidence, "limit": limit}
    _show(ledger, Table.EVENTS, form, asked | _days(since, until))


def positions(
    *,
    ledger: LedgerOption = LEDGER,
    form: FormatOption = Format.TABLE,
    limit: LimitOption = None,
    party: Annotated[str | None, typer.Option(help="Whose: a country's code, or a name.")] = None,
    issue: Annotated[
        str | None, typer.Option(help="One of the codebook's issues, such as ceasefire.")
    ] = None,
    stance: Annotated[
        str | None, typer.Option(help="demands offers supports accepts opposes rejects.")
    ] = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Show positions, the latest first: who wants or refuses what, of whom, on what condition.

    Example: dragoman show positions --issue ceasefire --format csv
    """
    asked: Asked = {"party": party, "issue": issue, "stance": stance, "limit": limit}
    _show(ledger, Table.POSITIONS, form, asked | _days(since, until) | {"min_confidence": min_confidence})


def measures(
    *,
    ledger: LedgerOption = LEDGER,
    form: FormatOption = Format.TABLE,
    limit: LimitOption = None,
    kind: Annotated[str | None, typer.Option(help="One of the codebook's kinds, such as sanctions.")] = None,
    party: Party = None,
    on: On = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Show measures: what stands between two parties.

    Example: dragoman show measures --kind sanctions --on 2021-06-01
    """
    asked: Asked = {"kind": kind, "party": party, "limit": limit, "min_confidence": min_confidence}
    _show(ledger, Table.MEASURES, form, asked | {"on": day(on, "--on")})


def figures(
    *,
    ledger: LedgerOption = LEDGER,
    form: FormatOption = Format.TABLE,
    limit: LimitOption = None,
    quantity: Annotated[
        str | None, typer.Option(help="One of the codebook's quantities, such as killed.")
    ] = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Show figures, the latest first: numbers with an owner.

    Example: dragoman show figures --quantity killed --limit 10
    """
    asked: Asked = {"quantity": quantity, "limit": limit, "min_confidence": min_confidence}
    _show(ledger, Table.FIGURES, form, asked | _days(since, until))


def dyad(
    first: Annotated[str, typer.Argument(metavar="A", help="A country's code, or a party's name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    *,
    on: On = None,
    ledger: LedgerOption = LEDGER,
    form: FormatOption = Format.TABLE,
    limit: LimitOption = None,
) -> None:
    """Show what two parties did to each other, want of each other, and what stands between them.

    Example: dragoman show dyad CHL PER --on 2021-06-01
    """
    from dragoman.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as opened:
        found = opened.dyad(first, second, on=day(on, "--on"), limit=limit)
    if form is Format.TABLE:
        for name, rows in found.items():
            print_rows(rows, form=form, columns=COLUMNS[Table(name)], title=name)
        return
    rows = [{"record": name, **row} for name, answer in found.items() for row in answer]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    whole = ({key: row.get(key) for key in keys} for row in rows)
    print_rows(whole, form=form, columns=("record",), title="records")


def article(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
    *,
    ledger: LedgerOption = LEDGER,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show one article and all that was found in it.

    Example: dragoman show article andes-1 --ledger ledger.duckdb
    """
    from dragoman.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as opened:
        row = opened.article(article_id)
        found = next(opened.documents([article_id]), None)
    if row is None or found is None:
        remedy = "see the ids with `dragoman search WORDS`"
        raise InputError(f"{ledger}, article {article_id}", "is not in the ledger", remedy)
    if form is not Format.TABLE:
        print_documents([found], as_list=False)
        return
    _head(found, [source["source_path"] for source in row["sources"]])
    for kind, columns in COLUMNS.items():
        print_rows(found[kind.value], form=form, columns=columns, title=kind.value)


def _head(document: dict[str, Any], sources: list[str | None]) -> None:
    for key in ("id", "title", "publisher", "date", "url"):
        if document[key]:
            typer.echo(f"{key:10} {document[key]}")
    for source in filter(None, sources):
        typer.echo(f"{'source':10} {source}")
    typer.echo(f"\n{document['text'].strip()}\n")


def _show(ledger: Path, kind: Table, form: Format, asked: dict[str, Any]) -> None:
    from dragoman.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as opened:
        rows = getattr(opened, kind.value)(**asked)
        if not opened.finished:
            typer.echo(
                "the last run did not end: `dragoman read` on the same input brings events up to date",
                err=True,
            )
    print_rows(rows, form=form, columns=COLUMNS[kind], title=kind.value)


def _days(since: str | None, until: str | None) -> dict[str, date | None]:
    return {"since": day(since, "--since"), "until": day(until, "--until")}


def day(text: str | None, option: str) -> date | None:
    """Return the day that an option names.

    Raises:
        InputError: it names none.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"{option} {text}", "is not a day", "write it as YYYY-MM-DD") from error

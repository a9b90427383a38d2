"""`dragoman evaluate`: how near the records are to gold records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import Format, FormatOption, print_rows
from dragoman.errors import InputError
from dragoman.scoring import KINDS, Tally

__all__ = ["evaluate"]

COLUMNS = ("kind", "precision", "recall", "f1", "hit", "missed", "wrong")
QUOTED = 300
"""Characters of a record that ``--misses`` prints."""


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold documents: a JSON list or JSON lines.")],
    predicted: Annotated[
        Path | None, typer.Argument(help="Predicted documents; without them the gold texts are coded here.")
    ] = None,
    *,
    form: FormatOption = Format.TABLE,
    misses: Annotated[
        str | None, typer.Option(help="Also print each missed and wrong record of a kind.")
    ] = None,
) -> None:
    """Score records against gold: precision, recall and F1 of each kind.

    Example: dragoman evaluate gold.json --misses event
    """
    import dragoman

    if misses is not None and misses not in KINDS:
        raise InputError(f"--misses {misses}", "is no kind of record", f"choose from {', '.join(KINDS)}")
    tallies = dragoman.evaluate(gold, predicted)
    if form is Format.TABLE:
        for kind, tally in tallies.items():
            typer.echo(line(kind, tally))
    else:
        rows = [{"kind": kind, **tally.figures()} for kind, tally in tallies.items()]
        print_rows(rows, form=form, columns=COLUMNS, title="scores")
    if misses is not None:
        _print_misses(tallies, misses)


def line(kind: str, tally: Tally) -> str:
    """Return the figures of one kind as one line."""
    return (
        f"{kind:16} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}   "
        f"hit {tally.hit}, missed {tally.missed}, wrong {tally.wrong}"
    )


def _print_misses(tallies: Mapping[str, Tally], kind: str) -> None:
    for lost in tallies[kind].lost:
        record = {key: value for key, value in lost.record.items() if key not in {"start", "end"}}
        typer.echo(f"{lost.why} {lost.document} {json.dumps(record, ensure_ascii=False)[:QUOTED]}")

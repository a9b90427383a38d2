"""The `dragoman` program: its commands, and what a run may end with.

Exit status: 0 done, 1 findings (records that fail a check, a score asked for), 2 usage or input,
130 stopped from the keyboard.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

import dragoman
from dragoman.cli import code, doctor, evaluate, export, read, search, show, verify
from dragoman.cli.output import report_error
from dragoman.errors import DragomanError
from dragoman.threads import keep_to_one_core

__all__ = ["app", "main"]

USAGE, INTERRUPTED = 2, 130

Command = Callable[..., None]

app = typer.Typer(
    name="dragoman",
    help="Reads the news of diplomacy and conflict and keeps a ledger: who did what to whom, who wants "
    "what, what stands between them, on whose word, and the sentence that says so.",
    epilog="Exit status: 0 done, 1 findings, 2 usage or input. Data goes to stdout, progress to stderr.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def guarded(command: Command) -> Command:
    """Turn what may go wrong into one line on stderr and an exit status."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:  # noqa: ANN401  (whatever the command takes)
        try:
            command(*args, **options)
            sys.stdout.flush()
        except DragomanError as error:
            report_error(str(error))
            raise typer.Exit(USAGE) from error
        except BrokenPipeError as error:  # the reader of our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from error
        except KeyboardInterrupt as error:
            report_error("stopped; what was read is kept")
            raise typer.Exit(INTERRUPTED) from error

    return run


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dragoman {dragoman.__version__}")
        raise typer.Exit


@app.callback()
def dragoman_(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read news, keep a ledger, and show the sentence behind every line."""


TOP: tuple[Command, ...] = (
    code.code,
    read.read,
    search.search,
    export.export,
    verify.verify,
    evaluate.evaluate,
    doctor.doctor,
)
SHOW: tuple[Command, ...] = (
    show.events,
    show.positions,
    show.measures,
    show.figures,
    show.dyad,
    show.article,
)

for _command in TOP:
    app.command()(guarded(_command))
_show = typer.Typer(
    help="Show what a ledger holds, with the quotes.", no_args_is_help=True, rich_markup_mode=None
)
for _command in SHOW:
    _show.command()(guarded(_command))
app.add_typer(_show, name="show")


def main() -> None:
    """Run the program with the arguments of this process."""
    keep_to_one_core()
    app()

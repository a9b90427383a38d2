"""The progress bar of `read` (stderr, off when that is no terminal) and its closing summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from dragoman.pipeline import Progress, Summary

__all__ = ["bar", "print_summary"]


@contextmanager
def bar() -> Iterator[Callable[[Progress], None]]:
    """Yield a function that shows how far the reading has come."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress as Bar, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        TextColumn("{task.fields[told]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True) as shown:
        task = shown.add_task("read", total=None, told="")

        def tell(progress: Progress) -> None:
            told = (
                f"{progress.articles:,} articles, {progress.rate:.1f}/s, "
                f"{progress.records:,} records, {progress.drops:,} drops"
            )
            shown.update(task, completed=progress.done, total=progress.total, told=told)

        yield tell


def print_summary(summary: Summary, ledger: Path) -> None:
    """Say on stderr what was read, and why the rest was not."""
    lines = [
        f"{ledger}: {summary.articles} articles read, {summary.records} records, {summary.seconds:.1f} s"
    ]
    if summary.known:
        lines.append(f"  {summary.known} already in the ledger")
    for reason, count in sorted(summary.dropped.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"  {count} left out: {reason}")
    for reason, count in sorted(summary.left_out.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"  {count} passages left out: {reason}")
    typer.echo("\n".join(lines), err=True)

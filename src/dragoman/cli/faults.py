"""Inputs that made no article: told once everything else has been read, one line each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from dragoman.cli.output import report_error

if TYPE_CHECKING:
    from dragoman.records import Drop

__all__ = ["INPUT", "Faults"]

INPUT = 2
"""Exit status when an input was at fault."""

SHOWN = 20

REMEDIES = {
    "empty": "remove it, or fill it",
    "not JSON": "mend the record, or remove it",
    "not a JSON object": "give an object with a text",
    "no article in the page": "give a page that holds one, or its text as .txt",
}
"""What to do about a reason that does not say so itself, in brackets."""

OTHERWISE = "mend it, or leave it out"


@dataclass(slots=True)
class Faults:
    """The first inputs at fault, and the number of all.

    A text that is left out by what the user asked for (its language, its length) is an article of its
    own, has an id, and is no fault.
    """

    told: bool = False
    first: list[Drop] = field(default_factory=list)
    count: int = 0

    def note(self, drop: Drop) -> None:
        """Keep a drop when it is an input at fault; ``told`` tells of the others as they come."""
        if drop.article_id is not None:
            if self.told:
                typer.echo(f"left out: {drop.where or drop.article_id}: {drop.reason}", err=True)
            return
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(drop)

    def report(self) -> bool:
        """Print a line for each of the first faults, and say whether there were any."""
        for drop in self.first:
            report_error(f"{drop.where}: {_with_remedy(drop.reason)}")
        if self.count > len(self.first):
            report_error(f"and {self.count - len(self.first)} more inputs (`drops` in the ledger lists them)")
        return self.count > 0


def _with_remedy(reason: str) -> str:
    """Return the reason with what to do about it: after a semicolon, or in brackets as an option."""
    if "--" in reason:
        return reason
    return f"{reason}; {REMEDIES.get(reason, OTHERWISE)}"

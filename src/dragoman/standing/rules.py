"""The rules of standing conditions, read from ``data/measures.csv``.

A row says what kind of event opens and closes a measure (``TYPE`` or ``TYPE/mode``), whether it
holds both ways, after how many days without news it is taken to have lapsed, and gives an example.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.records import Event

__all__ = ["Rule", "rules"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One measure kind. ``expiry_days`` is None where only an act ends it."""

    kind: str
    mutual: bool
    opened_by: frozenset[str]
    closed_by: frozenset[str]
    expiry_days: int | None
    example: str

    def opens(self, event: Event) -> bool:
        """Whether an event of this type and mode can open the measure."""
        return event.type in self.opened_by or f"{event.type}/{event.mode}" in self.opened_by

    def closes(self, event: Event) -> bool:
        """Whether an event of this type and mode can close the measure."""
        return event.type in self.closed_by or f"{event.type}/{event.mode}" in self.closed_by


@cache
def rules() -> dict[str, Rule]:
    """Return the rules by measure kind."""
    text = files("dragoman.standing").joinpath("data", "measures.csv").read_text(encoding="utf-8")
    return {row["kind"]: _rule(row) for row in csv.DictReader(io.StringIO(text))}


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        kind=row["kind"],
        mutual=row["mutual"] == "yes",
        opened_by=frozenset(filter(None, row["opened_by"].split("|"))),
        closed_by=frozenset(filter(None, row["closed_by"].split("|"))),
        expiry_days=int(row["expiry_days"]) if row["expiry_days"] else None,
        example=row["example"],
    )

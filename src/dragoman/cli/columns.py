"""Which columns a table on the screen shows; the other formats hold all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

__all__ = ["COLUMNS", "DERIVED", "Table"]

Row = Mapping[str, Any]


class Table(StrEnum):
    """The kinds of record, in the plural."""

    EVENTS = "events"
    POSITIONS = "positions"
    MEASURES = "measures"
    FIGURES = "figures"
    LINKAGES = "linkages"


COLUMNS: dict[Table, tuple[str, ...]] = {
    Table.EVENTS: ("when", "what", "actors", "recipients", "quote"),
    Table.POSITIONS: ("party", "wants", "addressee", "condition", "quote"),
    Table.MEASURES: ("kind", "holder", "target", "in_force", "quote"),
    Table.FIGURES: ("quantity", "value", "of", "place", "attribution", "quote"),
    Table.LINKAGES: ("direction", "from", "to", "quote"),
}


def what(row: Row) -> str:
    """Return an event's type and mode, and its status where it did not simply happen."""
    status = row.get("status")
    told = status if status and status != "actual" else None
    return "\n".join(filter(None, (row.get("type"), row.get("mode"), told and f"({told})")))


def wants(row: Row) -> str:
    """Return a position's stance and issue."""
    return f"{row.get('stance')}\n{row.get('issue')}"


def when(row: Row) -> str:
    """Return an event's day as the text tells it; the two ends of an interval stand one above the other."""
    return str(row.get("date") or "").replace("/", "/\n")


def in_force(row: Row) -> str:
    """Return from when until when a measure stands, as far as it is told."""
    return "\n".join(f"{word} {row[word]}" for word in ("since", "until") if row.get(word))


def value(row: Row) -> str:
    """Return a figure's bounds and unit: "17", "3 to 5", "at least 10,000 USD"."""
    least, most, unit = row.get("value_min"), row.get("value_max"), row.get("unit")
    if least is None and most is None:
        number = "?"
    elif least is None or most is None:
        number = f"at most {_number(most)}" if least is None else f"at least {_number(least)}"
    else:
        number = _number(least) if least == most else f"{_number(least)} to {_number(most)}"
    return number if unit in {None, "people"} else f"{number} {unit}"


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:,.0f}" if float(number).is_integer() else f"{number:,}"


DERIVED: dict[str, Callable[[Row], str]] = {
    "when": when,
    "what": what,
    "wants": wants,
    "in_force": in_force,
    "value": value,
}
"""Columns that a table puts together of several fields."""

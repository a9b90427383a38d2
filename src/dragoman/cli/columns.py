"""Which columns a table on the screen shows; the other formats hold all."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["COLUMNS", "Table"]


class Table(StrEnum):
    """The kinds of record, in the plural."""

    EVENTS = "events"
    POSITIONS = "positions"
    MEASURES = "measures"
    FIGURES = "figures"
    LINKAGES = "linkages"


COLUMNS: dict[Table, tuple[str, ...]] = {
    Table.EVENTS: ("date", "type", "mode", "actors", "recipients", "status", "quote"),
    Table.POSITIONS: ("party", "stance", "issue", "addressee", "condition", "quote"),
    Table.MEASURES: ("kind", "holder", "target", "since", "until", "quote"),
    Table.FIGURES: ("quantity", "value_min", "value_max", "unit", "of", "place", "attribution", "quote"),
    Table.LINKAGES: ("direction", "from", "to", "quote"),
}

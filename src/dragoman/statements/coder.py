"""The statements stage: positions, figures, linkages and conditions of an annotated article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dragoman.reader import Encoder
from dragoman.statements.conditions import find_conditions
from dragoman.statements.figures import figures
from dragoman.statements.linkages import find_linkages
from dragoman.statements.plain import plain
from dragoman.statements.positions import find_positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.annotation import Annotation
    from dragoman.records import Condition, Drop, Event, Figure, Linkage, Position
    from dragoman.statements.plain import Words

__all__ = ["StatementCoder", "Statements"]


@dataclass(frozen=True, slots=True)
class Statements:
    """What an article states, beside its events. Each tuple is in text order."""

    positions: tuple[Position, ...] = ()
    figures: tuple[Figure, ...] = ()
    linkages: tuple[Linkage, ...] = ()
    conditions: tuple[Condition, ...] = ()
    drops: tuple[Drop, ...] = ()
    """Passages left out, with the reason."""


class StatementCoder:
    """Needs an Annotation with mentions, and the article's events; gives its Statements."""

    name = "statements"
    version = "3"
    needs = ("sentences", "quotations", "times", "mentions", "events")
    gives = ("positions", "figures", "linkages", "conditions")

    def __init__(self, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or Encoder.load()

    def code(self, annotation: Annotation, events: Sequence[Event]) -> Statements:
        """Code one article. Pure: the same annotation gives the same statements."""
        del events  # read by later versions; the words alone carry today's rules
        words = plain(annotation)
        found = Statements(
            positions=find_positions(words, self.encoder),
            figures=tuple(figures(words)),
            linkages=find_linkages(words),
            conditions=find_conditions(words, self.encoder),
        )
        cast("Words", words.doc).release()
        return found

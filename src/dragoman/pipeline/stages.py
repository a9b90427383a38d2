"""What the pipeline asks of a stage, and the check that stages are in a working order."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from dragoman.annotation import Annotation
    from dragoman.records import Article, Condition, Drop, Event, Figure, Linkage, Measure, Mention, Position

__all__ = [
    "AnnotateStage",
    "EntityStage",
    "EventStage",
    "Fold",
    "Found",
    "StageOrderError",
    "Stages",
    "StatementStage",
    "check_order",
    "shipped",
]


class Found(Protocol):
    """What the statements stage finds in an article."""

    @property
    def positions(self) -> Sequence[Position]: ...  # noqa: D102
    @property
    def figures(self) -> Sequence[Figure]: ...  # noqa: D102
    @property
    def linkages(self) -> Sequence[Linkage]: ...  # noqa: D102
    @property
    def conditions(self) -> Sequence[Condition]: ...  # noqa: D102
    @property
    def drops(self) -> Sequence[Drop]: ...  # noqa: D102


class AnnotateStage(Protocol):
    """Article -> sentences, syntax, dates, quotations."""

    name: str
    version: str

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation]:
        """Annotate a stream of articles, one for one and in order."""
        ...


class EntityStage(Protocol):
    """Annotation -> mentions, sorted by start, that do not overlap."""

    name: str
    version: str

    def link(self, annotation: Annotation) -> tuple[Mention, ...]:
        """Return the mentions of an article's entities."""
        ...


class EventStage(Protocol):
    """Annotation with mentions -> events."""

    name: str
    version: str

    def code(self, annotation: Annotation) -> list[Event]:
        """Return the events that an article tells of."""
        ...


class StatementStage(Protocol):
    """Annotation with mentions, and its events -> positions, figures, linkages, conditions."""

    name: str
    version: str

    def code(self, annotation: Annotation, events: list[Event]) -> Found:
        """Return what the parties of an article want, and what the article says of standing conditions."""
        ...


class Fold(Protocol):
    """Events and conditions -> measures: a pure function."""

    def __call__(
        self, events: Sequence[Event], conditions: Sequence[Condition], published: date | None, /
    ) -> list[Measure]:
        """Return what the records of an article leave in force."""
        ...


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages in the order in which they run."""

    annotate: AnnotateStage
    entities: EntityStage
    events: EventStage
    statements: StatementStage
    standing: Fold

    def versions(self) -> dict[str, str]:
        """Return each stage's version, for the rows that it makes."""
        return {
            part.name: str(getattr(getattr(self, part.name), "version", STANDING_VERSION))
            for part in fields(self)
        }


STANDING_VERSION = "1"

# What each stage needs and gives unless it says so itself in attributes `needs` and `gives`.
NEEDS_GIVES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "annotate": (("article",), ("sentences", "quotations", "times")),
    "entities": (("sentences",), ("mentions",)),
    "events": (("sentences", "times", "mentions"), ("events",)),
    "statements": (
        ("sentences", "quotations", "times", "mentions", "events"),
        ("positions", "figures", "linkages", "conditions"),
    ),
    "standing": (("events", "conditions"), ("measures",)),
}


class StageOrderError(DragomanError):
    """A stage needs what no stage before it gives."""


def check_order(stages: Stages) -> None:
    """Check before anything runs that each stage's needs are given by those before it.

    Raises:
        StageOrderError: names the stage and what it lacks.
    """
    given = {"article"}
    for part in fields(stages):
        stage = getattr(stages, part.name)
        needs, gives = NEEDS_GIVES[part.name]
        lacks = sorted(set(getattr(stage, "needs", needs)) - given)
        if lacks:
            raise StageOrderError(
                f"stage {part.name}: needs {', '.join(lacks)}, which no stage before it gives"
            )
        given |= set(getattr(stage, "gives", gives))


def shipped() -> Stages:
    """Load the stages of this package, with their models."""
    from dragoman.annotate import Annotator
    from dragoman.entities import Linker
    from dragoman.events import EventCoder
    from dragoman.standing import fold
    from dragoman.statements import StatementCoder

    return Stages(Annotator(), Linker(), EventCoder(), StatementCoder(), fold)

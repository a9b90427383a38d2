"""One happening, one event an article: later mentions of an act fold into the first (codebook rule 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.records import Event, Mention

__all__ = ["merge"]

REPEATABLE = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "AGREE"})
"""Speech acts: two demands by one party in one article are two events unless their words overlap."""


def _keys(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(m.party.country or m.party.name for m in mentions)


def _same(first: Event, second: Event) -> bool:
    if first.type != second.type:
        return False
    if first.trigger == second.trigger:
        return True
    ours, theirs = (
        (_keys(first.actors), _keys(first.recipients)),
        (_keys(second.actors), _keys(second.recipients)),
    )
    near = first.span.overlaps(second.span)
    if near and (ours[0] == theirs[0] or not ours[0] or not theirs[0]):
        return True
    if first.type in REPEATABLE or first.status != second.status:
        return False
    if first.type == "CONSULT":
        both, others = ours[0] | ours[1], theirs[0] | theirs[1]
        return len(both & others) >= 2 and _dates_agree(first, second)
    if not ours[0] or not ours[1]:
        return False
    return ours == theirs and _dates_agree(first, second) and first.mode == second.mode


def _dates_agree(first: Event, second: Event) -> bool:
    if first.when is None or second.when is None:
        return True
    return first.when.first <= second.when.last and second.when.first <= first.when.last


def merge(events: Iterable[Event]) -> list[Event]:
    """Fold repeated mentions of one happening; the fullest mention gives the record, the others ``also_at``.

    The order of the result is the order of first mention.
    """
    kept: list[Event] = []
    for event in events:
        for i, other in enumerate(kept):
            if _same(other, event):
                kept[i] = _fold(other, event)
                break
        else:
            kept.append(event)
    return kept


def _fullness(event: Event) -> tuple[int, int, float]:
    return (
        bool(event.actors) + bool(event.recipients),
        len(event.actors) + len(event.recipients),
        event.confidence,
    )


def _fold(first: Event, second: Event) -> Event:
    best, other = (second, first) if _fullness(second) > _fullness(first) else (first, second)
    return replace(
        best,
        when=best.when or other.when,
        place=best.place or other.place,
        mode=best.mode or other.mode,
        also_at=(*first.also_at, *second.also_at, other.span),
    )

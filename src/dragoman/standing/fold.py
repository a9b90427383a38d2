"""The fold: from conditions and events to the measures in force.

Pure: the same records give the same measures whatever their order and however often they are
repeated. Records are first put into one canonical order and made unique; everything after that is a
function of that list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.records import Measure
from dragoman.standing.rules import Rule, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dragoman.records import Condition, Event, Mention, Span

__all__ = ["fold"]


@dataclass(frozen=True, slots=True)
class _Open:
    """A measure being folded: its parties by key, and the conditions that tell of it in order."""

    kind: str
    holders: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    told: tuple[Condition, ...]


def fold(events: Sequence[Event], conditions: Sequence[Condition], published: date | None) -> list[Measure]:
    """Return the measures that an article's records leave standing, in the order of their evidence.

    A measure that the text says was closed is kept, with ``until``. ``opened_by`` and ``closed_by``
    name an event as ``TYPE@start-end``, its span in the article. Conditions of an unknown kind are
    an error of the coder's data and raise KeyError.
    """
    known = rules()
    ordered = sorted(set(conditions), key=_condition_key)
    groups: list[_Open] = []
    for condition in sorted(ordered, key=lambda c: -_completeness(c)):
        rule = known[condition.kind]
        index = next((i for i, group in enumerate(groups) if _same(rule, group, condition)), None)
        if index is None:
            groups.append(_Open(condition.kind, condition.holders, condition.targets, (condition,)))
        else:
            groups[index] = replace(groups[index], told=(*groups[index].told, condition))
    acts = sorted(set(events), key=_event_key)
    measures = [_measure(known[group.kind], group, acts, published) for group in groups]
    return sorted(
        measures, key=lambda m: (m.span.start, m.span.end, m.kind, _keys(m.holders), _keys(m.targets))
    )


def _keys(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return what makes parties the same across mentions: the country, or the entity where it has none."""
    return tuple(sorted({m.party.country or m.party.entity_id for m in mentions}))


def _mention_key(mentions: Iterable[Mention]) -> tuple[tuple[str, str, int, int, str, str], ...]:
    return tuple((m.party.entity_id, m.entity.entity_id, *m.tokens, m.form, repr(m)) for m in mentions)


def _condition_key(condition: Condition) -> tuple[object, ...]:
    since = condition.since.iso if condition.since else ""
    until = condition.until.iso if condition.until else ""
    return (
        condition.span.start, condition.span.end, condition.kind, condition.effect, since, until,
        -condition.confidence, _mention_key(condition.holders), _mention_key(condition.targets),
        condition.span.quote,
    )  # fmt: skip


def _event_key(event: Event) -> tuple[object, ...]:
    return event.span.start, event.span.end, event.type, event.mode or "", repr(event)


def _completeness(condition: Condition) -> int:
    return 2 * bool(condition.holders) + bool(condition.targets)


def _same(rule: Rule, group: _Open, condition: Condition) -> bool:
    """Whether a condition tells of a group's measure: one kind, and no party of it contradicts."""
    if group.kind != condition.kind:
        return False
    holders, targets = set(_keys(group.holders)), set(_keys(group.targets))
    ours, theirs = set(_keys(condition.holders)), set(_keys(condition.targets))
    if rule.mutual and (ours | theirs) and (holders | targets):
        return (ours | theirs) <= (holders | targets)
    fits_holder = not ours or not holders or bool(ours & holders)
    fits_target = not theirs or not targets or bool(theirs & targets)
    return fits_holder and fits_target


def _measure(rule: Rule, group: _Open, acts: Sequence[Event], published: date | None) -> Measure:
    told = sorted(group.told, key=_condition_key)
    best = max(told, key=lambda c: c.confidence)
    opening = [c for c in told if c.effect == "opens"]
    closing = [c for c in told if c.effect == "closes"]
    day = published.isoformat() if published else None
    since = min((c.since.iso for c in told if c.since), default=day if opening else None)
    until = max((c.until.iso for c in closing if c.until), default=day if closing else None)
    return Measure(
        kind=group.kind,
        holders=group.holders,
        targets=group.targets,
        span=best.span,
        since=since,
        until=until,
        opened_by=_first([a for a in acts if rule.opens(a)], [c.span for c in told if c.effect != "closes"]),
        closed_by=_first([a for a in acts if rule.closes(a)], [c.span for c in closing]),
        confidence=best.confidence,
    )


def _first(acts: Sequence[Event], spans: Sequence[Span]) -> str | None:
    """Name the first actual event whose span overlaps one of the spans."""
    for act in acts:
        if act.status in ("actual", "historical") and any(act.span.overlaps(span) for span in spans):
            return f"{act.type}@{act.span.start}-{act.span.end}"
    return None

"""The training articles, annotated and linked, with a label for each candidate.

Gold gives an event's quote, not its trigger; the trigger is chosen among the candidates inside the
quote, first by lexicon and depth in the tree, then by the model itself (hard expectation-maximisation).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.events.candidates import Candidate, candidates
from dragoman.events.features import features, sentence_features
from dragoman.events.lexicon import TYPES
from dragoman.events.parties import ACTOR, RECIPIENT, party_features, scene_of
from dragoman.scoring import same_entity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.annotation import Annotation
    from dragoman.records import Mention

__all__ = ["Example", "Seat", "depth", "examples", "label", "seats_of"]

OPTIONAL_WEIGHT = 0.4
ALSO_SHARE = 0.3
"""What the other right types of an event weigh, together, beside its first."""
Document = dict[str, Any]


@dataclass(slots=True)
class Seat:
    """One mention beside one act: its role there, and where its head starts in the text."""

    example: Example
    place: int
    features: dict[str, float]
    label: str
    weight: float = 1.0

    def shares(self) -> dict[str, float]:
        """Return how much of the seat stands for each label: all of it for its own."""
        return {self.label: 1.0}


@dataclass(slots=True)
class Example:
    """One candidate: its article's index and annotation, its features, its label and the label's weight."""

    article: int
    annotation: Annotation
    candidate: Candidate
    features: dict[str, float]
    label: str = "NONE"
    weight: float = 1.0
    event: Document | None = None
    chances: Mapping[str, float] = field(default_factory=dict)

    def shares(self) -> dict[str, float]:
        """Return how much of the example stands for each label; they sum to 1."""
        also = [
            t for t in dict.fromkeys((self.event or {}).get("also", ())) if t in TYPES and t != self.label
        ]
        if not also:
            return {self.label: 1.0}
        return {self.label: 1.0 - ALSO_SHARE} | dict.fromkeys(also, ALSO_SHARE / len(also))


def examples(annotations: Sequence[Annotation]) -> list[Example]:
    """Return an unlabelled example for every candidate of every article, in order."""
    found = []
    for i, annotation in enumerate(annotations):
        shared: dict[int, list[str]] = {}
        for c in candidates(annotation):
            start = c.sentence.start
            if start not in shared:
                shared[start] = sentence_features(annotation, start, c.sentence.end)
            row = dict.fromkeys(shared[start], 0.5) | dict.fromkeys(features(annotation, c), 1.0)
            found.append(Example(i, annotation, c, row))
    return found


def depth(candidate: Candidate) -> int:
    """Return how many heads stand over a candidate in its sentence's tree."""
    token, steps = candidate.token, 0
    while token.head != token and steps < 30:
        token, steps = token.head, steps + 1
    return steps


def label(documents: Sequence[Document], found: Sequence[Example]) -> None:
    """Set each example's label and weight from the gold events of its article, in place."""
    by_article: dict[int, list[Example]] = {}
    for example in found:
        example.label, example.weight, example.event = "NONE", 1.0, None
        by_article.setdefault(example.article, []).append(example)
    for i, document in enumerate(documents):
        taken: set[int] = set()
        for event in sorted(document["events"], key=lambda e: bool(e.get("optional"))):
            best = max(
                (e for e in by_article.get(i, []) if id(e) not in taken and _inside(e, event)),
                key=lambda e: _fit(e, event),
                default=None,
            )
            if best is not None:
                taken.add(id(best))
                best.label, best.event = event["type"], event
                best.weight = OPTIONAL_WEIGHT if event.get("optional") else 1.0


def _inside(example: Example, event: Document) -> bool:
    return bool(event["start"] <= example.candidate.token.idx < event["end"])


def _fit(example: Example, event: Document) -> float:
    types = example.candidate.types
    fit = 2.0 if event["type"] in types else 1.0 if set(event.get("also", ())) & set(types) else 0.0
    fit += 0.2 if example.candidate.pos == "VERB" else 0.0
    return fit - 0.3 * depth(example.candidate) + 4.0 * example.chances.get(event["type"], 0.0)


def seats_of(annotations: Sequence[Annotation], found: Sequence[Example]) -> list[Seat]:
    """Return every mention beside every labelled act, with the role that the gold event gives it."""
    seats = []
    for example in found:
        if example.event is None:
            continue
        annotation, candidate, event = annotations[example.article], example.candidate, example.event
        scene = scene_of(annotation, candidate, event["type"])
        for n, mention in enumerate(scene.mentions):
            names = party_features(annotation, candidate, event["type"], scene, n)
            role = _role(mention, event)
            place = annotation.doc[mention.head].idx
            seats.append(Seat(example, place, dict.fromkeys(names, 1.0), role, example.weight))
    return seats


def _stands_at(mention: Mention, entity: Document) -> bool:
    span = mention.span
    return bool(span and "start" in entity and entity["start"] < span.end and span.start < entity["end"])


def _role(mention: Mention, event: Document) -> str:
    """Return the role of a mention: by its place in the text, else as the same entity as one party only."""
    seats = {ACTOR: event["actors"], RECIPIENT: event.get("recipients", [])}
    for role, entities in seats.items():
        if any(_stands_at(mention, e) for e in entities):
            return role
    seen = [{"name": m.entity.name, "country": m.entity.country} for m in mention.parts]
    same = [
        role
        for role, entities in seats.items()
        if all(any(same_entity(one, e) for e in entities) for one in seen)
    ]
    return same[0] if len(same) == 1 and mention.form != "place" else "NONE"

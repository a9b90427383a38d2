"""Labelled sentences, cut into word pieces: what the encoder learns from.

Three kinds of candidate share a sentence: words that may tell of an event, with the mentions beside them;
candidate positions, with those who may hold them; cues of standing conditions, with their parties.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.reader.encoder import Pieces, cut, open_tokenizer
from dragoman.statements.stance import PRO
from training.reader.net import base
from training.statements import gold
from training.statements.names import ALSO, issue_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.annotation import Annotation, Sentence
    from training.events.corpus import Example, Seat
    from training.statements.examples import Example as Stated
    from training.statements.measures import State

__all__ = ["Act", "Hold", "Labels", "Row", "Want", "rows_of"]

OPTIONAL = 0.4
"""What an optional gold position weighs."""


@dataclass(slots=True)
class Act:
    """A candidate event: its first and last piece, label, weight, and the mentions beside it by piece."""

    pieces: tuple[int, int]
    label: str
    shares: dict[str, float]
    weight: float
    mentions: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Want:
    """A candidate position, by piece: its cue, its content (half-open) and the content's head.

    ``issues`` and ``pro`` are empty and None where it is none, or where either side is right. ``claims``
    are the mentions of its sentence and whether each holds it.
    """

    cue: tuple[int, int]
    head: int
    content: tuple[int, int]
    position: bool
    weight: float
    issues: dict[str, float] = field(default_factory=dict)
    pro: bool | None = None
    claims: list[tuple[int, bool]] = field(default_factory=list)


@dataclass(slots=True)
class Hold:
    """A cue of a standing condition, by piece: whether it tells of one, and the mentions' parts in it."""

    pieces: tuple[int, int]
    kind: str
    right: bool
    weight: float
    mentions: list[tuple[int, str, float]] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A sentence to learn from; ``article`` is its article's index in the corpus."""

    ids: list[int]
    article: int
    acts: list[Act] = field(default_factory=list)
    wants: list[Want] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the sentences of a corpus are labelled with.

    Attributes:
        found: candidate events; borrowed ones hold their own annotation.
        seats: the labelled mentions beside them.
        stated: the candidate positions of each article of the corpus.
        states: the cues of standing conditions of each article.
    """

    found: Sequence[Example]
    seats: Sequence[Seat]
    stated: Sequence[Sequence[Stated]]
    states: Sequence[Sequence[State]]


class Table:
    """The sentences by article and first token, each cut once."""

    def __init__(self) -> None:
        self.tokenizer = open_tokenizer(base() / "tokenizer.json")
        self.rows: dict[tuple[int, int], tuple[Row, Pieces, int]] = {}

    def row(self, annotation: Annotation, sentence: Sentence, article: int) -> tuple[Row, Pieces, int]:
        """Return a sentence's row, its pieces, and where it starts in the article."""
        doc = annotation.doc
        key = (id(annotation), sentence.start)
        if key not in self.rows:
            low, last = doc[sentence.start].idx, doc[sentence.end - 1]
            pieces = cut(self.tokenizer, annotation.article.text[low : last.idx + len(last.text)])
            self.rows[key] = (Row(pieces.ids, article), pieces, low)
        return self.rows[key]


def rows_of(annotations: Sequence[Annotation], labels: Labels) -> list[Row]:
    """Return the sentences of a corpus with anything to learn from, in order of first candidate."""
    table = Table()
    beside: dict[int, list[Seat]] = {}
    for seat in labels.seats:
        beside.setdefault(id(seat.example), []).append(seat)
    for example in labels.found:
        _add_act(table, example, beside.get(id(example), ()))
    for article, (annotation, some) in enumerate(zip(annotations, labels.stated, strict=True)):
        for one in some:
            row, pieces, low = table.row(annotation, one.sentence, article)
            want = _want(one, pieces, low)
            if want is not None:
                row.wants.append(want)
    for article, (annotation, cues) in enumerate(zip(annotations, labels.states, strict=True)):
        for state in cues:
            row, pieces, low = table.row(annotation, state.sentence, article)
            hold = _hold(state, pieces, low)
            if hold is not None:
                row.holds.append(hold)
    return [row for row, _, _ in table.rows.values() if row.acts or row.wants or row.holds]


def _add_act(table: Table, example: Example, seats: Sequence[Seat]) -> None:
    candidate = example.candidate
    row, pieces, low = table.row(example.annotation, candidate.sentence, example.article)
    word = pieces.word(candidate.bounds[0] - low, candidate.bounds[1] - low)
    if word is None:
        return
    act = Act(word, example.label, example.shares(), example.weight)
    for seat in seats:
        place = pieces.at(seat.place - low)
        if place is not None:
            act.mentions.append((place, seat.label))
    row.acts.append(act)


def _want(example: Stated, pieces: Pieces, low: int) -> Want | None:
    """Return a candidate position by piece; None where its words were not all read."""
    place = example.place
    cue = pieces.word(place.cue[0] - low, place.cue[1] - low)
    head, start = pieces.at(place.head - low), pieces.at(place.content[0] - low)
    if cue is None or head is None or start is None:
        return None
    end = pieces.at(place.content[1] - low - 1)
    content = (start, len(pieces.ids) - 1 if end is None else end + 1)
    if example.record is None:
        return Want(cue, head, content, position=False, weight=1.0)
    record = example.record
    want = Want(cue, head, content, position=True, weight=OPTIONAL if gold.neutral(record) else 1.0)
    want.issues = _issues(record)
    want.pro = record["stance"] in PRO if len(gold.sides(record)) == 1 else None
    if any(example.right):
        spots = [pieces.at(at - low) for at in example.heads]
        want.claims = [(at, right) for at, right in zip(spots, example.right, strict=True) if at is not None]
    return want


def _hold(state: State, pieces: Pieces, low: int) -> Hold | None:
    """Return a cue by piece; None where it was not read."""
    start = state.token.idx - low
    word = pieces.word(start, start + len(state.token))
    if word is None:
        return None
    hold = Hold(word, state.kind, state.right, state.weight)
    for place, part, weight in state.parts:
        at = pieces.at(place - low)
        if at is not None:
            hold.mentions.append((at, part, weight))
    return hold


def _issues(record: dict[str, object]) -> dict[str, float]:
    """Return how much of a record stands for each issue; they sum to 1."""
    first = str(record["issue"])
    also = [a for a in record.get("also", ()) if a in issue_names() and a != first]  # type: ignore[attr-defined]
    if not also:
        return {first: 1.0}
    return {first: 1.0 - ALSO} | dict.fromkeys(also, ALSO / len(also))

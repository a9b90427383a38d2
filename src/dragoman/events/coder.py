"""From an annotated article to its events: candidates, class, parties, status, one record a happening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.candidates import candidates
from dragoman.events.classify import NONE, LinearModel
from dragoman.events.content import without_content
from dragoman.events.features import features, sentence_features
from dragoman.events.lexicon import Lexicon
from dragoman.events.merge import merge
from dragoman.events.modes import mode_of
from dragoman.events.parties import choose
from dragoman.events.setting import place_of, when_of
from dragoman.events.status import status_of
from dragoman.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.events.candidates import Candidate
    from dragoman.records import Mention, Span

__all__ = ["EventCoder"]

BECOMES_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


class EventCoder:
    """Needs mentions; gives events. ``code`` is a pure function of the annotation."""

    name = "events"
    version = "1"
    needs = ("sentences", "times", "mentions")
    gives = ("events",)

    def __init__(self, model: LinearModel | None = None, parties: LinearModel | None = None) -> None:
        self.model = model or LinearModel.load("types")
        self.parties = parties or LinearModel.load("parties")
        self.lexicon = Lexicon.load()

    def code(self, annotation: Annotation) -> list[Event]:
        """Return the events of an article in order of first mention, one record a happening (rule 2)."""
        return merge(without_content(list(self.told(annotation))))

    def told(self, annotation: Annotation) -> Iterator[tuple[Token, Event]]:
        """Yield the trigger and the event of every candidate that the model takes for one, unmerged."""
        for candidate, chances in self.scored(annotation):
            best, chance = self.decide(chances)
            if best is not None:
                yield candidate.token, self.event(annotation, candidate, best, chance)

    def scored(self, annotation: Annotation) -> Iterator[tuple[Candidate, NDArray[np.float32]]]:
        """Yield each candidate with its probability of every class, in text order."""
        shared: tuple[int, list[str]] = (-1, [])
        for candidate in candidates(annotation):
            sentence = candidate.sentence
            if shared[0] != sentence.start:
                shared = (sentence.start, sentence_features(annotation, sentence.start, sentence.end))
            yield candidate, self.model.probabilities(features(annotation, candidate), shared[1])

    def decide(self, chances: NDArray[np.float32]) -> tuple[str | None, float]:
        """Return the likeliest type and its probability; no type where that is under the threshold."""
        ranked = sorted(
            ((float(p), c) for p, c in zip(chances, self.model.classes, strict=True) if c != NONE),
            reverse=True,
        )
        chance, best = ranked[0]
        return (best, chance) if chance >= self.model.threshold else (None, 1.0 - chance)

    def event(self, annotation: Annotation, candidate: Candidate, type_: str, chance: float) -> Event:
        """Build the record of an act of a type told by a candidate."""
        token = candidate.token
        actors, recipients = choose(annotation, candidate, type_, model=self.parties)
        when = when_of(annotation, token, candidate.sentence)
        status = status_of(token, type_, when=when, published=annotation.article.published)
        if status == "future":
            if type_ in BECOMES_AGREE:
                type_, status = "AGREE", "actual"
            elif type_ == "RETREAT":
                type_, status = "CONCEDE", "actual"
        mode = mode_of(token, type_)
        return Event(
            type=type_,
            span=_quote(annotation, candidate, (*actors, *recipients)),
            actors=actors,
            recipients=recipients,
            mode=mode,
            status=status,
            quad=self.lexicon.quads[type_],
            intensity=self.lexicon.intensity(type_, mode),
            when=when,
            place=place_of(annotation, token, candidate.sentence),
            confidence=round(chance, 4),
            trigger=annotation.span(token.i, token.i + 1),
        )


def _act(token: Token) -> Iterable[int]:
    """Return the indices of the words that tell the act itself: the trigger and its object or particle."""
    yield token.i
    for child in token.children:
        if child.dep_ in ("dobj", "prt", "attr", "oprd") and child.i > token.i:
            yield child.i


def _quote(annotation: Annotation, candidate: Candidate, parties: tuple[Mention, ...]) -> Span:
    """Return the shortest run of the sentence that holds the parties' mentions and the act."""
    low, high = candidate.sentence.start, candidate.sentence.end
    indices = list(_act(candidate.token))
    first, last = min(indices), max(indices) + 1
    for mention in parties:
        start, end = mention.tokens
        if low <= start and end <= high:
            first, last = min(first, start), max(last, end)
    return annotation.span(first, last)

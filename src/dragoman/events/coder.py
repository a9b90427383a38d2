"""From an annotated article to its events: candidates, class, parties, status, one record a happening."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

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
from dragoman.reader import Encoder, blend, hear
from dragoman.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.events.candidates import Candidate
    from dragoman.reader import Heard
    from dragoman.records import Mention, Span

    Array = NDArray[np.float32]
    Scored = tuple[Candidate, Array, Heard | None]

__all__ = ["EventCoder"]

WORTH_READING = 0.2
"""A sentence none of whose candidates is an event with this probability by the linear model is not read."""
TYPE_SHARE = 0.5
"""What the encoder's word counts for beside the linear model's, in log-probabilities."""
BRIEF = 5
"""A text of at most so many sentences is a short report."""
BECOMES_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


class EventCoder:
    """Needs mentions; gives events. ``code`` is a pure function of the annotation."""

    name = "events"
    version = "2"
    needs = ("sentences", "times", "mentions")
    gives = ("events",)

    def __init__(
        self,
        model: LinearModel | None = None,
        parties: LinearModel | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self.model = model or LinearModel.load("types")
        self.parties = parties or LinearModel.load("parties")
        self.encoder = encoder or Encoder.load()
        self.lexicon = Lexicon.load()
        self._none = self.model.classes.index(NONE)
        self._order = [self.encoder.classes.index(c) for c in self.model.classes]

    def code(self, annotation: Annotation) -> list[Event]:
        """Return the events of an article in order of first mention, one record a happening (rule 2)."""
        return self.recorded(annotation, self.scored(annotation))

    def recorded(self, annotation: Annotation, scored: Iterable[Scored]) -> list[Event]:
        """Return the same from the candidates already weighed."""
        return merge(without_content(list(self.told(annotation, scored))))

    def told(self, annotation: Annotation, scored: Iterable[Scored]) -> Iterator[tuple[Token, Event]]:
        """Yield the trigger and the event of every candidate that the models take for one, unmerged."""
        long = is_long(annotation)
        for candidate, chances, heard in scored:
            best, chance = self.decide(chances)
            if best is not None:
                confidence = self.model.confidence(chance, long=long)
                yield candidate.token, self.event(annotation, candidate, best, confidence, heard)

    def scored(self, annotation: Annotation) -> Iterator[Scored]:
        """Yield each candidate, the probability of every class, and its sentence as the encoder read it.

        The linear model sees every candidate; the encoder reads the sentences in which it takes any for
        an event at all, and both then have a say.
        """
        for sentence, group in groupby(candidates(annotation), key=lambda c: c.sentence):
            shared = self.model.shared(sentence_features(annotation, sentence.start, sentence.end))
            rows = [(c, self.model.probabilities(features(annotation, c), shared)) for c in group]
            likely = max(1.0 - float(chances[self._none]) for _, chances in rows)
            heard = hear(self.encoder, annotation, sentence) if likely >= WORTH_READING else None
            said = heard.types([c.bounds for c, _ in rows]) if heard is not None else [None] * len(rows)
            for (candidate, chances), read in zip(rows, said, strict=True):
                both = None if read is None else blend(np.log(chances), read[self._order], TYPE_SHARE)
                yield candidate, chances if both is None else both, heard

    def decide(self, chances: Array) -> tuple[str | None, float]:
        """Return the likeliest type and its probability; no type where that is under the threshold."""
        ranked = sorted(
            ((float(p), c) for p, c in zip(chances, self.model.classes, strict=True) if c != NONE),
            reverse=True,
        )
        chance, best = ranked[0]
        return (best, chance) if chance >= self.model.threshold else (None, 1.0 - chance)

    def event(
        self, annotation: Annotation, candidate: Candidate, type_: str, confidence: float, heard: Heard | None
    ) -> Event:
        """Build the record of an act of a type told by a candidate."""
        token = candidate.token
        actors, recipients = choose(annotation, candidate, type_, model=self.parties, heard=heard)
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
            confidence=round(confidence, 4),
            trigger=annotation.span(token.i, token.i + 1),
        )


def is_long(annotation: Annotation) -> bool:
    """Whether an article has more sentences than a short report."""
    return sum(1 for _ in annotation.telling()) > BRIEF


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

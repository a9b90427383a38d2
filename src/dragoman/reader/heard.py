"""A sentence of an article as the encoder read it, addressed by the article's own offsets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.reader.encoder import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.annotation import Annotation, Sentence
    from dragoman.reader.encoder import Encoder, Stand, Vectors

    Array = NDArray[np.float32]
    Numbers = NDArray[np.floating[Any]]

__all__ = ["Heard", "blend", "hear", "mixed"]

SUREST = 30.0
"""Log-odds beyond which nothing changes."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence as it was read, and where it starts in the article. All offsets are the article's."""

    encoder: Encoder
    vectors: Vectors
    start: int

    def types(self, words: Sequence[tuple[int, int]]) -> list[Array | None]:
        """Return for each word the log-probability of each event type; None where not read."""
        return self.encoder.types(self.vectors, [self._within(word) for word in words])

    def roles(self, word: tuple[int, int], places: Sequence[int], type_: str) -> list[Array | None]:
        """Return the log-probability of each role of the mentions whose heads start at ``places``.

        None for what lies outside the sentence.
        """
        return self.encoder.roles(
            self.vectors, self._within(word), [place - self.start for place in places], type_
        )

    def positions(self, places: Sequence[Place]) -> list[Stand | None]:
        """Return what each candidate position is taken for; None where not read."""
        return self.encoder.positions(self.vectors, [self._moved(place) for place in places])

    def claims(self, asked: Sequence[tuple[Place, Sequence[int]]]) -> list[list[float | None]]:
        """Return the log-odds that each position is that of each mention whose head starts where asked.

        None for what lies outside the sentence.
        """
        moved = [(self._moved(place), [head - self.start for head in heads]) for place, heads in asked]
        return self.encoder.claims(self.vectors, moved)

    def condition(self, word: tuple[int, int], kind: str) -> float | None:
        """Return the log-odds that a cue tells of a standing condition of a kind; None where not read."""
        return self.encoder.condition(self.vectors, self._within(word), kind)

    def parts(self, word: tuple[int, int], heads: Sequence[int], kind: str) -> list[Array | None]:
        """Return the log-probability of each of PARTS of the mentions whose heads start at ``heads``.

        None for what lies outside the sentence.
        """
        return self.encoder.parts(
            self.vectors, self._within(word), [head - self.start for head in heads], kind
        )

    def _within(self, run: tuple[int, int]) -> tuple[int, int]:
        return run[0] - self.start, run[1] - self.start

    def _moved(self, place: Place) -> Place:
        return Place(self._within(place.cue), self._within(place.content), place.head - self.start)


def hear(encoder: Encoder, annotation: Annotation, sentence: Sentence) -> Heard:
    """Let the encoder read a sentence of an article, once for all that ask."""
    known = annotation.heard.get(sentence.start)
    if known is None or known.encoder is not encoder:
        doc = annotation.doc
        start, last = doc[sentence.start].idx, doc[sentence.end - 1]
        text = annotation.article.text[start : last.idx + len(last.text)]
        known = annotation.heard[sentence.start] = Heard(encoder, encoder.encode(text), start)
    return known


def blend(linear: Numbers, read: Numbers | None, share: float) -> Numbers:
    """Return the probabilities of two models' weighted geometric mean; the first's where there is no second.

    Args:
        linear: log-probabilities, shape (classes,).
        read: the other's, in the same order.
        share: weight of the second, 0 to 1.
    """
    scores = linear if read is None else share * read + (1 - share) * linear
    scores = np.exp(scores - scores.max())
    found: Numbers = scores / scores.sum()
    return found


def mixed(chance: float, odds: float | None, share: float) -> float:
    """Return the same of two models that say yes or no: one gave a probability, the other log-odds."""
    if odds is None:
        return chance
    ours = math.log(chance / (1.0 - chance)) if 0.0 < chance < 1.0 else math.copysign(SUREST, chance - 0.5)
    return 1.0 / (1.0 + math.exp(-max(-SUREST, min(SUREST, share * odds + (1 - share) * ours))))

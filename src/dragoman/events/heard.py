"""A sentence of an article as the encoder read it, addressed by the article's own offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.annotation import Annotation, Sentence
    from dragoman.events.candidates import Candidate
    from dragoman.events.encoder import Encoder, Reading

    Array = NDArray[np.float32]

__all__ = ["Heard", "blend", "hear"]


@dataclass(frozen=True, slots=True)
class Heard:
    """A reading, and where its sentence starts in the article."""

    encoder: Encoder
    reading: Reading
    start: int

    def types(self, candidates: Sequence[Candidate]) -> list[Array | None]:
        """Return for candidates of the sentence the log-probability of each type; None where not read."""
        return self.encoder.types(self.reading, [self._word(candidate) for candidate in candidates])

    def roles(self, candidate: Candidate, places: Sequence[int], type_: str) -> list[Array | None]:
        """Return the log-probability of each role of the mentions whose heads start at ``places``.

        Offsets are the article's; None for what lies outside the sentence.
        """
        return self.encoder.roles(
            self.reading, self._word(candidate), [place - self.start for place in places], type_
        )

    def _word(self, candidate: Candidate) -> tuple[int, int]:
        start = candidate.token.idx - self.start
        return start, start + len(candidate.token)


def hear(encoder: Encoder, annotation: Annotation, sentence: Sentence) -> Heard:
    """Let the encoder read a sentence of an article."""
    doc = annotation.doc
    start, last = doc[sentence.start].idx, doc[sentence.end - 1]
    return Heard(encoder, encoder.encode(annotation.article.text[start : last.idx + len(last)]), start)


def blend(linear: Array, read: Array | None, share: float) -> Array:
    """Return the probabilities of two models' weighted geometric mean; the first's where there is no second.

    Args:
        linear: log-probabilities, shape (classes,).
        read: the other's, in the same order.
        share: weight of the second, 0 to 1.
    """
    scores = linear if read is None else share * read + (1 - share) * linear
    scores = np.exp(scores - scores.max())
    found: Array = scores / scores.sum()
    return found

"""A multinomial logistic model over string features: its weights are a data file, its arithmetic is here."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Line", "LinearModel"]

Line = tuple[float, float]
"""Slope and intercept."""
NONE = "NONE"
LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of shape (features, classes), float32; ``classes`` holds the label of each column.

    ``calibration`` turns the log-odds of a chance into those of being right (Platt scaling, 1999), as
    measured on articles held out of training: one line for short reports, one for articles of more than a
    few sentences, in which more goes wrong.
    """

    vocabulary: dict[str, int]
    weights: NDArray[np.float32]
    classes: tuple[str, ...]
    threshold: float
    version: str
    calibration: tuple[Line, Line] = ((1.0, 0.0), (1.0, 0.0))

    @classmethod
    @cache
    def load(cls, name: str) -> LinearModel:
        """Read ``data/<name>.npz`` once for this process (made by ``training/events``)."""
        path = resources.files("dragoman.events") / "data" / f"{name}.npz"
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            card = json.loads(str(arrays["card"]))
            names = str(arrays["features"]).split("\x1e")
            weights = arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32)
        vocabulary = {feature: i for i, feature in enumerate(names)}
        short, long = card["calibration"]
        classes, calibration = tuple(card["classes"]), (tuple(short), tuple(long))
        return cls(vocabulary, weights, classes, card["threshold"], card["version"], calibration)

    def confidence(self, chance: float, *, long: bool) -> float:
        """Return the probability that a record made on a chance is right, in a short report or a long one."""
        slope, shift = self.calibration[long]
        chance = min(max(chance, LEAST), 1 - LEAST)
        return 1 / (1 + math.exp(-slope * math.log(chance / (1 - chance)) - shift))

    def shared(self, features: Sequence[str]) -> NDArray[np.float32]:
        """Return what a sentence's features, each with weight 1/2, add to its candidates' scores."""
        get = self.vocabulary.get
        found: NDArray[np.float32] = 0.5 * self.weights[
            [i for f in features if (i := get(f)) is not None]
        ].sum(0)
        return found

    def probabilities(
        self, own: Sequence[str], shared: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Return the probability of each class, shape (classes,).

        Args:
            own: features of the candidate, each with weight 1.
            shared: what :meth:`shared` says of its sentence.
        """
        get = self.vocabulary.get
        rows = [i for f in dict.fromkeys(own) if (i := get(f)) is not None]
        scores = self.weights[rows].sum(0)
        if shared is not None:
            scores = scores + shared
        scores = np.exp(scores - scores.max())
        shares: NDArray[np.float32] = scores / scores.sum()
        return shares

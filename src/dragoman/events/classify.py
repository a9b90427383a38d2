"""A multinomial logistic model over string features: its weights are a data file, its arithmetic is here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["LinearModel"]

NONE = "NONE"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of shape (features, classes), float32; ``classes`` holds the label of each column."""

    vocabulary: dict[str, int]
    weights: NDArray[np.float32]
    classes: tuple[str, ...]
    threshold: float
    version: str

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
        return cls(vocabulary, weights, tuple(card["classes"]), card["threshold"], card["version"])

    def probabilities(self, own: Sequence[str], shared: Sequence[str] = ()) -> NDArray[np.float32]:
        """Return the probability of each class, shape (classes,).

        Args:
            own: features of the candidate, each with weight 1.
            shared: features of its sentence, each with weight 1/2.
        """
        get = self.vocabulary.get
        rows = [i for f in dict.fromkeys(own) if (i := get(f)) is not None]
        half = [i for f in shared if (i := get(f)) is not None]
        scores = self.weights[rows].sum(0) + 0.5 * self.weights[half].sum(0)
        scores = np.exp(scores - scores.max())
        shares: NDArray[np.float32] = scores / scores.sum()
        return shares

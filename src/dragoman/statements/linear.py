"""Linear models: sparse ones in plain Python, read from JSON, and one of many classes in NumPy.

Trained by ``training/statements`` with scikit-learn. A sparse one is exported as ``{"classes", "bias",
"weights"}``; ``weights`` maps a feature to one number a class (one number in all for two classes). A
dense one is an ``.npz`` of a signed byte a weight and a scale a class.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["DenseModel", "LinearModel", "dense_model", "load_dense", "load_model", "read_model"]

SMALLEST = 0.05
SEPARATOR = "\x1e"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Scores of binary features. ``threshold`` is the probability from which a candidate is kept."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[tuple[int, float], ...]]
    threshold: float = 0.5
    yes: dict[str, float] = field(default_factory=dict)
    """The weight for yes of each feature of a yes-or-no model."""

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return one raw score a class (a single score for a yes-or-no model)."""
        total = list(self.bias)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                for k, weight in row:
                    total[k] += weight
        return total

    def total(self, features: Iterable[str]) -> float:
        """Return the sum of the weights for yes, without the bias."""
        return sum(filter(None, map(self.yes.get, features)))

    def probability(self, features: Iterable[str], *, shared: float = 0.0) -> float:
        """Return the probability of yes, between 0 and 1. ``shared`` is a total of further features."""
        return _logistic(self.bias[0] + shared + self.total(features))

    def weighted(self, features: Iterable[tuple[str, float]]) -> float:
        """Return the probability of yes where features come with values; unknown ones count for nothing."""
        return _logistic(self.bias[0] + sum(self.yes[n] * value for n, value in features if n in self.yes))

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the likeliest class and its probability (softmax); ties go to the first class."""
        scores = self.scores(features)
        top = max(scores)
        index = scores.index(top)
        return self.classes[index], 1.0 / sum(math.exp(score - top) for score in scores)


@dataclass(frozen=True, slots=True)
class DenseModel:
    """Scores of weighted features for many classes. ``weights`` has the shape (features, classes)."""

    classes: tuple[str, ...]
    bias: NDArray[np.float64]
    vocabulary: dict[str, int]
    weights: NDArray[np.float64]

    def scores(self, features: Mapping[str, float]) -> NDArray[np.float64]:
        """Return one raw score a class, without the bias."""
        get = self.vocabulary.get
        known = [(row, weight) for feature, weight in features.items() if (row := get(feature)) is not None]
        if not known:
            return np.zeros(len(self.classes))
        rows, weights = zip(*known, strict=True)
        total: NDArray[np.float64] = np.asarray(weights) @ self.weights[list(rows)]
        return total


@cache
def load_dense(name: str) -> DenseModel:
    """Load a shipped dense model by name: ``issues``."""
    path = files("dragoman.statements").joinpath("data", f"model_{name}.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return dense_model(arrays)


def dense_model(arrays: Mapping[str, Any]) -> DenseModel:
    """Make a model of its arrays: ``features`` and ``classes`` joined, ``weights`` in steps of ``scale``."""
    names = str(arrays["features"]).split(SEPARATOR)
    weights = arrays["weights"].astype(np.float64) * arrays["scale"].astype(np.float64)
    classes = tuple(str(arrays["classes"]).split(SEPARATOR))
    bias = arrays["bias"].astype(np.float64)
    return DenseModel(classes, bias, {feature: i for i, feature in enumerate(names)}, weights)


@cache
def load_model(name: str) -> LinearModel:
    """Load a shipped model by name: ``positions``, ``parties``, ``sides``, ``records`` ..."""
    text = files("dragoman.statements").joinpath("data", f"model_{name}.json").read_text(encoding="utf-8")
    raw = json.loads(text)
    return read_model(raw, threshold=raw.get("threshold", 0.5))


def read_model(raw: dict[str, Any], *, threshold: float) -> LinearModel:
    """Make a model of its exported form; weights too small to matter are left out."""
    weights = {
        feature: tuple((k, weight) for k, weight in enumerate(row) if abs(weight) >= SMALLEST)
        for feature, row in raw["weights"].items()
    }
    yes = {feature: row[0][1] for feature, row in weights.items() if row}
    return LinearModel(tuple(raw["classes"]), tuple(raw["bias"]), weights, threshold, yes)


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

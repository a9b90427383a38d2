"""A sparse logistic model in plain Python: a table of weights, read from JSON.

Trained by ``training/statements`` with scikit-learn and exported as ``{"classes", "bias",
"weights"}``; ``weights`` maps a feature to one number a class (one number in all for two classes).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LinearModel", "load_model", "read_model"]

SMALLEST = 0.05


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Scores of binary features. ``threshold`` is the probability from which a candidate is kept."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[tuple[int, float], ...]]
    threshold: float = 0.5

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return one raw score a class (a single score for a yes-or-no model)."""
        total = list(self.bias)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                for k, weight in row:
                    total[k] += weight
        return total

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability of yes, between 0 and 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.scores(features)[0]))))

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the likeliest class and its probability (softmax); ties go to the first class."""
        scores = self.scores(features)
        top = max(scores)
        index = scores.index(top)
        return self.classes[index], 1.0 / sum(math.exp(score - top) for score in scores)


@cache
def load_model(name: str) -> LinearModel:
    """Load a shipped model by name: ``positions``, ``issues``, ``conditions`` or ``linkages``."""
    text = files("dragoman.statements").joinpath("data", f"model_{name}.json").read_text(encoding="utf-8")
    raw = json.loads(text)
    return read_model(raw, threshold=raw.get("threshold", 0.5))


def read_model(raw: dict[str, Any], *, threshold: float) -> LinearModel:
    """Make a model of its exported form; weights too small to matter are left out."""
    weights = {
        feature: tuple((k, weight) for k, weight in enumerate(row) if abs(weight) >= SMALLEST)
        for feature, row in raw["weights"].items()
    }
    return LinearModel(tuple(raw["classes"]), tuple(raw["bias"]), weights, threshold)

"""Records -> what is in force: a pure fold, without text and without a model."""

from __future__ import annotations

from dragoman.standing.fold import fold
from dragoman.standing.rules import Rule, rules

__all__ = ["Rule", "fold", "rules"]

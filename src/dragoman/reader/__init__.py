"""A sentence -> what a small neural network reads in it. Shared by the stages that judge words in context."""

from __future__ import annotations

from dragoman.reader.encoder import PARTS, Encoder, Place, Stand
from dragoman.reader.heard import Heard, blend, hear, mixed

__all__ = ["PARTS", "Encoder", "Heard", "Place", "Stand", "blend", "hear", "mixed"]

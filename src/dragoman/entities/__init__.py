"""Mentions -> entities: states, people in office on the day, organisations, armed groups, places."""

from __future__ import annotations

from dragoman.entities.knowledge import KnowledgeBase
from dragoman.entities.linker import Linker

__all__ = ["KnowledgeBase", "Linker"]

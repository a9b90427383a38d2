"""Sentence and entities -> Event: who did what to whom."""

from __future__ import annotations

from dragoman.events.coder import EventCoder

__all__ = ["EventCoder"]

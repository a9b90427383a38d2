"""Puts the stages in order and runs them: one process or many, into one ledger."""

from __future__ import annotations

from dragoman.pipeline.coder import Coder
from dragoman.pipeline.run import read, read_items
from dragoman.pipeline.stages import StageOrderError, Stages
from dragoman.pipeline.summary import Progress, Summary
from dragoman.pipeline.workers import WorkerError

__all__ = ["Coder", "Progress", "StageOrderError", "Stages", "Summary", "WorkerError", "read", "read_items"]

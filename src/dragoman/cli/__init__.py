"""The command line: thin wrappers, one file a command, over functions of the same verb."""

from __future__ import annotations

from dragoman.cli.main import app, main

__all__ = ["app", "main"]

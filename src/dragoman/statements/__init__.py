"""Sentence and entities -> positions, linkages, conditions, figures."""

from __future__ import annotations

from dragoman.statements.coder import StatementCoder, Statements

__all__ = ["StatementCoder", "Statements"]

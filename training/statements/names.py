"""The issues and kinds of condition, in the order in which the encoder's heads learn them."""

from __future__ import annotations

from functools import cache

from dragoman.statements.lexicon import condition_cues, issue_words

__all__ = ["ALSO", "issue_names", "kind_names"]

ALSO = 0.3
"""What the other right issues of a position weigh, together, beside its first."""


@cache
def issue_names() -> tuple[str, ...]:
    """Return the slugs of the codebook's issues, in order."""
    return tuple(sorted({issue for pairs in issue_words().values() for issue, _ in pairs} | {"other"}))


@cache
def kind_names() -> tuple[str, ...]:
    """Return the kinds of standing condition that the cues name, in order."""
    return tuple(sorted({cue.kind for found in condition_cues().values() for cue in found}))

"""Where sentences must begin and must not, set on a document before it is parsed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.annotate.layout import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.annotate.layout import Layout

__all__ = ["mark_boundaries", "title_abbreviations"]

YES, NO = 1, -1
INITIAL = re.compile(r"[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*")
SHORT = re.compile(r"\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]|[“\"][^”\"\n.!?]{1,60}[”\"]")
ENDERS = frozenset(".!?…:;\"'”’)]»")
CLOSERS = frozenset("\"'”’)]»")


@cache
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = words_of("layout.toml")
    return frozenset(lists["title"]), frozenset(lists["open"]), frozenset(lists["openers"])


def title_abbreviations() -> frozenset[str]:
    """Return the abbreviations after which no sentence ends, to be kept whole by the tokenizer."""
    return _sets()[0]


def mark_boundaries(doc: Doc, layout: Layout) -> None:
    """Set where sentences begin, and where they must not, on a tokenised document.

    All at once: setting one token at a time makes spaCy look over the whole document each time.
    """
    inside = _inside_short(doc.text)
    wanted = {line.start for line in layout.lines if not line.joined}
    wanted |= {line.body for line in layout.lines}
    joined = {line.start for line in layout.lines if line.joined}
    titles, open_, openers = _sets()
    marks = np.zeros((len(doc), 1), dtype="int64")
    before = None
    for token in doc:
        offset = token.idx
        if offset in joined:
            marks[token.i] = NO
        elif offset in wanted or before is None:
            marks[token.i] = YES
        elif (
            token.is_space
            or (before.text[-1] not in ENDERS and not before.is_space)
            or offset in inside
            or (before.text[-1] == "." and _holds(before, token, titles, open_, openers))
        ):
            marks[token.i] = NO
        before = token
    values: Any = marks.astype("uint64")
    doc.from_array(["SENT_START"], values)


def _holds(
    before: Token, token: Token, titles: frozenset[str], open_: frozenset[str], openers: frozenset[str]
) -> bool:
    """Whether the full stop of a token ends an abbreviation and not the sentence."""
    text = before.text
    if text in titles:
        return token.text[0] not in CLOSERS
    if text in open_:
        return token.text not in openers
    if INITIAL.fullmatch(text):
        return token.text[0].isupper() and token.text not in openers
    return False


def _inside_short(text: str) -> frozenset[int]:
    """Return the offsets inside brackets and short quotations, where no sentence begins."""
    return frozenset(i for m in SHORT.finditer(text) for i in range(m.start() + 1, m.end()))

"""Where sentences must begin and must not, set on a document before it is parsed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dragoman.annotate.layout import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.annotate.layout import Layout

__all__ = ["mark_boundaries", "title_abbreviations"]

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
    """Set ``is_sent_start`` on a tokenised document where the layout or an abbreviation decides it."""
    inside = _inside_short(doc.text)
    _mark_lines(doc, layout)
    titles, open_, openers = _sets()
    for token in doc[1:]:
        if token.is_sent_start:
            continue
        before = doc[token.i - 1]
        last = before.text[-1]
        if last not in ENDERS and not before.is_space:
            token.is_sent_start = False
        elif token.idx in inside or (last == "." and _holds(before, token, titles, open_, openers)):
            token.is_sent_start = False


def _mark_lines(doc: Doc, layout: Layout) -> None:
    """Begin a sentence at each line and after each dateline or label; none at a wrapped line."""
    wanted = {line.start for line in layout.lines if not line.joined}
    wanted |= {line.body for line in layout.lines}
    joined = {line.start for line in layout.lines if line.joined}
    for token in doc:
        if token.idx in joined:
            token.is_sent_start = False
        elif token.idx in wanted:
            token.is_sent_start = True
        elif token.is_space and token.i:
            token.is_sent_start = False


def _holds(
    before: Token, token: Token, titles: frozenset[str], open_: frozenset[str], openers: frozenset[str]
) -> bool:
    """Whether the full stop of a token ends an abbreviation and not the sentence."""
    text = before.text
    if text in titles:
        return not token.text[0] in CLOSERS
    if text in open_:
        return token.text not in openers
    if INITIAL.fullmatch(text):
        return token.text[0].isupper() and token.text not in openers
    return False


def _inside_short(text: str) -> frozenset[int]:
    """Return the offsets inside brackets and short quotations, where no sentence begins."""
    return frozenset(i for m in SHORT.finditer(text) for i in range(m.start() + 1, m.end()))

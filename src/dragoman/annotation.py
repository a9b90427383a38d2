"""The vocabulary of an annotated article, shared by every stage that reads text.

``annotate`` fills an :class:`Annotation`; ``entities`` adds the mentions; ``events`` and
``statements`` read both. Token indices are spaCy's (``doc[i]``); ``token.idx`` is an offset into
``article.text``, since the document is made of the whole text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span as TokenSpan, Token

    from dragoman.reader import Heard
    from dragoman.records import Article, Mention, Span, When

__all__ = ["Annotation", "Quotation", "Sentence", "SentenceKind", "TimeExpression"]

SentenceKind = Literal["sentence", "headline", "byline", "dateline", "other"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``start`` to ``end`` (half-open). Only kind ``sentence`` and ``headline`` carry records."""

    start: int
    end: int
    kind: SentenceKind = "sentence"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: token range, whether they are a whole clause, and who said them.

    ``speaker`` is the head token of the speaker's noun phrase, ``cue`` the verb of saying; each may be None.
    """

    start: int
    end: int
    clause: bool
    speaker: int | None = None
    cue: int | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date, interval or duration in the text.

    ``when`` is None for a pure duration. ``precision`` is day, week, month, year, decade, weekend,
    interval or duration. ``tokens`` is a half-open token range.
    """

    span: Span
    tokens: tuple[int, int]
    when: When | None
    precision: str
    duration_days: float | None = None


@dataclass(slots=True)
class Annotation:
    """An article with its syntax, sentences, quotations, times and (after linking) mentions.

    ``heard`` remembers the sentences that :mod:`dragoman.reader` has read, by their first token.
    """

    article: Article
    doc: Doc
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    dateline_place: Span | None = None
    mentions: tuple[Mention, ...] = ()
    heard: dict[int, Heard] = field(default_factory=dict)
    _by_token: dict[int, Mention] = field(default_factory=dict)

    def link(self, mentions: tuple[Mention, ...]) -> None:
        """Attach the mentions (sorted by start; they do not overlap) and index them by token."""
        self.mentions = mentions
        self._by_token = {i: m for m in mentions for i in range(*m.tokens)}

    def mention_at(self, token: int) -> Mention | None:
        """Return the mention that covers a token index, if any."""
        return self._by_token.get(token)

    def span(self, start: int, end: int) -> Span:
        """Return the text of tokens ``start`` to ``end`` (half-open, at least one token) as a span."""
        first, last = self.doc[start], self.doc[end - 1]
        return self.article.span(first.idx, last.idx + len(last.text))

    def tokens(self, sentence: Sentence) -> TokenSpan:
        """Return a sentence's tokens."""
        return self.doc[sentence.start : sentence.end]

    def telling(self) -> Iterator[Sentence]:
        """Yield the sentences that may carry records, in order."""
        return (s for s in self.sentences if s.kind in ("sentence", "headline"))

    def head(self, mention: Mention) -> Token:
        """Return the syntactic head token of a mention."""
        return self.doc[mention.head]

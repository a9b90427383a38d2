"""An article's tokens as plain objects: spaCy's work out each attribute anew, these have it at hand.

The questions of :mod:`dragoman.syntax` go to and fro over a parse; asked of plain objects they take a
third of the time. A :class:`Word` answers as a spaCy token does, as far as this stage asks. The words
of one article are never mixed with spaCy's own tokens: :func:`plain` puts them in its place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from dragoman.annotation import Annotation

__all__ = ["Bounds", "Stretch", "Word", "Words", "plain"]

NAMED = ("LEMMA", "LOWER", "POS", "TAG", "DEP", "ENT_TYPE")
COUNTED = ("IDX", "LENGTH", "IS_PUNCT", "IS_SPACE", "IS_STOP")
NO_CHILDREN: list[Word] = []
"""The children of all leaves; never added to."""


class Bounds:
    """A sentence: its half-open token range, the root of its tree, and the edges of each word's subtree."""

    __slots__ = ("_edges", "_root", "doc", "end", "start")

    def __init__(self, doc: Words, start: int, end: int) -> None:
        """Keep the range; :func:`_grow` makes the end and the root known."""
        self.doc, self.start, self.end, self._root = doc, start, end, start
        self._edges: tuple[list[int], list[int]] | None = None

    def __iter__(self) -> Iterator[Word]:
        """Yield the words."""
        return iter(self.doc[self.start : self.end])

    @property
    def root(self) -> Word:
        """The root of the tree."""
        return self.doc[self._root]

    @root.setter
    def root(self, word: Word) -> None:
        self._root = word.i

    def edges(self) -> tuple[list[int], list[int]]:
        """Return the first and the last token index of the subtree of each word of the sentence."""
        if self._edges is None:
            words, start = list(self), self.start
            first, last = [w.i for w in words], [w.i for w in words]
            for word in words:
                head = word.head
                while first[head.i - start] > word.i:
                    first[head.i - start] = word.i
                    head = head.head
            for word in reversed(words):
                head = word.head
                while last[head.i - start] < word.i:
                    last[head.i - start] = word.i
                    head = head.head
            self._edges = first, last
        return self._edges


class Word:
    """A token. The attributes are named and mean what spaCy's do; ``children`` is in text order."""

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_punct", "is_space", "is_stop",
        "lemma_", "lower_", "pos_", "sent", "size", "tag_",
    )  # fmt: skip

    doc: Words
    head: Word
    sent: Bounds

    def __init__(  # noqa: PLR0913, PLR0917 - one a column
        self, i: int, lemma: str, lower: str, pos: str, tag: str, dep: str, ent: str,
        idx: int, size: int, punct: int, space: int, stop: int,
    ) -> None:  # fmt: skip
        """Keep the attributes; :func:`_grow` adds the tree."""
        self.i = i
        self.lemma_ = lemma
        self.lower_ = lower
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.ent_type_ = ent
        self.idx = idx
        self.size = size
        self.is_punct = punct
        self.is_space = space
        self.is_stop = stop
        self.children: list[Word] = NO_CHILDREN

    @property
    def text(self) -> str:
        """The token as it stands in the text."""
        return self.doc.text[self.idx : self.idx + self.size]

    @property
    def is_title(self) -> bool:
        """Whether it is written with a capital and small letters."""
        return self.text.istitle()

    @property
    def lefts(self) -> list[Word]:
        """The children before the word."""
        return [child for child in self.children if child.i < self.i]

    @property
    def left_edge(self) -> Word:
        """The first word of the subtree."""
        return self.doc[self.sent.edges()[0][self.i - self.sent.start]]

    @property
    def right_edge(self) -> Word:
        """The last word of the subtree."""
        return self.doc[self.sent.edges()[1][self.i - self.sent.start]]

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it, in text order as far as the tree is projective."""
        mine = False
        for child in self.children:
            if not mine and child.i > self.i:
                mine = True
                yield self
            yield from child.subtree
        if not mine:
            yield self


class Words(list[Word]):
    """The tokens of an article, by token index, with its text and the document that they come from."""

    text: str
    source: Doc

    def release(self) -> None:
        """Let go of everything: words refer to each other in circles, which else wait for the collector."""
        for word in self:
            word.children = NO_CHILDREN
            del word.head
        self.clear()


class Stretch:
    """A run of words, as spaCy's spans are; ``start_char`` is the offset of its ``text``."""

    __slots__ = ("doc", "end", "start", "start_char", "text")

    def __init__(self, doc: Words, start: int, end: int) -> None:
        """Take the words ``start`` to ``end`` (half-open, at least one)."""
        self.doc, self.start, self.end = doc, start, end
        last = doc[end - 1]
        self.start_char = doc[start].idx
        self.text = doc.text[self.start_char : last.idx + last.size]

    def __len__(self) -> int:
        """Return how many words it has."""
        return self.end - self.start

    def __getitem__(self, place: int) -> Word:
        """Return a word by its place in the run, from 0."""
        return self.doc[self.start + place]

    def __iter__(self) -> Iterator[Word]:
        """Yield the words."""
        return iter(self.doc[self.start : self.end])


def plain(annotation: Annotation) -> Annotation:
    """Return the same annotation over plain words, mentions included; one that has them, as it is."""
    doc: object = annotation.doc
    if isinstance(doc, Words):
        return annotation
    return replace(annotation, doc=cast("Doc", _words(annotation.doc, annotation.article.text)))


def _words(doc: Doc, text: str) -> Words:
    words = Words()
    words.text, words.source = text, doc
    if len(doc) == 0:
        return words
    columns = doc.to_array([*NAMED, *COUNTED, "SENT_START", "HEAD"]).T
    names: dict[int, str] = {0: ""}
    strings = doc.vocab.strings
    rows = []
    for column in columns[: len(NAMED)].tolist():
        for key in set(column):
            if key not in names:
                names[key] = strings[key]
        rows.append([names[key] for key in column])
    rows += columns[len(NAMED) : -2].tolist()
    words.extend(map(Word, range(len(doc)), *rows))
    _grow(words, columns[-2].tolist(), columns[-1].astype("int64").tolist())
    return words


def _grow(words: Words, starts: list[int], heads: list[int]) -> None:
    """Give the words their heads (as steps from each), children and sentences."""
    sentence = Bounds(words, 0, 0)
    for word, opens, step in zip(words, starts, heads, strict=True):
        if opens == 1 or word.i == 0:
            sentence.end = word.i
            sentence = Bounds(words, word.i, len(words))
        word.sent, word.doc = sentence, words
        if step == 0:
            word.head = word
            sentence.root = word
            continue
        head = word.head = words[word.i + step]
        if head.children is NO_CHILDREN:
            head.children = [word]
        else:
            head.children.append(word)

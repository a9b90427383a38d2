"""Sentences of a parsed document, each with its kind, and the place of its dateline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.annotation import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span as TokenSpan

    from dragoman.annotate.layout import Layout, Line
    from dragoman.annotation import Annotation, SentenceKind
    from dragoman.records import Span

__all__ = ["dateline_place", "sentences"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
HEAD_LINES = 6


def sentences(doc: Doc, layout: Layout) -> tuple[Sentence, ...]:
    """Return the sentences of a document, without the white space around them."""
    found = []
    for span in doc.sents:
        start, end = span.start, span.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            found.append(Sentence(start, end, _kind(doc[start:end], layout)))
    return tuple(found)


def _kind(span: TokenSpan, layout: Layout) -> SentenceKind:
    offset = span[0].idx
    line = layout.at(offset)
    if line is None:
        return "sentence"
    if offset < line.body:
        return "dateline" if line.prefix == "dateline" else "other"
    if line.prefix == "open" and offset == line.start:
        return _open_line(span, line)
    return line.kind


def _open_line(span: TokenSpan, line: Line) -> SentenceKind:
    """A line without a full stop: a heading that tells something, a place, or a scrap."""
    tells = any(t.tag_ in FINITE for t in span) and any(t.dep_ in SUBJECTS for t in span)
    if line.kind == "headline" and (tells or any(t.pos_ == "VERB" for t in span)):
        return "headline"
    if tells or span[-1].idx + len(span[-1].text) < line.end:
        return "sentence"
    place = sum(len(e) for e in span.ents if e.label_ in PLACES)
    if place * 2 >= len(span) and span[0].ent_type_ in PLACES:
        return "dateline"
    return "other"


def dateline_place(annotation: Annotation, layout: Layout) -> Span | None:
    """Return the place that the article's dateline names, if it has one."""
    for line in layout.lines:
        if line.prefix == "dateline" and line.place_end > line.start:
            start = line.start + (annotation.article.text[line.start] == "(")
            return annotation.article.span(start, line.place_end)
    for sentence in annotation.sentences[:HEAD_LINES]:
        if sentence.kind == "dateline":
            for entity in annotation.tokens(sentence).ents:
                if entity.label_ in PLACES:
                    return annotation.article.span(entity.start_char, entity.end_char)
    return None

"""Which issue of the codebook a position is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.statements.linear import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.annotation import Annotation
    from dragoman.statements.candidates import Candidate

__all__ = ["issue_features", "issue_of"]

OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


def issue_of(annotation: Annotation, candidate: Candidate) -> tuple[str, float]:
    """Return the likeliest issue of a candidate and its probability."""
    return load_model("issues").best(issue_features(annotation, candidate))


def issue_features(annotation: Annotation, candidate: Candidate) -> Iterator[str]:
    """Yield the words of the content and, apart from them, those of the whole sentence."""
    doc = annotation.doc
    start, end = candidate.content
    head = doc[candidate.content_head]
    seen = set()
    sentence = doc[candidate.cue].sent
    for token in sentence:
        if token.pos_ not in OPEN or token.is_stop:
            continue
        lemma = token.lemma_.lower()
        inside = start <= token.i < end
        feature = f"w={lemma}" if inside else f"s={lemma}"
        if feature not in seen:
            seen.add(feature)
            yield feature
    yield f"h={head.lemma_.lower()}"
    yield f"w={doc[candidate.cue].lemma_.lower()}"
    yield f"g={candidate.group}"

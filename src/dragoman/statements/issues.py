"""Which issue of the codebook a position is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.statements.lexicon import issue_words
from dragoman.statements.linear import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.annotation import Annotation
    from dragoman.statements.candidates import Candidate

__all__ = ["issue_features", "issue_of"]

OUTSIDE = 0.3
"""What a word outside the content counts for, beside one inside it."""
OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


def issue_of(annotation: Annotation, candidate: Candidate) -> tuple[str, float]:
    """Return the likeliest issue of a candidate and its probability."""
    return load_model("issues").best(issue_features(annotation, candidate))


def issue_features(annotation: Annotation, candidate: Candidate) -> Iterator[str]:
    """Yield the words of the content, those of the rest of the sentence, and the issues they vote for."""
    doc = annotation.doc
    start, end = candidate.content
    head = doc[candidate.content_head]
    seen = set()
    votes: dict[str, float] = {}
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
            for issue, weight in issue_words().get(lemma, ()):
                votes[issue] = votes.get(issue, 0.0) + weight * (1.0 if inside else OUTSIDE)
    ranked = sorted(votes, key=lambda issue: (-votes[issue], issue))
    if ranked:
        yield f"first={ranked[0]}"
    if len(ranked) > 1:
        yield f"second={ranked[1]}"
    yield f"h={head.lemma_.lower()}"
    yield f"w={doc[candidate.cue].lemma_.lower()}"
    yield f"g={candidate.group}"

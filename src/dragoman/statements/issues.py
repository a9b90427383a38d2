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

SOCIETY = frozenset({"CVL", "EDU", "LAB", "AGR", "OPP"})
WEAK = 1.2
"""Votes under which the words of a content name no issue."""
OUTSIDE = 0.3
"""What a word outside the content counts for, beside one inside it."""
OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


def issue_of(annotation: Annotation, candidate: Candidate) -> tuple[str, float]:
    """Return the likeliest issue of a candidate and its probability."""
    if _weak_demand(annotation, candidate):
        return "protest-demands", 0.5
    return load_model("issues").best(issue_features(annotation, candidate))


def _weak_demand(annotation: Annotation, candidate: Candidate) -> bool:
    """Whether people without office want something that no issue's words name (codebook section 2)."""
    if candidate.parties[0].party.sector not in SOCIETY:
        return False
    votes: dict[str, float] = {}
    for token in annotation.doc[candidate.content[0] : candidate.content[1]]:
        for issue, weight in issue_words().get(token.lemma_.lower(), ()):
            votes[issue] = votes.get(issue, 0.0) + weight
    return max(votes.values(), default=0.0) < WEAK


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

"""Which issue of the codebook a position is about, by its words, its sentence and its article."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman.statements.lexicon import issue_words
from dragoman.statements.linear import load_dense
from dragoman.statements.reading import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from dragoman.annotation import Annotation
    from dragoman.statements.candidates import Candidate

__all__ = ["article_features", "article_scores", "issue_features", "issue_scores"]

OUTSIDE = 0.3
"""What a vote of a word outside the content counts for, beside one inside it."""
SENTENCE = 0.5
"""What a word of the sentence weighs, beside one of the content."""


def issue_scores(annotation: Annotation, candidate: Candidate) -> NDArray[np.float64]:
    """Return the raw score of each issue for a candidate, without its article's."""
    return load_dense("issues").scores(issue_features(annotation, candidate))


def article_scores(annotation: Annotation) -> NDArray[np.float64]:
    """Return what an article as a whole adds to the score of each issue, bias included."""
    model = load_dense("issues")
    return model.bias + model.scores(article_features(annotation))


def issue_features(annotation: Annotation, candidate: Candidate) -> dict[str, float]:
    """Return the words of the content, those of the sentence, and the issues they vote for, with weights."""
    doc = annotation.doc
    found: dict[str, float] = {}
    around: list[str] = []
    voted: dict[str, float] = {}
    last = ""
    for token in doc[candidate.cue].sent:
        if token.pos_ not in OPEN or token.is_stop:
            last = last if token.pos_ in ("DET", "ADP", "PUNCT") else ""
            continue
        lemma = token.lemma_.lower()
        inside = candidate.content[0] <= token.i < candidate.content[1]
        if inside:
            found[f"w={lemma}"] = 1.0
            if last:
                found[f"b={last}_{lemma}"] = 1.0
            last = lemma
        around.append(f"s={lemma}")
        for issue, weight in issue_words().get(lemma, ()):
            voted[issue] = voted.get(issue, 0.0) + weight * (1.0 if inside else OUTSIDE)
    for place, issue in zip(("first", "second"), _ranked(voted), strict=False):
        found[f"{place}={issue}"] = 1.0
    found[f"h={doc[candidate.content_head].lemma_.lower()}"] = 1.0
    found[f"c={candidate.key}"] = 1.0
    found[f"g={candidate.group}"] = 1.0
    if candidate.parties:
        found[f"ps={candidate.parties[0].party.sector}"] = 1.0
    found.update((feature, SENTENCE) for feature in around)
    return found


def _ranked(voted: dict[str, float]) -> Iterator[str]:
    return iter(sorted(voted, key=lambda issue: (-voted[issue], issue)))


def article_features(annotation: Annotation) -> dict[str, float]:
    """Return the words of an article, of unit length together, and the share of votes of each issue."""
    counts: dict[str, int] = {}
    voted: dict[str, float] = {}
    for token in annotation.doc:
        if token.pos_ in OPEN and not token.is_stop:
            lemma = token.lemma_.lower()
            counts[lemma] = counts.get(lemma, 0) + 1
            for issue, weight in issue_words().get(lemma, ()):
                voted[issue] = voted.get(issue, 0.0) + weight
    weights = {f"a={lemma}": 1.0 + math.log(count) for lemma, count in counts.items()}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    found = {feature: weight / length for feature, weight in weights.items()}
    total = sum(voted.values())
    found.update((f"av={issue}", weight / total) for issue, weight in voted.items())
    return found

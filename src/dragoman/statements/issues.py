"""Which issue of the codebook a position is about, by its words, its sentence and its article."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman.statements.lexicon import issue_words
from dragoman.statements.linear import load_dense

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dragoman.statements.candidates import Candidate
    from dragoman.statements.reading import Reading

__all__ = ["article_features", "article_scores", "issue_features", "issue_scores"]

JOINING = frozenset({"DET", "ADP", "PUNCT"})
"""What may stand between two words of a pair."""
OUTSIDE = 0.3
"""What a vote of a word outside the content counts for, beside one inside it."""
TOPIC = 3.0
"""What the share of an article's votes for an issue weighs, beside a word of the content."""
SENTENCE = 0.5
"""What a word of the sentence weighs, beside one of the content."""


def issue_scores(reading: Reading, candidate: Candidate) -> NDArray[np.float64]:
    """Return the raw score of each issue for a candidate, without its article's."""
    return load_dense("issues").scores(issue_features(reading, candidate))


def article_scores(reading: Reading) -> NDArray[np.float64]:
    """Return what an article as a whole adds to the score of each issue, bias included."""
    model = load_dense("issues")
    return model.bias + model.scores(article_features(reading))


def issue_features(reading: Reading, candidate: Candidate) -> dict[str, float]:
    """Return the words of the content, those of the sentence, and the issues they vote for, with weights."""
    found: dict[str, float] = {}
    around: list[str] = []
    voted: dict[str, float] = {}
    known, last, opened = issue_words(), "", reading.opened
    for i in range(*reading.bounds[candidate.cue]):
        if not opened[i]:
            last = last if reading.kinds[i] in JOINING else ""
            continue
        lemma = reading.lemmas[i]
        inside = candidate.content[0] <= i < candidate.content[1]
        if inside:
            found[f"w={lemma}"] = 1.0
            if last:
                found[f"b={last}_{lemma}"] = 1.0
            last = lemma
        around.append(f"s={lemma}")
        for issue, weight in known.get(lemma, ()):
            voted[issue] = voted.get(issue, 0.0) + weight * (1.0 if inside else OUTSIDE)
    ranked = sorted(voted, key=lambda issue: (-voted[issue], issue))
    for place, issue in zip(("first", "second"), ranked, strict=False):
        found[f"{place}={issue}"] = 1.0
    found[f"h={reading.lemmas[candidate.content_head]}"] = 1.0
    found[f"c={candidate.key}"] = 1.0
    found[f"g={candidate.group}"] = 1.0
    if candidate.parties:
        found[f"ps={candidate.parties[0].party.sector}"] = 1.0
    found.update((feature, SENTENCE) for feature in around)
    return found


def article_features(reading: Reading) -> dict[str, float]:
    """Return an article's words but names, of unit length together, and the share of votes of each issue."""
    counts: dict[str, int] = {}
    voted: dict[str, float] = {}
    known, opened = issue_words(), reading.opened
    for i, lemma in enumerate(reading.lemmas):
        if opened[i]:
            if reading.kinds[i] != "PROPN":
                counts[lemma] = counts.get(lemma, 0) + 1
            for issue, weight in known.get(lemma, ()):
                voted[issue] = voted.get(issue, 0.0) + weight
    weights = {f"a={lemma}": 1.0 + math.log(count) for lemma, count in counts.items()}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    found = {feature: weight / length for feature, weight in weights.items()}
    total = sum(voted.values())
    found.update((f"av={issue}", TOPIC * weight / total) for issue, weight in voted.items())
    return found

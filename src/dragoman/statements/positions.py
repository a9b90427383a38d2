"""Who wants what: candidates, weighed by four linear models, kept where all four together are likely right.

One model says whether a candidate is a position at all (:mod:`evidence`), one whose (:mod:`claimants`),
one on which side (:mod:`stance`), one about which issue (:mod:`issues`). A fifth, of four weights, turns
their probabilities into that of the whole record, which is its confidence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.attribution import attribution_of
from dragoman.records import Position, Span
from dragoman.statements.candidates import Candidate, candidates
from dragoman.statements.claimants import Claim, claim
from dragoman.statements.evidence import own_features
from dragoman.statements.issues import article_scores, issue_scores
from dragoman.statements.linear import load_dense, load_model
from dragoman.statements.reading import Reading, read
from dragoman.statements.stance import side_features, stance_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dragoman.annotation import Annotation
    from dragoman.records import Mention
    from dragoman.statements.linear import LinearModel

__all__ = ["Draft", "drafts_of", "find_positions", "issue_shares", "quote_of", "select", "whole_features"]

HOPELESS = 0.25
"""A candidate less likely than this is not looked at further."""
FLOOR, TOPIC = 0.02, 0.5
"""How much an article's other positions speak for an issue: (share + FLOOR) ** TOPIC."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate with its party and three of its probabilities."""

    candidate: Candidate
    claim: Claim
    chance: float
    pro: float

    @property
    def sure(self) -> float:
        """Probability of the likelier side."""
        return max(self.pro, 1.0 - self.pro)


def find_positions(annotation: Annotation) -> tuple[Position, ...]:
    """Return an article's positions in text order, one a party and content."""
    reading = read(annotation)
    drafts = list(drafts_of(reading))
    records = load_model("records_full" if reading.full else "records")
    return select(annotation, drafts, issue_shares(reading, drafts), records=records)


def select(
    annotation: Annotation, drafts: Sequence[Draft], shares: NDArray[np.float64], *, records: LinearModel
) -> tuple[Position, ...]:
    """Return the records of the drafts that are likely right as a whole, the likeliest of those that clash.

    Args:
        annotation: the article.
        drafts: its weighed candidates.
        shares: the probability of each issue for each draft, shape (drafts, issues).
        records: the model of a whole record; its threshold decides.
    """
    issues = load_dense("issues").classes
    found = []
    for draft, row in zip(drafts, shares, strict=True):
        best = int(row.argmax())
        score = records.weighted(whole_features(draft, float(row[best])))
        if score >= records.threshold:
            found.append(_record(annotation, draft, issues[best], score))
    found.sort(key=lambda p: (-p.confidence, p.span.start, p.span.end, p.content.start))
    kept: list[Position] = []
    for position in found:
        if not any(_same(position, other) for other in kept):
            kept.append(position)
    return tuple(sorted(kept, key=lambda p: (p.span.start, p.span.end, p.issue)))


def drafts_of(reading: Reading) -> Iterator[Draft]:
    """Yield the candidates of an article that may be positions, each with its likeliest party."""
    annotation = reading.annotation
    filter_, sides = load_model("positions"), load_model("sides")
    for sentence in annotation.telling():
        siblings = list(candidates(reading, sentence))
        shared: dict[tuple[int, int], float] = {}
        for candidate in siblings:
            bounds = reading.bounds[candidate.cue]
            if bounds not in shared:
                shared[bounds] = filter_.total(reading.words_of(candidate.cue))
            own = own_features(reading, candidate, siblings)
            chance = filter_.probability(own, shared=shared[bounds])
            if chance < HOPELESS:
                continue
            claimed = claim(reading, candidate, siblings)
            if claimed is not None:
                pro = sides.probability(side_features(reading, candidate, siblings))
                yield Draft(candidate, claimed, chance, pro)


def issue_shares(reading: Reading, drafts: Sequence[Draft]) -> NDArray[np.float64]:
    """Return the probability of each issue for each draft, shape (drafts, issues)."""
    if not drafts:
        return np.zeros((0, len(load_dense("issues").classes)))
    base = article_scores(reading)
    scores = np.array([base + issue_scores(reading, d.candidate) for d in drafts])
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return blend(shares, np.array([d.chance for d in drafts]))


def blend(shares: NDArray[np.float64], chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Let the positions of an article speak for each other's issue: an article has few of them."""
    topic = chances @ shares / chances.sum()
    mixed = shares * (topic + FLOOR) ** TOPIC
    blended: NDArray[np.float64] = mixed / mixed.sum(axis=1, keepdims=True)
    return blended


def whole_features(draft: Draft, issue: float) -> Iterator[tuple[str, float]]:
    """Yield the numbers by which a record is judged as a whole, from the probability of its issue too."""
    yield "chance", math.log(draft.chance / (1.0 - min(draft.chance, 0.999)))
    yield "party", math.log(max(draft.claim.chance, 0.001))
    yield "side", math.log(draft.sure)
    yield "issue", math.log(issue)


def _same(one: Position, other: Position) -> bool:
    """Whether two records state one position: a party, and the content or the issue nearby."""
    ours = {m.party.entity_id for m in one.parties}
    if not any(m.party.entity_id in ours for m in other.parties):
        return False
    return one.content.overlaps(other.content) or (one.issue == other.issue and one.span.overlaps(other.span))


def _record(annotation: Annotation, draft: Draft, issue: str, score: float) -> Position:
    candidate, parties = draft.candidate, draft.claim.parties
    speaker, attribution = _source(annotation, candidate, parties)
    return Position(
        parties=parties,
        issue=issue,
        stance=stance_for(annotation.doc, candidate, pro=draft.pro >= 0.5),
        span=quote_of(annotation, candidate, parties),
        content=annotation.span(*candidate.content),
        speaker=speaker,
        addressee=candidate.addressees[0] if candidate.addressees else None,
        condition=annotation.span(*candidate.condition) if candidate.condition else None,
        attribution=attribution,
        confidence=round(score, 4),
    )


def _source(
    annotation: Annotation, candidate: Candidate, parties: tuple[Mention, ...]
) -> tuple[Mention | None, str | None]:
    """Return who voiced a position for its party, and who else reports it (None: the paper itself)."""
    voiced = parties[0] if parties[0].entity.kind == "person" else None
    found = attribution_of(annotation, candidate.cue)
    if found is None:
        return voiced, None
    mention = annotation.mention_at(found.speaker)
    if mention is not None and any(m.party.entity_id == mention.party.entity_id for m in parties):
        return (mention if mention.entity.kind == "person" else voiced), None
    return voiced, found.text


def quote_of(annotation: Annotation, candidate: Candidate, parties: tuple[Mention, ...]) -> Span:
    """Return the run of text from the party, where the same sentence names it, to the end of the content."""
    sentence = annotation.doc[candidate.cue].sent
    starts = [candidate.cue, candidate.content[0]]
    ends = [candidate.cue + 1, candidate.content[1]]
    for mention in parties:
        if mention.span is not None and sentence.start <= mention.tokens[0] < sentence.end:
            starts.append(mention.tokens[0])
            ends.append(mention.tokens[1])
    return annotation.span(min(starts), max(ends))

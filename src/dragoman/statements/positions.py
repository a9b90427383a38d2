"""Who wants what: candidates, weighed by four questions, kept where all four together are likely right.

One is whether a candidate is a position at all (:mod:`evidence`), one whose (:mod:`claimants`), one on
which side (:mod:`stance`), one about which issue (:mod:`issues`). Each has a linear model, and where that
leaves any hope the encoder (:mod:`dragoman.reader`) reads the sentence and has its say. One model more,
of four weights, turns their probabilities into that of the whole record, which is its confidence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.attribution import attribution_of
from dragoman.reader import Encoder, blend, hear, mixed
from dragoman.records import Position, Span
from dragoman.statements.candidates import Candidate, candidates, place_of
from dragoman.statements.claimants import Claim, claims_of
from dragoman.statements.evidence import own_features
from dragoman.statements.issues import article_scores, issue_scores
from dragoman.statements.linear import load_dense, load_model
from dragoman.statements.reading import Reading, read
from dragoman.statements.stance import side_features, stance_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dragoman.annotation import Annotation
    from dragoman.reader import Heard
    from dragoman.records import Mention
    from dragoman.statements.linear import LinearModel

    Array = NDArray[np.float32]

__all__ = ["Draft", "drafts_of", "find_positions", "issue_shares", "quote_of", "select", "whole_features"]

WORTH_READING, HOPELESS = 0.2, 0.15
"""A candidate less likely than this, by the linear model alone or by both, is not looked at further."""
CHANCE_SHARE, SIDE_SHARE, ISSUE_SHARE = 0.65, 0.6, 0.65
"""What the encoder's word counts for beside each linear model's, in log-probabilities."""
FLOOR, TOPIC = 0.02, 0.5
"""How much an article's other positions speak for an issue: (share + FLOOR) ** TOPIC."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate with its party and what is known of its chance, side and issue."""

    candidate: Candidate
    claim: Claim
    chance: float
    pro: float
    issues: Array | None = None
    """The log-probability of each issue by the encoder, in its order; None where it did not read."""

    @property
    def sure(self) -> float:
        """Probability of the likelier side."""
        return max(self.pro, 1.0 - self.pro)


def find_positions(annotation: Annotation, encoder: Encoder) -> tuple[Position, ...]:
    """Return an article's positions in text order, one a party and content."""
    reading = read(annotation)
    drafts = list(drafts_of(reading, encoder))
    records = load_model("records_full" if reading.full else "records")
    return select(annotation, drafts, issue_shares(reading, drafts, encoder), records=records)


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


def drafts_of(reading: Reading, encoder: Encoder) -> Iterator[Draft]:
    """Yield the candidates of an article that may be positions, each with its likeliest party."""
    for sentence in reading.annotation.telling():
        siblings = list(candidates(reading, sentence))
        worthy = _worth_reading(reading, siblings)
        if worthy:
            yield from _drafts_in(reading, siblings, worthy, hear(encoder, reading.annotation, sentence))


def _worth_reading(reading: Reading, siblings: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Return the candidates of a sentence that the linear model does not rule out, with their chances."""
    filter_ = load_model("positions")
    shared: dict[tuple[int, int], float] = {}
    found = []
    for candidate in siblings:
        bounds = reading.bounds[candidate.cue]
        if bounds not in shared:
            shared[bounds] = filter_.total(reading.words_of(candidate.cue))
        own = own_features(reading, candidate, siblings)
        chance = filter_.probability(own, shared=shared[bounds])
        if chance >= WORTH_READING:
            found.append((candidate, chance))
    return found


def _drafts_in(
    reading: Reading, siblings: Sequence[Candidate], worthy: Sequence[tuple[Candidate, float]], heard: Heard
) -> Iterator[Draft]:
    places = [place_of(reading.annotation, candidate) for candidate, _ in worthy]
    likely = []
    for (candidate, linear), place, stand in zip(worthy, places, heard.positions(places), strict=True):
        chance = linear if stand is None else mixed(linear, stand.chance, CHANCE_SHARE)
        if chance >= HOPELESS:
            likely.append((candidate, place, chance, stand))
    claims = claims_of(reading, [(candidate, place) for candidate, place, _, _ in likely], siblings, heard)
    sides = load_model("sides")
    for (candidate, _, chance, stand), claimed in zip(likely, claims, strict=True):
        if claimed is None:
            continue
        pro = sides.probability(side_features(reading, candidate, siblings))
        if stand is None:
            yield Draft(candidate, claimed, chance, pro)
        else:
            yield Draft(candidate, claimed, chance, mixed(pro, stand.pro, SIDE_SHARE), stand.issues)


def issue_shares(reading: Reading, drafts: Sequence[Draft], encoder: Encoder) -> NDArray[np.float64]:
    """Return the probability of each issue for each draft, shape (drafts, issues)."""
    classes = load_dense("issues").classes
    if not drafts:
        return np.zeros((0, len(classes)))
    base = article_scores(reading)
    order = [encoder.issues.index(issue) for issue in classes]
    rows = []
    for draft in drafts:
        linear = log_shares(base + issue_scores(reading, draft.candidate))
        rows.append(blend(linear, None if draft.issues is None else draft.issues[order], ISSUE_SHARE))
    return by_topic(np.array(rows), np.array([d.chance for d in drafts]))


def log_shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log-probabilities of raw scores."""
    shifted = scores - scores.max()
    found: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum())
    return found


def by_topic(shares: NDArray[np.float64], chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Let the positions of an article speak for each other's issue: an article has few of them."""
    topic = chances @ shares / chances.sum()
    both = shares * (topic + FLOOR) ** TOPIC
    found: NDArray[np.float64] = both / both.sum(axis=1, keepdims=True)
    return found


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

"""Pairing candidates with gold positions: what the models of positions learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.statements.candidates import Candidate, candidates, place_of
from dragoman.statements.claimants import claim_features, claimants_of
from dragoman.statements.evidence import features
from dragoman.statements.issues import article_features, issue_features
from dragoman.statements.parties import heads_of, members
from dragoman.statements.stance import PRO, side_features, stance_features
from training.statements import gold

if TYPE_CHECKING:
    from dragoman.annotation import Sentence
    from dragoman.reader import Place
    from dragoman.records import Span
    from dragoman.statements.reading import Reading

NEAR = 0.25
"""How much of a candidate's content and a gold record's has to agree."""
SCORER = gold.load_scorer()


@dataclass(slots=True)
class Example:
    """A candidate's features for each model, and the gold record whose content it has (None: no position)."""

    filter: list[str]
    side: list[str]
    stance: dict[str, float]
    issue: dict[str, float]
    claims: list[list[str]]
    right: list[bool]
    record: dict[str, Any] | None
    sentence: Sentence
    place: Place
    heads: list[int]
    """Where the head of each mention that may hold it starts in the article."""

    @property
    def neutral(self) -> bool:
        """Whether the record is optional."""
        return self.record is not None and gold.neutral(self.record)

    @property
    def gold(self) -> dict[str, Any]:
        """The record, where there is one."""
        if self.record is None:
            raise ValueError("an example without a record")
        return self.record


def examples_of(reading: Reading, document: dict[str, Any]) -> list[Example]:
    """Return an article's candidates as examples."""
    annotation = reading.annotation
    article = article_features(reading)
    found = []
    for sentence in annotation.telling():
        siblings = list(candidates(reading, sentence))
        for candidate in siblings:
            record = _record(annotation.span(*candidate.content), document)
            judged = features(reading, candidate, siblings)
            if record is None:
                place = place_of(annotation, candidate)
                found.append(Example(judged, [], {}, {}, [], [], None, sentence, place, []))
            else:
                found.append(_example(reading, sentence, candidate, siblings, record, judged, article))
    return found


def _example(
    reading: Reading,
    sentence: Sentence,
    candidate: Candidate,
    siblings: list[Candidate],
    record: dict[str, Any],
    judged: list[str],
    article: dict[str, float],
) -> Example:
    claimants = claimants_of(reading, candidate, siblings)
    party = gold.listed(record["party"])
    return Example(
        judged,
        side_features(reading, candidate, siblings),
        stance_features(reading.annotation.doc, candidate, pro=record["stance"] in PRO),
        {**issue_features(reading, candidate), **article},
        [list(claim_features(reading, candidate, claimants, n)) for n in range(len(claimants.mentions))],
        [bool(SCORER.any_same(party, [gold.entity(m) for m in members([c])])) for c in claimants.mentions],
        record,
        sentence,
        place_of(reading.annotation, candidate),
        heads_of(reading.annotation, claimants.mentions),
    )


def _record(content: Span, document: dict[str, Any]) -> dict[str, Any] | None:
    """Return the gold position whose content agrees best with a candidate's, those that count first."""
    best, chosen = (0.0, False), None
    for record in document["positions"]:
        agreed = agreement(content, gold.content_of(record, document["text"]))
        if agreed >= NEAR and (agreed, not gold.neutral(record)) > best:
            best, chosen = (agreed, not gold.neutral(record)), record
    return chosen


def agreement(content: Span, other: tuple[int, int]) -> float:
    """Return how much two runs of text agree: their common part over both, more where one holds the other."""
    common = min(content.end, other[1]) - max(content.start, other[0])
    if common <= 0:
        return 0.0
    union = max(content.end, other[1]) - min(content.start, other[0])
    shorter = min(content.end - content.start, other[1] - other[0])
    held = common / shorter > 0.8 and common / union > 0.12
    return max(common / union, 0.3 if held else 0.0)

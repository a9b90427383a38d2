"""One act tied to another: conditions, exchanges and reprisals."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, cast

from dragoman import syntax
from dragoman.records import Linkage
from dragoman.statements.candidates import token_range
from dragoman.statements.linear import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Sentence

__all__ = ["LinkageCandidate", "find_linkages", "linkage_candidates", "linkage_features", "markers"]

Direction = Literal["condition", "exchange", "reprisal"]
DASHES = frozenset({"punct", "cc", "conj"})
SCALE_MAX = 3


@dataclass(frozen=True, slots=True)
class LinkageCandidate:
    """A marker with the words before and after it; token ranges are half-open."""

    marker: int
    phrase: str
    direction: Direction
    head: int
    tail: int
    source: tuple[int, int]
    target: tuple[int, int]


@cache
def markers() -> dict[str, tuple[tuple[tuple[str, ...], Direction], ...]]:
    """Return the marker phrases of ``linkage_markers.csv`` by first word, longest first."""
    text = files("dragoman.statements").joinpath("data", "linkage_markers.csv").read_text(encoding="utf-8")
    table: dict[str, list[tuple[tuple[str, ...], Direction]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        words = tuple(row["phrase"].split())
        table.setdefault(words[0], []).append((words, cast("Direction", row["direction"])))
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in table.items()}


def find_linkages(annotation: Annotation) -> tuple[Linkage, ...]:
    """Return an article's linkages in text order, one a stretch of text and direction."""
    model = load_model("linkages")
    scored = []
    for sentence in annotation.telling():
        for candidate in linkage_candidates(annotation, sentence):
            score = model.probability(linkage_features(annotation, candidate))
            if score >= model.threshold:
                scored.append((score, candidate))
    scored.sort(key=lambda pair: (-pair[0], pair[1].marker))
    kept: list[Linkage] = []
    for score, candidate in scored:
        link = _record(annotation, candidate, score)
        if not any(link.source.overlaps(other.source) for other in kept):
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: (link.span.start, link.span.end)))


def _record(annotation: Annotation, candidate: LinkageCandidate, score: float) -> Linkage:
    low = min(candidate.source[0], candidate.target[0])
    high = max(candidate.source[1], candidate.target[1])
    return Linkage(
        source=annotation.span(*candidate.source),
        target=annotation.span(*candidate.target),
        direction=candidate.direction,
        span=annotation.span(low, high),
        confidence=round(score, 4),
    )


def linkage_candidates(annotation: Annotation, sentence: Sentence) -> Iterator[LinkageCandidate]:
    """Yield every marker of a sentence that ties a clause or phrase to the words it hangs on."""
    table = markers()
    doc = annotation.doc
    for token in annotation.tokens(sentence):
        for words, direction in table.get(token.lower_, ()):
            if token.i + len(words) > sentence.end:
                continue
            if all(doc[token.i + k].lower_ == word for k, word in enumerate(words)):
                found = _candidate(token, doc[token.i + len(words) - 1], " ".join(words), direction)
                if found is not None:
                    yield found
                break


def _candidate(first: Token, last: Token, phrase: str, direction: Direction) -> LinkageCandidate | None:
    if first.dep_ in ("mark", "advmod") and first.head.dep_ in ("advcl", "relcl", "ccomp"):
        tail, head = first.head, first.head.head
        source = token_range(tail)
        source = (max(source[0], first.i + 1), source[1]) if source[1] > first.i + 1 else source
    else:
        heads = [c for c in last.children if c.dep_ in ("pobj", "pcomp", "dobj")]
        if not heads:
            return None
        tail, head = heads[0], first.head
        source = token_range(tail)
    if head == first or source[0] <= head.i < source[1]:
        return None
    while head.dep_ in ("pobj", "prep", "pcomp") and head.head != head and head.pos_ == "ADP":
        head = head.head
    low, high = _target(head, source)
    return (
        LinkageCandidate(first.i, phrase, direction, head.i, tail.i, source, (low, high))
        if low < high
        else None
    )


def _target(head: Token, source: tuple[int, int]) -> tuple[int, int]:
    """Return the range of what is tied to the source: the head's phrase on the far side of the source."""
    low, high = syntax.phrase(head, without=DASHES)
    if head.i < source[0]:
        high = min(high, source[0])
        while high - 1 > head.i and (
            head.doc[high - 1].is_punct or head.doc[high - 1].pos_ in ("ADP", "SCONJ")
        ):
            high -= 1
    else:
        low = max(low, source[1])
        while low < head.i and head.doc[low].is_punct:
            low += 1
    return low, high


def linkage_features(annotation: Annotation, candidate: LinkageCandidate) -> Iterator[str]:
    """Yield the binary features by which the filter judges a candidate."""
    doc = annotation.doc
    head, tail, marker = doc[candidate.head], doc[candidate.tail], doc[candidate.marker]
    phrase = candidate.phrase
    yield f"phrase={phrase}"
    yield f"direction={candidate.direction}"
    yield f"head={head.lemma_.lower()}"
    yield f"phrase-head={phrase}/{head.lemma_.lower()}"
    yield f"tail={tail.lemma_.lower()}"
    yield f"phrase-tail-pos={phrase}/{tail.pos_}"
    yield f"phrase-head-pos={phrase}/{head.pos_}"
    yield f"dep={phrase}/{marker.dep_}"
    yield f"modal={candidate.direction}/{syntax.modality(head)}"
    yield f"before={phrase}/{candidate.source[0] < candidate.head}"
    ours = {m.party.entity_id for i in range(*candidate.target) if (m := annotation.mention_at(i))}
    theirs = {m.party.entity_id for i in range(*candidate.source) if (m := annotation.mention_at(i))}
    yield f"parties={candidate.direction}/{min(SCALE_MAX, len(ours))}/{min(SCALE_MAX, len(theirs))}"
    yield f"parties={phrase}/{bool(ours)}/{bool(theirs)}"
    yield f"other-party={phrase}/{bool(theirs - ours)}"
    for token in doc[candidate.source[0] : min(candidate.source[1], candidate.source[0] + 12)]:
        if token.pos_ in ("NOUN", "VERB"):
            yield f"source={token.lemma_.lower()}"
    for token in doc[candidate.target[0] : min(candidate.target[1], candidate.target[0] + 12)]:
        if token.pos_ in ("NOUN", "VERB"):
            yield f"target={token.lemma_.lower()}"

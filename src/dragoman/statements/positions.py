"""Who wants what: from candidates to positions, by a trained filter and a trained issue model."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dragoman import syntax
from dragoman.attribution import attribution_of
from dragoman.records import Position, Span
from dragoman.statements.candidates import Candidate, candidates
from dragoman.statements.issues import issue_of
from dragoman.statements.linear import load_model
from dragoman.statements.parties import parties_in
from dragoman.statements.stance import stance_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.annotation import Annotation
    from dragoman.records import Mention, Stance

__all__ = ["features", "find_positions", "quote_of"]


def find_positions(annotation: Annotation) -> tuple[Position, ...]:
    """Return an article's positions in text order, one a party, issue and content."""
    model = load_model("positions")
    scored = []
    for sentence in annotation.telling():
        found = list(candidates(annotation, sentence))
        for candidate in found:
            issue, _ = issue_of(annotation, candidate)
            score = model.probability(features(annotation, candidate, issue))
            if score >= model.threshold:
                scored.append((score, issue, candidate))
    scored.sort(key=lambda row: (-row[0], row[2].cue, row[2].content))
    kept: list[Position] = []
    for score, issue, candidate in scored:
        position = _record(annotation, candidate, issue, score)
        if not any(_same(position, other) for other in kept):
            kept.append(position)
    return tuple(sorted(kept, key=lambda p: (p.span.start, p.span.end, p.issue)))


def _same(one: Position, other: Position) -> bool:
    """Whether two records state one position: a party, and the content or the issue nearby."""
    ours = {m.party.entity_id for m in one.parties}
    if not any(m.party.entity_id in ours for m in other.parties):
        return False
    return one.content.overlaps(other.content) or (one.issue == other.issue and one.span.overlaps(other.span))


def _record(annotation: Annotation, candidate: Candidate, issue: str, score: float) -> Position:
    stance = stance_of(annotation.doc, candidate)
    speaker, attribution = _source(annotation, candidate)
    addressee = candidate.addressees[0] if candidate.addressees else None
    condition = annotation.span(*candidate.condition) if candidate.condition else None
    return Position(
        parties=candidate.parties,
        issue=issue,
        stance=cast("Stance", stance),
        span=quote_of(annotation, candidate),
        content=annotation.span(*candidate.content),
        speaker=speaker,
        addressee=addressee,
        condition=condition,
        attribution=attribution,
        confidence=round(score, 4),
    )


def _source(annotation: Annotation, candidate: Candidate) -> tuple[Mention | None, str | None]:
    """Return who voiced a position for its party, and who else reports it (None: the paper itself)."""
    first = candidate.parties[0]
    voiced = first if first.entity.kind == "person" else None
    found = attribution_of(annotation, candidate.cue)
    if found is None:
        return voiced, None
    mention = annotation.mention_at(found.speaker)
    if mention is not None and any(m.party.entity_id == mention.party.entity_id for m in candidate.parties):
        return (mention if mention.entity.kind == "person" else voiced), None
    return voiced, found.text


def quote_of(annotation: Annotation, candidate: Candidate) -> Span:
    """Return the run of text from the party, where the same sentence names it, to the end of the content."""
    doc = annotation.doc
    sentence = doc[candidate.cue].sent
    starts = [candidate.cue, candidate.content[0]]
    ends = [candidate.cue + 1, candidate.content[1]]
    for mention in candidate.parties:
        if mention.span is not None and sentence.start <= mention.tokens[0] < sentence.end:
            starts.append(mention.tokens[0])
            ends.append(mention.tokens[1])
    return annotation.span(min(starts), max(ends))


def features(annotation: Annotation, candidate: Candidate, issue: str) -> Iterator[str]:
    """Yield the binary features by which the filter judges a candidate."""
    doc = annotation.doc
    cue, head = doc[candidate.cue], doc[candidate.content_head]
    group, lemma = candidate.group, candidate.key
    yield f"group={group}"
    yield f"cue={lemma}"
    yield f"frame={group}/{candidate.frame}"
    yield f"stance={candidate.stance}"
    yield f"dep={cue.dep_}"
    yield f"group-dep={group}/{cue.dep_}"
    yield f"tag={group}/{cue.tag_}"
    yield f"modal={candidate.modal if group != 'condition' else '-'}"
    yield f"reported={candidate.reported}"
    yield f"group-reported={group}/{bool(candidate.reported)}"
    if candidate.negated:
        yield f"negated={group}"
    if cue.dep_ in ("xcomp", "conj"):
        yield f"above={cue.head.lemma_.lower()}"
    if candidate.condition:
        yield "condition"
    if candidate.addressees:
        yield "addressee"
    yield from _party_features(candidate.parties, cue.i)
    yield f"content={head.lemma_.lower()}"
    yield f"content-pos={candidate.frame}/{head.pos_}"
    yield f"content-ent={head.ent_type_}"
    if head.pos_ in ("VERB", "AUX"):
        yield f"clause={group}/{head.tag_}/{syntax.modality(head)}"
        yield f"clause-negated={group}/{syntax.is_negated(head)}"
    addressed = {m.party.country for m in candidate.addressees}
    named = parties_in(annotation, *candidate.content)
    foreign = {m.party.country or m.party.entity_id for m in named} - {
        p.party.country for p in candidate.parties
    }
    yield f"foreign={group}/{bool(foreign)}"
    yield f"foreign-addressee={bool(addressed - {p.party.country for p in candidate.parties})}"
    yield f"length={min(4, (candidate.content[1] - candidate.content[0]) // 3)}"
    yield f"issue={issue}"
    yield f"group-issue={group}/{issue}"
    for token in doc[candidate.content[0] : min(candidate.content[1], candidate.content[0] + 20)]:
        if token.pos_ in ("NOUN", "VERB", "ADJ"):
            yield f"word={token.lemma_.lower()}"
    root = cue.sent.root
    yield f"root={root.lemma_.lower()}"
    if root.i == cue.i:
        yield "is-root"


def _party_features(parties: tuple[Mention, ...], cue: int) -> Iterator[str]:
    first = parties[0]
    yield f"parties={min(3, len(parties))}"
    yield f"form={first.form}"
    yield f"kind={first.entity.kind}"
    yield f"party-sector={first.party.sector}"
    yield f"sector={first.entity.sector}"
    yield f"before={first.tokens[0] < cue}"

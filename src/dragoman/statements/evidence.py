"""What speaks for a candidate being a position at all: the features of the filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import syntax
from dragoman.statements.parties import parties_in
from dragoman.statements.reading import OPEN, Reading, votes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.records import Mention
    from dragoman.statements.candidates import Candidate

__all__ = ["features"]

LONGEST = 20
"""Words of a content that are read."""
CHILDREN = frozenset({"prep", "advmod", "prt", "aux", "neg", "mark"})


def features(reading: Reading, candidate: Candidate) -> list[str]:
    """Return the features by which the filter judges a candidate, each once."""
    doc = reading.annotation.doc
    cue = doc[candidate.cue]
    found = [*_cue_features(candidate, cue), *_article_features(reading, candidate)]
    found += _party_features(candidate.parties, cue.i)
    found += _content_features(reading.annotation, candidate)
    found += reading.words_of(cue)
    return list(dict.fromkeys(found))


def _cue_features(candidate: Candidate, cue: Token) -> Iterator[str]:
    group, lemma, frame = candidate.group, candidate.key, candidate.frame
    yield f"group={group}"
    yield f"cue={lemma}"
    yield f"frame={group}/{frame}"
    yield f"cue.frame={lemma}/{frame}"
    yield f"stance={candidate.stance}"
    yield f"dep={cue.dep_}"
    yield f"group-dep={group}/{cue.dep_}"
    yield f"tag={group}/{cue.tag_}"
    yield f"tense={group}/{cue.tag_}/{candidate.modal}"
    yield f"modal={candidate.modal if group != 'condition' else '-'}"
    yield f"reported={candidate.reported}"
    yield f"group-reported={group}/{bool(candidate.reported)}"
    yield f"cue.reported={lemma}/{bool(candidate.reported)}"
    if candidate.negated:
        yield f"negated={group}"
    if cue.dep_ in ("xcomp", "conj"):
        yield f"above={cue.head.lemma_.lower()}"
    if candidate.condition:
        yield "condition"
    if candidate.addressees:
        yield "addressee"
    yield f"up={cue.head.lemma_.lower()}"
    yield f"up.dep={cue.dep_}/{cue.head.pos_}"
    for child in cue.children:
        if child.dep_ in CHILDREN:
            yield f"ch={child.dep_}/{child.lower_}"
            yield f"cue.ch={lemma}/{child.lower_}"
    root = cue.sent.root
    yield f"root={root.lemma_.lower()}"
    if root.i == cue.i:
        yield "is-root"


def _article_features(reading: Reading, candidate: Candidate) -> Iterator[str]:
    yield f"full={reading.full}"
    yield f"full.group={reading.full}/{candidate.group}"
    yield f"voice={reading.voice is not None}/{bool(candidate.parties)}"
    yield f"quoted={candidate.cue in reading.quoted}/{candidate.group}"


def _party_features(parties: tuple[Mention, ...], cue: int) -> Iterator[str]:
    if not parties:
        yield "form=none"
        return
    first = parties[0]
    yield f"parties={min(3, len(parties))}"
    yield f"form={first.form}"
    yield f"kind={first.entity.kind}"
    yield f"party-sector={first.party.sector}"
    yield f"sector={first.entity.sector}"
    yield f"before={first.tokens[0] < cue}"


def _content_features(annotation: Annotation, candidate: Candidate) -> Iterator[str]:
    group = candidate.group
    head = annotation.doc[candidate.content_head]
    start, end = candidate.content
    yield f"content={head.lemma_.lower()}"
    yield f"content-pos={candidate.frame}/{head.pos_}"
    yield f"content-ent={head.ent_type_}"
    if head.pos_ in ("VERB", "AUX"):
        yield f"clause={group}/{head.tag_}/{syntax.modality(head)}"
        yield f"clause-negated={group}/{syntax.is_negated(head)}"
    ours = {p.party.country for p in candidate.parties}
    foreign = {m.party.country or m.party.entity_id for m in parties_in(annotation, start, end)} - ours
    yield f"foreign={group}/{bool(foreign)}"
    yield f"foreign-addressee={bool({m.party.country for m in candidate.addressees} - ours)}"
    yield f"length={min(4, (end - start) // 3)}"
    for token in annotation.doc[start : min(end, start + LONGEST)]:
        if token.pos_ in OPEN and token.pos_ != "PROPN":
            yield f"word={token.lemma_.lower()}"
    spoken = votes(annotation, start, end)
    strongest = int(max(spoken.values(), default=0))
    yield f"votes={min(4, strongest)}"
    yield f"votes.group={min(3, strongest)}/{group}"
    if spoken:
        yield f"vote={max(spoken, key=lambda issue: (spoken[issue], issue))}"

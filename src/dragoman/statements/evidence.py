"""What speaks for a candidate being a position at all: the features of the filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import syntax
from dragoman.statements.candidates import related
from dragoman.statements.parties import parties_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.statements.candidates import Candidate
    from dragoman.statements.reading import Reading

__all__ = ["features", "own_features"]

PLAIN = frozenset({"NOUN", "VERB", "ADJ"})
LONGEST = 20
"""Words of a content that are read."""
CHILDREN = frozenset({"prep", "advmod", "prt", "aux", "neg", "mark"})


def features(reading: Reading, candidate: Candidate, siblings: Sequence[Candidate]) -> list[str]:
    """Return the features by which the filter judges a candidate, each once.

    Args:
        reading: the candidate's article.
        candidate: what is judged.
        siblings: the candidates of its sentence, itself included.
    """
    return [*own_features(reading, candidate, siblings), *reading.words_of(candidate.cue)]


def own_features(reading: Reading, candidate: Candidate, siblings: Sequence[Candidate]) -> dict[str, None]:
    """Return the features, each once, that a candidate does not share with those of its sentence."""
    cue = reading.annotation.doc[candidate.cue]
    root = cue.sent.root
    found = [*_cue_features(candidate, cue, root), *_article_features(reading, candidate)]
    found += _party_features(candidate, cue, root)
    found += _sibling_features(candidate, siblings)
    found += _content_features(reading, candidate)
    return dict.fromkeys(found)


def _cue_features(candidate: Candidate, cue: Token, root: Token) -> Iterator[str]:
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
            if child.lower_ == "had":
                yield "had"
    if cue.i > 0:
        yield f"prev={cue.doc[cue.i - 1].lower_}"
    if cue.i + 1 < len(cue.doc):
        yield f"next={cue.doc[cue.i + 1].lower_}"
    yield f"root={root.lemma_.lower()}"
    if root.i == cue.i:
        yield "is-root"


def _article_features(reading: Reading, candidate: Candidate) -> Iterator[str]:
    yield f"full={reading.full}"
    yield f"full.group={reading.full}/{candidate.group}"
    yield f"voice={reading.voice is not None}/{bool(candidate.parties)}"
    yield f"quoted={candidate.cue in reading.quoted}/{candidate.group}"


def _party_features(candidate: Candidate, cue: Token, root: Token) -> Iterator[str]:
    if not candidate.parties:
        yield "form=none"
        return
    first, group = candidate.parties[0], candidate.group
    head = cue.doc[first.head]
    yield f"pdep={head.dep_}/{group}"
    yield f"pup={head.head.i == cue.i}/{head.head == root}"
    yield f"psec={first.party.sector}/{group}"
    yield f"pkind={first.party.kind}/{candidate.key}"
    yield f"pcountry={first.party.country is not None}/{first.form}"
    yield f"parties={min(3, len(candidate.parties))}"
    yield f"form={first.form}"
    yield f"kind={first.entity.kind}"
    yield f"party-sector={first.party.sector}"
    yield f"sector={first.entity.sector}"
    yield f"before={first.tokens[0] < cue.i}"


def _sibling_features(candidate: Candidate, siblings: Sequence[Candidate]) -> Iterator[str]:
    """Yield what of its sentence holds a candidate, and what it holds: "urged B to end the war" has three."""
    group, held = candidate.group, 0
    for other, holds, inside in related(candidate, siblings):
        if holds:
            yield f"under={other.group}"
            yield f"under.k={other.key}"
            yield f"under.g={other.group}/{group}"
        if inside:
            held += 1
            yield f"over={other.group}/{group}"
    yield f"held={min(3, held)}/{group}"
    yield f"siblings={min(8, len(siblings))}"


def _content_features(reading: Reading, candidate: Candidate) -> Iterator[str]:
    annotation = reading.annotation
    group = candidate.group
    head = annotation.doc[candidate.content_head]
    start, end = candidate.content
    word = head.lemma_.lower()
    yield f"content={word}"
    yield f"content.group={group}/{word}"
    yield f"content.cue={candidate.key}/{word}"
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
    for i in range(start, min(end, start + LONGEST)):
        if reading.kinds[i] in PLAIN:
            yield f"word={reading.lemmas[i]}"
    spoken = reading.votes(start, end)
    strongest = 1 + int(max(spoken.values())) if spoken else 0
    yield f"votes={min(5, strongest)}"
    yield f"votes.group={min(3, strongest)}/{group}"
    if spoken:
        yield f"vote={max(spoken, key=lambda issue: (spoken[issue], issue))}"

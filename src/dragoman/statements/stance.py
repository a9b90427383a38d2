"""For or against: a cue's own stance, turned round where the words around it turn it, and a model above it.

"Announced a halt to the talks" is against the talks; "will not renew the lease" is against renewing
it; "ended the war" is for the end of the war, since a war is a burden (``data/burdens.csv``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dragoman import syntax
from dragoman.statements.candidates import FLIP, Candidate, related
from dragoman.statements.lexicon import burdens, position_cues
from dragoman.statements.linear import load_dense

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.records import Stance
    from dragoman.statements.reading import Reading

__all__ = ["PRO", "side_features", "stance_features", "stance_for", "stance_of"]

PRO = frozenset({"demands", "offers", "supports", "accepts"})
TURNABLE = frozenset({"say", "will", "start", "vote", "plan", "want", "ready"})
TURNING = frozenset({"stop", "leave", "reject"})
TAKING = frozenset({"accept", "support", "give", "join"})
BACK = {"opposes": "supports", "rejects": "offers"}
WORDS, TURNS = frozenset({"NOUN", "VERB", "ADJ"}), frozenset({"ADV", "PART"})
CHILDREN = frozenset({"prep", "advmod", "prt", "neg"})


def stance_for(doc: Doc, candidate: Candidate, *, pro: bool) -> Stance:
    """Return the likeliest stance on a given side."""
    model = load_dense("stances")
    scores = model.bias + model.scores(stance_features(doc, candidate, pro=pro))
    ranked = sorted(zip(scores, model.classes, strict=True), reverse=True)
    return cast("Stance", next(stance for _, stance in ranked if (stance in PRO) == pro))


def stance_features(doc: Doc, candidate: Candidate, *, pro: bool) -> dict[str, float]:
    """Return the features by which one stance is told from another on its side."""
    group, ruled = candidate.group, stance_of(doc, candidate)
    head = doc[candidate.content_head]
    found = (
        f"pro={pro}",
        f"st={ruled}.{pro}",
        f"st.group={ruled}.{group}.{pro}",
        f"cue={candidate.key}",
        f"cue.frame={candidate.key}.{candidate.frame}",
        f"frame={group}.{candidate.frame}.{pro}",
        f"modal={candidate.modal}.{group}",
        f"negated={candidate.negated}.{group}",
        f"reported={candidate.reported}",
        f"addressed={bool(candidate.addressees)}.{pro}",
        f"head={head.lemma_.lower()}",
        f"head.modal={syntax.modality(head)}.{group}",
        f"head.pos={head.pos_}.{group}",
    )
    return dict.fromkeys(found, 1.0)


def side_features(reading: Reading, candidate: Candidate, siblings: Sequence[Candidate]) -> list[str]:
    """Return the features by which a model says for or against, each once.

    Args:
        reading: the candidate's article.
        candidate: what is judged.
        siblings: the candidates of its sentence, itself included.
    """
    stance = stance_of(reading.annotation.doc, candidate)
    found = [*_side_features(reading, candidate, stance), *_held_features(candidate, siblings, stance)]
    return list(dict.fromkeys(found))


def _held_features(candidate: Candidate, siblings: Sequence[Candidate], stance: str) -> Iterator[str]:
    """Yield what holds a candidate and what it holds: "condemned the refusal to end the war"."""
    pro = stance in PRO
    for other, holds, inside in related(candidate, siblings):
        if holds:
            yield f"under={other.group}.{other.stance}"
            yield f"under.r={other.stance}.{pro}"
            yield f"under.k={other.key}"
        if inside:
            yield f"over={other.group}.{other.stance}"
            yield f"over.r={other.stance}.{pro}"
            yield f"over.g={candidate.group}.{other.group}.{other.stance}"


def _side_features(reading: Reading, candidate: Candidate, stance: str) -> Iterator[str]:
    doc, group, key = reading.annotation.doc, candidate.group, candidate.key
    cue, head = doc[candidate.cue], doc[candidate.content_head]
    start, end = candidate.content
    pro = stance in PRO
    above = head.lemma_.lower()
    yield f"rule={pro}"
    yield f"rule.group={pro}.{group}"
    yield f"rule.cue={pro}.{key}"
    yield f"rule.frame={pro}.{group}.{candidate.frame}"
    yield f"st={stance}"
    yield f"cue={key}"
    yield f"neg={candidate.negated}.{group}"
    yield f"modal={candidate.modal}.{group}"
    yield f"h={above}"
    yield f"h.rule={pro}.{above}"
    yield f"hneg={syntax.is_negated(head)}.{group}"
    yield f"up={cue.head.lemma_.lower()}"
    if start > 0:
        yield f"prev={doc[start - 1].lower_}"
    for child in cue.children:
        if child.dep_ in CHILDREN:
            yield f"ch={child.lower_}"
    for i in range(*reading.bounds[candidate.cue]):
        word, lemma = reading.kinds[i] in WORDS, reading.lemmas[i]
        if start <= i < end:
            if word or reading.kinds[i] in TURNS or lemma == "no":
                yield f"w={lemma}"
        elif word:
            yield f"s={lemma}"


def stance_of(doc: Doc, candidate: Candidate) -> str:
    """Return the stance of a candidate after what surrounds its cue is heard."""
    cue, head = doc[candidate.cue], doc[candidate.content_head]
    stance = candidate.stance
    if candidate.group in TURNABLE and candidate.frame in ("self", "clause", "inf", "obj") and stance in PRO:
        negated = candidate.frame != "self" and _denied(head)
        turned = (
            _turning(head) if candidate.group not in ("want", "plan") or candidate.frame == "inf" else False
        )
        return FLIP[stance] if negated != turned else stance
    if candidate.group == "stop" and not candidate.negated and _burden(head):
        return BACK.get(stance, stance)
    if candidate.group in TAKING and cue.dep_ in ("xcomp", "pcomp") and stance in PRO:
        above = position_cues().get((cue.head.lemma_.lower(), cue.head.pos_))
        if above is not None and above.group == "reject" and not syntax.is_negated(cue.head):
            return "rejects"
    return stance


def _denied(head: Token) -> bool:
    """Whether a clause is denied: "won't renew", "send no delegates"."""
    if syntax.is_negated(head):
        return True
    return any(c.dep_ in ("dobj", "attr") and syntax.is_negated(c) for c in head.children)


def _turning(head: Token) -> bool:
    """Whether a word stops, leaves or refuses something that is no burden."""
    pos = "VERB" if head.pos_ in ("VERB", "AUX") else "NOUN"
    cue = position_cues().get((head.lemma_.lower(), pos))
    if cue is None or cue.group not in TURNING:
        return False
    objects = syntax.undergoers(head)
    return not (objects and _burden(objects[0]))


def _burden(noun: Token) -> bool:
    return noun.lemma_.lower() in burdens()

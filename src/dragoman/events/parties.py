"""Which of a sentence's mentions did an act and to which it was done: a linear model over syntax.

The rules of :mod:`dragoman.events.roles` are one of its features; the path through the parse, the
prepositions on it and the kind of entity are the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.attribution import attribution_of, quotation_at
from dragoman.events.roles import roles
from dragoman.reader import blend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.events.candidates import Candidate
    from dragoman.events.classify import LinearModel
    from dragoman.reader import Heard
    from dragoman.records import Mention

__all__ = ["ACTOR", "RECIPIENT", "ROLES", "Parties", "Scene", "choose", "scene_of"]

ACTOR, RECIPIENT = "ACTOR", "RECIPIENT"
ROLES = ("NONE", ACTOR, RECIPIENT)
ROLE_SHARE = 0.4
"""What the encoder's word counts for beside the linear model's, in log-probabilities."""
LONGEST_PATH = 6
OBJECTS = ("dobj", "dative", "nsubjpass")
OBJECT_ELSEWHERE = np.array([1.0, 1.0, 0.0])
"""What the chances of each role become for the object of another act: it is no recipient of this one."""
NOBODY = np.array([1.0, 0.0, 0.0])
"""The same for the source that the sentence names, in an act that is no speech."""
SPEECH = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types of which a source may itself be the actor: "according to the minister, the plan is a disgrace"."""
ECHOES = frozenset({"pronoun", "adjective"})
"""Forms that repeat a party named beside them ("Poland sent its troops") and add none."""
SURE, POSSIBLE = 0.5, 0.15
SENT = frozenset({"GOV", "MIL"})
"""Sectors of those whom a state sends and calls back."""
Recipients = tuple["Mention", ...]
Parties = tuple[tuple["Mention", ...], Recipients]


@dataclass(frozen=True, slots=True)
class Scene:
    """What an act's parties are chosen from: the mentions, what the rules say, and who says it."""

    mentions: tuple[Mention, ...]
    ruled: Parties
    speaker: Mention | None
    quoted: bool


def scene_of(annotation: Annotation, candidate: Candidate, type_: str) -> Scene:
    """Return the mentions that may be parties to an act: its sentence's, the rules', the speaker's."""
    ruled = roles(annotation, candidate, type_)
    inside = _mentions_in(annotation, candidate)
    said = attribution_of(annotation, candidate.token.i)
    speaker = annotation.mention_at(said.speaker) if said is not None else None
    extra = [*ruled[0], *ruled[1], *([speaker] if speaker is not None else [])]
    inside += [m for m in dict.fromkeys(extra) if m not in inside]
    return Scene(tuple(inside), ruled, speaker, quotation_at(annotation, candidate.token.i) is not None)


def _mentions_in(annotation: Annotation, candidate: Candidate) -> list[Mention]:
    """Return the mentions of the candidate's sentence, in text order, each once."""
    low, high = candidate.sentence.start, candidate.sentence.end
    found: list[Mention] = []
    i = low
    while i < high:
        mention = annotation.mention_at(i)
        if mention is None:
            i += 1
        else:
            found.append(mention)
            i = max(mention.tokens[1], i + 1)
    return found


def _chain(token: Token) -> list[Token]:
    """Return a word and its heads up to the root."""
    chain = [token]
    while token.head != token and len(chain) < 25:
        token = token.head
        chain.append(token)
    return chain


def _label(token: Token) -> str:
    return f"{token.dep_}:{token.lower_}" if token.dep_ in ("prep", "agent", "dative") else token.dep_


def _path(source: Token, trigger: Token) -> tuple[str, int, int]:
    """Return the labels up from a mention's head to the common ancestor and down, with both lengths."""
    up, down = _chain(source), _chain(trigger)
    places = {t.i: n for n, t in enumerate(down)}
    for steps, token in enumerate(up):
        if token.i in places:
            fall = places[token.i]
            rise = ">".join(_label(t) for t in up[:steps])
            drop = "<".join(_label(t) for t in reversed(down[:fall]))
            return f"{rise}^{drop}", steps, fall
    return "apart", LONGEST_PATH, LONGEST_PATH


def _preposition(token: Token) -> str:
    here = token
    for _ in range(4):
        if here.dep_ in ("prep", "agent"):
            return str(here.lower_)
        if here.head == here or here.dep_ in ("nsubj", "dobj", "nsubjpass"):
            break
        here = here.head
    return "-"


def party_features(
    annotation: Annotation, candidate: Candidate, type_: str, scene: Scene, n: int
) -> Iterator[str]:
    """Yield the features of the ``n``-th mention of a scene as a party to an act of a type."""
    mention, ruled, order = scene.mentions[n], scene.ruled, (n, len(scene.mentions))
    trigger, head = candidate.token, annotation.doc[mention.head]
    path, steps, fall = _path(head, trigger)
    rule = ACTOR if mention in ruled[0] else RECIPIENT if mention in ruled[1] else "-"
    entity = mention.entity
    side = "before" if mention.tokens[0] < trigger.i else "after"
    word = _preposition(head)
    short = path if steps + fall <= LONGEST_PATH else f"long{min(steps, 4)}^{min(fall, 4)}"
    voice = "speaker" if mention is scene.speaker else "other" if scene.speaker is not None else "none"
    yield "bias"
    yield f"voice={voice}.{scene.quoted}"
    yield f"t.voice={type_}.{voice}"
    yield f"voice.empty={voice}.{scene.quoted}.{not ruled[0]}"
    yield f"pronoun={mention.form == 'pronoun'}.{scene.quoted}.{side}"
    yield f"rule={rule}"
    yield f"t.rule={type_}.{rule}"
    yield f"empty={not ruled[0]}.{not ruled[1]}"
    yield f"rule.empty={rule}.{not ruled[0]}.{not ruled[1]}"
    yield f"path={short}"
    yield f"pos.path={candidate.pos}.{short}"
    yield f"k.path={candidate.lemma}.{short}"
    yield f"t.path={type_}.{short}"
    yield f"dep={head.dep_}"
    yield f"t.side={type_}.{side}"
    yield f"pos.side.prep={candidate.pos}.{side}.{word}"
    yield f"t.prep={type_}.{word}"
    yield f"t.prep.side={type_}.{word}.{side}"
    yield f"k.prep={candidate.lemma}.{word}"
    yield f"kind={entity.kind}.{mention.form}"
    yield f"t.sector={type_}.{entity.sector}"
    yield f"t.kind={type_}.{entity.kind}.{mention.form}"
    yield f"side.sector={side}.{entity.sector}"
    yield f"order={min(order[0], 3)}.{min(order[1], 4)}"
    yield f"last={order[0] == order[1] - 1}.{side}"
    yield f"steps={min(steps, 6)}"
    yield f"fall={min(fall, 6)}"
    yield f"first.side={order[0] == 0}.{side}"
    yield f"country={entity.country is not None}"
    if mention.form in ("adjective", "place"):
        yield f"next={head.head.lemma_.lower()}"
    if any(m is not mention and m.party.entity_id == mention.party.entity_id for m in ruled[0]):
        yield "same-as-actor"


def choose(
    annotation: Annotation,
    candidate: Candidate,
    type_: str,
    *,
    model: LinearModel,
    heard: Heard | None = None,
) -> Parties:
    """Return the actors and recipients of an act: every mention that is more likely than not one of them.

    ``heard`` is the sentence as the encoder read it, where it did; both models then have a say.

    Where none is, the likeliest is taken if its chance is at least POSSIBLE; else the role stays empty
    (codebook rule 12: no doer is guessed).
    """
    scene = scene_of(annotation, candidate, type_)
    if not scene.mentions:
        return (), ()
    inside = scene.mentions
    columns = [model.classes.index(role) for role in ROLES]
    chances = [
        model.probabilities(list(party_features(annotation, candidate, type_, scene, n)))[columns]
        for n in range(len(inside))
    ]
    if heard is not None:
        places = [annotation.doc[m.head].idx for m in inside]
        read = heard.roles(candidate.bounds, places, type_)
        chances = [blend(np.log(c), r, ROLE_SHARE) for c, r in zip(chances, read, strict=True)]
    elsewhere = [_of_another_verb(candidate.token, annotation.doc[m.head]) for m in inside]
    chances = [c * OBJECT_ELSEWHERE if out else c for c, out in zip(chances, elsewhere, strict=True)]
    if type_ not in SPEECH:
        chances = [
            c * NOBODY if _source(annotation.doc[m.head]) else c for c, m in zip(chances, inside, strict=True)
        ]
    actors = _pick(inside, [float(c[1]) for c in chances], set())
    taken = {m.entity.entity_id for m in actors}
    recipients = _pick(inside, [float(c[2]) for c in chances], taken)
    return actors, _without_own(annotation, actors, recipients)


def _without_own(annotation: Annotation, actors: Sequence[Mention], found: Sequence[Mention]) -> Recipients:
    """Leave out an actor's own envoy or troops beside another recipient ("recalled its envoy to B")."""
    ours = {m.party.country for m in actors} - {None}
    if all(m.party.country in ours for m in found):
        return tuple(found)
    return tuple(
        m
        for m in found
        if m.party.country not in ours or m.entity.sector not in SENT or not _owned(annotation, m)
    )


def _owned(annotation: Annotation, mention: Mention) -> bool:
    children = annotation.doc[mention.head].children
    return any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in children)


def _source(head: Token) -> bool:
    """Whether a word is whom the sentence has its news from: "according to local media"."""
    return head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"


def _of_another_verb(trigger: Token, head: Token) -> bool:
    """Whether a word is the object of a verb coordinated with an act that has an object of its own.

    "A condemned B and urged C": C is not condemned. "A condemned and threatened B": B is.
    """
    if head.dep_ not in OBJECTS or head.head == trigger:
        return False
    verb = head.head
    coordinated = (verb.dep_ == "conj" and verb.head == trigger) or (
        trigger.dep_ == "conj" and trigger.head == verb
    )
    return coordinated and any(child.dep_ in OBJECTS for child in trigger.children)


def _pick(inside: Sequence[Mention], chances: Sequence[float], taken: set[str]) -> tuple[Mention, ...]:
    free = [
        (c, -n, m)
        for n, (c, m) in enumerate(zip(chances, inside, strict=True))
        if any(part.entity.entity_id not in taken for part in m.parts)
    ]
    if not free:
        return ()
    top = max(free, key=lambda row: row[:2])
    if top[0] < POSSIBLE:
        return ()
    chosen = [row for row in free if row[0] >= SURE] or [top]
    found: dict[str, Mention] = {}
    for _, _, mention in sorted(chosen, key=lambda row: -row[1]):
        for part in mention.parts:
            if part.entity.entity_id not in taken:
                found.setdefault(part.entity.entity_id, part)
    named = {m.party.entity_id for m in found.values() if m.form in ("name", "nominal", "place")}
    return tuple(m for m in found.values() if m.form not in ECHOES or m.party.entity_id not in named)

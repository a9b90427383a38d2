"""Who holds a standing condition and who suffers it: every party of the cue's sentence, judged.

A trained model gives each party near a cue its chance of being holder, target, a side of a mutual
condition, or none of these.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.statements.linear import load_model
from dragoman.statements.parties import parties
from dragoman.statements.places import tokens_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.records import Mention
    from dragoman.statements.lexicon import ConditionCue
    from dragoman.statements.linear import LinearModel

__all__ = ["MUTUAL", "ROLES", "Judged", "another", "options", "role_features", "sides"]

MUTUAL = frozenset(
    {"agreement-pending", "agreement-in-force", "ceasefire-in-force", "talks-open", "talks-suspended",
     "relations-restored", "relations-severed", "hostilities"}
)  # fmt: skip
ROLES = ("holder", "none", "side", "target")
STATELIKE = frozenset({"state", "place"})
PLACES = (
    "doer", "obj", "by", "poss", "compound", "amod", "with", "between", "on", "against", "in", "of", "to",
    "from", "for", "acl-by", "head", "dative",
)  # fmt: skip
MOST = 10
"""Parties of a sentence that are weighed: those nearest to the cue."""
STEPS = 5
FAR = 3
PROBABLE = 0.5
"""A further party is listed beside the likeliest from this chance on."""
LEAST = 0.15


@dataclass(frozen=True, slots=True)
class Judged:
    """The chosen parties of a condition, and how likely the likeliest of each role is (0 for none)."""

    holders: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    holder_chance: float
    target_chance: float


def options(annotation: Annotation, token: Token) -> list[Mention]:
    """Return the parties of a cue's sentence in text order, the parts of a plural one by one."""
    found: dict[tuple[int, str], Mention] = {}
    for i in range(token.sent.start, token.sent.end):
        mention = annotation.mention_at(i)
        if mention is not None:
            for member in mention.members or (mention,):
                found.setdefault((mention.tokens[0], member.party.entity_id), member)
    near = sorted(found.values(), key=lambda m: abs(m.head - token.i))[:MOST]
    return sorted(near, key=lambda m: (m.tokens[0], m.party.entity_id))


def another(mention: Mention, taken: Iterable[Mention]) -> bool:
    """Whether a party is none of those taken: another entity, and not the same state under another name."""
    for other in taken:
        if mention.party.entity_id == other.party.entity_id:
            return False
        same = mention.party.country is not None and mention.party.country == other.party.country
        if same and (mention.party.kind in STATELIKE) == (other.party.kind in STATELIKE):
            return False
    return True


def role_features(annotation: Annotation, token: Token, cue: ConditionCue) -> list[list[str]]:
    """Return the features of each of the cue's :func:`options`, in their order."""
    found = options(annotation, token)
    placed: dict[int, list[str]] = {}
    for place in dict.fromkeys((*PLACES, *cue.holder, *cue.target)):
        for mention in parties(annotation, tokens_at(token, place)):
            placed.setdefault(mention.tokens[0], []).append(place)
    return [
        list(dict.fromkeys(_features(annotation, token, cue, m, placed.get(m.tokens[0], ()), found)))
        for m in found
    ]


def _features(  # noqa: PLR0913, PLR0917 -- what there is to know of a party and a cue
    annotation: Annotation,
    token: Token,
    cue: ConditionCue,
    mention: Mention,
    places: Sequence[str],
    found: Sequence[Mention],
) -> Iterator[str]:
    kind, rule, head = cue.kind, cue.rule, annotation.doc[mention.head]
    yield f"kind={kind}"
    for place in places or ("-",):
        yield f"place={place}"
        yield f"place={kind}/{place}"
        yield f"place={rule}/{place}"
    yield f"listed={_rank(places, cue.holder)}/{_rank(places, cue.target)}"
    yield f"listed={kind}/{_rank(places, cue.holder)}/{_rank(places, cue.target)}"
    path = _path(head, token)
    yield f"path={path}"
    yield f"path={kind}/{path}"
    before = mention.tokens[0] < token.i
    between = sum(min(m.head, token.i) < o.head < max(m.head, token.i) for m in (mention,) for o in found)
    order = f"{'before' if before else 'after'}/{min(FAR, between)}"
    first, last = found[0] is mention, found[-1] is mention
    yield f"order={order}"
    yield f"order={kind}/{order}"
    yield f"order={rule}/{token.pos_}/{before}"
    yield f"ends={kind}/{first}/{last}"
    yield f"of={min(6, len(found))}/{order}"
    yield f"far={before}/{min(6, abs(mention.head - token.i) // 3)}"
    yield f"form={kind}/{mention.form}"
    yield f"form={mention.form}/{before}"
    party = mention.party
    yield f"sector={kind}/{party.sector}"
    yield f"sector={kind}/{party.sector}/{before}"
    yield f"entity={mention.entity.kind}/{party.kind}"
    yield f"entity={kind}/{mention.entity.kind}/{party.kind}"
    yield f"country={kind}/{party.country is not None}"
    yield f"dep={head.dep_}"
    yield f"dep={kind}/{head.dep_}/{before}"
    yield f"up={head.head.lemma_.lower()}/{head.dep_}"
    yield f"up={kind}/{head.head.lemma_.lower()}"
    if head.dep_ == "pobj":
        over = head.head.head
        yield f"prep={kind}/{head.head.lower_}"
        yield f"prep={head.head.lower_}/{over.lemma_.lower()}"
        yield f"over={kind}/{over.lemma_.lower()}"
    elif head.dep_ in ("compound", "amod", "poss", "nmod"):
        yield f"upup={head.head.dep_}/{kind}/{before}"
    yield f"root={head.head.i == token.sent.root.i}/{head.dep_}/{token.i == token.sent.root.i}"
    if mention.tokens[0] > token.sent.start:
        yield f"prev={annotation.doc[mention.tokens[0] - 1].lower_}/{kind}"
        yield f"prev={annotation.doc[mention.tokens[0] - 1].lower_}"
    if mention.tokens[1] < token.sent.end:
        yield f"next={annotation.doc[mention.tokens[1]].lower_}"


def _rank(places: Sequence[str], wanted: Sequence[str]) -> int:
    """Return how early the first of the places stands in a cue's list; -1 where none does."""
    return min((wanted.index(p) for p in places if p in wanted), default=-1)


def _path(start: Token, end: Token) -> str:
    """Return the way through the parse between two words, prepositions by their word; "far" if too long."""
    above = {end.i: 0}
    here, names = end, []
    for _ in range(STEPS):
        if here.head == here:
            break
        names.append(here.lower_ if here.dep_ in ("prep", "agent") else here.dep_)
        here = here.head
        above.setdefault(here.i, len(names))
    up: list[str] = []
    here = start
    for _ in range(STEPS):
        if here.i in above:
            return ">".join([*up, "^", *reversed(names[: above[here.i]])])
        if here.head == here:
            break
        up.append(here.lower_ if here.dep_ in ("prep", "agent") else here.dep_)
        here = here.head
    return "far"


def chances(model: LinearModel, features: Iterable[str]) -> dict[str, float]:
    """Return the chance of each role."""
    scores = model.scores(features)
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    return {role: value / sum(raised) for role, value in zip(model.classes, raised, strict=True)}


def sides(annotation: Annotation, token: Token, cue: ConditionCue) -> Judged:
    """Choose the holders and targets of the condition that a cue tells of."""
    found = options(annotation, token)
    model = load_model("holders")
    rows = [chances(model, row) for row in role_features(annotation, token, cue)]
    return choose(cue, found, rows)


def choose(cue: ConditionCue, found: Sequence[Mention], rows: Sequence[dict[str, float]]) -> Judged:
    """Choose among parties by their chances: the likeliest of each role, and others that are likely."""
    pairs = list(zip(found, rows, strict=True))
    if cue.kind in MUTUAL:
        return _mutual(pairs)
    best: list[tuple[float, str, Mention]] = sorted(
        ((row[role], role, m) for m, row in pairs for role in ("holder", "target")),
        key=lambda t: (-t[0], t[1], t[2].tokens),
    )
    chosen: dict[str, list[Mention]] = {"holder": [], "target": []}
    chance = {"holder": 0.0, "target": 0.0}
    for value, role, mention in best:
        other = chosen["target" if role == "holder" else "holder"]
        enough = PROBABLE if chosen[role] else LEAST
        if value >= enough and another(mention, (*other, *chosen[role])):
            chance[role] = chance[role] or value
            chosen[role].append(mention)
    return Judged(tuple(chosen["holder"]), tuple(chosen["target"]), chance["holder"], chance["target"])


def _mutual(pairs: Sequence[tuple[Mention, dict[str, float]]]) -> Judged:
    chosen: list[tuple[float, Mention]] = []
    for mention, row in sorted(pairs, key=lambda pair: (-pair[1]["side"], pair[0].tokens)):
        enough = PROBABLE if len(chosen) > 1 else LEAST
        if row["side"] >= enough and another(mention, [m for _, m in chosen]):
            chosen.append((row["side"], mention))
    values = [value for value, _ in chosen] + [0.0, 0.0]
    return Judged(
        tuple(m for _, m in chosen[:1]), tuple(m for _, m in chosen[1:]), values[0], values[1]
    )

"""Who holds a standing condition and who suffers it: every party of the cue's sentence, judged.

A trained model gives each party near a cue its chance of being holder, target, a side of a mutual
condition, or none of these; of those of the sentence the encoder (:mod:`dragoman.reader`) has a say too.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.reader import PARTS, blend
from dragoman.statements.linear import load_model
from dragoman.statements.parties import heads_of, parties
from dragoman.statements.places import MUTUAL, another, political, tokens_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.reader import Heard
    from dragoman.records import Mention
    from dragoman.statements.lexicon import ConditionCue
    from dragoman.statements.linear import LinearModel

__all__ = [
    "Judged",
    "chances",
    "options",
    "paired",
    "pairs",
    "party_key",
    "role_features",
    "way",
    "with_reader",
]

PLACES = (
    "doer", "obj", "by", "poss", "compound", "amod", "with", "between", "on", "against", "in", "of", "to",
    "from", "for", "acl-by", "head", "dative",
)  # fmt: skip
INNER = frozenset({"compound", "amod", "poss", "nmod"})
MANY = 6
OUTSIDE = 2
MOST = 10
"""Parties of a sentence that are weighed: those nearest to the cue."""
STEPS = 5
FAR = 3
PROBABLE = 0.5
"""A further party is listed beside the likeliest from this chance on."""
CHOICE, CHOICES, NOBODY = 0.05, 4, 0.12
"""Least chance of a role, how many parties are weighed for it, and the chance that the text names none."""
PAIRS = 4
LEAST_LIKELY = 1e-6
PART_SHARE = 0.5
"""What the encoder's word counts for beside the linear model's, in log-probabilities."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The chosen parties of a condition, and how likely the likeliest of each role is (0 for none)."""

    holders: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    holder_chance: float
    target_chance: float
    rank: int


def options(annotation: Annotation, token: Token) -> list[Mention]:
    """Return the parties of a cue's sentence in text order, the parts of a plural one by one.

    The parties that the article names most often come last where the sentence does not name them.
    """
    sentence = token.sent
    found: dict[tuple[int, str], Mention] = {}
    for i in range(sentence.start, sentence.end):
        mention = annotation.mention_at(i)
        if mention is not None:
            for member in mention.parts:
                found.setdefault((mention.tokens[0], member.party.entity_id), member)
    near = sorted(found.values(), key=lambda m: abs(m.head - token.i))[:MOST]
    near.sort(key=lambda m: (m.tokens[0], m.party.entity_id))
    return near + _elsewhere(annotation, sentence.start, {party_key(m) for m in found.values()})


def _elsewhere(annotation: Annotation, start: int, named: set[str]) -> list[Mention]:
    """Return the parties named most often in the article but not in a sentence, each where it stands last."""
    last: dict[str, Mention] = {}
    often: Counter[str] = Counter()
    for mention in annotation.mentions:
        key = party_key(mention)
        if key not in named and political(mention):
            often[key] += 1
            if mention.tokens[0] < start or key not in last:
                last[key] = mention
    chosen = sorted(often, key=lambda key: (-often[key], last[key].tokens))[:OUTSIDE]
    return [last[key] for key in chosen]


def role_features(
    annotation: Annotation, token: Token, cue: ConditionCue, found: Sequence[Mention]
) -> list[list[str]]:
    """Return the features of each of the cue's :func:`options`, in their order."""
    often = Counter(party_key(m) for m in annotation.mentions)
    placed: dict[int, list[str]] = {}
    for place in dict.fromkeys((*PLACES, *cue.holder, *cue.target)):
        for mention in parties(annotation, tokens_at(token, place)):
            placed.setdefault(mention.tokens[0], []).append(place)
    return [
        list(dict.fromkeys(_features(annotation, token, cue, m, placed.get(m.tokens[0], ()), found, often)))
        for m in found
    ]


def _features(
    annotation: Annotation,
    token: Token,
    cue: ConditionCue,
    mention: Mention,
    places: Sequence[str],
    found: Sequence[Mention],
    often: Counter[str],
) -> Iterator[str]:
    head = annotation.doc[mention.head]
    yield f"kind={cue.kind}"
    if token.sent.start <= mention.tokens[0] < token.sent.end:
        yield from _stand_features(cue, head, token, places)
        yield from _order_features(cue, token, mention, found)
    else:
        inside = sum(token.sent.start <= other.tokens[0] < token.sent.end for other in found)
        previous = token.sent.start > 0 and head.sent == annotation.doc[token.sent.start - 1].sent
        yield f"outside={previous}/{mention.tokens[0] < token.i}"
        yield f"outside={cue.kind}/{previous}"
        yield f"outside={cue.kind}/{min(FAR, inside)}"
        yield f"outside={cue.rule}"
        yield f"outside={previous}/{head.dep_}"
        yield from _self_features(f"outside.{cue.kind}", mention, before=False)
        yield from _count_features(f"outside.{cue.kind}", mention, found, often)
        return
    yield from _self_features(cue.kind, mention, before=mention.tokens[0] < token.i)
    yield from _word_features(annotation, cue.kind, mention, token)
    yield from _count_features(cue.kind, mention, found, often)


def _stand_features(cue: ConditionCue, head: Token, token: Token, places: Sequence[str]) -> Iterator[str]:
    for place in places or ("-",):
        yield f"place={place}"
        yield f"place={cue.kind}/{place}"
        yield f"place={cue.rule}/{place}"
    listed = f"{_rank(places, cue.holder)}/{_rank(places, cue.target)}"
    path = way(head, token)
    yield f"listed={listed}"
    yield f"listed={cue.kind}/{listed}"
    yield f"path={path}"
    yield f"path={cue.kind}/{path}"


def _order_features(
    cue: ConditionCue, token: Token, mention: Mention, found: Sequence[Mention]
) -> Iterator[str]:
    kind, before = cue.kind, mention.tokens[0] < token.i
    low, high = min(mention.head, token.i), max(mention.head, token.i)
    order = f"{'before' if before else 'after'}/{min(FAR, sum(low < other.head < high for other in found))}"
    yield f"order={order}"
    yield f"order={kind}/{order}"
    yield f"order={cue.rule}/{token.pos_}/{before}"
    yield f"ends={kind}/{found[0] is mention}/{found[-1] is mention}"
    yield f"of={min(MANY, len(found))}/{order}"
    yield f"far={before}/{min(MANY, abs(mention.head - token.i) // 3)}"


def _self_features(kind: str, mention: Mention, *, before: bool) -> Iterator[str]:
    party = mention.party
    yield f"form={kind}/{mention.form}"
    yield f"form={mention.form}/{before}"
    yield f"sector={kind}/{party.sector}"
    yield f"sector={kind}/{party.sector}/{before}"
    yield f"entity={mention.entity.kind}/{party.kind}"
    yield f"entity={kind}/{mention.entity.kind}/{party.kind}"
    yield f"country={kind}/{party.country is not None}"


def _word_features(annotation: Annotation, kind: str, mention: Mention, token: Token) -> Iterator[str]:
    head, before = annotation.doc[mention.head], mention.tokens[0] < token.i
    yield f"dep={head.dep_}"
    yield f"dep={kind}/{head.dep_}/{before}"
    yield f"up={head.head.lemma_.lower()}/{head.dep_}"
    yield f"up={kind}/{head.head.lemma_.lower()}"
    if head.dep_ == "pobj":
        over = head.head.head
        yield f"prep={kind}/{head.head.lower_}"
        yield f"prep={head.head.lower_}/{over.lemma_.lower()}"
        yield f"over={kind}/{over.lemma_.lower()}"
    elif head.dep_ in INNER:
        yield f"upup={head.head.dep_}/{kind}/{before}"
    root = token.sent.root
    yield f"root={head.head.i == root.i}/{head.dep_}/{token.i == root.i}"
    if mention.tokens[0] > token.sent.start:
        word = annotation.doc[mention.tokens[0] - 1].lower_
        yield f"prev={word}/{kind}"
        yield f"prev={word}"
    if mention.tokens[1] < token.sent.end:
        yield f"next={annotation.doc[mention.tokens[1]].lower_}"


def _count_features(
    kind: str, mention: Mention, found: Sequence[Mention], often: Counter[str]
) -> Iterator[str]:
    """Yield how often the article and the sentence name a party."""
    key = party_key(mention)
    rank = min(FAR, sum(count > often[key] for count in often.values()))
    yield f"often={rank}/{min(2, len(often) // 4)}"
    yield f"often={kind}/{rank}"
    yield f"share={kind}/{often[key] * 5 // max(1, often.total())}"
    yield f"twice={kind}/{min(FAR, sum(party_key(other) == key for other in found))}"


def _rank(places: Sequence[str], wanted: Sequence[str]) -> int:
    """Return how early the first of the places stands in a cue's list; -1 where none does."""
    return min((wanted.index(p) for p in places if p in wanted), default=-1)


def way(start: Token, end: Token) -> str:
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


def pairs(annotation: Annotation, token: Token, cue: ConditionCue, heard: Heard) -> list[Judged]:
    """Return the likeliest pairs of holders and targets of the condition that a cue tells of, best first."""
    found = options(annotation, token)
    rows = role_features(annotation, token, cue, found)
    model = load_model("holders")
    told = [chances(model, row) for row in rows]
    return paired(cue, found, with_reader(annotation, token, cue, found, told, heard))


def with_reader(
    annotation: Annotation,
    token: Token,
    cue: ConditionCue,
    found: Sequence[Mention],
    told: Sequence[dict[str, float]],
    heard: Heard,
) -> list[dict[str, float]]:
    """Return the chance of each role of each mention when the encoder is heard beside the linear model."""
    word = (token.idx, token.idx + len(token.text))
    read = heard.parts(word, heads_of(annotation, found), cue.kind)
    return [
        row if seen is None else _mixed(row, dict(zip(PARTS, seen, strict=True)))
        for row, seen in zip(told, read, strict=True)
    ]


def _mixed(row: dict[str, float], seen: dict[str, np.float32]) -> dict[str, float]:
    linear = np.log(np.maximum(list(row.values()), LEAST_LIKELY))
    both = blend(linear, np.array([seen[role] for role in row]), PART_SHARE)
    return dict(zip(row, both.tolist(), strict=True))


def paired(cue: ConditionCue, found: Sequence[Mention], rows: Sequence[dict[str, float]]) -> list[Judged]:
    """Pair parties by their chances: the likeliest pairs, each with the others that are likely beside it."""
    given = list(zip(found, rows, strict=True))
    ours, theirs = ("side", "side") if cue.kind in MUTUAL else ("holder", "target")
    heads = _likeliest(given, ours)
    tails = _likeliest(given, theirs)
    scored: list[tuple[float, float, float, Mention | None, Mention | None]] = []
    for i, (held, first) in enumerate(heads):
        for j, (suffered, second) in enumerate(tails):
            if first is None and second is None:
                continue
            if first is not None and second is not None and not another(first, (second,)):
                continue
            if ours == theirs and (i > j or first is None):
                continue
            chance = held * suffered
            if ours == theirs and first and second and second.tokens < first.tokens:
                scored.append((chance, suffered, held, second, first))
            else:
                scored.append((chance, held, suffered, first, second))
    scored.sort(key=lambda s: (-s[0], s[3].tokens if s[3] else (0, 0), s[4].tokens if s[4] else (0, 0)))
    judged: list[Judged] = []
    seen: list[set[str]] = []
    for _, held, suffered, first, second in scored:
        key = {party_key(first), party_key(second) + ("" if ours == theirs else "<")}
        if key in seen:
            continue
        seen.append(key)
        holders, targets = _beside(given, first, second, (ours, theirs))
        judged.append(
            Judged(holders, targets, held if first else 0.0, suffered if second else 0.0, len(judged))
        )
        if len(judged) == PAIRS:
            break
    return judged


def party_key(mention: Mention | None) -> str:
    """Return what makes a party the same across mentions: the country, or the entity where it has none."""
    return "" if mention is None else mention.party.country or mention.party.entity_id


def _likeliest(
    given: Sequence[tuple[Mention, dict[str, float]]], role: str
) -> list[tuple[float, Mention | None]]:
    """Return the likeliest distinct parties for a role, likeliest first, and nobody last."""
    found: list[tuple[float, Mention | None]] = []
    seen: set[str] = set()
    for mention, row in sorted(given, key=lambda pair: (-pair[1][role], pair[0].tokens)):
        if row[role] >= CHOICE and mention.party.entity_id not in seen:
            seen.add(mention.party.entity_id)
            found.append((row[role], mention))
    return [*found[:CHOICES], (NOBODY, None)]


def _beside(
    given: Sequence[tuple[Mention, dict[str, float]]],
    first: Mention | None,
    second: Mention | None,
    roles: tuple[str, str],
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return the holders and targets of a pair, with the parties that are likely to stand beside them."""
    chosen: tuple[list[Mention], list[Mention]] = ([first] if first else [], [second] if second else [])
    further = sorted(
        (
            (row[role], side, m)
            for m, row in given
            for side, role in enumerate(roles)
            if row[role] >= PROBABLE
        ),
        key=lambda t: (-t[0], t[1], t[2].tokens),
    )
    for _, side, mention in further:
        if roles[0] == roles[1] and side == 0:
            continue
        if chosen[side] and another(mention, (*chosen[0], *chosen[1])):
            chosen[side].append(mention)
    return tuple(chosen[0]), tuple(chosen[1])

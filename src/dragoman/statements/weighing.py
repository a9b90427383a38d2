"""What an article as a whole makes of the conditions that its sentences may tell of.

Candidates that name one kind and one pair of parties are weighed together: a war told of in five
sentences is surer than one told of once, and of two readings of the same words the likelier is kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.statements.holders import party_key
from dragoman.statements.linear import load_model
from dragoman.statements.places import MUTUAL
from dragoman.statements.reading import LONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.annotation import Annotation
    from dragoman.statements.signs import ConditionCandidate

__all__ = ["Group", "groups", "weigh"]

Scored = tuple[float, "ConditionCandidate"]
LEAST, AGAIN, OWN = 0.04, 0.1, 0.3
"""Least chance of a candidate: to be weighed, to be kept beside a better one, to stand for its group."""
NOWHERE = 0.02
AGREEMENTS = frozenset({"agreement-in-force", "agreement-pending", "ratification-pending"})


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one kind and pair of parties, likeliest first, and the features of the whole."""

    key: tuple[str, str, str]
    members: tuple[Scored, ...]
    features: dict[str, float]


def weigh(annotation: Annotation, scored: Sequence[Scored]) -> list[Scored]:
    """Return the candidates that are kept, each with the chance of its group."""
    model = load_model("measures")
    found = groups(annotation, scored)
    ranked = sorted(
        ((model.weighted(g.features.items()), g) for g in found), key=lambda pair: (-pair[0], pair[1].key)
    )
    taken: set[tuple[int, str]] = set()
    kept: list[Scored] = []
    for chance, group in ranked:
        if chance < model.threshold:
            break
        kind = group.key[0]
        free = [(s, c) for s, c in group.members if (c.token, kind) not in taken]
        if not free or free[0][0] < min(OWN, group.members[0][0]):
            continue
        new: list[Scored] = []
        for score, candidate in free:
            if new and score < AGAIN:
                break
            if not any(_rivals(candidate, other) for _, other in kept):
                new.append((chance, candidate))
        kept += new
        taken |= {(c.token, kind) for _, c in new}
    return kept


def groups(annotation: Annotation, scored: Sequence[Scored]) -> list[Group]:
    """Put an article's candidates into groups, in the order of their keys."""
    table: dict[tuple[str, str, str], list[Scored]] = {}
    for score, candidate in scored:
        if score >= LEAST:
            table.setdefault(_key(candidate), []).append((score, candidate))
    for members in table.values():
        members.sort(key=lambda pair: (-pair[0], pair[1].token, pair[1].cue.rule))
    kinds: dict[str, float] = {}
    for key, members in table.items():
        kinds[key[0]] = max(kinds.get(key[0], 0.0), members[0][0])
    full = float(len(annotation.doc) > LONG)
    found = []
    for key in sorted(table):
        members = table[key]
        token = members[0][1].token
        rival = max(
            (
                score
                for other, theirs in table.items()
                if other != key and other[0] == key[0]
                for score, candidate in theirs
                if candidate.token == token
            ),
            default=NOWHERE,
        )
        features = _features(key, members, (full, _logit(kinds[key[0]]), _logit(rival), len(kinds)))
        found.append(Group(key, tuple(members), features))
    return found


def _key(candidate: ConditionCandidate) -> tuple[str, str, str]:
    kind = candidate.cue.kind
    one = party_key(candidate.holders[0]) if candidate.holders else ""
    other = party_key(candidate.targets[0]) if candidate.targets else ""
    if kind in MUTUAL and other < one:
        one, other = other, one
    return kind, one, other


def _features(
    key: tuple[str, str, str], members: Sequence[Scored], around: tuple[float, float, float, int]
) -> dict[str, float]:
    """Return the features of a group. ``around``: full article?, best of the kind, best rival, kinds."""
    full, whole, rival, kinds = around
    best: dict[int, float] = {}
    for score, candidate in members:
        best.setdefault(candidate.token, score)
    scores = sorted(best.values(), reverse=True)
    top = _logit(scores[0])
    features = {
        "top": top,
        "second": _logit(scores[1]) if len(scores) > 1 else -4.0,
        "count": math.log(len(scores)),
        "margin": top - rival,
        "behind": min(0.0, top - rival),
        "whole": whole - top,
        "no-holder": float(not members[0][1].holders),
        "no-target": float(not members[0][1].targets),
        "full": full,
        "full.top": full * top,
        "any": _logit(1.0 - math.prod(1.0 - score for score in scores)),
        "kinds": math.log(1 + kinds),
        f"kind={key[0]}": 1.0,
        f"top={key[0]}": top / 4,
    }
    return features if full else {**features, "short.top": top, f"short={key[0]}": 1.0}


def _logit(chance: float) -> float:
    sure = min(max(chance, 1e-4), 1.0 - 1e-4)
    return math.log(sure / (1.0 - sure))


def _rivals(one: ConditionCandidate, other: ConditionCandidate) -> bool:
    """Whether two candidates read the same words differently: the likelier alone is kept."""
    family = AGREEMENTS if one.cue.kind in AGREEMENTS else frozenset({one.cue.kind})
    if other.cue.kind not in family or one.span[0] >= other.span[1] or other.span[0] >= one.span[1]:
        return False
    return one.cue.kind != other.cue.kind or not one.targets or not one.holders

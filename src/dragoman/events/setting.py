"""Where and when an act took place, as its own sentence says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Sentence
    from dragoman.records import Mention, When

__all__ = ["place_of", "when_of"]

PLACING = frozenset(
    {"in", "at", "near", "outside", "across", "inside", "around", "throughout", "off", "within", "over"}
)
STEPS = 5


def _distance(token: Token, trigger: Token) -> int:
    """Return how many steps up the tree lead from a word to the trigger; STEPS + 1 when they do not."""
    here = token
    for step in range(STEPS):
        if here == trigger:
            return step
        if here.head == here:
            break
        here = here.head
    return STEPS + 1


def when_of(annotation: Annotation, trigger: Token, sentence: Sentence) -> When | None:
    """Return the date said of an act: the expression nearest under it, else the sentence's only one."""
    inside = [
        t for t in annotation.times if t.when is not None and sentence.start <= t.tokens[0] < sentence.end
    ]
    if not inside:
        return None
    doc = annotation.doc
    ranked = sorted(
        (
            (min(_distance(doc[i], trigger) for i in range(*t.tokens)), abs(t.tokens[0] - trigger.i), t)
            for t in inside
        ),
        key=lambda row: row[:2],
    )
    steps, _, nearest = ranked[0]
    if steps <= STEPS or len(inside) == 1:
        return nearest.when
    return None


def place_of(annotation: Annotation, trigger: Token, sentence: Sentence) -> Mention | None:
    """Return the place under a locating preposition nearest to an act, else the dateline's none."""
    best: tuple[int, int, Mention] | None = None
    doc = annotation.doc
    for mention in annotation.mentions:
        if mention.tokens[0] < sentence.start:
            continue
        if mention.tokens[0] >= sentence.end:
            break
        if mention.form not in ("place", "name") or mention.entity.kind not in ("place", "state"):
            continue
        head = doc[mention.head]
        if head.dep_ != "pobj" or head.head.lower_ not in PLACING:
            continue
        rank = (_distance(head, trigger), abs(head.i - trigger.i))
        if rank[0] <= STEPS and (best is None or rank < best[:2]):
            best = (*rank, mention)
    return None if best is None else best[2]

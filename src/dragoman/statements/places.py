"""Where the parties of a standing condition stand relative to its cue: named places of the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman import syntax
from dragoman.statements.candidates import token_range
from dragoman.statements.parties import distinct, parties, parties_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.records import Mention
    from dragoman.statements.lexicon import ConditionCue

__all__ = ["MUTUAL", "Looked", "another", "look", "political", "tokens_at"]

MUTUAL = frozenset(
    {"agreement-pending", "agreement-in-force", "ceasefire-in-force", "talks-open", "talks-suspended",
     "relations-restored", "relations-severed", "hostilities"}
)  # fmt: skip
STATELIKE = frozenset({"state", "place"})


@dataclass(frozen=True, slots=True)
class Looked:
    """The parties that stand where a cue's row says they should, and the places where they were found."""

    holders: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    holder_place: str
    target_place: str


def look(annotation: Annotation, token: Token, cue: ConditionCue) -> Looked:
    """Look for holders and targets in the places of a cue's row, then nearby."""
    holders, holder_place = _look(annotation, token, cue.holder, ())
    targets, target_place = _look(annotation, token, cue.target, holders)
    together = target_place not in ("with", "obj-with", "between", "between-2")
    if cue.kind in MUTUAL and len(holders) > 1 and together:
        holders, targets, target_place = holders[:1], holders[1:], "rest"
    if not targets and cue.target and len(holders) < 2:
        targets, target_place = _nearby(annotation, token, holders)
    if not holders and cue.holder:
        holders, holder_place = _nearby(annotation, token, targets, before=True)
    if not targets and len(holders) > 1:
        holders, targets, target_place = holders[:1], holders[1:], "rest"
    return Looked(holders, targets, holder_place, target_place)


def another(mention: Mention, taken: Iterable[Mention]) -> bool:
    """Whether a party is none of those taken: another entity, and not the same state under another name."""
    for other in taken:
        if mention.party.entity_id == other.party.entity_id:
            return False
        same = mention.party.country is not None and mention.party.country == other.party.country
        if same and (mention.party.kind in STATELIKE) == (other.party.kind in STATELIKE):
            return False
    return True


def _look(
    annotation: Annotation, token: Token, places: tuple[str, ...], taken: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], str]:
    """Return the first parties found in the places, other than those taken, and the place's name."""
    for place in places:
        tokens = tokens_at(token, place)
        found = tuple(
            m for m in parties(annotation, tokens)
            if another(m, taken)
        )  # fmt: skip
        if not found and tokens and place not in ("doer", "subject", "by", "poss"):
            deeper = [m for t in tokens for m in parties_in(annotation, *token_range(t))]
            found = distinct(m for m in deeper if another(m, taken))[:2]
        if found:
            return found, place
    return (), ""


def political(mention: Mention) -> bool:
    """Whether a party may hold or suffer a measure: it has a country, or is an organisation or a force."""
    return mention.party.country is not None or mention.party.kind in ("organisation", "armed-group")


def _nearby(
    annotation: Annotation, token: Token, taken: tuple[Mention, ...], *, before: bool = False
) -> tuple[tuple[Mention, ...], str]:
    """Return the nearest other party after the cue (or before it) in its sentence: a last resort."""
    sentence = token.sent
    right = [
        m for m in parties_in(annotation, token.i + 1, sentence.end) if another(m, taken) and political(m)
    ]
    left = [m for m in parties_in(annotation, sentence.start, token.i) if another(m, taken) and political(m)]
    if before:
        return (tuple(left[-1:]), "near-left") if left else ((), "")
    if right:
        return tuple(right[:1]), "near-right"
    return (tuple(left[-1:]), "near-left") if left else ((), "")


def tokens_at(token: Token, place: str) -> list[Token]:  # noqa: C901, PLR0912 -- a table of places
    """Return the tokens that stand in a named place relative to a cue: "doer", "obj", "poss", "on" ..."""
    if place == "doer":
        return syntax.doers(token) if token.pos_ == "VERB" else _governing_doers(token)
    if place == "subject":
        return _governing_doers(token)
    if place in ("obj", "dative"):
        return (
            syntax.undergoers(token)
            if token.pos_ == "VERB"
            else [t for t in _governing_objects(token) if t.i != token.i]
        )
    if place in ("poss", "compound", "amod"):
        return [c for c in token.children if c.dep_ == place or (place == "compound" and c.dep_ == "nmod")]
    if place in ("compound-2", "amod-2"):
        return [c for c in token.children if c.dep_ in ("compound", "amod", "nmod", "poss")]
    if place == "between-2":
        return syntax.prepositional(token, "between")
    if place == "head":
        return [token.head]
    if place == "self":
        return [token]
    if place == "target":
        return [t for c in token.children if c.dep_ == "acl" for t in syntax.objects(c)]
    if place == "acl-by":
        return [
            t for c in token.children if c.dep_ in ("acl", "relcl") for t in syntax.prepositional(c, "by")
        ]
    if place.startswith(("obj-", "subj-")):
        role, _, word = place.partition("-")
        heads = syntax.undergoers(token) if role == "obj" else syntax.subjects(token)
        return [t for h in heads for t in syntax.prepositional(h, word)]
    found = syntax.prepositional(token, place)
    if not found and token.pos_ != "VERB" and token.head.pos_ == "VERB":
        found = syntax.prepositional(token.head, place)
    if not found and token.pos_ != "VERB":
        found = [
            t for c in token.children if c.dep_ in ("acl", "relcl") for t in syntax.prepositional(c, place)
        ]
    return found


def _governing_doers(noun: Token) -> list[Token]:
    """Return who acts in the verb over a noun, or in the participle under it ("sanctions imposed by")."""
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and (found := syntax.prepositional(child, "by")):
            return found
    head = noun.head
    for _ in range(5):
        if head.pos_ == "VERB":
            return _controlled(head) or syntax.doers(head)
        if head.pos_ == "NOUN" and (
            owners := [c for c in head.children if c.dep_ == "poss" and c.pos_ != "PRON"]
        ):
            return owners
        if head.head == head:
            return []
        head = head.head
    return []


def _controlled(verb: Token) -> list[Token]:
    """'pressure on Hamas to release', 'a call for Iran to return': who is to act."""
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ == "NOUN" and verb.tag_ == "VB":
        return syntax.prepositional(verb.head, "on", "for", "to")
    return []


def _governing_objects(noun: Token) -> list[Token]:
    head = noun.head
    return syntax.undergoers(head) if head.pos_ == "VERB" else []

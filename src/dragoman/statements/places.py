"""Where the parties of a standing condition stand relative to its cue: named places of the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["tokens_at"]


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

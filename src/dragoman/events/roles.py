"""Who did it and to whom, from syntax and the mentions that stand there (codebook rules 3 to 5, 12, 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.syntax import doers, is_passive, objects, prepositional, subjects, undergoers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.events.candidates import Candidate
    from dragoman.records import Mention

__all__ = ["roles"]

TO_WHOM: dict[str, tuple[str, ...]] = {
    "AGREE": ("with", "to", "for"),
    "CONSULT": ("with", "to", "by", "between", "in", "for"),
    "SUPPORT": ("for", "to", "with", "of", "by"),
    "CONCEDE": ("to", "on", "for", "against", "with"),
    "COOPERATE": ("with", "to", "from"),
    "AID": ("to", "for", "of", "from"),
    "RETREAT": ("from", "to", "of", "in", "with"),
    "REQUEST": ("on", "to", "from", "for", "upon", "against"),
    "ACCUSE": ("of", "against", "at", "on", "to", "from", "over", "for", "with", "by"),
    "REJECT": ("by", "from", "with", "of", "to", "against", "on"),
    "THREATEN": ("against", "on", "to", "with"),
    "PROTEST": ("against", "at", "outside", "over", "with"),
    "SANCTION": ("against", "on", "from", "with", "to", "for", "of", "in"),
    "MOBILIZE": ("to", "against", "in", "near", "into", "on", "off", "at", "along"),
    "COERCE": ("on", "against", "of", "in", "from", "over", "to"),
    "ASSAULT": (
        "on",
        "against",
        "at",
        "in",
        "into",
        "of",
        "with",
        "near",
        "between",
        "across",
        "inside",
        "to",
    ),
}
MUTUAL_NOUNS = frozenset({"between", "among"})
VERBAL = frozenset({"VERB", "AUX"})
DEPTH = 3


def _resolve(annotation: Annotation, token: Token, depth: int = DEPTH) -> list[Mention]:
    """Return the mentions a word stands for: its own, or those that own, make or qualify it.

    "a drone launched by the Houthis": the Houthis. "the capital's airport": the capital's state.
    """
    mention = annotation.mention_at(token.i)
    if mention is not None:
        return [mention]
    if depth == 0:
        return []
    found: list[Mention] = []
    for child in token.children:
        label = child.dep_
        if label in ("poss", "amod", "compound", "nmod", "appos", "nummod") or (
            label == "conj" and child.pos_ in ("NOUN", "PROPN")
        ):
            found.extend(_resolve(annotation, child, depth - 1))
    if not found:
        for below in prepositional(token, "of", "from", "by", "in", "between", "at", "with", "against"):
            found.extend(_resolve(annotation, below, depth - 1))
    if not found:
        for child in token.children:
            if child.dep_ == "acl" and child.tag_ == "VBN":
                for below in prepositional(child, "by", "from"):
                    found.extend(_resolve(annotation, below, depth - 1))
    return found


def _all(annotation: Annotation, tokens: Iterable[Token]) -> list[Mention]:
    found: list[Mention] = []
    for token in tokens:
        for mention in _resolve(annotation, token):
            if mention not in found:
                found.append(mention)
    return found


def _verb_above(token: Token) -> Token | None:
    """Return the verb whose object (or object's complement) an event noun is."""
    here = token
    for _ in range(3):
        head = here.head
        if head == here:
            return None
        if head.pos_ in VERBAL:
            return head
        here = head
    return None


def _noun_roles(annotation: Annotation, token: Token, type_: str) -> tuple[list[Mention], list[Mention]]:
    whom = _all(annotation, prepositional(token, *TO_WHOM[type_]))
    between = _all(annotation, prepositional(token, *MUTUAL_NOUNS))
    if between:
        return between, []
    who = _all(annotation, doers(token))
    verb = _verb_above(token)
    if verb is not None and token.dep_ not in ("nsubj", "nsubjpass"):
        if not who:
            who = _all(annotation, prepositional(verb, "by") if is_passive(verb) else subjects(verb))
        if not whom:
            whom = _all(annotation, prepositional(verb, *TO_WHOM[type_]))
        if not whom and token.dep_ != "dobj":
            whom = _all(annotation, objects(verb))
    elif verb is not None:
        if not whom:
            whom = _all(annotation, [*objects(verb), *prepositional(verb, *TO_WHOM[type_])])
        if not who and is_passive(verb):
            who = _all(annotation, prepositional(verb, "by"))
    return who, whom


def _overt_subjects(verb: Token) -> list[Token]:
    """Return the overt subject of an embedded clause ("demanded that Iran stop"): Iran."""
    return [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def _verb_roles(annotation: Annotation, token: Token, type_: str) -> tuple[list[Mention], list[Mention]]:
    who = _all(annotation, doers(token))
    whom = _all(annotation, undergoers(token))
    if not whom:
        whom = _all(annotation, prepositional(token, *TO_WHOM[type_]))
    if not whom:
        for child in token.children:
            if child.dep_ in ("xcomp", "ccomp", "advcl") and child.i > token.i:
                whom = _all(annotation, [*_overt_subjects(child), *undergoers(child)])
                whom = whom or _all(annotation, prepositional(child, *TO_WHOM[type_]))
                if whom:
                    break
    return who, whom


def _distinct(who: list[Mention], whom: list[Mention]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Drop repeats, and recipients that are the doer itself."""
    actors: list[Mention] = []
    for mention in who:
        if all(mention.entity.entity_id != a.entity.entity_id for a in actors):
            actors.append(mention)
    ids = {a.entity.entity_id for a in actors}
    recipients: list[Mention] = []
    for mention in whom:
        if mention.entity.entity_id not in ids:
            ids.add(mention.entity.entity_id)
            recipients.append(mention)
    return tuple(actors), tuple(recipients)


def roles(
    annotation: Annotation, candidate: Candidate, type_: str
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return the actors and the recipients of an act of a type told by a candidate word."""
    find = _verb_roles if candidate.token.pos_ in VERBAL else _noun_roles
    who, whom = find(annotation, candidate.token, type_)
    return _distinct(who, whom)

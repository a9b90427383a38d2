"""Questions to a dependency parse that every reading stage asks: who does it, to whom, is it so.

Pure functions over spaCy tokens (ClearNLP labels, as en_core_web_sm gives them). A "predicate" is a
verb or an event noun ("withdrawal"); its doer and its undergoer are looked for where English puts
them: subject and object, ``by`` phrases, possessors, compounds, and the controller of an infinitive
or participle.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = [
    "conjuncts",
    "controller",
    "doers",
    "governor",
    "is_negated",
    "is_passive",
    "modality",
    "objects",
    "phrase",
    "prepositional",
    "subjects",
    "undergoers",
]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "dative", "obj", "iobj", "oprd"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
MODALS = frozenset(
    {"will", "would", "shall", "should", "may", "might", "can", "could", "must", "'ll", "wo", "ca"}
)
CONTROL_PREPOSITIONS = frozenset({"from", "of", "for", "into", "to", "in"})
MAX_STEPS = 6


@cache
def _object_control() -> frozenset[str]:
    """Return verbs whose object does what the infinitive under them says ("urged Turkey to act")."""
    text = files("dragoman").joinpath("data", "object_control.csv").read_text(encoding="utf-8")
    return frozenset(text.split()[1:])


def conjuncts(token: Token) -> list[Token]:
    """Return a token and everything coordinated with it below it, in text order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return sorted(found, key=lambda t: t.i)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: with its auxiliary, or as a bare past participle on a noun."""
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "auxpass", "csubjpass"):
            return True
        if child.dep_ == "agent" and verb.tag_ == "VBN":
            return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not _own_subjects(verb):
        has_have = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
        return not has_have and is_passive(verb.head)
    return verb.dep_ in ("acl", "amod", "advcl") and not any(c.dep_ in ("aux", "dobj") for c in verb.children)


def _own_subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "expl"]


def governor(verb: Token) -> Token | None:
    """Return the verb whose subject or object an infinitive, participle or second verb shares."""
    if verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "acl", "prep") and verb.head != verb:
        head = verb.head
        if verb.dep_ == "pcomp" and head.dep_ == "prep":
            head = head.head
        return head if head.pos_ in VERBAL else None
    return None


def controller(verb: Token) -> list[Token]:
    """Return the understood subject of a verb that has none of its own.

    "urged Turkey to act": Turkey. "agreed to act", "fled after losing": the subject of the first
    verb. "forces backed by Iran", "the minister visiting Rome": the noun.
    """
    seen = 0
    while seen < MAX_STEPS:
        seen += 1
        if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            if verb.dep_ == "relcl":
                return [verb.head]
            owners = _owners(verb.head) if verb.tag_ == "VB" else []
            return owners or conjuncts(verb.head)
        above = governor(verb)
        if above is None:
            return _noun_controller(verb)
        controlled = verb.dep_ in ("xcomp", "ccomp") or (
            verb.dep_ == "pcomp" and verb.head.lower_ in CONTROL_PREPOSITIONS
        )
        if controlled and above.lemma_ in _object_control():
            held = [c for c in above.children if c.dep_ in ("dobj", "dative")]
            held += [
                p for c in above.children if c.dep_ == "prep" and c.lower_ in ("on", "to") for p in c.children
            ]
            if held and not is_passive(above):
                return [t for h in held for t in conjuncts(h)]
        if verb.dep_ == "ccomp" and verb.tag_ != "VB":
            return []
        if own := _own_subjects(above):
            return _through_relative(own)
        verb = above
    return []


def _noun_controller(verb: Token) -> list[Token]:
    """'Turkey's decision to act', 'plans by Iran to act': the owner of the governing noun."""
    head = verb.head
    if verb.dep_ in ("acl", "pcomp", "relcl") and head.dep_ == "prep":
        head = head.head
    if head == verb or head.pos_ not in ("NOUN", "PROPN"):
        return []
    return _owners(head)


def _owners(noun: Token) -> list[Token]:
    found = [t for c in noun.children if c.dep_ == "poss" for t in conjuncts(c)]
    found += [
        p
        for c in noun.children
        if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from", "between")
        for p in _pobjs(c)
    ]
    return found


def _through_relative(tokens: list[Token]) -> list[Token]:
    """Replace a relative pronoun by the noun it stands for."""
    found: list[Token] = []
    for token in tokens:
        clause = token.head
        if token.lower_ in RELATIVES and token.tag_ in ("WDT", "WP", "WP$", "IN", "DT"):
            while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head != clause:
                clause = clause.head
            if clause.dep_ == "relcl":
                found.append(clause.head)
                continue
        found.extend(conjuncts(token))
    return found


def subjects(verb: Token) -> list[Token]:
    """Return the grammatical subjects of a verb, its own or understood, relative pronouns resolved."""
    if own := _own_subjects(verb):
        return _through_relative(own)
    return controller(verb)


def objects(verb: Token) -> list[Token]:
    """Return the direct and indirect objects of a verb, with their conjuncts."""
    found = [t for c in verb.children if c.dep_ in OBJECTS for t in conjuncts(c)]
    if not found and verb.dep_ == "relcl" and _own_subjects(verb) and not is_passive(verb):
        return [verb.head]
    return found


def _pobjs(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield from conjuncts(child)
        elif child.dep_ in ("prep", "conj") and child.pos_ == "ADP":
            yield from _pobjs(child)


def prepositional(head: Token, *words: str) -> list[Token]:
    """Return the objects of the given prepositions (of all, if none is given) under a word, in text order."""
    found: list[Token] = []
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") and (not words or child.lower_ in words):
            found.extend(_pobjs(child))
    return sorted(found, key=lambda t: t.i)


def doers(predicate: Token) -> list[Token]:
    """Return who does the act: subject, ``by`` phrase, possessor or compound of an event noun."""
    if predicate.pos_ in VERBAL:
        if is_passive(predicate):
            return prepositional(predicate, "by")
        return subjects(predicate)
    found = _owners(predicate)
    found += [c for c in predicate.children if c.dep_ in ("compound", "amod", "nmod")]
    if not found and predicate.dep_ in ("dobj", "attr") and predicate.head.pos_ in VERBAL:
        return subjects(predicate.head)
    return found


def undergoers(predicate: Token) -> list[Token]:
    """Return to whom the act is done: object, passive subject, or ``against``, ``on``, ``to`` phrase."""
    if predicate.pos_ in VERBAL:
        if is_passive(predicate):
            return subjects(predicate)
        return objects(predicate)
    return prepositional(
        predicate, "against", "on", "of", "to", "with", "at", "for", "toward", "towards", "upon"
    )


def is_negated(verb: Token) -> bool:
    """Whether a word is denied: "did not", "no", "never", "without", "failed to", "neither"."""
    for child in verb.children:
        if (
            child.dep_ == "neg"
            or child.lower_ in ("never", "neither", "nor")
            or (child.dep_ == "det" and child.lower_ == "no")
        ):
            return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_ == "fail"


def modality(verb: Token) -> str | None:
    """Return the modal or future marker over a verb (``will``, ``would``, ``could``, ``to``), else None."""
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in MODALS:
            return {"'ll": "will", "wo": "will", "ca": "can"}.get(child.lower_, str(child.lower_))
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not _own_subjects(verb):
        return modality(verb.head)
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return "to"
    return None


def phrase(
    token: Token, *, without: frozenset[str] = frozenset({"relcl", "punct", "cc", "conj", "appos"})
) -> tuple[int, int]:
    """Return the half-open token range of a word's phrase, less the clauses and coordination that hang on it.

    Args:
        token: the head of the phrase.
        without: dependency labels whose subtrees are left out.
    """
    first = last = token.i
    for child in token.children:
        if child.dep_ in without:
            continue
        low, high = phrase(child, without=without)
        first, last = min(first, low), max(last, high - 1)
    return first, last + 1

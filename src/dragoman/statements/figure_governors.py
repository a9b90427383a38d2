"""What befell the people that a number counts: the verb or event noun above them in the parse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.statements.figure_reading import Reading, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["VICTIM", "governed", "is_human"]

VICTIM = frozenset({"killed", "injured", "missing", "captives", "arrested", "displaced"})
HUMAN_ENDINGS = ("ians", "men", "ers", "ists", "ees")
PART_OF = re.compile(
    r"\b(?:including|among them|of whom|of which)\s*(?:\w+ ){0,2}$|\bincluding\b[^.;]*(?:,| and)\s*(?:\w+ )?$"
)
MAX_CLIMB = 5


def is_human(noun: Token) -> bool:
    """Whether a noun names people, by list, nationality or ending."""
    known = noun.lemma_.lower() in lexicon().human or noun.ent_type_ == "NORP"
    return known or (noun.lower_.endswith(HUMAN_ENDINGS) and noun.lemma_.lower() not in lexicon().things)


def governed(noun: Token, left: str, before: list[Reading]) -> str | None:
    """Return the quantity that a governing verb, an event noun or an earlier figure of the list gives.

    Args:
        noun: the counted noun, or the number itself where it stands alone.
        left: the sentence before the number.
        before: the figures read so far in the sentence.
    """
    if found := _own_clause(noun):
        return found
    if PART_OF.search(left):
        victims = [r for r in before if r.quantity in VICTIM]
        if victims and (is_human(noun) or noun.pos_ in ("NUM", "PRON")):
            return victims[-1].quantity
    return _climb(noun)


def _own_clause(noun: Token) -> str | None:
    """'people killed in', 'civilians who died'."""
    if not is_human(noun):
        return None
    lists = lexicon()
    for child in noun.children:
        lemma = child.lemma_.lower()
        if child.dep_ in ("acl", "relcl") and (
            found := lists.verbs.get(lemma) or lists.intransitive.get(lemma)
        ):
            return found
    return None


def _climb(noun: Token) -> str | None:
    here = noun
    for _ in range(MAX_CLIMB):
        head = here.head
        if head == here:
            return None
        if head.pos_ in ("VERB", "AUX"):
            return _of_verb(noun, here, head)
        if here.dep_ == "pobj":
            if lexicon().people.get(noun.lemma_.lower()) == "captives":
                return "captives"
            if head.lower_ == "of" and head.head.lemma_.lower() in lexicon().nouns:
                return lexicon().nouns[head.head.lemma_.lower()]
            if head.lower_ not in ("of", "including"):
                return None
        elif here.dep_ not in ("conj", "appos", "prep"):
            return None
        here = head
    return None


def _of_verb(noun: Token, here: Token, verb: Token) -> str | None:
    """Return the quantity that a verb gives to its object, its passive subject or its subject."""
    lists, lemma = lexicon(), verb.lemma_.lower()
    people = is_human(noun) or noun.pos_ == "NUM"
    if here.dep_ == "nsubj":
        if lemma == "vote":
            return "votes"
        if lemma in lists.intransitive and people:
            return lists.intransitive[lemma]
        reduced = verb.tag_ == "VBN" and not any(c.dep_ == "dobj" for c in verb.children)
        return lists.verbs.get(lemma) if reduced else None
    if here.dep_ not in ("dobj", "nsubjpass", "obj"):
        return None
    if lemma == "take" and here.dep_ == "dobj":
        held = any(c.lower_ in ("hostage", "captive", "prisoner") for c in verb.subtree)
        return "captives" if held else None
    found = lists.verbs.get(lemma)
    return found if found != "captives" or people else None

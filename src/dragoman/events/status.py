"""Whether an act happened, will, might, did not, or belongs to another time (codebook rules 7 and 8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dragoman.events.lexicon import word_list
from dragoman.syntax import is_negated, modality

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

    from dragoman.records import Status, When

__all__ = ["status_of"]

WOULD_BE = frozenset({"may", "might", "could", "would", "should", "can"})
CONDITIONALS = frozenset({"if", "unless", "should", "whether"})
PROMISES = frozenset({"AGREE", "CONCEDE"})
VERBAL = frozenset({"VERB", "AUX"})
BACKGROUND = timedelta(days=366)


def _verb_of(token: Token) -> Token:
    """Return the verb that tells the tense of an act: the word itself, or the verb over an event noun."""
    here = token
    for _ in range(3):
        if here.pos_ in VERBAL or here.head == here:
            return here
        here = here.head
    return here


def status_of(token: Token, type_: str, *, when: When | None, published: date | None) -> Status:
    """Return the status of an act told by a word.

    Args:
        token: the trigger.
        type_: its PLOVER type. A promise (AGREE, CONCEDE) made in the future tense is made now, so actual.
        when: the date that the text gives the act, if any.
        published: the article's date.
    """
    verb = _verb_of(token)
    if is_negated(token) or (verb != token and token.dep_ in ("dobj", "nsubjpass") and is_negated(verb)):
        return "negated"
    if when is not None and published is not None and when.last < published - BACKGROUND:
        return "historical"
    if type_ in PROMISES:
        return "actual"
    if any(c.dep_ == "mark" and c.lower_ in CONDITIONALS for c in verb.children):
        return "hypothetical"
    mood = modality(verb)
    if mood in ("will", "shall"):
        return "future"
    if mood in WOULD_BE:
        return "hypothetical"
    if mood == "to" and verb.dep_ in ("xcomp", "acl", "advcl", "ccomp"):
        head = verb.head.lemma_.lower()
        if head in word_list("unreal"):
            return "hypothetical"
        if head in word_list("future"):
            return "future"
    if when is not None and published is not None and when.first > published + timedelta(days=1):
        return "future"
    return "actual"

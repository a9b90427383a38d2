"""The content of a promise, demand, threat or refusal is no event of its own (codebook rules 8 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.events.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from dragoman.records import Event

__all__ = ["without_content"]

SPOKEN = frozenset({"AGREE", "REQUEST", "THREATEN", "REJECT"})
COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
CLAUSES = frozenset({"xcomp", "ccomp", "acl", "pcomp"})
LINKS = CLAUSES | {"prep", "pobj", "dobj", "conj", "dative"}
STEPS = 6

Told = tuple["Token", "Event"]


def without_content(told: Sequence[Told]) -> list[Event]:
    """Return the events less those that only say what another is about.

    "promised to send aid" is a promise, not aid; "urged Chad to withdraw" a demand, not a withdrawal;
    but "plans to expel diplomats" is an expulsion to come (rule 8).
    Of a verb of voicing and the act it voices ("expressed support"), the act is kept.
    """
    triggers = {token.i: (token, event) for token, event in told}
    dropped: set[int] = set()
    for token, event in told:
        above, clausal = _speech_above(token, triggers)
        if above is None:
            continue
        holder, speech = triggers[above]
        voiced = holder.lemma_.lower() in word_list("voicing") and token.dep_ == "dobj"
        planned = clausal and speech.type == "AGREE" and event.type not in COOPERATION
        if voiced or planned:
            dropped.add(above)
        elif clausal and speech.type in SPOKEN and not _own_doer(token, event, speech):
            dropped.add(token.i)
    return [event for token, event in told if token.i not in dropped]


def _speech_above(token: Token, triggers: dict[int, Told]) -> tuple[int | None, bool]:
    """Return the nearest trigger that a word is the complement of, and whether a clause lies between."""
    here, clausal = token, False
    for _ in range(STEPS):
        if here.dep_ not in LINKS or here.head == here:
            return None, clausal
        clausal = clausal or here.dep_ in CLAUSES
        here = here.head
        if here.i in triggers:
            return here.i, clausal
    return None, clausal


def _own_doer(token: Token, event: Event, speech: Event) -> bool:
    """Whether a finite clause has a doer who is no party to the speech ("said that rebels had fled")."""
    if token.dep_ != "ccomp" or token.tag_ == "VB":
        return False
    parties = {m.party.entity_id for m in (*speech.actors, *speech.recipients)}
    return any(m.party.entity_id not in parties for m in event.actors)

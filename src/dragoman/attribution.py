"""On whose word: who is said to say what a token tells.

Pure functions over an annotated document, shared by the stages that record claims. They climb from a
token to a verb of saying ("officials said that ..."), an "according to" phrase, or the quotation that
holds the token.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dragoman.syntax import is_passive, phrase, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Quotation

__all__ = ["Attribution", "attribution_of", "quotation_at", "said_by", "saying_verbs"]

CLAUSES = frozenset({"ccomp", "parataxis", "xcomp", "acl"})
FINDING = frozenset({"report", "confirm", "estimate"})
MAX_CLIMB = 30


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it: token indices of the speaker's head and of the cue (verb or "according"), the words."""

    speaker: int
    cue: int
    text: str


@cache
def saying_verbs() -> frozenset[str]:
    """Return the lemmas of verbs that report words or findings."""
    text = files("dragoman").joinpath("data", "saying_verbs.csv").read_text(encoding="utf-8")
    return frozenset(row["lemma"] for row in csv.DictReader(text.splitlines()))


def attribution_of(annotation: Annotation, token: int) -> Attribution | None:
    """Return the nearest source to whom the words at a token index are ascribed; None if the paper itself."""
    here = annotation.doc[token]
    for _ in range(MAX_CLIMB):
        if found := _according(annotation, here):
            return found
        head = here.head
        if head == here:
            break
        if _is_told(here, head):
            speaker = said_by(head)
            if speaker is not None:
                return _attribution(annotation, speaker, head)
        here = head
    quotation = quotation_at(annotation, token)
    if quotation is not None and quotation.clause and quotation.speaker is not None:
        speaker = annotation.doc[quotation.speaker]
        cue = quotation.cue if quotation.cue is not None else quotation.speaker
        return _attribution(annotation, speaker, annotation.doc[cue])
    return None


def _is_told(told: Token, verb: Token) -> bool:
    """Whether a word is the content of a verb of saying: its clause, or what a finding counts."""
    lemma = verb.lemma_.lower()
    if told.dep_ in CLAUSES:
        return lemma in saying_verbs()
    return told.dep_ == "dobj" and lemma in FINDING and verb.pos_ == "VERB"


def quotation_at(annotation: Annotation, token: int) -> Quotation | None:
    """Return the innermost quotation that holds a token index, if any."""
    holding = [q for q in annotation.quotations if q.start <= token < q.end]
    return min(holding, key=lambda q: q.end - q.start, default=None)


def said_by(cue: Token) -> Token | None:
    """Return the speaker of a verb of saying: its subject, own or understood, or its ``by`` phrase."""
    for child in cue.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if is_passive(cue):
        return None
    found = [t for t in subjects(cue) if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")]
    own = [t for t in found if t.lower_ not in ("it", "there")] or found
    return own[0] if own else None


def _according(annotation: Annotation, clause: Token) -> Attribution | None:
    """'According to X' under a clause's head."""
    for child in clause.children:
        if child.lower_ == "according":
            below = list(child.children) + [g for c in child.children for g in c.children]
            for token in below:
                if token.dep_ == "pobj":
                    return _attribution(annotation, token, child)
    return None


def _attribution(annotation: Annotation, speaker: Token, cue: Token) -> Attribution:
    start, end = phrase(speaker, without=frozenset({"relcl", "acl", "appos", "punct", "advmod"}))
    if start <= cue.i < end:
        start, end = speaker.i, speaker.i + 1
    return Attribution(speaker.i, cue.i, annotation.span(start, end).quote)

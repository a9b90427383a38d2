"""From a word of the parse to the parties that it names.

The mentions come with the annotation; this module adds what the syntax says around them: the
government in "the government of South Africa", the country in "Israeli airstrikes", and groups
without a name of their own ("protesters"), placed where the sentence places them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import syntax
from dragoman.attribution import attribution_of
from dragoman.records import Entity, Mention, digest
from dragoman.statements.lexicon import society_nouns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dragoman.annotation import Annotation

__all__ = [
    "distinct",
    "heads_of",
    "implied_protesters",
    "members",
    "parties",
    "parties_in",
    "speaker_tokens",
]

INNER = frozenset({"compound", "amod", "poss", "nmod", "appos"})
REPORTING_STEPS = 8
CROWDS = frozenset({"thousand", "hundred", "ten", "dozen"})
ELSEWHERE = -1
"""Stands for the place of a mention that is not written in the text."""


def parties(annotation: Annotation, tokens: Iterable[Token]) -> tuple[Mention, ...]:
    """Return the parties that noun tokens name, each once, in text order."""
    found: list[Mention] = []
    for token in tokens:
        found.extend(_of_token(annotation, token))
    return distinct(found)


def distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Drop mentions whose party was already seen."""
    seen: set[str] = set()
    kept = []
    for mention in mentions:
        if mention.party.entity_id not in seen:
            seen.add(mention.party.entity_id)
            kept.append(mention)
    return tuple(kept)


def members(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Put in the place of a mention that stands for several ("the two sides") those, each party once."""
    return distinct(part for mention in mentions for part in mention.parts)


def heads_of(annotation: Annotation, mentions: Iterable[Mention]) -> list[int]:
    """Return where each mention's head word starts in the article; ELSEWHERE where it is not written."""
    return [ELSEWHERE if m.span is None else annotation.doc[m.head].idx for m in mentions]


def _of_token(annotation: Annotation, token: Token) -> list[Mention]:
    if (mention := annotation.mention_at(token.i)) is not None:
        return [mention]
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return []
    if token.lemma_.lower() in CROWDS and token.dep_ in ("nsubj", "nsubjpass"):
        return list(implied_protesters(annotation, token))
    society = _society(annotation, token)
    if society is not None:
        return [society]
    found = [m for c in token.children if c.dep_ in INNER for m in _inner(annotation, c)]
    if not found:
        found = [
            m for o in syntax.prepositional(token, "of", "from", "between") for m in _of_token(annotation, o)
        ]
    return found


def _inner(annotation: Annotation, token: Token) -> list[Mention]:
    if (mention := annotation.mention_at(token.i)) is not None:
        return [mention, *(m for c in token.children if c.dep_ == "conj" for m in _inner(annotation, c))]
    return [m for c in token.children if c.dep_ in INNER or c.dep_ == "conj" for m in _inner(annotation, c)]


def _society(annotation: Annotation, token: Token) -> Mention | None:
    """'protesters in Kyiv': a group of the country named in its phrase, else in its sentence."""
    sector = society_nouns().get(token.lemma_.lower())
    if sector is None:
        return None
    near = [m for c in token.children if c.dep_ in INNER for m in _inner(annotation, c)]
    near = near or [m for o in syntax.prepositional(token) for m in _of_token(annotation, o)]
    if sector in ("GOV", "MIL", "COP", "JUD", "LEG") and near:
        return near[0]
    if not near:
        near = [m for m in parties_in(annotation, token.sent.start, token.sent.end) if m.party.country][:1]
    country = near[0].party.country if near else None
    start, end = syntax.phrase(
        token, without=frozenset({"relcl", "punct", "cc", "conj", "appos", "acl", "prep"})
    )
    span = annotation.span(start, end)
    name = token.lower_
    entity = Entity(f"group-{digest(country, name)}", name, country, sector, "group")
    return Mention(entity, span, entity, "nominal", (start, end), token.i, 0.5)


def implied_protesters(annotation: Annotation, token: Token) -> tuple[Mention, ...]:
    """A protest without a named crowd: protesters of the country that the sentence names."""
    near = [m for m in parties_in(annotation, token.sent.start, token.sent.end) if m.party.country]
    placed = [m for m in near if m.form == "place"] or near
    country = placed[0].party.country if placed else None
    span = annotation.span(token.i, token.i + 1)
    entity = Entity(f"group-{digest(country, 'protesters')}", "protesters", country, "CVL", "group")
    return (Mention(entity, span, entity, "nominal", (token.i, token.i + 1), token.i, 0.4),)


def parties_in(annotation: Annotation, start: int, end: int) -> tuple[Mention, ...]:
    """Return the parties mentioned among tokens ``start`` to ``end``, each once."""
    found = []
    token = start
    while token < end:
        mention = annotation.mention_at(token)
        if mention is not None:
            found.append(mention)
            token = max(token + 1, mention.tokens[1])
        else:
            token += 1
    return distinct(found)


def speaker_tokens(annotation: Annotation, token: Token) -> list[Token]:
    """Return who says the clause that a token stands in: the speaker of its quotation or verb of saying."""
    here = token
    for quotation in annotation.quotations:
        if quotation.start <= token.i < quotation.end and quotation.speaker is not None:
            return [annotation.doc[quotation.speaker]]
    for _ in range(REPORTING_STEPS):
        head = token.head
        if head == token:
            break
        if token.dep_ == "ccomp" and head.pos_ == "VERB" and (found := syntax.subjects(head)):
            return found
        token = head
    source = attribution_of(annotation, here.i)
    return [annotation.doc[source.speaker]] if source is not None else []

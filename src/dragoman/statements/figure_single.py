"""Single victims: "a police officer is killed", "an airstrike kills a guard"; summed when joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.statements.figure_reading import Reading, is_single, lexicon
from dragoman.syntax import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as TokenSpan, Token

__all__ = ["single_victims"]

QUANTITIES = frozenset({"killed", "injured"})


def single_victims(tokens: TokenSpan) -> Iterator[Reading]:
    """Yield a figure for each indefinite human in the singular who is killed or hurt, as a fact."""
    lists = lexicon()
    for verb in tokens:
        quantity = lists.verbs.get(verb.lemma_.lower()) if verb.pos_ == "VERB" else None
        if quantity not in QUANTITIES:
            continue
        if any(
            c.dep_ in ("neg", "aux")
            and c.lower_ in ("not", "n't", "will", "would", "could", "may", "might", "to")
            for c in verb.children
        ):
            continue
        for child in verb.children:
            if child.dep_ == "nsubjpass" or (child.dep_ == "dobj" and verb.dep_ != "amod"):
                yield from _victims(tokens, verb, child, quantity)


def _victims(tokens: TokenSpan, verb: Token, noun: Token, quantity: str) -> Iterator[Reading]:
    victims = conjuncts(noun)
    if not all(is_single(v) for v in victims):
        return
    first = min(t.i for v in victims for t in v.lefts) if any(list(v.lefts) for v in victims) else noun.i
    low, high = min(first, verb.i), max(victims[-1].i, verb.i)
    start = tokens.doc[low].idx - tokens.start_char
    end = tokens.doc[high].idx + len(tokens.doc[high].text) - tokens.start_char
    number = float(len(victims))
    yield Reading(quantity, number, number, "people", start, end, noun.i, victims[0].text.lower())

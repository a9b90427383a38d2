"""The mode of an act: how it was done, from the words of its own phrase."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.events.lexicon import rows

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["mode_of"]

CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "parataxis"})


@cache
def _words() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in rows("modes.csv"):
        for lemma in row["lemmas"].split():
            table.setdefault(row["type"], {}).setdefault(lemma, row["mode"])
    return table


def mode_of(token: Token, type_: str) -> str | None:
    """Return the mode that a trigger or the words right around it name, else None.

    The trigger's own word decides first unless a nearer-hand instrument (drone, missile) is named.
    """
    words = _words().get(type_, {})
    near = [c for c in token.children if c.dep_ not in CLAUSES]
    below = [d for c in near for d in c.children if d.dep_ not in CLAUSES]
    above = [token.head] if token.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "compound") else []
    order = [*near, *below, *above, token] if type_ == "ASSAULT" else [token, *near, *below, *above]
    for word in order:
        if mode := words.get(word.lemma_.lower()):
            return mode
    return None

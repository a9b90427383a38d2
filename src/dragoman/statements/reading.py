"""What the models of positions ask of an article again and again, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from dragoman.attribution import attribution_of
from dragoman.statements.lexicon import issue_words
from dragoman.statements.plain import plain

if TYPE_CHECKING:
    from dragoman.annotation import Annotation
    from dragoman.attribution import Attribution
    from dragoman.records import Mention
    from dragoman.statements.plain import Words

__all__ = ["OPEN", "Reading", "read"]

OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
FIRST_PERSON = frozenset({"we", "our", "us", "i", "my"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OPENING = 40
"""Tokens of an article that count as its first words."""
YEAR = 4
"""Digits of a year."""
LONG = 150
"""Tokens from which a text counts as a full article."""


@dataclass(slots=True)
class Reading:
    """An annotation with its own voice, its words in columns, and a memory of each sentence.

    ``lemmas``, ``kinds`` (parts of speech), ``opened`` and ``bounds`` (of the sentence) have one row a token.
    """

    annotation: Annotation
    quoted: frozenset[int]
    voice: Mention | None
    full: bool
    lemmas: list[str]
    kinds: list[str]
    opened: list[bool]
    bounds: list[tuple[int, int]]
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    parties: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    subjects: dict[int, Mention | None] = field(default_factory=dict)
    conditional: dict[int, bool] = field(default_factory=dict)
    """Whether a sentence, by its first token, holds a condition."""
    ascribed: dict[int, Attribution | None] = field(default_factory=dict)

    def open(self, token: int) -> bool:
        """Whether a token is a noun, name, verb or adjective that says something."""
        return self.opened[token]

    def votes(self, start: int, end: int) -> dict[str, float]:
        """Return how strongly the words of a token range speak for each issue, by the word list."""
        known = issue_words()
        found: dict[str, float] = {}
        for lemma in self.lemmas[start:end]:
            for issue, weight in known.get(lemma, ()):
                found[issue] = found.get(issue, 0.0) + weight
        return found

    def mentions_of(self, token: int) -> tuple[Mention, ...]:
        """Return the mentions of a token's sentence, in text order."""
        start, end = self.bounds[token]
        if start not in self.parties:
            inside: dict[int, Mention] = {}
            for i in range(start, end):
                mention = self.annotation.mention_at(i)
                if mention is not None:
                    inside.setdefault(mention.tokens[0], mention)
            self.parties[start] = tuple(inside.values())
        return self.parties[start]

    def said(self, token: int) -> Attribution | None:
        """Return to whom the words at a token are ascribed (:func:`dragoman.attribution.attribution_of`)."""
        if token not in self.ascribed:
            self.ascribed[token] = attribution_of(self.annotation, token)
        return self.ascribed[token]

    def subject_before(self, token: int) -> Mention | None:
        """Return the party that the sentence before a token's has as its first subject, if any."""
        start = self.bounds[token][0]
        if start not in self.subjects:
            self.subjects[start] = self._subject(start)
        return self.subjects[start]

    def _subject(self, start: int) -> Mention | None:
        if start == 0:
            return None
        for mention in self.mentions_of(start - 1):
            if mention.form != "place" and self.annotation.doc[mention.head].dep_ in SUBJECTS:
                return mention
        return None

    def words_of(self, token: int) -> tuple[str, ...]:
        """Return the features that a sentence's candidates share: its open words, how strong an issue is."""
        start, end = self.bounds[token]
        if start not in self.words:
            mention_at = self.annotation.mention_at
            found = [
                f"s={self.lemmas[i]}" for i in range(start, end) if self.open(i) and mention_at(i) is None
            ]
            strongest = min(6, int(max(self.votes(start, end).values(), default=0)))
            found += [f"svotes={strongest}", f"sent={min(5, (end - start) // 8)}"]
            found.append("where=first" if start < OPENING else "where=later")
            found.append("year" if any(map(_is_year, self.lemmas[start:end])) else "no-year")
            self.words[start] = tuple(dict.fromkeys(found))
        return self.words[start]


def _is_year(word: str) -> bool:
    return len(word) == YEAR and word.isdecimal()


def read(annotation: Annotation) -> Reading:
    """Read an annotated and linked article."""
    annotation = plain(annotation)
    words = cast("Words", annotation.doc)
    quoted = frozenset(i for q in annotation.quotations for i in range(q.start, q.end))
    return Reading(
        annotation,
        quoted,
        _voice(annotation, quoted),
        len(words) > LONG,
        [word.lemma_.lower() for word in words],
        [word.pos_ for word in words],
        [word.pos_ in OPEN and not word.is_stop for word in words],
        [(word.sent.start, word.sent.end) for word in words],
    )


def _voice(annotation: Annotation, quoted: frozenset[int]) -> Mention | None:
    """Return whom "we" means outside quotation marks, as most often in the article; None without a "we"."""
    found: dict[str, list[Mention]] = {}
    for mention in annotation.mentions:
        first = mention.tokens[0]
        if mention.form == "pronoun" and first not in quoted and annotation.doc[first].lower_ in FIRST_PERSON:
            found.setdefault(mention.party.entity_id, []).append(mention)
    return max(found.values(), key=len)[0] if found else None

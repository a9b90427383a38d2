"""What the models of positions ask of an article again and again, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.statements.lexicon import issue_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.records import Mention

__all__ = ["OPEN", "Reading", "read"]

OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
FIRST_PERSON = frozenset({"we", "our", "us", "i", "my"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
LONG = 150
"""Tokens from which a text counts as a full article."""


@dataclass(slots=True)
class Reading:
    """An annotation with the words in quotation marks, its own voice, and a memory of each sentence."""

    annotation: Annotation
    quoted: frozenset[int]
    voice: Mention | None
    full: bool
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    parties: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    subjects: dict[int, Mention | None] = field(default_factory=dict)

    def mentions_of(self, sentence: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions of the sentence that starts and ends at given tokens, in text order."""
        if sentence not in self.parties:
            inside: dict[int, Mention] = {}
            for token in range(sentence, end):
                mention = self.annotation.mention_at(token)
                if mention is not None:
                    inside.setdefault(mention.tokens[0], mention)
            self.parties[sentence] = tuple(inside.values())
        return self.parties[sentence]

    def subject_before(self, sentence: int) -> Mention | None:
        """Return the party that the sentence before a start token has as its first subject, if any."""
        if sentence not in self.subjects:
            self.subjects[sentence] = self._subject(sentence)
        return self.subjects[sentence]

    def _subject(self, sentence: int) -> Mention | None:
        if sentence == 0:
            return None
        for token in self.annotation.doc[sentence - 1].sent:
            if token.dep_ in SUBJECTS:
                mention = self.annotation.mention_at(token.i)
                if mention is not None and mention.form != "place":
                    return mention
        return None

    def words_of(self, token: Token) -> tuple[str, ...]:
        """Return the features that a sentence's candidates share: its open words, how strong an issue is."""
        sentence = token.sent
        if sentence.start not in self.words:
            found = [
                f"s={t.lemma_.lower()}"
                for t in sentence
                if t.pos_ in OPEN and not t.is_stop and self.annotation.mention_at(t.i) is None
            ]
            strongest = min(
                6, int(max(votes(self.annotation, sentence.start, sentence.end).values(), default=0))
            )
            found += [f"svotes={strongest}", f"sent={min(5, len(sentence) // 8)}"]
            found.append("where=first" if sentence.start < 40 else "where=later")
            self.words[sentence.start] = tuple(dict.fromkeys(found))
        return self.words[sentence.start]


def read(annotation: Annotation) -> Reading:
    """Read an annotated and linked article."""
    quoted = frozenset(i for q in annotation.quotations for i in range(q.start, q.end))
    return Reading(annotation, quoted, _voice(annotation, quoted), len(annotation.doc) > LONG)


def _voice(annotation: Annotation, quoted: frozenset[int]) -> Mention | None:
    """Return whom "we" means outside quotation marks, as most often in the article; None without a "we"."""
    found: dict[str, list[Mention]] = {}
    for mention in annotation.mentions:
        first = mention.tokens[0]
        if mention.form == "pronoun" and first not in quoted and annotation.doc[first].lower_ in FIRST_PERSON:
            found.setdefault(mention.party.entity_id, []).append(mention)
    return max(found.values(), key=len)[0] if found else None


def votes(annotation: Annotation, start: int, end: int) -> dict[str, float]:
    """Return how strongly the words of a token range speak for each issue, by the word list."""
    found: dict[str, float] = {}
    for token in annotation.doc[start:end]:
        for issue, weight in issue_words().get(token.lemma_.lower(), ()):
            found[issue] = found.get(issue, 0.0) + weight
    return found

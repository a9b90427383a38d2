"""Figures: numbers with an owner (codebook section 4).

Each number of a telling sentence is looked at in the parse and in the words beside it: is it a count,
money, a duration or a vote, of what, and on whose word. A number that is a date, an age, a name or a
score is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from dragoman.attribution import attribution_of
from dragoman.numerals import find_numerals
from dragoman.records import Figure
from dragoman.statements.figure_counts import count
from dragoman.statements.figure_reading import Reading, lexicon, next_decades, read
from dragoman.statements.figure_single import single_victims
from dragoman.statements.plain import Stretch, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as TokenSpan

    from dragoman.annotation import Annotation, Sentence
    from dragoman.numerals import Numeral
    from dragoman.records import Span
    from dragoman.statements.plain import Words

__all__ = ["figures"]

CONFIDENCE = {"money": 0.9, "killed": 0.9, "injured": 0.9, "votes": 0.85, "duration": 0.75, "other": 0.65}
REACH = 4
PLACES = frozenset({"GPE", "LOC", "FAC"})
HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twent|thirt|fort|fift|"
    r"sixt|sevent|eight|ninet|dozen|score|tens|hundred|thousand|[mbt]r?illion|several|half|decade|yearlong|monthlong)",
    re.IGNORECASE,
)


def figures(annotation: Annotation) -> list[Figure]:
    """Return the figures of an article, in text order."""
    annotation = plain(annotation)
    found: list[Figure] = []
    places = _Places(annotation)
    for sentence in annotation.telling():
        found.extend(_sentence_figures(annotation, sentence, places))
    return found


class _Places:
    """The names of places in an article, looked for when a figure first asks."""

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._found: list[TokenSpan] | None = None

    def within(self, sentence: Sentence) -> list[TokenSpan]:
        """Return those in a phrase of place in a sentence, in text order."""
        if self._found is None:
            self._found = [e for e in cast("Words", self._annotation.doc).source.ents if e.label_ in PLACES]
        return [
            e
            for e in self._found
            if sentence.start <= e.start
            and e.end <= sentence.end
            and _in_place_phrase(self._annotation, sentence, e.start)
        ]


def _sentence_figures(annotation: Annotation, sentence: Sentence, places: _Places) -> Iterator[Figure]:
    words = Stretch(cast("Words", annotation.doc), sentence.start, sentence.end)
    tokens, text = cast("TokenSpan", words), words.text
    readings: list[Reading] = []
    if HAS_NUMBER.search(text):
        for numeral in find_numerals(text):
            readings.extend(_read(tokens, numeral, readings))
    readings.extend(next_decades(tokens))
    taken = {i for r in readings for i in range(r.start, r.end)}
    readings.extend(r for r in single_victims(tokens) if not taken & set(range(r.start, r.end)))
    offset = tokens.start_char
    for reading in sorted(readings, key=lambda r: r.start):
        span = annotation.article.span(offset + reading.start, offset + reading.end)
        yield _figure(annotation, reading, span, _place(sentence, reading, places))


def _read(tokens: TokenSpan, numeral: Numeral, before: list[Reading]) -> list[Reading]:
    found = read(tokens, numeral, before)
    if found is None:
        counted = count(tokens, numeral, before)
        return [counted] if counted else []
    return found


def _figure(annotation: Annotation, reading: Reading, span: Span, place: str | None) -> Figure:
    said = attribution_of(annotation, reading.head)
    return Figure(
        quantity=reading.quantity,
        value_min=reading.low,
        value_max=reading.high,
        span=span,
        unit=reading.unit,
        of=reading.of,
        place=place,
        attribution=said.text if said else None,
        confidence=CONFIDENCE.get(reading.quantity, 0.8) - (0.1 if reading.vague else 0.0),
    )


def _place(sentence: Sentence, reading: Reading, places: _Places) -> str | None:
    """Return the place in a phrase of place: the first one after the number, else the first of all."""
    if reading.quantity in ("money", "votes", "duration"):
        return None
    found = places.within(sentence)
    after = [e for e in found if e.start > reading.head]
    chosen = after[:1] or found[:1]
    return chosen[0].text if chosen else None


def _in_place_phrase(annotation: Annotation, sentence: Sentence, start: int) -> bool:
    """Whether a preposition of place stands before a name, with nothing but its own modifiers between."""
    for i in range(start - 1, max(sentence.start, start - REACH) - 1, -1):
        token = annotation.doc[i]
        if token.lower_ in lexicon().place_words:
            return True
        if token.pos_ not in ("DET", "ADJ", "PROPN", "NOUN"):
            return False
    return False

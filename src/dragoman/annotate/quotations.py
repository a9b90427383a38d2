"""Quotations with their speakers.

The speaker is looked for, in this order: the verb of saying that governs the quotation, the one beside
it ("said X", "X said:"), an "according to" phrase, the label of a transcript, the quotation before.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dragoman.annotate.marks import Quoted, find_quoted
from dragoman.annotation import Quotation
from dragoman.attribution import said_by, saying_verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.annotate.layout import Layout

__all__ = ["find_quotations"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
NEAR = 14
Said = tuple[int | None, int | None]


def find_quotations(doc: Doc, layout: Layout) -> tuple[Quotation, ...]:
    """Return the quotations of a parsed document, with a speaker and a cue where the text gives them."""
    starts = [token.idx for token in doc]
    found: list[Quotation] = []
    labelled = list(_turns(doc, layout, starts))
    paragraphs = list(layout.paragraphs())
    edges = [start for start, _ in paragraphs]
    last: tuple[int, Quotation] | None = None
    for quoted in find_quoted(doc.text, paragraphs):
        low, high = bisect_left(starts, quoted.start), bisect_left(starts, quoted.end)
        if low >= high:
            continue
        paragraph = bisect_left(edges, quoted.start + 1)
        clause = _is_clause(doc, low, high)
        said = _speaker(doc, low, high)
        if said[0] is None and said[1] is None and clause and last is not None:
            said = _running(doc, last, paragraph, quoted, low)
        quotation = Quotation(low, high, clause, *said)
        found.append(quotation)
        if clause and not (last and last[1].start <= low < last[1].end):
            last = (paragraph, quotation)
    return tuple(sorted([*found, *labelled], key=lambda q: (q.start, -q.end)))


def _turns(doc: Doc, layout: Layout, starts: list[int]) -> list[Quotation]:
    """Return the turns of a transcript: each line after a speaker's label, with the lines that follow it."""
    turns: list[Quotation] = []
    open_: tuple[int, int] | None = None
    for line in (*layout.lines, None):
        if line is not None and line.prefix != "label":
            continue
        end = len(doc) if line is None else bisect_left(starts, line.start)
        if open_ is not None and open_[0] < end:
            turns.append(Quotation(open_[0], end, clause=True, speaker=open_[1]))
        if line is not None:
            body = bisect_left(starts, line.body)
            label = [t for t in doc[bisect_left(starts, line.start) : body] if t.is_alpha]
            open_ = (body, label[-1].i) if label else None
    return turns


def _is_clause(doc: Doc, low: int, high: int) -> bool:
    """Whether quoted words say something: a finite verb with a subject, or a closed sentence."""
    for token in doc[low:high]:
        if token.dep_ in SUBJECTS and low <= token.head.i < high and token.head.pos_ in ("VERB", "AUX"):
            return True
    closed = doc[high - 1].text[-1] in ".,!?" and doc[low].text[:1].isupper()
    return closed and high - low > 3 and any(t.pos_ in ("VERB", "AUX") for t in doc[low:high])


def _speaker(doc: Doc, low: int, high: int) -> Said:
    for find in (_governing, _beside, _according):
        said = find(doc, low, high)
        if said is not None:
            return said
    return None, None


def _governing(doc: Doc, low: int, high: int) -> Said | None:
    """The verb of saying above the quotation's head."""
    root = doc[low:high].root
    here = root
    for _ in range(4):
        head = here.head
        if head == here:
            return None
        if not low <= head.i < high and head.lemma_.lower() in saying_verbs() and head.pos_ == "VERB":
            speaker = said_by(head)
            if speaker is not None and not low <= speaker.i < high:
                return speaker.i, head.i
        here = head
    return None


def _beside(doc: Doc, low: int, high: int) -> Said | None:
    """A verb of saying just after the closing mark, or just before the opening one."""
    after = range(high, min(len(doc), high + NEAR))
    for cue in _cues(doc, after):
        speaker = said_by(cue) or _neighbour(doc, cue, high)
        if speaker is not None and not low <= speaker.i < high:
            return speaker.i, cue.i
    before = range(low - 1, max(-1, low - NEAR), -1)
    for cue in _cues(doc, before):
        speaker = said_by(cue)
        if speaker is not None and not low <= speaker.i < high:
            return speaker.i, cue.i
    return None


def _cues(doc: Doc, indices: range) -> list[Token]:
    """Return verbs of saying among tokens, until a sentence or line ends or another quotation opens."""
    cues = []
    marks = 0
    for i in indices:
        token = doc[i]
        if token.text in ("“", "”", '"'):
            marks += 1
            if marks > 1:
                break
            continue
        if token.text in (".", "!", "?") or "\n" in token.text:
            break
        if token.pos_ == "VERB" and token.lemma_.lower() in saying_verbs():
            cues.append(token)
    return cues[:1]


def _neighbour(doc: Doc, cue: Token, start: int) -> Token | None:
    """'said X', 'X said', where the parser missed the subject."""
    token: Token
    for i in (*range(cue.i + 1, min(len(doc), cue.i + 6)), *range(cue.i - 1, start - 1, -1)):
        token = doc[i]
        if token.text in (".", ",", "“", '"', ":") or token.is_space:
            continue
        if token.pos_ in NOMINAL:
            while token.dep_ == "compound" and token.head.i > token.i and token.head.pos_ in NOMINAL:
                token = token.head
            return token
    return None


def _according(doc: Doc, low: int, high: int) -> Said | None:
    """'..., according to X' in the sentence of the quotation."""
    sentence = doc[high - 1].sent
    for token in sentence:
        if token.lower_ == "according" and not low <= token.i < high:
            for below in token.subtree:
                if below.dep_ == "pobj":
                    return below.i, token.i
    return None


def _running(doc: Doc, last: tuple[int, Quotation], paragraph: int, quoted: Quoted, low: int) -> Said:
    """The speaker of the quotation before, when this one goes on from it."""
    before, quotation = last
    same = before == paragraph
    alone = doc[low - 1].text in ("“", '"') and (
        low < 2 or "\n" in doc[low - 2].text or doc[low - 2].text in (".", "!", "?")
    )
    goes_on = quoted.continues or (paragraph - before == 1 and alone)
    if same or goes_on:
        return quotation.speaker, quotation.cue
    return None, None

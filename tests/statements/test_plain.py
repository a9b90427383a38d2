"""Plain words answer as spaCy's tokens do."""

from __future__ import annotations

import pytest

from dragoman.annotate import Annotator
from dragoman.entities import Linker
from dragoman.records import Article
from dragoman.statements import StatementCoder
from dragoman.statements.plain import Stretch, plain

TEXT = (
    "Chile and Peru met in Lima on Monday.  The two sides demanded that Bolivia reopen its border, "
    'officials said. "We won\'t talk unless İzmir is freed," the Turkish minister told reporters!'
)
VALUES = ("i", "idx", "text", "lemma_", "lower_", "pos_", "tag_", "dep_", "ent_type_", "is_title")
FLAGS = ("is_punct", "is_space", "is_stop")


@pytest.fixture(scope="module")
def note():
    annotation = next(iter(Annotator().annotate([Article("a", TEXT)])))
    annotation.link(tuple(Linker().link(annotation)))
    return annotation


def test_a_word_has_the_attributes_of_its_token(note):
    for token, word in zip(note.doc, plain(note).doc, strict=True):
        assert [getattr(token, name) for name in VALUES] == [getattr(word, name) for name in VALUES]
        assert [bool(getattr(token, name)) for name in FLAGS] == [bool(getattr(word, name)) for name in FLAGS]


def test_a_word_stands_where_its_token_stands_in_the_tree(note):
    for token, word in zip(note.doc, plain(note).doc, strict=True):
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(token, name).i == getattr(word, name).i
        for name in ("children", "lefts", "subtree", "sent"):
            assert [t.i for t in getattr(token, name)] == [w.i for w in getattr(word, name)]
        assert (token.sent.start, token.sent.end, token.sent.root.i) == (
            word.sent.start,
            word.sent.end,
            word.sent.root.i,
        )


def test_a_stretch_is_as_long_as_its_span(note):
    for sentence in note.sentences:
        span, stretch = note.tokens(sentence), Stretch(plain(note).doc, sentence.start, sentence.end)
        assert (span.text, span.start_char, len(span)) == (stretch.text, stretch.start_char, len(stretch))
        assert [t.i for t in span] == [w.i for w in stretch]
        assert stretch[0].i == span[0].i


def test_an_annotation_made_plain_stays_as_it_is(note):
    made = plain(note)
    assert plain(made) is made
    assert plain(note) is not made


def test_an_article_of_no_words_has_none():
    (annotation,) = Annotator().annotate([Article("a", "")])
    assert list(plain(annotation).doc) == []


def test_a_position_of_the_two_sides_is_each_sides(note):
    (position,) = (p for p in StatementCoder().code(note, []).positions if "Bolivia" in p.content.quote)
    assert {m.party.country for m in position.parties} >= {"CHL", "PER"}
    assert not any(m.members for m in position.parties)

"""The encoder that ships: what it reads, that it repeats itself, and how its word is weighed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from dragoman.events.candidates import candidates
from dragoman.events.classify import LinearModel
from dragoman.events.encoder import LONGEST, Encoder
from dragoman.events.heard import blend, hear

TEXT = "Peru expelled the envoy of Chile after talks in Lima."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_every_character_of_a_word_belongs_to_a_piece_and_no_space_does(encoder):
    reading = encoder.encode(TEXT)
    assert all((reading.piece(i) is None) == character.isspace() for i, character in enumerate(TEXT))
    assert reading.piece(len(TEXT)) is None


@pytest.mark.parametrize("text", ["", " ", "😀", "İstanbul'da görüşme", "\u200f\u202e", "a" * 5000])
def test_any_text_can_be_read(encoder, text):
    reading = encoder.encode(text)
    assert 2 <= len(reading.vectors) <= LONGEST
    assert np.isfinite(reading.vectors).all()


def test_what_lies_beyond_the_longest_sentence_has_no_answer(encoder):
    text = "talks " * 400
    reading = encoder.encode(text)
    first, last = encoder.types(reading, [(0, 5), (len(text) - 6, len(text) - 1)])
    assert first is not None
    assert last is None
    assert encoder.roles(reading, (0, 5), [len(text) - 6], "CONSULT") == [None]
    assert encoder.roles(reading, (len(text) - 6, len(text) - 1), [0], "CONSULT") == [None]


def test_types_and_roles_are_log_probabilities(encoder):
    reading = encoder.encode(TEXT)
    (types,) = encoder.types(reading, [(5, 13)])
    roles = encoder.roles(reading, (5, 13), [0, 27], "SANCTION")
    assert types.shape == (len(encoder.classes),)
    assert float(np.exp(types).sum()) == pytest.approx(1.0, abs=1e-4)
    assert [float(np.exp(r).sum()) for r in roles] == pytest.approx([1.0, 1.0], abs=1e-4)


def test_it_says_the_same_of_a_sentence_whatever_it_read_before(encoder):
    first = encoder.encode(TEXT)
    for other in ("Talks.", "They met for the third time in a month to speak about the border. " * 3):
        encoder.encode(other)
    again = encoder.encode(TEXT)
    assert np.array_equal(first.vectors, again.vectors)


def test_it_knows_the_types_of_the_linear_model(encoder):
    assert set(encoder.classes) == set(LinearModel.load("types").classes)


def test_a_sentence_is_heard_at_its_own_place_in_the_article(encoder, read):
    annotation = read("Nothing was said on Monday. " + TEXT)
    (candidate,) = [c for c in candidates(annotation) if c.lemma == "expel"]
    heard = hear(encoder, annotation, candidate.sentence)
    (alone,) = encoder.types(encoder.encode(TEXT), [(5, 13)])
    (within,) = heard.types([candidate])
    assert np.allclose(within, alone, atol=1e-5)
    assert heard.roles(candidate, [0], "SANCTION") == [None]


SCORES = st.lists(st.floats(-20, 0), min_size=3, max_size=3)


@given(linear=SCORES, read=SCORES, share=st.floats(0, 1))
def test_two_models_blend_to_probabilities(linear, read, share):
    found = blend(np.array(linear), np.array(read), share)
    assert (found >= 0).all()
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-6)


def test_a_blend_of_one_model_is_that_model():
    ours, theirs = np.log([0.2, 0.3, 0.5]), np.log([0.7, 0.2, 0.1])
    assert blend(ours, theirs, 0.0).tolist() == pytest.approx([0.2, 0.3, 0.5])
    assert blend(ours, theirs, 1.0).tolist() == pytest.approx([0.7, 0.2, 0.1])
    assert blend(ours, None, 0.6).tolist() == pytest.approx([0.2, 0.3, 0.5])

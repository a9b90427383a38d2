"""The encoder that ships: what it reads, that it repeats itself, and how its word is weighed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from dragoman.annotate import Annotator
from dragoman.events.classify import LinearModel
from dragoman.reader import PARTS, Encoder, Place, blend, hear, mixed
from dragoman.reader.encoder import LONGEST
from dragoman.records import Article
from dragoman.statements.lexicon import condition_cues
from dragoman.statements.linear import load_dense, load_model

TEXT = "Peru expelled the envoy of Chile after talks in Lima."
PLACE = Place((5, 13), (14, 32), 18)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.fixture
def annotation(annotator):
    (found,) = annotator.annotate([Article("a", "Nothing was said on Monday. " + TEXT)])
    return found


def test_every_character_of_a_word_belongs_to_a_piece_and_no_space_does(encoder):
    vectors = encoder.encode(TEXT)
    assert all((vectors.at(i) is None) == character.isspace() for i, character in enumerate(TEXT))
    assert vectors.at(len(TEXT)) is None
    assert vectors.at(-1) is None


@pytest.mark.parametrize("text", ["", " ", "😀", "İstanbul'da görüşme", "\u200f\u202e", "a" * 5000])
def test_any_text_can_be_read(encoder, text):
    vectors = encoder.encode(text)
    assert 2 <= len(vectors.rows) <= LONGEST
    assert np.isfinite(vectors.rows).all()


def test_a_run_is_the_mean_of_its_words_and_ends_where_the_reading_ends(encoder):
    vectors = encoder.encode(TEXT)
    assert np.allclose(vectors.run(0, 4), vectors.at(0))
    assert np.allclose(vectors.run(0, len(TEXT)), vectors.rows[1:-1].mean(0), atol=1e-6)
    long = encoder.encode("talks " * 400)
    assert np.allclose(long.run(0, 2399), long.rows[1:-1].mean(0), atol=1e-6)
    assert long.run(2394, 2399) is None


def test_what_lies_beyond_the_longest_sentence_has_no_answer(encoder):
    text = "talks " * 400
    vectors = encoder.encode(text)
    far = (len(text) - 6, len(text) - 1)
    first, last = encoder.types(vectors, [(0, 5), far])
    assert first is not None
    assert last is None
    assert encoder.roles(vectors, (0, 5), [far[0]], "CONSULT") == [None]
    assert encoder.roles(vectors, far, [0], "CONSULT") == [None]
    assert encoder.positions(vectors, [Place(far, (0, 5), 0)]) == [None]
    assert encoder.claims(vectors, [(Place((0, 5), (6, 11), 6), [far[0]])]) == [[None]]
    assert encoder.condition(vectors, far, "sanctions") is None
    assert encoder.parts(vectors, (0, 5), [far[0]], "sanctions") == [None]


def test_what_it_says_of_words_and_mentions_are_log_probabilities(encoder):
    vectors = encoder.encode(TEXT)
    (types,) = encoder.types(vectors, [(5, 13)])
    (stand,) = encoder.positions(vectors, [PLACE])
    rows = [
        types,
        *encoder.roles(vectors, (5, 13), [0, 27], "SANCTION"),
        *encoder.parts(vectors, (5, 13), [0, 27], "ambassador-expelled"),
        stand.issues,
    ]
    assert [len(row) for row in rows] == [len(encoder.classes), 3, 3, 4, 4, len(encoder.issues)]
    assert [float(np.exp(row).sum()) for row in rows] == pytest.approx([1.0] * len(rows), abs=1e-4)


def test_it_tells_who_did_what_to_whom(encoder):
    vectors = encoder.encode(TEXT)
    (types,) = encoder.types(vectors, [(5, 13)])
    assert encoder.classes[int(types.argmax())] == "SANCTION"
    doer, target = encoder.roles(vectors, (5, 13), [0, 27], "SANCTION")
    assert (int(doer.argmax()), int(target.argmax())) == (1, 2)
    holder, held = encoder.parts(vectors, (5, 13), [0, 27], "ambassador-expelled")
    assert (PARTS[int(holder.argmax())], PARTS[int(held.argmax())]) == ("holder", "target")


def test_a_kind_that_is_newer_than_the_model_has_no_answer(encoder):
    vectors = encoder.encode(TEXT)
    assert encoder.condition(vectors, (5, 13), "moon-base") is None
    assert encoder.parts(vectors, (5, 13), [0, 27], "moon-base") == [None, None]


def test_it_tells_who_wants_what(encoder):
    text = "France called on Serbia to release the journalists, the ministry said."
    vectors = encoder.encode(text)
    place = Place((7, 13), (text.index("release"), text.index(",")), text.index("release"))
    (stand,) = encoder.positions(vectors, [place])
    assert stand.chance > 0
    assert stand.pro > 0
    ((france, serbia, outside),) = encoder.claims(vectors, [(place, [0, 17, -1])])
    assert france > 0 > serbia
    assert outside is None


def test_it_says_the_same_of_a_sentence_whatever_it_read_before(encoder):
    first = encoder.encode(TEXT)
    for other in ("Talks.", "They met for the third time in a month to speak about the border. " * 3):
        encoder.encode(other)
    again = encoder.encode(TEXT)
    assert np.array_equal(first.rows, again.rows)


def test_it_knows_the_names_that_the_linear_models_know(encoder):
    assert set(encoder.classes) == set(LinearModel.load("types").classes)
    assert set(encoder.issues) >= set(load_dense("issues").classes)
    assert set(PARTS) == set(load_model("holders").classes)
    assert set(encoder.kinds) == {cue.kind for found in condition_cues().values() for cue in found}


def test_a_sentence_is_heard_at_its_own_place_in_the_article(encoder, annotation):
    start = annotation.article.text.index("Peru")
    heard = hear(encoder, annotation, annotation.sentences[1])
    vectors = encoder.encode(TEXT)
    (alone,), (within,) = encoder.types(vectors, [(5, 13)]), heard.types([(start + 5, start + 13)])
    assert np.allclose(within, alone, atol=1e-5)
    assert heard.roles((start + 5, start + 13), [0], "SANCTION") == [None]
    moved = Place((start + 5, start + 13), (start + 14, start + 32), start + 18)
    (here,), (there,) = heard.positions([moved]), encoder.positions(vectors, [PLACE])
    assert here.chance == pytest.approx(there.chance, abs=1e-4)


def test_many_candidates_are_judged_as_each_alone(encoder):
    vectors = encoder.encode(TEXT)
    far = Place((0, 4), (200, 210), 200)
    places = [PLACE, far, Place((33, 38), (39, 44), 39)]
    together = encoder.positions(vectors, places)
    assert together[1] is None
    for place, stand in zip(places, together, strict=True):
        (alone,) = encoder.positions(vectors, [place])
        assert stand is alone is None or stand.chance == pytest.approx(alone.chance, abs=1e-4)
    asked = [(PLACE, [0, -1, 27]), (far, [0]), (places[2], [])]
    odds = encoder.claims(vectors, asked)
    assert [len(row) for row in odds] == [3, 1, 0]
    assert odds[0][1] is odds[1][0] is None
    assert odds[0][2] == pytest.approx(encoder.claims(vectors, [(PLACE, [27])])[0][0], abs=1e-4)


def test_a_sentence_is_read_once_for_all_that_ask(encoder, annotation):
    first = hear(encoder, annotation, annotation.sentences[1])
    assert hear(encoder, annotation, annotation.sentences[1]) is first
    assert hear(encoder, annotation, annotation.sentences[0]) is not first


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


@given(chance=st.floats(0, 1), odds=st.floats(-1e6, 1e6), share=st.floats(0, 1))
def test_yes_or_no_mixes_to_a_probability(chance, odds, share):
    assert 0.0 <= mixed(chance, odds, share) <= 1.0


def test_a_mixture_lies_between_the_two():
    assert mixed(0.2, None, 0.5) == 0.2
    assert mixed(0.2, 5.0, 0.0) == pytest.approx(0.2)
    assert mixed(0.2, 0.0, 1.0) == pytest.approx(0.5)
    assert 0.2 < mixed(0.2, 2.0, 0.5) < 0.9

"""The linear model's arithmetic, on weights made by hand, and the shipped models' shape."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from dragoman.events.classify import NONE, LinearModel
from dragoman.events.lexicon import TYPES

NAMES = [f"f{i}" for i in range(12)]
MODEL = LinearModel(
    {name: i for i, name in enumerate(NAMES)},
    np.random.default_rng(7).normal(size=(12, 4)).astype(np.float32),
    ("NONE", "A", "B", "C"),
    0.5,
    "test/1",
)
FEATURES = st.lists(st.sampled_from([*NAMES, "never seen", "w=\u00fc"]), max_size=20)


@given(own=FEATURES, shared=FEATURES)
def test_probabilities_are_positive_and_sum_to_one(own, shared):
    chances = MODEL.probabilities(own, MODEL.shared(shared))
    assert chances.shape == (4,)
    assert (chances > 0).all()
    assert float(chances.sum()) == pytest.approx(1.0, abs=1e-5)


@given(own=FEATURES, shared=FEATURES)
def test_a_feature_that_training_never_saw_counts_for_nothing(own, shared):
    known = [[f for f in features if f in MODEL.vocabulary] for features in (own, shared)]
    assert np.allclose(
        MODEL.probabilities(own, MODEL.shared(shared)),
        MODEL.probabilities(known[0], MODEL.shared(known[1])),
        atol=1e-6,
    )


@given(data=st.data(), own=FEATURES, shared=FEATURES)
def test_the_order_of_features_does_not_matter(data, own, shared):
    mixed = data.draw(st.permutations(own)), data.draw(st.permutations(shared))
    assert np.allclose(
        MODEL.probabilities(own, MODEL.shared(shared)),
        MODEL.probabilities(mixed[0], MODEL.shared(mixed[1])),
        atol=1e-5,
    )


@given(FEATURES)
def test_a_feature_given_twice_counts_once(own):
    assert np.allclose(MODEL.probabilities(own), MODEL.probabilities(own + own), atol=1e-5)


def test_with_no_features_every_class_is_as_likely():
    assert MODEL.probabilities([]).tolist() == pytest.approx([0.25] * 4)


def test_a_shared_feature_weighs_half_an_own_one():
    def odds(chances):
        return float(np.log(chances[1] / chances[0]))

    assert odds(MODEL.probabilities(["f3"])) == pytest.approx(
        2 * odds(MODEL.probabilities([], MODEL.shared(["f3"]))), 1e-4
    )


def test_great_weights_do_not_overflow():
    sure = LinearModel({"f": 0}, np.array([[900.0, -900.0]], dtype=np.float32), ("A", "B"), 0.5, "test/1")
    assert sure.probabilities(["f"]).tolist() == [1.0, 0.0]


def test_the_shipped_types_are_the_codebooks_and_none():
    assert set(LinearModel.load("types").classes) == {*TYPES, NONE}


def test_the_shipped_parties_know_actor_and_recipient():
    assert {"ACTOR", "RECIPIENT"} <= set(LinearModel.load("parties").classes)


@pytest.mark.parametrize("name", ["types", "parties"])
def test_a_shipped_model_fits_its_vocabulary_and_is_read_once(name):
    model = LinearModel.load(name)
    assert model.weights.shape == (len(model.vocabulary), len(model.classes))
    assert np.isfinite(model.weights).all()
    assert 0.0 < model.threshold < 1.0
    assert LinearModel.load(name) is model


CALIBRATED = LinearModel(
    {}, np.zeros((0, 2), dtype=np.float32), ("NONE", "A"), 0.5, "test/1", ((0.5, 0.4), (0.4, -0.5))
)


@given(chance=st.floats(0, 1), other=st.floats(0, 1), long=st.booleans())
def test_a_confidence_is_a_probability_and_grows_with_the_chance(chance, other, long):
    low, high = sorted((chance, other))
    found = [CALIBRATED.confidence(x, long=long) for x in (low, high)]
    assert 0 < found[0] <= found[1] < 1


def test_an_article_of_many_sentences_is_believed_less_at_the_same_chance():
    assert CALIBRATED.confidence(0.7, long=True) < CALIBRATED.confidence(0.7, long=False)


@given(st.floats(0.001, 0.999))
def test_a_model_that_was_not_calibrated_gives_its_chance_as_it_is(chance):
    assert MODEL.confidence(chance, long=True) == pytest.approx(chance, abs=1e-6)

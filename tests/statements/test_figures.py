import json
from datetime import date
from pathlib import Path

import pytest

from dragoman.annotate import Annotator
from dragoman.records import Article
from dragoman.statements.figures import figures

CASES = [
    json.loads(line) for line in Path("tests/cases/figures.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def read():
    annotator = Annotator()

    def one(text):
        return figures(next(annotator.annotate([Article("a", text, published=date(2023, 11, 8))])))

    return one


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_case_gives_its_figures(read, case):
    found = [[f.quantity, f.value_min, f.value_max, f.unit] for f in read(case["text"])]
    assert found == case["figures"]


def test_a_figure_has_its_place_and_its_source(read):
    (figure,) = read("The Lebanese army said that nine villagers were killed in Tyre.")
    assert (figure.place, figure.attribution) == ("Tyre", "The Lebanese army")


def test_a_sum_in_brackets_takes_the_limits_of_the_sum_it_translates(read):
    first, second = read("They may be fined up to €2 million (US$2.3 million).")
    assert (first.value_min, second.value_min) == (None, None)
    assert second.value_max == 2_300_000


def test_joined_single_victims_make_one_figure(read):
    (figure,) = read("A teacher and a student were killed in the raid.")
    assert (figure.quantity, figure.value_min) == ("killed", 2)


def test_every_figure_points_at_its_words(read):
    text = "Rebels freed 52 prisoners, held for six months, and took $3 million."
    for figure in read(text):
        assert text[figure.span.start : figure.span.end] == figure.span.quote


def test_a_sentence_that_ends_in_a_number_is_read(read):
    assert read("He was one of") == []
    assert [f.value_min for f in read("The toll reached 12")] == [12]

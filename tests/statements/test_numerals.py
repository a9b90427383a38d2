import itertools

import pytest
from hypothesis import given, strategies as st

from dragoman.numerals import find_numerals


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("twenty-two", 22, 22),
        ("two and a half", 2.5, 2.5),
        ("1,150", 1150, 1150),
        ("1.5bn", 1.5e9, 1.5e9),
        ("20 billion", 2e10, 2e10),
        ("half a million", 500_000, 500_000),
        ("one hundred and twenty", 120, 120),
        ("five thousand six hundred", 5600, 5600),
        ("at least 40", 40, None),
        ("more than a dozen", 12, None),
        ("nearly 40", None, 40),
        ("up to three", None, 3),
        ("about 40", 40, 40),
        ("20 or more", 20, None),
        ("dozens", 24, None),
        ("hundreds", 200, None),
        ("tens of thousands", 20_000, None),
        ("several thousand", 3000, None),
        ("two dozen", 24, 24),
        ("24 to 36", 24, 36),
        ("2–3", 2, 3),
        ("between 36 and 40", 36, 40),
        ("four and a half to eight and a half", 4.5, 8.5),
        ("five to six million", 5e6, 6e6),
    ],
)
def test_a_number_is_read_with_its_bounds(text, low, high):
    (numeral,) = find_numerals(text)
    assert (numeral.low, numeral.high) == (low, high)
    assert text[numeral.start : numeral.end] == text.removeprefix("between ")


def test_words_that_only_look_like_numbers_are_none():
    assert find_numerals("a man often went for tens and one-sided")[-1].low == 1


@given(st.text(alphabet=st.sampled_from(list("0123456789,.-–$ ofandtwohundreds")), max_size=60))
def test_numbers_lie_in_the_text_in_order(text):
    found = find_numerals(text)
    assert all(0 <= n.start <= n.core < n.end <= len(text) for n in found)
    assert all(a.end <= b.core for a, b in itertools.pairwise(found))

from __future__ import annotations

import io
import json

from hypothesis import given, strategies as st

from dragoman.ingest.jsontext import records

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


class Dribble(io.RawIOBase):
    """Gives its bytes in pieces of one size, so that every cut is tried."""

    def __init__(self, data: bytes, size: int):
        self.data, self.size = data, size

    def readable(self):
        return True

    def readinto(self, buffer):
        piece, self.data = self.data[: self.size], self.data[self.size :]
        buffer[: len(piece)] = piece
        return len(piece)


def cut(data: bytes, size: int, max_bytes: int = 10_000):
    return list(records(io.BufferedReader(Dribble(data, size)), max_bytes=max_bytes))


@given(st.lists(JSON, max_size=5), st.integers(1, 40), st.booleans(), st.sampled_from([None, 1]))
def test_the_items_of_a_list_are_cut_out_wherever_the_chunks_end(values, size, ascii_only, indent):
    data = json.dumps(values, ensure_ascii=ascii_only, indent=indent).encode()
    found = cut(data, size)
    assert [json.loads(record.data) for record in found] == values
    assert [record.number for record in found] == list(range(1, len(values) + 1))


@given(st.lists(st.dictionaries(st.text(max_size=4), JSON, max_size=3), max_size=4), st.integers(1, 40))
def test_values_that_follow_each_other_are_cut_apart(values, size):
    data = "\n".join(json.dumps(value, indent=1) for value in values).encode()
    assert [json.loads(record.data) for record in cut(data, size)] == values


@given(st.binary(max_size=60), st.integers(1, 20))
def test_no_bytes_break_the_scan_and_none_are_kept_over_the_size(data, size):
    assert all(record.data is None or len(record.data) <= 10 for record in cut(data, size, max_bytes=10))

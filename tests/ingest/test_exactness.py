"""What goes in comes out, character for character."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings, strategies as st

from dragoman.ingest import Source, read_source
from dragoman.records import Article
from dragoman.settings import Settings

from .conftest import TEXT

ODD = st.text(
    st.one_of(
        st.sampled_from("\r\n\t \"'\\,;|{}[]<>\u2028\x0b\x0c\x1c\x85\ufeff\u00a0é漢😀"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1a"),
    ),
    max_size=40,
)
FEW = settings(max_examples=60, deadline=None)
ANY = Settings(languages=(), min_chars=1)


def read_bytes(folder: Path, name: str, data: bytes) -> list[Article]:
    path = folder / name
    path.write_bytes(data)
    items = list(read_source(Source(name, str(path), named=True), ANY))
    assert all(isinstance(item, Article) for item in items), items
    return items


def framed(odd: str) -> str:
    """Odd characters at every place of a text, its ends included."""
    return odd + TEXT + odd


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("exact")


@FEW
@given(odd=ODD)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_is_exact(folder, encoding, odd):
    text = framed(odd).lstrip("\ufeff")
    (article,) = read_bytes(folder, "a.txt", text.encode(encoding))
    assert article.text == text


@FEW
@given(odd=st.lists(ODD, min_size=1, max_size=3), ascii_only=st.booleans())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines_are_exact(folder, encoding, odd, ascii_only):
    texts = [framed(text) for text in odd]
    lines = "".join(json.dumps({"id": t, "text": t}, ensure_ascii=ascii_only) + "\n" for t in texts)
    items = read_bytes(folder, "a.jsonl", lines.encode(encoding))
    assert [item.text for item in items] == texts
    assert [item.article_id for item in items] == texts


@FEW
@given(odd=st.lists(ODD, min_size=1, max_size=3), ascii_only=st.booleans(), indent=st.sampled_from([None, 2]))
def test_a_json_list_is_exact(folder, odd, ascii_only, indent):
    texts = [framed(text) for text in odd]
    data = json.dumps(
        [{"text": t, "nested": [{"a": t}]} for t in texts], ensure_ascii=ascii_only, indent=indent
    )
    assert [item.text for item in read_bytes(folder, "a.json", data.encode())] == texts


@FEW
@given(odd=st.lists(ODD, min_size=1, max_size=3), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_a_table_is_exact(folder, name, encoding, odd, quoting):
    texts = [framed(text) for text in odd]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=quoting, delimiter="," if name == "a.csv" else "\t")
    writer.writerow(["text", "id"])
    writer.writerows([text, text] for text in texts)
    items = read_bytes(folder, name, out.getvalue().encode(encoding))
    assert [item.text for item in items] == texts
    assert [item.article_id for item in items] == texts


@FEW
@given(odd=st.lists(ODD, min_size=1, max_size=3))
def test_a_table_whose_lines_end_in_line_feeds_is_exact(folder, odd):
    texts = [framed(text) for text in odd]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["text", "id"])
    writer.writerows([text, "x"] for text in texts)
    assert [item.text for item in read_bytes(folder, "a.csv", out.getvalue().encode())] == texts


@settings(max_examples=20, deadline=None)
@given(odd=st.lists(ODD, min_size=1, max_size=3))
def test_parquet_is_exact(folder, odd):
    texts = [framed(text) for text in odd]
    path = folder / "made.parquet"
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (text VARCHAR, id VARCHAR)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [[text, text] for text in texts])
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    items = read_bytes(folder, "a.parquet", path.read_bytes())
    assert [item.text for item in items] == texts

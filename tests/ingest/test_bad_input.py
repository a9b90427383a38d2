from __future__ import annotations

import gzip
import io
import json
import tracemalloc

import hypothesis
import pytest
from hypothesis import strategies as st

from dragoman.errors import InputError, SettingsError
from dragoman.ingest import Source, read, read_source
from dragoman.records import Article
from dragoman.settings import Settings

from .conftest import PAGE, RECORD, TEXT, contents

LINE = json.dumps(RECORD)


def reasons(items):
    return [item.reason for item in items if not isinstance(item, Article)]


@pytest.mark.parametrize(
    ("name", "data", "problem", "remedy"),
    [
        ("a.pdf", b"%PDF-1.7 \x00", "binary", "text"),
        ("a.txt", b"\x00\x01\x02", "binary", "text"),
        ("a.csv", b"id,number\n1,2\n", "no column is known to hold the text", "--text-column"),
        ("a.csv", b'id,"text\n', "header", "mend"),
        ("a.parquet", b"not parquet", "not a Parquet file", "written"),
        ("a.parquet", b"PAR1 and then nothing", "not readable as Parquet", "written"),
        ("a.txt.gz", b"\x1f\x8b\x08\x00broken", "damaged gzip", "compress"),
    ],
)
def test_a_named_file_at_fault_is_an_error_of_one_line_with_a_remedy(
    write, reading, name, data, problem, remedy
):
    path = write(name, data)
    with pytest.raises(InputError) as caught:
        reading(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert problem in message
    assert remedy in message


def test_the_columns_seen_are_told(write, reading):
    with pytest.raises(InputError, match=r"'id', 'number'.*--text-column"):
        reading(write("a.csv", "id,number\n1,2\n"))
    with pytest.raises(InputError, match=r"no column 'wire'.*--title-column"):
        reading(write("b.csv", f"id,text\n1,{TEXT}\n"), title_column="wire")


def test_a_missing_file_is_told_before_anything_is_read(write):
    path = write("a.txt", TEXT)
    with pytest.raises(InputError, match=r"no such file"):
        read([path, path.with_name("gone.txt")], Settings())


def test_an_unreadable_file_is_an_error(write, reading, monkeypatch):
    from pathlib import Path

    path = write("a.txt", TEXT)

    def refuse(self, *args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"Permission denied"):
        reading(path)


def test_no_path_at_all_is_an_error():
    with pytest.raises(InputError, match=r"no path"):
        read([], Settings())


def test_the_wrong_encoding_is_an_error(write, reading):
    path = write("a.txt", TEXT.replace("Freedonia", "Frédonie").encode("cp1252"))
    with pytest.raises(InputError, match=r"no meaning in the encoding utf-8.*--encoding"):
        reading(path, encoding="utf-8")


@pytest.mark.parametrize(
    "options", [{"encoding": "klingon"}, {"encoding": "base64"}, {"languages": ("xx",)}, {"delimiter": "ab"}]
)
def test_a_setting_without_meaning_is_an_error(write, reading, options):
    with pytest.raises(SettingsError):
        reading(write("a.csv", f"id,text\n1,{TEXT}\n"), **options)


def test_a_broken_line_is_a_drop_with_file_and_line(write, reading):
    path = write("a.jsonl", f"{LINE}\n{{broken\n\n[1]\n{{}}\n{LINE}\n")
    items = reading(path)
    assert [item.where for item in items[1:4]] == [f"{path}:2", f"{path}:4", f"{path}:5"]
    assert reasons(items)[:2] == ["not JSON", "not a JSON object"]
    assert "--text-column" in reasons(items)[2]
    assert isinstance(items[4], Article)


def test_a_line_of_fifty_megabytes_is_passed_over_without_being_held():
    class Long(io.RawIOBase):
        left = 800

        def readable(self):
            return True

        def readinto(self, buffer):
            if not self.left:
                return 0
            self.left -= 1
            part = b"x" * 65536 if self.left else b'"}\n' + LINE.encode()
            part = b'{"text": "' + part[10:] if self.left == 799 else part
            buffer[: len(part)] = part
            return len(part)

    tracemalloc.start()
    items = list(read(["-"], Settings(max_record_bytes=1_000_000), stdin=io.BufferedReader(Long(), 65536)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(items[-1], Article)
    assert "longer than 1000000 bytes" in items[0].reason
    assert peak < 20_000_000


def test_a_long_line_in_a_file_is_a_drop_with_file_and_line(write, reading):
    path = write("a.jsonl", LINE + '\n{"text": "' + "x" * 200_000 + '"}\n' + LINE)
    items = reading(path, max_record_bytes=100_000)
    assert [isinstance(item, Article) for item in items] == [True, False, True]
    assert items[1].where == f"{path}:2"
    assert items[2].source_path == f"{path}#3"


def test_a_page_without_an_article_is_a_drop(write, reading):
    links = "".join(
        f"<li><a href='/{i}'>Minister number {i} says that talks go on</a></li>" for i in range(40)
    )
    page = f"<html><body><nav><a href='/'>Home</a></nav><ul>{links}</ul></body></html>"
    assert reasons(reading(write("p.html", page))) == ["no article in the page"]


@pytest.mark.parametrize("page", ["   ", "<html>", "<p" * 5000, "<div>" * 20000 + "x"])
def test_a_page_that_is_no_page_is_a_drop(write, reading, page):
    assert len(reasons(reading(write("p.html", page)))) == 1


def test_a_page_over_the_size_is_a_drop(write, reading):
    (item,) = reading(write("p.html", PAGE + " " * 5000), max_record_bytes=5000)
    assert "longer" in item.reason


def test_a_text_over_the_size_is_a_drop_whether_held_or_not(write, reading):
    paths = [
        write("a.txt", TEXT * 3),
        write("b.txt", TEXT * 40),
        write("c.jsonl", json.dumps({"text": TEXT * 3})),
    ]
    assert reasons(reading(*paths, max_chars=100)) == ["longer than 100 characters (--max-chars)"] * 3


def test_an_empty_or_tiny_text_is_a_drop(write, reading):
    lines = "\n".join(json.dumps({"text": text}) for text in ("", " \n", "Short."))
    assert reasons(reading(write("a.jsonl", lines))) == [
        "empty", "empty", "shorter than 20 characters (--min-chars)"
    ]  # fmt: skip


def test_a_broken_character_is_a_drop(write, reading):
    path = write("a.jsonl", '{"text": "' + TEXT + '\\ud800"}\n' + LINE)
    items = reading(path)
    assert "broken characters" in items[0].reason
    assert isinstance(items[1], Article)


def test_bytes_without_meaning_cost_one_line(write, reading):
    good = json.dumps({"text": "É " + TEXT}, ensure_ascii=False).encode() + b"\n"
    path = write("a.jsonl", good + b'{"text": "\xff"}\n' + good + LINE.encode())
    items = reading(path)
    assert "encoding" in items[1].reason
    assert items[1].where == f"{path}:2"
    assert items[2].text == "É " + TEXT


def test_cut_off_gzip_keeps_what_was_read(write, tmp_path, reading):
    lines = "".join(json.dumps({"id": str(i), "text": f"{TEXT} {i * 7919}"}) + "\n" for i in range(5_000))
    write("a.jsonl.gz", gzip.compress(lines.encode())[:-1000])
    items = reading(tmp_path)
    assert isinstance(items[0], Article)
    assert len(items) > 1000
    assert "damaged gzip" in items[-1].reason


def test_a_damaged_parquet_file_in_a_folder_is_a_drop(write, tmp_path, reading):
    write("a.parquet", contents(tmp_path)["a.parquet"][:-20])
    assert "Parquet" in reasons(reading(tmp_path))[0]


def test_a_file_that_vanishes_in_the_middle_is_a_drop(write):
    first, second = write("a.txt", TEXT), write("b.txt", TEXT)
    items = read([first, second], Settings())
    assert isinstance(next(items), Article)
    second.unlink()
    assert next(items).reason == "no such file"


def test_binary_standard_input_is_a_drop(reading):
    assert reasons(reading("-", stdin=io.BytesIO(b"\x89PNG\x00"))) == ["binary"]


def test_a_json_list_loses_only_its_broken_record(write, reading):
    path = write("a.json", f'[{LINE}, {{"text": nonsense}}, 5, {LINE}]')
    items = reading(path)
    assert [getattr(item, "reason", None) for item in items] == [None, "not JSON", "not a JSON object", None]
    assert items[1].where == f"{path}#2"


def test_a_json_list_that_ends_in_the_middle_keeps_what_was_read(write, reading):
    items = reading(write("a.json", f"[{LINE}, {LINE[:50]}"))
    assert isinstance(items[0], Article)
    assert reasons(items) == ["not JSON"]


def test_a_record_over_the_size_costs_only_itself(write, reading):
    long = json.dumps({"text": '\\"{[' * 100_000})
    items = reading(write("a.json", f"[{LINE}, {long}, {LINE}]"), max_record_bytes=100_000)
    assert [isinstance(item, Article) for item in items] == [True, False, True]


@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.parquet", "a.gz", "a"]
)
@hypothesis.settings(max_examples=25, deadline=None)
@hypothesis.given(
    data=st.one_of(
        st.binary(max_size=200),
        st.text(alphabet='{}[]",:;\\\n\r\t <>/ab1é', max_size=200).map(str.encode),
        st.binary(max_size=100).map(gzip.compress),
    )
)
def test_no_bytes_break_the_run(tmp_path_factory, name, data):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(data)
    items = list(read_source(Source(name, str(path), named=False), Settings(min_chars=1, languages=())))
    assert items or name.endswith(("csv", "tsv", "jsonl", "a", "gz"))
    places = [item.source_path for item in items if isinstance(item, Article)]
    assert len(set(places)) == len(places)


def test_a_page_with_stray_bytes_is_read_as_browsers_do(write, reading):
    data = PAGE.replace("Sylvania", "Sýlvánía").encode().replace(b"truce along", b"tru\x00ce \xff along")
    assert "truce \ufffd along" in reading(write("p.html", data))[0].text


def test_nothing_is_printed(tmp_path, write, reading, capfd):
    for name, data in contents(tmp_path).items():
        reading(write(name, data))
    reading(write("bad.html", "<p" * 100))
    assert capfd.readouterr() == ("", "")

from __future__ import annotations

import os

import pytest

from dragoman.errors import InputError
from dragoman.ingest import sources

from .conftest import TEXT


def names(*paths):
    return [source.name for source in sources(paths)]


def test_a_folder_is_walked_sorted_and_without_hidden_files(write, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/y.txt", ".hidden.txt", ".git/x.txt"):
        write(name, TEXT)
    assert names(tmp_path) == [str(tmp_path / name) for name in ("a/y.txt", "a/z.txt", "b.txt")]


def test_a_pattern_gives_its_matches_sorted(write, tmp_path):
    for name in ("b.txt", "a.txt", "c.md", "deep/d.txt"):
        write(name, TEXT)
    assert names(tmp_path / "*.txt") == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert str(tmp_path / "deep/d.txt") in names(tmp_path / "**" / "*.txt")


def test_a_file_met_by_two_paths_is_read_once(write, tmp_path):
    path = write("a.txt", TEXT)
    assert names(path, tmp_path) == [str(path)]
    assert names(tmp_path / "**", tmp_path) == [str(path)]


def test_paths_keep_the_order_they_are_given_in(write):
    late, early = write("z.txt", TEXT), write("a.txt", TEXT)
    assert names(late, early) == [str(late), str(early)]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(write):
    path = write("report[1].txt", TEXT)
    assert names(path) == [str(path)]


@pytest.mark.parametrize(
    ("path", "problem"), [("nothing*.txt", "no file matches"), ("empty", "holds no file")]
)
def test_a_path_that_leads_to_nothing_is_an_error(tmp_path, path, problem):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=problem):
        names(tmp_path / path)


def test_a_bad_file_in_a_folder_is_a_drop_and_the_rest_is_read(write, tmp_path, reading):
    write("a.txt", TEXT)
    write("b.bin", b"\x00\x01")
    write("c.csv", "id,number\n1,2\n")
    write("d.log", "what a program said\n")
    write("e.txt", TEXT + " More.")
    kinds = [getattr(item, "reason", "read").split(" (")[0] for item in reading(tmp_path)]
    assert kinds == [
        "read", "binary", "no column is known to hold the text", "unknown kind of file", "read"
    ]  # fmt: skip


def test_a_folder_that_cannot_be_listed_is_a_drop(write, tmp_path, reading, monkeypatch):
    write("a.txt", TEXT)
    write("shut/b.txt", TEXT)
    listdir = os.listdir

    def refuse(path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    items = reading(tmp_path)
    assert items[0].text == TEXT
    assert items[1].where.endswith("shut")


def test_a_pipe_is_read_once(tmp_path, reading):
    import threading

    pipe = tmp_path / "wire"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(TEXT))
    writer.start()
    assert reading(pipe)[0].text == TEXT
    writer.join()

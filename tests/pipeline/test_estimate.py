"""How many articles are to be expected."""

from __future__ import annotations

import gzip
from pathlib import Path

from dragoman.pipeline.estimate import expected


def test_lines_and_files_are_counted(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n{"text": "y"}')
    (tmp_path / "b.csv").write_text("id,text\n1,x\n2,y\n")
    (tmp_path / "c.txt").write_text("one\ntext\n")
    with gzip.open(tmp_path / "d.jsonl.gz", "wt") as file:
        file.write('{"text": "x"}\n' * 5)
    assert expected([tmp_path]) == 2 + 2 + 1 + 5
    assert expected([tmp_path / "c.txt", tmp_path / "b.csv"]) == 3


def test_what_cannot_be_told_cheaply_is_unknown(tmp_path: Path):
    (tmp_path / "a.json").write_text("[]")
    assert expected([tmp_path / "a.json"]) is None
    assert expected(["-"]) is None
    assert expected([tmp_path / "no.jsonl"]) is None
    (tmp_path / "bad.jsonl.gz").write_bytes(b"not gzip")
    assert expected([tmp_path / "bad.jsonl.gz"]) is None

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.ingest import read
from dragoman.records import Article, Drop
from dragoman.settings import Settings

TEXT = "The foreign minister of Freedonia flew to Sylvania on Monday and asked for a truce along the river."
RECORD = {
    "id": "fr-17",
    "title": "Freedonia asks for a truce",
    "date": "2023-11-06T08:30:00Z",
    "publisher": "The Border Post",
    "url": "https://border.example/17",
    "text": TEXT,
    "events": [{"type": "REQUEST"}],
}
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Freedonia asks for a truce</title>
<meta property="og:site_name" content="The Border Post">
<meta property="article:published_time" content="2023-11-06T08:30:00+00:00">
<link rel="canonical" href="https://border.example/17">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Freedonia asks for a truce</h1><p>{TEXT}</p>
<p>Her counterpart answered that the guns along the river would first have to be withdrawn by ten miles.</p>
<p>Both governments said that their envoys would talk again in the capital before the end of the week.</p>
</article><footer>All rights reserved</footer></body></html>"""


def parquet_bytes(folder: Path, records: list[dict[str, Any]]) -> bytes:
    path = folder / "made.parquet"
    names = list(records[0])
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({', '.join(f'{chr(34)}{n}{chr(34)} VARCHAR' for n in names)})")
        marks = ", ".join("?" for _ in names)
        connection.executemany(f"INSERT INTO t VALUES ({marks})", [[r[n] for n in names] for r in records])
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    data = path.read_bytes()
    path.unlink()
    return data


def flat(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if isinstance(value, str)}


def contents(folder: Path) -> dict[str, bytes]:
    row = flat(RECORD)
    head, values = list(row), list(row.values())
    return {
        "a.txt": TEXT.encode(),
        "a.md": TEXT.encode(),
        "a.html": PAGE.encode(),
        "a.htm": PAGE.encode(),
        "a.json": json.dumps(RECORD, indent=1).encode(),
        "list.json": json.dumps([RECORD, RECORD | {"id": "fr-18"}]).encode(),
        "a.jsonl": (json.dumps(RECORD) + "\n").encode(),
        "a.ndjson": (json.dumps(RECORD) + "\n").encode(),
        "a.csv": (",".join(head) + "\n" + ",".join(f'"{v}"' for v in values) + "\n").encode(),
        "a.tsv": ("\t".join(head) + "\n" + "\t".join(values) + "\n").encode(),
        "a.parquet": parquet_bytes(folder, [row]),
    }


@pytest.fixture
def write(tmp_path):
    def write_file(name: str, data: bytes | str, *, zipped: bool = False) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = data.encode() if isinstance(data, str) else data
        path.write_bytes(gzip.compress(raw) if zipped else raw)
        return path

    return write_file


@pytest.fixture
def reading():
    def read_all(*paths, stdin=None, **options) -> list[Article | Drop]:
        return list(read(paths, Settings(**options), stdin=stdin))

    return read_all

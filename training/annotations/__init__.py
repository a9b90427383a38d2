"""This project's own annotations of real articles, kept apart from the texts (see README.md)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["file_names", "read_standoff"]

HERE = Path(__file__).parent
DATA = Path("../shared/data")
RECORDS = ("events", "positions", "measures")


def file_names() -> list[str]:
    """Return the names of the files beside this one, without ``.jsonl``, in order."""
    return sorted(path.stem for path in HERE.glob("*.jsonl"))


def read_standoff(*names: str) -> list[dict[str, Any]]:
    """Join the annotations to their texts and return them in the document form.

    Args:
        names: of the files beside this one, without ``.jsonl``; all of them when none is given.
    """
    paths = [HERE / f"{name}.jsonl" for name in names or file_names()]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    texts = {name: text for source in {row["source"] for row in rows} for name, text in _texts(source)}
    return [_document(row, texts[row["article"]]) for row in rows]


def _texts(source: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the id and the article of every text of a data folder."""
    for archive in sorted((DATA / source).glob("gpt_synthetic_events_*.csv.zip")):
        yield from _stories(archive)
    files = [DATA / source / name for name in ("articles.jsonl", "items.jsonl")]
    files = [file for file in files if file.exists()] or sorted((DATA / source).glob("*/documents.json"))
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            yield article.get("id") or f"re3d-{article['_id']}", article


def _stories(archive: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the made-up stories of a zipped CSV, numbered from 0 in its order."""
    with zipfile.ZipFile(archive) as folder, folder.open(folder.namelist()[0]) as file:
        for n, row in enumerate(csv.DictReader(io.TextIOWrapper(file, "utf-8"))):
            yield f"ngec-{n:04d}", {"text": row["text"]}


def _document(row: dict[str, Any], article: dict[str, Any]) -> dict[str, Any]:
    text = article["text"]
    document: dict[str, Any] = {"id": row["article"], "date": article.get("date"), "text": text}
    for kind in RECORDS:
        document[kind] = [_record(text, record) for record in row.get(kind, [])]
    return document


def _record(text: str, record: dict[str, Any]) -> dict[str, Any]:
    joined = {**record, "quote": text[record["start"] : record["end"]]}
    for name in ("content", "condition"):
        if name in record:
            joined[name] = text[slice(*record[name])]
    return joined

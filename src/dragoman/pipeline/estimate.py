"""How many articles are to be expected, cheaply: for the time left, never for the reading itself."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["expected"]

LINES = (".jsonl", ".ndjson", ".csv", ".tsv")
ONE = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
LIMIT = 4_000_000_000
"""Bytes that are counted at most; above them no estimate is made."""
BLOCK = 1 << 20


def expected(paths: Sequence[str | Path]) -> int | None:
    """Return how many articles the paths hold at most, or None where that cannot be told cheaply.

    A line counts for an article in JSON lines and tables, a file in text and HTML.
    """
    from dragoman import ingest

    try:
        files = [source.path for source in ingest.sources(paths)]
        if any(path is None for path in files):
            return None
        return _counted([Path(path) for path in files if path is not None])
    except (InputError, OSError, EOFError, zlib.error):  # not silent: the reading meets it and says so
        return None


def _counted(files: Iterable[Path]) -> int | None:
    total = 0
    left = LIMIT
    for file in files:
        packed = file.suffix == ".gz"
        suffix = file.with_suffix("").suffix if packed else file.suffix
        if suffix in ONE:
            total += 1
            continue
        left -= file.stat().st_size * (5 if packed else 1)
        if suffix not in LINES or not file.is_file() or left < 0:
            return None
        total += _lines(file, packed=packed) - (suffix in {".csv", ".tsv"})
    return total


def _lines(file: Path, *, packed: bool) -> int:
    """Return the number of lines, a last one without a line break included."""
    count, last = 0, b"\n"
    with gzip.open(file) if packed else file.open("rb") as stream:
        while block := stream.read(BLOCK):
            count += block.count(b"\n")
            last = block
    return count + (not last.endswith(b"\n"))

"""Reading and writing of the small tables that the knowledge base is made of."""

from __future__ import annotations

import csv
import gzip
import io
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["CURATED", "OUT", "SOURCES", "plain", "read_rows", "split", "write_gzip", "write_rows"]

CURATED = Path(__file__).parent / "curated"
OUT = Path(__file__).parents[2] / "src" / "dragoman" / "entities" / "data"
SOURCES = Path(__file__).parents[3] / "shared" / "data"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{k: (v or "") for k, v in row.items() if k} for row in csv.DictReader(lines)]


def split(cell: str, separator: str = ";") -> list[str]:
    """Split a cell that holds several values."""
    return [part.strip() for part in cell.split(separator) if part.strip()]


def plain(text: str) -> str:
    """Strip diacritics, so that two spellings of a name can be compared."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _table(header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write_rows(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file into the package's data folder."""
    (OUT / name).write_text(_table(header, rows, ","), encoding="utf-8")


def write_gzip(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a compressed TSV file (no quoting; same bytes for the same content)."""
    lines = ["\t".join(header), *("\t".join(row) for row in rows)]
    data = gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), compresslevel=9, mtime=0)
    (OUT / name).write_bytes(data)

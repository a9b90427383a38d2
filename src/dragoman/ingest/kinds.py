"""What kind of input a file is: by its name where that says so, else by its first bytes."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Literal

from dragoman.errors import InputError
from dragoman.ingest.fields import recognises

if TYPE_CHECKING:
    from dragoman.ingest.streams import Opened

__all__ = ["Kind", "kind_of"]

Kind = Literal["text", "html", "json", "jsonl", "csv", "tsv", "parquet"]

_BY_SUFFIX: dict[str, Kind] = {
    "txt": "text",
    "text": "text",
    "md": "text",
    "markdown": "text",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "parquet": "parquet",
}
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"BZh", b"\xfd7zXZ\x00")
_PARQUET = b"PAR1"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|meta|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_OBJECT = re.compile(r'\s*\{\s*["}]')
_JSON_LIST = re.compile(r'\s*\[\s*[\]{"]')
_KNOWN = "known kinds are .txt .md .html .json .jsonl .csv .tsv .parquet, and .gz of each"


def kind_of(opened: Opened, *, encoding: str | None) -> Kind:
    """Return the kind of an opened input; ``encoding`` is the declared one, if any.

    Raises:
        InputError: it is binary, or of no kind that is read.
    """
    source, head = opened.source, opened.head
    named = _BY_SUFFIX.get(_suffix(source.path or ""))
    if head.startswith(_PARQUET):
        return "parquet"
    if named == "parquet" and head:
        raise InputError(source.name, "not a Parquet file", "check how the file was written")
    wide = bool(encoding and re.match(r"utf.?(?:16|32)", encoding, re.IGNORECASE))
    wide = wide or head.startswith(_WIDE_MARKS)
    stray = len(head) // 100 if named == "html" else 0  # pages of old editors hold some; browsers skip them
    if head.startswith(_MAGIC) or (not wide and head.count(b"\0") > stray):
        raise InputError(source.name, "binary", f"give it as text; {_KNOWN}")
    return named or _sniffed(opened)


def _suffix(path: str) -> str:
    name = path.lower().removesuffix(".gz")
    return name.rpartition(".")[2] if "." in name else ""


def _sniffed(opened: Opened) -> Kind:
    source, head = opened.source, opened.head
    text = _legible(head)
    if _PAGE.match(text):
        return "html"
    if _JSON_OBJECT.match(text):
        return "jsonl" if _is_json(text.lstrip().partition("\n")[0]) else "json"
    if _JSON_LIST.match(text):
        return "json"
    for kind, delimiter in (("csv", ","), ("tsv", "\t")):
        if _is_table(text.partition("\n")[0], delimiter):
            return "csv" if kind == "csv" else "tsv"
    guessable = source.named or not _suffix(source.path or "")
    if not guessable or text.lstrip().startswith("<?xml"):
        raise InputError(source.name, "unknown kind of file", _KNOWN)
    return "text"


def _legible(head: bytes) -> str:
    if head.startswith(_WIDE_MARKS):
        wide = "utf-32" if head.startswith(_WIDE_MARKS[2:]) else "utf-16"
        return head.decode(wide, "replace")
    return head.decode("utf-8-sig", "replace")


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _is_table(line: str, delimiter: str) -> bool:
    names = [name.strip(' "\r') for name in line.split(delimiter)]
    return len(names) > 1 and all(0 < len(name) < 40 for name in names) and recognises("text", names)

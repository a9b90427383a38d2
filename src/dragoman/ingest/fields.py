"""Which fields of a table row or JSON object make an article, and the article they make.

The text and a given id are kept exactly. Fields that are not named here are ignored, gold records above
all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.ingest.dates import parse_date
from dragoman.records import Article, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.settings import Settings

__all__ = ["FIELDS", "Columns", "article_of", "find_columns", "recognises", "text_digest"]

FIELDS = ("text", "title", "date", "url", "publisher", "id")
_SEPARATORS = re.compile(r"[\s\-.]+")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """The name that each field has in one table; None where the table lacks it."""

    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    id: str | None = None

    def named(self) -> dict[str, str]:
        """Return field to column, for the fields the table has."""
        return {field: column for field in FIELDS if (column := getattr(self, field)) is not None}


def recognises(field: str, names: Iterable[str]) -> bool:
    """Whether one of the column names is a known name of the field."""
    known = _names()[field]
    return any(_folded(name) in known for name in names)


def find_columns(names: Sequence[str], settings: Settings, where: str) -> Columns:
    """Find each field's column among a table's column names.

    Raises:
        InputError: a column named in the settings is missing, or no column is known to hold the text.
    """
    found: dict[str, str] = {}
    for field in FIELDS:
        wanted = getattr(settings, f"{field}_column")
        column = _given(names, wanted) if wanted else _known(names, field)
        if column is not None:
            found[field] = column
        elif wanted:
            problem = f"no column {wanted!r} (columns: {_listed(names)})"
            raise InputError(where, problem, f"name one of these with --{field}-column")
    if "text" not in found:
        problem = f"no column is known to hold the text (columns: {_listed(names)})"
        raise InputError(where, problem, "name it with --text-column")
    return Columns(**found)


def article_of(
    record: Mapping[str, object], settings: Settings, source_path: str, extractor: str
) -> Article | str:
    """Make an article of one JSON object or table row, or return the reason why it makes none."""
    text = _value(record, "text", settings)
    if not isinstance(text, str):
        wanted = settings.text_column
        lacking = f"no text in a field {wanted!r}" if wanted else "no field is known to hold the text"
        return f"{lacking} (name it with --text-column)"
    given = _plain(_value(record, "id", settings), strip=False)
    return Article(
        article_id=given or text_digest(text),
        text=text,
        title=_plain(_value(record, "title", settings)),
        publisher=_plain(_value(record, "publisher", settings)),
        published=parse_date(_value(record, "date", settings)),
        url=_plain(_value(record, "url", settings)),
        source_path=source_path,
        extractor=extractor,
    )


def text_digest(text: str) -> str:
    """Return the id of an article that came without one: the same text is the same article."""
    return digest("article", text)


def _value(record: Mapping[str, object], field: str, settings: Settings) -> object:
    wanted = getattr(settings, f"{field}_column")
    if wanted:
        column = _given(tuple(record), wanted)
        return record[column] if column is not None else None
    for column in _candidates(tuple(record))[field]:
        value = record[column]
        if isinstance(value, str) if field == "text" else value is not None:
            return value
    return None


@cache
def _names() -> dict[str, dict[str, int]]:
    """Field to its known names with their rank, from ``data/fields.toml``."""
    text = resources.files("dragoman.ingest").joinpath("data/fields.toml").read_text("utf-8")
    return {field: {name: i for i, name in enumerate(names)} for field, names in tomllib.loads(text).items()}


_KEPT: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}


def _candidates(columns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Field to the columns that may hold it, best first. Records of one file mostly share their keys."""
    found = _KEPT.get(columns)
    if found is None:
        folded = {column: _folded(column) for column in columns}
        found = {
            field: tuple(sorted((c for c in columns if folded[c] in known), key=lambda c: known[folded[c]]))
            for field, known in _names().items()
        }
        if len(_KEPT) < 1000:
            _KEPT[columns] = found
    return found


def _known(names: Sequence[str], field: str) -> str | None:
    return next(iter(_candidates(tuple(names))[field]), None)


def _given(names: Sequence[str], wanted: str) -> str | None:
    if wanted in names:
        return wanted
    return next((name for name in names if _folded(name) == _folded(wanted)), None)


def _folded(name: str) -> str:
    return _SEPARATORS.sub("_", name.strip().casefold())


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:_SHOWN])
    return f"{shown}, ..." if len(names) > _SHOWN else shown or "none"


def _plain(value: object, *, strip: bool = True) -> str | None:
    """Return a short value as text; an object stands for its name (``"source": {"name": ...}``)."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    return (text.strip() if strip else text) or None

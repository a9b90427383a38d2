"""Rows -> the document form: one JSON-ready object an article (docs/codebook.md).

The same function serves a freshly coded article and one read back from a ledger, so that the two
cannot differ.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dragoman.ledger.rows import event_reference, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from dragoman.ledger.rows import Row, Rows
    from dragoman.records import Coded

__all__ = ["document", "documents"]

TABLES = (
    *("articles", "reports", "report_entities", "positions", "position_entities"),
    *("measures", "measure_entities", "figures", "linkages"),
)
CHUNK = 200
"""Articles whose records are in memory at once."""


def document(coded: Coded) -> dict[str, Any]:
    """Return the document of one coded article: strings, numbers, lists and objects only.

    Raises:
        EvidenceError: a span differs from the article's text.
    """
    return _document(rows_of(coded))


def documents(connection: DuckDBPyConnection, ids: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the documents of a ledger in the order in which their articles were read.

    Args:
        connection: an open ledger.
        ids: the articles that are wanted; None for all.
    """
    if ids is None:
        rows = connection.execute("SELECT article_id FROM articles ORDER BY rowid").fetchall()
        ids = [row[0] for row in rows]
    for first in range(0, len(ids), CHUNK):
        yield from _chunk(connection, ids[first : first + CHUNK])


def _chunk(connection: DuckDBPyConnection, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    by_article: dict[str, Rows] = {article_id: {} for article_id in ids}
    for table in TABLES:
        cursor = connection.execute(rows_sql(table), [list(ids)])
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            by_article[row["article_id"]].setdefault(table, []).append(row)
    yield from (_document(rows) for rows in by_article.values() if rows)


def rows_sql(table: str) -> str:
    """Return the SQL of a table's rows for some articles: the parameter is the list of ids."""
    return f'SELECT * FROM "{table}" WHERE article_id IN (SELECT unnest($1::VARCHAR[]))'  # noqa: S608


def _document(rows: Rows) -> dict[str, Any]:
    article = rows["articles"][0]
    _name_events(rows)
    published = article["published"]
    return {
        "id": article["article_id"],
        "title": article["title"],
        "publisher": article["publisher"],
        "date": str(published) if published else None,
        "url": article["url"],
        "text": article["text"],
        "events": _records(rows, "reports", "report", _event),
        "positions": _records(rows, "positions", "position", _position),
        "measures": _records(rows, "measures", "measure", _measure),
        "figures": _records(rows, "figures", "figure", _figure),
        "linkages": _records(rows, "linkages", "linkage", _linkage),
    }


def _name_events(rows: Rows) -> None:
    """Write which events opened and closed a measure as ``TYPE@start-end``: a document has no report ids."""
    names = {
        row["report_id"]: event_reference(row["type"], row["start"], row["end"])
        for row in rows.get("reports", ())
    }
    for row in rows.get("measures", ()):
        row |= {side: names.get(row[side], row[side]) for side in ("opened_by", "closed_by")}


def _records(rows: Rows, table: str, kind: str, make: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return a table's records in the order of the text, evidence last."""
    key = f"{kind}_id"
    people = _people(rows.get(f"{kind}_entities", ()), key)
    ordered = sorted(rows.get(table, ()), key=lambda row: (row["start"], row["end"], row[key]))
    return [
        make(row, people.get(row[key], {}))
        | {"quote": row["quote"], "start": row["start"], "end": row["end"]}
        | {"confidence": round(row["confidence"], 4)}
        for row in ordered
    ]


def _people(rows: Iterable[Row], key: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return the entities of each record by role, in order."""
    ordered = sorted(rows, key=lambda row: (row[key], row["role"], row["position"]))
    grouped: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for (record_id, role), members in groupby(ordered, key=lambda row: (row[key], row["role"])):
        grouped.setdefault(record_id, {})[role] = [_entity(row) for row in members]
    return grouped


def _entity(row: Row) -> dict[str, Any]:
    shown = {name: row[name] for name in ("name", "country", "sector", "start", "end")}
    return {"id": row["entity_id"], **shown}


def _one_or_many(entities: list[dict[str, Any]] | None) -> Any:  # noqa: ANN401
    """Return None, the entity, or the list where several stand together (codebook section 2)."""
    if not entities:
        return None
    return entities[0] if len(entities) == 1 else entities


def _event(row: Row, people: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "type": row["type"],
        "mode": row["mode"],
        "actors": people.get("actor", []),
        "recipients": people.get("recipient", []),
        "status": row["status"],
        "contexts": list(row["contexts"]),
        "quad": row["quad"] or "",
        "intensity": row["intensity"],
        "place": row["place"],
        "date": row["date"],
        "attribution": row["attribution"],
    }


def _position(row: Row, people: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "party": _one_or_many(people.get("party")),
        "speaker": _one_or_many(people.get("speaker")),
        "issue": row["issue"],
        "stance": row["stance"],
        "content": row["content"],
        "addressee": _one_or_many(people.get("addressee")),
        "condition": row["condition"],
        "attribution": row["attribution"],
    }


def _measure(row: Row, people: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "holder": _one_or_many(people.get("holder")),
        "target": _one_or_many(people.get("target")),
        **{name: row[name] for name in ("since", "until", "opened_by", "closed_by")},
    }


def _figure(row: Row, people: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    del people  # a figure's owner is text
    names = ("quantity", "value_min", "value_max", "unit", "of", "place", "attribution")
    return {name: row[name] for name in names}


def _linkage(row: Row, people: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    del people
    return {"from": row["from"], "to": row["to"], "direction": row["direction"]}

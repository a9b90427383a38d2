"""Checks a whole ledger against its own texts: every quote, every digest, every reference."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duckdb import DuckDBPyConnection

__all__ = ["Failure", "Verification", "verify"]

# (table, id column, start, end, quote): every place of the schema that points into a text.
SPANS = (
    ("mentions", "entity_id", "start", "end", "quote"),
    ("reports", "report_id", "start", "end", "quote"),
    ("report_entities", "report_id", "start", "end", "quote"),
    ("report_spans", "report_id", "start", "end", "quote"),
    ("events", "event_id", "start", "end", "quote"),
    ("positions", "position_id", "start", "end", "quote"),
    ("positions", "position_id", "content_start", "content_end", "content"),
    ("positions", "position_id", "condition_start", "condition_end", "condition"),
    ("position_entities", "position_id", "start", "end", "quote"),
    ("figures", "figure_id", "start", "end", "quote"),
    ("linkages", "linkage_id", "start", "end", "quote"),
    ("linkages", "linkage_id", "from_start", "from_end", "from"),
    ("linkages", "linkage_id", "to_start", "to_end", "to"),
    ("conditions", "condition_id", "start", "end", "quote"),
    ("condition_entities", "condition_id", "start", "end", "quote"),
    ("measures", "measure_id", "start", "end", "quote"),
    ("measure_entities", "measure_id", "start", "end", "quote"),
)

# (table, column, table it points at, column there).
REFERENCES = (
    *(
        (table, "article_id", "articles", "article_id")
        for table in (
            *("sources", "mentions", "reports", "report_entities", "report_spans", "events", "positions"),
            *("position_entities", "figures", "linkages", "conditions", "condition_entities"),
            *("measures", "measure_entities"),
        )
    ),
    *(
        (table, column, "entities", "entity_id")
        for table in (
            "mentions",
            "report_entities",
            "position_entities",
            "condition_entities",
            "measure_entities",
        )
        for column in ("entity_id", "party_id")
    ),
    ("report_entities", "report_id", "reports", "report_id"),
    ("report_spans", "report_id", "reports", "report_id"),
    ("events", "report_id", "reports", "report_id"),
    ("position_entities", "position_id", "positions", "position_id"),
    ("condition_entities", "condition_id", "conditions", "condition_id"),
    ("measure_entities", "measure_id", "measures", "measure_id"),
    ("measures", "opened_by", "reports", "report_id"),
    ("measures", "closed_by", "reports", "report_id"),
)

# Ids that name one row each.
UNIQUE = (
    *(
        ("articles", "article_id"),
        ("articles", "sha256"),
        ("entities", "entity_id"),
        ("reports", "report_id"),
    ),
    *(("events", "event_id"), ("positions", "position_id"), ("figures", "figure_id"), ("drops", "drop_id")),
    *(("linkages", "linkage_id"), ("conditions", "condition_id"), ("measures", "measure_id")),
)

RECORDS = frozenset({"reports", "positions", "measures", "figures", "linkages"})
CHUNK = 200
"""Articles whose texts are in memory at once."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something in the ledger that its own text, or its own tables, do not bear out."""

    table: str
    record_id: str
    article_id: str | None
    problem: str


@dataclass(slots=True)
class Verification:
    """The outcome: counts by what was checked, and every failure."""

    articles: int = 0
    records: int = 0
    """Reports, positions, measures, figures and linkages."""
    spans: int = 0
    """All places that point into a text, those of mentions and entities included."""
    references: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """The number of failures."""
        return len(self.failures)

    @property
    def checked(self) -> int:
        """The number of records checked."""
        return self.records


def verify(connection: DuckDBPyConnection, *, finished: bool = True) -> Verification:
    """Check every quote and digest against the texts, and every reference between tables.

    Args:
        connection: an open ledger.
        finished: whether its last run ended, so that every report has its event.
    """
    outcome = Verification()
    for table, column in UNIQUE:
        outcome.failures += _repeated(connection, table, column)
    late = (("reports", "event_id", "events", "event_id"),) if finished else ()
    for table, column, target, key in (*REFERENCES, *late):
        outcome.references += _count(connection, table)
        outcome.failures += _dangling(connection, table, column, target, key)
    for texts in _texts(connection, outcome):
        for table, key, start, end, quote in SPANS:
            _spans(connection, outcome, texts, (table, key, start, end, quote))
    return outcome


def _texts(connection: DuckDBPyConnection, outcome: Verification) -> Iterator[Mapping[str, str]]:
    """Yield the texts by article, a chunk at a time, and check their digests on the way."""
    ids = [row[0] for row in connection.execute("SELECT article_id FROM articles ORDER BY rowid").fetchall()]
    for first in range(0, len(ids), CHUNK):
        rows = connection.execute(texts_sql(), [ids[first : first + CHUNK]]).fetchall()
        for article_id, text, sha256 in rows:
            outcome.articles += 1
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != sha256:
                problem = "the text is not the one that was read (its SHA-256 differs)"
                outcome.failures.append(Failure("articles", article_id, article_id, problem))
        yield {article_id: text for article_id, text, _ in rows}


def _spans(
    connection: DuckDBPyConnection,
    outcome: Verification,
    texts: Mapping[str, str],
    place: tuple[str, str, str, str, str],
) -> None:
    rows = connection.execute(spans_sql(*place), [list(texts)]).fetchall()
    outcome.spans += len(rows)
    if place[0] in RECORDS and place[2] == "start":
        outcome.records += len(rows)
    for record_id, article_id, start, end, quote in rows:
        if start is None or end is None or not 0 <= start < end or texts[article_id][start:end] != quote:
            problem = f"characters {start}:{end} of the text are not the {place[4]} {str(quote)[:60]!r}"
            outcome.failures.append(Failure(place[0], record_id, article_id, problem))


def _repeated(connection: DuckDBPyConnection, table: str, column: str) -> list[Failure]:
    rows = connection.execute(repeated_sql(table, column)).fetchall()
    return [Failure(table, row[0], None, f"{column} stands {row[1]} times") for row in rows]


def _dangling(
    connection: DuckDBPyConnection, table: str, column: str, target: str, key: str
) -> list[Failure]:
    rows = connection.execute(dangling_sql(table, column, target, key)).fetchall()
    return [Failure(table, row[0], None, f"{column} {row[0]} is not in {target}") for row in rows]


def _count(connection: DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def texts_sql() -> str:
    """Return the SQL of some articles' texts: the parameter is the list of ids."""
    return "SELECT article_id, text, sha256 FROM articles WHERE article_id IN (SELECT unnest($1::VARCHAR[]))"


def spans_sql(table: str, key: str, start: str, end: str, quote: str) -> str:
    """Return the SQL of one kind of span in some articles: the parameter is the list of ids."""
    return (
        f'SELECT "{key}", article_id, "{start}", "{end}", "{quote}" FROM "{table}" '  # noqa: S608
        "WHERE article_id IN (SELECT unnest($1::VARCHAR[])) "
        f'AND ("{start}" IS NOT NULL OR "{end}" IS NOT NULL OR "{quote}" IS NOT NULL)'
    )


def repeated_sql(table: str, column: str) -> str:
    """Return the SQL of the values that stand more than once in a column."""
    return f'SELECT "{column}", count(*) FROM "{table}" GROUP BY 1 HAVING count(*) > 1 ORDER BY 1'  # noqa: S608


def dangling_sql(table: str, column: str, target: str, key: str) -> str:
    """Return the SQL of the values of a column that point at no row."""
    return (
        f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" NOT IN '  # noqa: S608
        f'(SELECT "{key}" FROM "{target}") ORDER BY 1'
    )

"""Reports -> events: one row a happening, a pure function of ``reports`` and ``articles``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["consolidate"]

# What two reports of one event may say differently.
DISPUTABLE = ("mode", "status", "date", "place")


def consolidate(connection: DuckDBPyConnection) -> None:
    """Remake the table ``events``, inside the caller's transaction."""
    for step in (ranked_sql(), "DELETE FROM events", events_sql(), "DROP TABLE ranked"):
        connection.execute(step)


def ranked_sql() -> str:
    """Return the SQL that ranks the reports of each event, the most confident first."""
    return (
        "CREATE OR REPLACE TEMP TABLE ranked AS SELECT r.*, a.published, row_number() OVER "
        "(PARTITION BY event_id ORDER BY r.confidence DESC, report_id) AS rank "
        "FROM reports AS r JOIN articles AS a USING (article_id)"
    )


def events_sql() -> str:
    """Return the SQL that folds the ranked reports into events.

    Each field is that of the most confident report that has one; the intensity is that of the
    report whose mode is taken; an event's confidence is the greatest of its reports'.
    """
    best = ", ".join(
        f'arg_min("{column}", rank) AS "{column}"'
        for column in (
            *("status", "date", "date_from", "date_to", "place", "country", "latitude", "longitude"),
            *("geonames_id", "report_id", "article_id", "start", "end", "quote", "attribution"),
        )
    )
    return f"""
        INSERT INTO events BY NAME
        SELECT event_id, any_value(type) AS type, arg_min(mode, rank) AS mode,
            coalesce(arg_min(quad, rank) FILTER (mode IS NOT NULL), arg_min(quad, rank)) AS quad,
            coalesce(arg_min(intensity, rank) FILTER (mode IS NOT NULL), arg_min(intensity, rank))
                AS intensity,
            list_sort(list_distinct(flatten(list(contexts)))) AS contexts, {best},
            max(confidence) AS confidence, min(published) AS first_reported,
            count(*)::INTEGER AS n_reports, {disagreement_sql()} AS disagreement
        FROM ranked GROUP BY event_id ORDER BY first_reported, event_id
    """  # noqa: S608  (column names of our own schema)


def disagreement_sql() -> str:
    """Return the SQL of the JSON object of the fields that reports fill differently, or NULL."""
    parts = (
        f'CASE WHEN count(DISTINCT "{column}") > 1 THEN '
        f'json_object(\'{column}\', list_sort(list(DISTINCT "{column}") FILTER ("{column}" IS NOT NULL))) '
        "ELSE '{}'::JSON END"
        for column in DISPUTABLE
    )
    merged = "'{}'::JSON"
    for part in parts:
        merged = f"json_merge_patch({merged}, {part})"
    return f"nullif({merged}::VARCHAR, '{{}}')"

"""Questions to a ledger: SQL in functions named ``..._sql``, answers as lists of dicts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from duckdb import DuckDBPyConnection

__all__ = ["Answer", "Conditions", "article", "drops", "dyad", "events", "figures", "measures", "positions"]

Answer = list[dict[str, Any]]


@dataclass(slots=True)
class Conditions:
    """The WHERE of a question, with its parameters in order."""

    connection: DuckDBPyConnection
    tests: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    def add(self, test: str, *values: object) -> None:
        """Add a test whose ``?`` stand for the values."""
        self.tests.append(test)
        self.parameters += values

    def equal(self, **columns: object) -> None:
        """Ask for a value in each column; None asks nothing."""
        for column, value in columns.items():
            if value is not None:
                self.add(f'q."{column}" = ?', value)

    def between(self, first: str, last: str, *, since: date | None, until: date | None) -> None:
        """Ask for a day within ``since`` and ``until``, both included; a row without a day is left out."""
        if since is not None:
            self.add(f"{last} >= ?", since)
        if until is not None:
            self.add(f"{first} <= ?", until)

    def party(self, kind: str, who: str | None, *roles: str) -> None:
        """Ask for an entity in one of the roles, by ISO code or by name."""
        if who is None:
            return
        codes, pattern = resolve(self.connection, who)
        self.add(party_sql(kind, roles), codes, pattern)

    @property
    def where(self) -> str:
        """The tests as SQL."""
        return " AND ".join(self.tests) or "true"


def resolve(connection: DuckDBPyConnection, who: str) -> tuple[list[str], str]:
    """Return the country codes and the name pattern that a user's word for an entity stands for.

    ``TUR`` and the name of a state stand for everyone of that country; any other word for the
    entities whose name holds it, in either case of letters.
    """
    rows = connection.execute(countries_sql(), [who.strip(), who.strip()]).fetchall()
    if rows:
        return [row[0] for row in rows], ""
    escaped = re.sub(r"([\\%_])", r"\\\1", who.strip())
    return [], f"%{escaped}%"


def countries_sql() -> str:
    """Return the SQL of the countries that a word names: by code, or by the name of the state."""
    return (
        "SELECT DISTINCT country FROM entities WHERE country IS NOT NULL AND "
        "(country = ? OR (kind = 'state' AND lower(name) = lower(?))) ORDER BY country"
    )


def party_sql(kind: str, roles: tuple[str, ...]) -> str:
    """Return the test that a record has an entity in a role: parameters are codes and pattern."""
    listed = ", ".join(f"'{role}'" for role in roles)
    return (
        f'q."{kind}_id" IN (SELECT x."{kind}_id" FROM "{kind}_entities" AS x WHERE x.role IN ({listed}) '  # noqa: S608
        r"AND (list_contains(?::VARCHAR[], x.country) OR x.name ILIKE ? ESCAPE '\'))"
    )


def names_sql(kind: str, role: str, what: str = "name") -> str:
    """Return the expression that lists a record's entities in one role, by name or country."""
    return (
        f'coalesce((SELECT list(DISTINCT x."{what}" ORDER BY x."{what}") FROM "{kind}_entities" AS x '  # noqa: S608
        f'WHERE x."{kind}_id" = q."{kind}_id" AND x.role = \'{role}\' AND x."{what}" IS NOT NULL), [])'
    )


SOURCE = "a.title, a.publisher, a.published, a.url"


def events_sql(where: str) -> str:
    """Return the SQL of events with their parties and source; the parameter is the limit."""
    return f"""
        SELECT q.event_id, q.type, q.mode, q.status,
            {names_sql("report", "actor")} AS actors,
            {names_sql("report", "recipient")} AS recipients,
            {names_sql("report", "actor", "country")} AS actor_countries,
            {names_sql("report", "recipient", "country")} AS recipient_countries,
            q.date, q.date_from, q.date_to, q.place, q.country, q.quad, q.intensity, q.contexts,
            q.attribution, q.confidence, q.first_reported, q.n_reports, q.disagreement,
            q.report_id, q.article_id, {SOURCE}, q.start, q."end", q.quote
        FROM events AS q JOIN articles AS a USING (article_id) WHERE {where}
        ORDER BY coalesce(q.date_from, q.first_reported) DESC NULLS LAST, q.article_id, q.start, q.event_id
        LIMIT ?
    """  # noqa: S608


def reports_sql(where: str) -> str:
    """Return the SQL of single reports of events; the parameter is the limit."""
    return f"""
        SELECT q.*, {names_sql("report", "actor")} AS actors,
            {names_sql("report", "recipient")} AS recipients, {SOURCE}
        FROM reports AS q JOIN articles AS a USING (article_id) WHERE {where}
        ORDER BY a.published, q.article_id, q.start, q.report_id LIMIT ?
    """  # noqa: S608


def positions_sql(where: str) -> str:
    """Return the SQL of positions with their parties and source; the parameter is the limit."""
    return f"""
        SELECT q.position_id, {names_sql("position", "party")} AS party,
            {names_sql("position", "party", "country")} AS party_countries, q.speaker, q.issue, q.stance,
            q.content, {names_sql("position", "addressee")} AS addressee, q.condition, q.attribution,
            q.confidence, q.article_id, {SOURCE}, q.start, q."end", q.quote
        FROM positions AS q JOIN articles AS a USING (article_id) WHERE {where}
        ORDER BY a.published DESC NULLS LAST, q.article_id, q.start, q.position_id LIMIT ?
    """  # noqa: S608


def measures_sql(where: str) -> str:
    """Return the SQL of measures with their parties and source; the parameter is the limit."""
    return f"""
        SELECT q.measure_id, q.kind, {names_sql("measure", "holder")} AS holder,
            {names_sql("measure", "target")} AS target,
            {names_sql("measure", "holder", "country")} AS holder_countries,
            {names_sql("measure", "target", "country")} AS target_countries,
            q.since, q.until, q.opened_by, q.closed_by,
            q.confidence, q.article_id, {SOURCE}, q.start, q."end", q.quote
        FROM measures AS q JOIN articles AS a USING (article_id) WHERE {where}
        ORDER BY a.published DESC NULLS LAST, q.article_id, q.start, q.measure_id LIMIT ?
    """  # noqa: S608


def figures_sql(where: str) -> str:
    """Return the SQL of figures with their source; the parameter is the limit."""
    return f"""
        SELECT q.figure_id, q.quantity, q.value_min, q.value_max, q.unit, q."of", q.place, q.attribution,
            q.confidence, q.article_id, {SOURCE}, q.start, q."end", q.quote
        FROM figures AS q JOIN articles AS a USING (article_id) WHERE {where}
        ORDER BY a.published DESC NULLS LAST, q.article_id, q.start, q.figure_id LIMIT ?
    """  # noqa: S608


def ask(conditions: Conditions, sql: str, limit: int | None) -> Answer:
    """Run a question and return its rows."""
    return rows(conditions.connection, sql, [*conditions.parameters, limit])


def rows(connection: DuckDBPyConnection, sql: str, parameters: list[Any] | None = None) -> Answer:
    """Run SQL and return its rows by column name."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def events(  # noqa: PLR0913  (one option a filter)
    connection: DuckDBPyConnection,
    *,
    type: str | None = None,  # noqa: A002  (the codebook's word)
    status: str | None = None,
    actor: str | None = None,
    recipient: str | None = None,
    party: str | None = None,
    since: date | None = None,
    until: date | None = None,
    article_id: str | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> Answer:
    """Return events, the latest first; ``party`` is on either side; days are the event's or report's."""
    asked = Conditions(connection)
    asked.equal(type=type, status=status, article_id=article_id)
    asked.party("report", actor, "actor")
    asked.party("report", recipient, "recipient")
    asked.party("report", party, "actor", "recipient")
    first, last = "coalesce(q.date_from, q.first_reported)", "coalesce(q.date_to, q.first_reported)"
    asked.between(first, last, since=since, until=until)
    asked.add("q.confidence >= ?", min_confidence)
    return ask(asked, events_sql(asked.where), limit)


def positions(  # noqa: PLR0913
    connection: DuckDBPyConnection,
    *,
    party: str | None = None,
    issue: str | None = None,
    stance: str | None = None,
    addressee: str | None = None,
    since: date | None = None,
    until: date | None = None,
    article_id: str | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> Answer:
    """Return positions, the latest first; days are the article's."""
    asked = Conditions(connection)
    asked.equal(issue=issue, stance=stance, article_id=article_id)
    asked.party("position", party, "party")
    asked.party("position", addressee, "addressee")
    asked.between("a.published", "a.published", since=since, until=until)
    asked.add("q.confidence >= ?", min_confidence)
    return ask(asked, positions_sql(asked.where), limit)


def measures(  # noqa: PLR0913
    connection: DuckDBPyConnection,
    *,
    kind: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    party: str | None = None,
    on: date | None = None,
    article_id: str | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> Answer:
    """Return measures, the latest told first; ``on`` asks for those in force on a day, as told by then."""
    asked = Conditions(connection)
    asked.equal(kind=kind, article_id=article_id)
    asked.party("measure", holder, "holder")
    asked.party("measure", target, "target")
    asked.party("measure", party, "holder", "target")
    if on is not None:
        _in_force(asked, on)
    asked.add("q.confidence >= ?", min_confidence)
    return ask(asked, measures_sql(asked.where), limit)


def _in_force(asked: Conditions, on: date) -> None:
    """Ask for what was told by a day and in force on it; dates of any precision compare as text."""
    asked.add("(a.published IS NULL OR a.published <= ?)", on)
    asked.add("(q.since IS NULL OR q.since <= ?)", on.isoformat())
    asked.add("(q.until IS NULL OR q.until > ?)", on.isoformat())


def figures(
    connection: DuckDBPyConnection,
    *,
    quantity: str | None = None,
    since: date | None = None,
    until: date | None = None,
    article_id: str | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> Answer:
    """Return figures, the latest first; days are the article's."""
    asked = Conditions(connection)
    asked.equal(quantity=quantity, article_id=article_id)
    asked.between("a.published", "a.published", since=since, until=until)
    asked.add("q.confidence >= ?", min_confidence)
    return ask(asked, figures_sql(asked.where), limit)


def dyad(
    connection: DuckDBPyConnection, a: str, b: str, *, on: date | None = None, limit: int | None = None
) -> dict[str, Answer]:
    """Return what stands between two parties: events, positions and measures that name both.

    Args:
        connection: an open ledger.
        a: an ISO 3166-1 alpha-3 code or a name.
        b: the other.
        on: only what happened, was said and was in force by this day.
        limit: rows of each kind, at most.
    """
    kinds = (
        ("events", "report", ("actor", "recipient"), events_sql),
        ("positions", "position", ("party", "addressee"), positions_sql),
        ("measures", "measure", ("holder", "target"), measures_sql),
    )
    answers: dict[str, Answer] = {}
    for name, kind, roles, sql in kinds:
        asked = Conditions(connection)
        asked.party(kind, a, *roles)
        asked.party(kind, b, *roles)
        if on is not None and name == "measures":
            _in_force(asked, on)
        elif on is not None:
            day = "coalesce(q.date_from, q.first_reported)" if name == "events" else "a.published"
            asked.add(f"{day} <= ?", on)
        answers[name] = ask(asked, sql(asked.where), limit)
    return answers


def article(connection: DuckDBPyConnection, article_id: str) -> dict[str, Any] | None:
    """Return an article's row with its ``sources``, or None."""
    found = rows(connection, "SELECT * FROM articles WHERE article_id = ?", [article_id])
    if not found:
        return None
    sources = rows(connection, "SELECT * FROM sources WHERE article_id = ? ORDER BY ALL", [article_id])
    return found[0] | {"sources": sources}


def drops(connection: DuckDBPyConnection, *, limit: int | None = None) -> Answer:
    """Return what was left out: whole articles and inputs first, then passages."""
    order = '"start" IS NOT NULL, stage, reason, article_id, "where", "start"'
    sql = f"SELECT * FROM drops ORDER BY {order} LIMIT ?"  # noqa: S608
    return rows(connection, sql, [limit])

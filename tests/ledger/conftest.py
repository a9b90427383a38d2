"""Records built by hand, without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from dragoman.ledger import Ledger
from dragoman.records import (
    Article,
    Coded,
    Condition,
    Drop,
    Entity,
    Event,
    Figure,
    Linkage,
    Measure,
    Mention,
    Position,
    When,
)

CHILE = Entity("state:CHL", "Chile", "CHL", "GOV", "state")
PERU = Entity("state:PER", "Peru", "PER", "GOV", "state")
LIMA = Entity("place:lima", "Lima", "PER", None, "place")
TEXT = (
    "Chile warned Peru on Monday. It wants the border open. "
    "Police held 12 people in Lima; 3 died. 😀 Chile recalled its envoy."
)


def code(text: str = TEXT, article_id: str = "andes-1", **fields: object) -> Coded:
    """Code a text that begins as TEXT does."""
    article = Article(
        article_id, text, **{"title": "Two neighbours", "published": date(2021, 5, 4), **fields}
    )  # type: ignore[arg-type]
    chile = Mention(CHILE, article.span(0, 5), CHILE)
    peru = Mention(PERU, article.span(13, 17), PERU)
    lima = Mention(LIMA, None, PERU, "place")
    threat = Event(
        "THREATEN",
        article.span(0, 17),
        (chile,),
        (peru,),
        when=When("2021-05-03", date(2021, 5, 3), date(2021, 5, 3)),
        place=lima,
        trigger=article.span(6, 12),
        also_at=(article.span(29, 31),),
        confidence=0.75,
    )
    return Coded(
        article,
        events=(threat,),
        positions=(
            Position(
                (chile,), "territory", "demands", article.span(29, 53), article.span(38, 53), addressee=peru
            ),
        ),
        figures=(
            Figure("arrested", 12, 12, article.span(67, 76)),
            Figure("killed", 3, None, article.span(86, 92)),
        ),
        linkages=(Linkage(article.span(0, 5), article.span(13, 17), "condition", article.span(0, 17)),),
        conditions=(Condition("ambassador-recalled", "opens", article.span(0, 17), (chile,), (peru,)),),
        measures=(
            Measure(
                "ambassador-recalled",
                (chile,),
                (peru,),
                article.span(0, 17),
                since="2021-05-03",
                opened_by="THREATEN@0-17",
            ),
        ),
        mentions=(chile, peru),
        drops=(Drop("events", "no actor", article_id, 54, 60),),
        stages={"events": "1"},
    )


@pytest.fixture
def coded() -> Callable[..., Coded]:
    return code


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.duckdb") as opened:
        yield opened


@pytest.fixture
def content() -> Callable[[Ledger], dict[str, list[tuple[object, ...]]]]:
    """All that a ledger holds, in an order that does not depend on how it came in."""
    from dragoman.ledger import TABLES

    def of(opened: Ledger) -> dict[str, list[tuple[object, ...]]]:
        return {table: opened.sql(f'SELECT * FROM "{table}" ORDER BY ALL').fetchall() for table in TABLES}

    return of

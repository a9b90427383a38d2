"""Reports -> events."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

from dragoman.ledger import Ledger
from dragoman.records import Coded, Event, When

Build = Callable[..., Coded]
OTHER = " As another paper tells it."


def told(coded: Coded, **changes: object) -> Coded:
    return replace(coded, events=tuple(replace(event, **changes) for event in coded.events))  # type: ignore[arg-type]


def second(coded: Build, words: str = OTHER, **fields: object) -> Coded:
    return coded(text=coded().article.text + words, article_id=f"b{words}", **fields)


def events_of(ledger: Ledger, *items: Coded) -> list[dict[str, object]]:
    ledger.add(items)
    ledger.finish()
    return ledger.events()


def test_one_happening_in_two_articles_is_one_event_with_two_reports(ledger: Ledger, coded: Build):
    (event,) = events_of(ledger, coded(), second(coded, published=date(2021, 5, 3)))
    assert (event["n_reports"], event["first_reported"], event["disagreement"]) == (2, date(2021, 5, 3), None)
    assert event["actors"] == ["Chile"]
    assert len(ledger.reports(event_id=str(event["event_id"]))) == 2


def test_reports_that_differ_are_kept_as_a_disagreement(ledger: Ledger, coded: Build):
    other = told(second(coded), mode="violence", confidence=0.9)
    (event,) = events_of(ledger, told(coded(), mode="restrict"), other)
    assert event["mode"] == "violence"
    assert json.loads(str(event["disagreement"])) == {"mode": ["restrict", "violence"]}


def test_another_day_is_another_event(ledger: Ledger, coded: Build):
    later = When("2021-05-04", date(2021, 5, 4), date(2021, 5, 4))
    assert len(events_of(ledger, coded(), told(second(coded), when=later))) == 2


def test_acts_told_of_a_whole_year_are_not_taken_for_one(ledger: Ledger, coded: Build):
    year = When("2021", date(2021, 1, 1), date(2021, 12, 31))
    assert len(events_of(ledger, told(coded(), when=year), told(second(coded), when=year))) == 2


def test_an_act_that_is_denied_is_another_event(ledger: Ledger, coded: Build):
    assert len(events_of(ledger, coded(), told(second(coded), status="negated"))) == 2


def test_a_meeting_is_the_same_from_either_end(ledger: Ledger, coded: Build):
    first = told(coded(), type="CONSULT")
    (threat,) = first.events
    assert (
        len(
            events_of(
                ledger,
                first,
                told(second(coded), type="CONSULT", actors=threat.recipients, recipients=threat.actors),
            )
        )
        == 1
    )


def test_two_acts_alike_in_one_article_are_two_events(ledger: Ledger, coded: Build):
    one = coded()
    again = Event(
        "THREATEN",
        one.article.span(0, 20),
        one.events[0].actors,
        one.events[0].recipients,
        when=one.events[0].when,
    )
    assert len(events_of(ledger, replace(one, events=(*one.events, again)))) == 2


def test_acts_without_a_party_or_a_day_are_nobody_elses(ledger: Ledger, coded: Build):
    bare = {"actors": (), "recipients": (), "place": None}
    undated = {"when": None}
    items = [told(coded(), **bare), told(second(coded), **bare)]
    items += [told(second(coded, words, published=None), **undated) for words in (" One.", " Two.")]
    assert len(events_of(ledger, *items)) == 4


def test_events_do_not_depend_on_the_order_of_arrival(tmp_path: Path, coded: Build):
    items = [coded(), told(second(coded), mode="violence"), second(coded, " A third.", published=None)]
    found = []
    for number, order in enumerate(list(permutations(items))[::2]):
        with Ledger.open(tmp_path / f"{number}.duckdb") as ledger:
            for item in order:
                ledger.add([item])
            ledger.finish()
            found.append(ledger.sql("SELECT * FROM events ORDER BY ALL").fetchall())
    assert all(rows == found[0] for rows in found)


def test_a_ledger_is_unfinished_until_its_events_are_made(ledger: Ledger, coded: Build):
    ledger.add([coded()])
    assert not ledger.finished
    assert ledger.verify().failures == []
    ledger.finish()
    assert ledger.finished

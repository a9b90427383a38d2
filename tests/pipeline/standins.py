"""Stand-ins for the stages: no model, records from plain patterns. Importable by name in workers."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.annotation import Annotation
from dragoman.pipeline import Coder, Stages
from dragoman.records import (
    Article,
    Condition,
    Drop,
    Entity,
    Event,
    Figure,
    Linkage,
    Measure,
    Mention,
    Position,
    Span,
)
from dragoman.settings import Settings

CODES = {"Chile": "CHL", "Peru": "PER", "Ghana": "GHA", "Togo": "TGO"}


class Annotate:
    name, version = "annotate", "1"

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation]:
        for article in articles:
            if "unannotatable" in article.text:
                raise ValueError("no syntax")
            yield Annotation(article, None)  # type: ignore[arg-type]


class Link:
    name, version = "entities", "1"

    def link(self, annotation: Annotation) -> tuple[Mention, ...]:
        if "unlinkable" in annotation.article.text:
            raise KeyError("nobody")
        return tuple(mentions(annotation.article))


def mentions(article: Article) -> Iterator[Mention]:
    for match in re.finditer("|".join(CODES), article.text):
        entity = Entity(f"state:{match[0]}", match[0], CODES[match[0]], "GOV", "state")
        yield Mention(entity, article.span(*match.span()), entity)


class Events:
    name, version = "events", "7"

    def code(self, annotation: Annotation) -> list[Event]:
        article = annotation.article
        if "wrong span" in article.text:
            return [Event("ASSAULT", Span(0, 3, "???"))]
        pairs = zip(annotation.mentions, annotation.mentions[1:], strict=False)
        return [
            Event(
                "CONSULT",
                article.span(a.span.start, b.span.end),
                (a,),
                (b,),
                confidence=0.9 if "surely" in article.text else 0.4,
            )
            for a, b in pairs
            if a.span and b.span
        ]


@dataclass
class Statements:
    positions: Sequence[Position] = ()
    figures: Sequence[Figure] = ()
    linkages: Sequence[Linkage] = ()
    conditions: Sequence[Condition] = ()
    drops: Sequence[Drop] = ()


class Say:
    name, version = "statements", "1"

    def code(self, annotation: Annotation, events: list[Event]) -> Statements:
        article = annotation.article
        figures = [
            Figure("other", float(match[0]), None, article.span(*match.span()), confidence=0.8)
            for match in re.finditer(r"\d+", article.text)
        ]
        conditions = [Condition("talks-open", "opens", e.span, e.actors, e.recipients) for e in events]
        drops = (
            [Drop("statements", "no party", article.article_id, 0, 4)] if "someone" in article.text else []
        )
        return Statements(figures=figures, conditions=conditions, drops=drops)


def fold(events: Sequence[Event], conditions: Sequence[Condition], published: date | None) -> list[Measure]:
    since = published.isoformat() if published else None
    return [Measure(c.kind, c.holders, c.targets, c.span, since=since) for c in conditions]


def stages() -> Stages:
    return Stages(Annotate(), Link(), Events(), Say(), fold)


def coder(settings: Settings) -> Coder:
    return Coder(settings, stages=stages())


def slow_coder(settings: Settings) -> Coder:
    """As a real coder takes its time."""

    class Slow(Annotate):
        def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation]:
            for annotation in super().annotate(articles):
                time.sleep(0.004)
                yield annotation

    return Coder(settings, stages=Stages(Slow(), Link(), Events(), Say(), fold))


def broken_coder(settings: Settings) -> Coder:
    raise OSError("the model file is gone")


def dying_coder(settings: Settings) -> Coder:
    """A process that is killed from outside, as by the kernel when memory is short."""

    class Dying(Annotate):
        def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation]:
            for annotation in super().annotate(articles):
                if "fatal" in annotation.article.text:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield annotation

    return Coder(settings, stages=Stages(Dying(), Link(), Events(), Say(), fold))


def articles(count: int) -> Iterator[Article | Drop]:
    """A made-up paper: some texts are met twice, some ids stand for two, some inputs are no article."""
    names = sorted(CODES)
    for i in range(count):
        a, b = names[i % 4], names[(i * 3 + 1) % 4]
        roads = i // 5 * 5 + i % 5 % 4
        text = f"Envoys of {a} met those of {b} about {roads} roads. It was said that someone 😀 agreed."
        day = date(2022, 1, 1 + i % 20)
        yield Article(
            f"n{i % (count - 3)}", text, title=f"Roads {i}", published=day, source_path=f"paper/{i}.txt"
        )
        if i % 9 == 4:
            yield Drop("ingest", "empty", where=f"paper/{i}.html")

"""Article -> Coded: puts the stages in order and runs them, in one process."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from dragoman.ledger import document
from dragoman.pipeline.stages import check_order, shipped
from dragoman.records import Coded, Condition, Drop, Event, Figure, Linkage, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dragoman.annotation import Annotation
    from dragoman.pipeline.stages import Stages
    from dragoman.records import Article
    from dragoman.settings import Settings

__all__ = ["Coder"]

log = logging.getLogger(__name__)

Outcome = Coded | Drop
TOGETHER = 16
"""Articles that are annotated together."""
Record = TypeVar("Record", Event, Position, Figure, Linkage, Condition)


class Coder:
    """Codes articles. Loading it loads the models, once.

    Args:
        settings: ``min_confidence`` is heeded; None for the defaults.
        stages: what to run instead of this package's own stages.

    Raises:
        StageOrderError: a stage needs what none before it gives.
    """

    def __init__(self, settings: Settings | None = None, *, stages: Stages | None = None) -> None:
        self._least = settings.min_confidence if settings else 0.0
        self._stages = stages or shipped()
        check_order(self._stages)
        self._versions = self._stages.versions()

    def code(
        self, articles: Iterable[Article], *, on_drop: Callable[[Drop], None] | None = None
    ) -> Iterator[Coded]:
        """Yield what was found in each article, in order, as they come.

        An article on which a stage fails is left out: ``on_drop`` is called with the reason, which is
        logged as a warning when there is no ``on_drop``.
        """
        for outcome in self.outcomes(articles):
            if isinstance(outcome, Coded):
                yield outcome
            elif on_drop is not None:
                on_drop(outcome)
            else:
                log.warning("article %s left out: %s: %s", outcome.article_id, outcome.stage, outcome.reason)

    def outcomes(self, articles: Iterable[Article]) -> Iterator[Outcome]:
        """Yield one outcome an article, in order: what was found, or why the article is left out."""
        pending: list[Article] = []
        for article in articles:
            fault = unreadable(article)
            if fault is None:
                pending.append(article)
            if fault is not None or len(pending) >= TOGETHER:
                yield from self._annotated(pending)
                pending = []
            if fault is not None:
                yield fault
        yield from self._annotated(pending)

    def _annotated(self, articles: Sequence[Article]) -> Iterator[Outcome]:
        """Annotate together; once that fails, go on one by one, so that only the culprit is lost."""
        done = 0
        try:
            for annotation in self._stages.annotate.annotate(articles):
                done += 1
                yield self._outcome(annotation)
        except Exception:
            log.debug("annotating a batch failed; going on one by one", exc_info=True)
        for article in articles[done:]:
            yield self._alone(article)

    def _alone(self, article: Article) -> Outcome:
        try:
            (annotation,) = self._stages.annotate.annotate([article])
        except Exception as error:  # noqa: BLE001  (a stage's bug costs one article, not the run)
            return failed("annotate", article, error)
        return self._outcome(annotation)

    def _outcome(self, annotation: Annotation) -> Outcome:
        stage = ["entities"]
        try:
            return self._coded(annotation, stage)
        except Exception as error:  # noqa: BLE001  (the same)
            return failed(stage[0], annotation.article, error)

    def _coded(self, annotation: Annotation, stage: list[str]) -> Coded:
        """Run the stages after annotation; ``stage[0]`` names the one that is running."""
        article, stages = annotation.article, self._stages
        annotation.link(stages.entities.link(annotation))
        stage[0] = "events"
        found = stages.events.code(annotation)
        drops: list[Drop] = []
        events = self._sure(article, "events", found, drops)
        stage[0] = "statements"
        statements = stages.statements.code(annotation, list(events))
        conditions = self._sure(article, "statements", statements.conditions, drops)
        stage[0] = "standing"
        measures = stages.standing(list(events), list(conditions), article.published)
        stage[0] = "ledger"
        coded = Coded(
            article,
            events=events,
            positions=self._sure(article, "statements", statements.positions, drops),
            figures=self._sure(article, "statements", statements.figures, drops),
            linkages=self._sure(article, "statements", statements.linkages, drops),
            conditions=conditions,
            measures=tuple(measures),
            mentions=tuple(annotation.mentions),
            drops=(*statements.drops, *drops),
            stages=self._versions,
        )
        document(coded)  # raises where a span is not of this text, here and not in the one writer
        return coded

    def _sure(
        self, article: Article, stage: str, records: Sequence[Record], drops: list[Drop]
    ) -> tuple[Record, ...]:
        """Return the records that are as sure as the settings ask; the others are drops."""
        kept = tuple(record for record in records if record.confidence >= self._least)
        for record in records if len(kept) < len(records) else ():
            if record.confidence < self._least:
                reason = f"less sure than min_confidence {self._least}"
                drops.append(Drop(stage, reason, article.article_id, record.span.start, record.span.end))
        return kept


def unreadable(article: Article) -> Drop | None:
    """Return why a text cannot be held as UTF-8, if it cannot."""
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = "the text holds half a surrogate pair, which is no character"
        return Drop("ingest", reason, article.article_id, error.start, error.end, article.source_path)
    return None


def failed(stage: str, article: Article, error: Exception) -> Drop:
    """Return the drop of an article on which a stage raised an error."""
    message = " ".join(str(error).split())[:200]
    reason = f"error: {type(error).__name__}: {message}" if message else f"error: {type(error).__name__}"
    return Drop(stage, reason, article.article_id, where=article.source_path)

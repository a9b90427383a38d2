"""Coded article -> rows of the ledger's tables, each span checked against the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.errors import EvidenceError
from dragoman.ledger.identity import Numbering, happening
from dragoman.records import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        Span,
    )

__all__ = ["Row", "Rows", "article_row", "drop_row", "event_reference", "rows_of", "source_row"]

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows_of(coded: Coded) -> Rows:
    """Return the rows of one article, by table; those of ``entities`` may repeat.

    Raises:
        EvidenceError: a span differs from the article's text.
    """
    return _Rows(coded).make()


def article_row(article: Article) -> Row:
    """Return an article's own row."""
    return {
        "article_id": article.article_id,
        "url": clean(article.url),
        "title": clean(article.title),
        "publisher": clean(article.publisher),
        "published": _iso(article.published),
        "language": article.language,
        "text": article.text,
        "sha256": article.sha256,
        "source_path": clean(article.source_path),
        "extractor": article.extractor,
    }


def source_row(article: Article, *, article_id: str) -> Row:
    """Return the row that says where the text of ``article_id`` was met."""
    return {
        "article_id": article_id,
        "source_path": clean(article.source_path),
        "given_id": clean(article.article_id),
        "url": clean(article.url),
        "title": clean(article.title),
        "publisher": clean(article.publisher),
        "published": _iso(article.published),
    }


def drop_row(drop: Drop) -> Row:
    """Return the row of something left out."""
    row = {
        "article_id": clean(drop.article_id),
        "stage": drop.stage,
        "reason": clean(drop.reason),
        "start": drop.start,
        "end": drop.end,
        "where": clean(drop.where),
    }
    return {"drop_id": digest("drop", *row.values()), **row}


def clean(text: str | None) -> str | None:
    r"""Write lone surrogates (file names in no known encoding) as ``\udcNN``: the ledger is UTF-8."""
    return text if text is None else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _iso(day: Any) -> str | None:  # noqa: ANN401  (a date or None)
    return day.isoformat() if day else None


@dataclass(slots=True)
class _Rows:
    coded: Coded
    rows: Rows = field(default_factory=dict)
    sha256: str = ""
    report_ids: dict[str, str] = field(default_factory=dict)
    """Event references, as the fold writes them, to report_id."""

    def make(self) -> Rows:
        coded = self.coded
        self.sha256 = coded.article.sha256
        self._put("articles", article_row(coded.article))
        self._mentions(coded.mentions)
        self._events(coded.events)
        self._positions(coded.positions)
        self._figures(coded.figures)
        self._linkages(coded.linkages)
        self._conditions(coded.conditions)
        self._measures(coded.measures)
        for drop in coded.drops:
            self._put("drops", drop_row(drop) | {"article_id": coded.article.article_id})
        for row in self.rows.get("drops", ()):  # the id follows the article's own
            row["drop_id"] = digest("drop", *(value for key, value in row.items() if key != "drop_id"))
        return self.rows

    # The parts that rows share.

    def _put(self, table: str, row: Row) -> None:
        self.rows.setdefault(table, []).append(row)

    def _base(self, span: Span, stage: str, confidence: float) -> Row:
        return {
            "article_id": self.coded.article.article_id,
            **self._span(span),
            "confidence": float(confidence),
            "stage": f"{stage}/{self.coded.stages.get(stage, '0')}",
        }

    def _span(self, span: Span, prefix: str = "", text: str = "quote") -> Row:
        self._check(span)
        return {f"{prefix}start": span.start, f"{prefix}end": span.end, text: span.quote}

    def _check(self, span: Span) -> None:
        article = self.coded.article
        if article.text[span.start : span.end] != span.quote:
            place = f"article {article.article_id}: characters {span.start}:{span.end}"
            raise EvidenceError(f"{place} are not {span.quote[:40]!r}")

    def _numbering(self, kind: str) -> Numbering:
        return Numbering(kind, self.sha256)

    def _entity(self, entity: Entity) -> None:
        self._put(
            "entities",
            {
                "entity_id": entity.entity_id,
                "name": entity.name,
                "country": entity.country,
                "sector": entity.sector,
                "kind": entity.kind,
            },
        )

    def _people(
        self, table: str, key: str, record_id: str, role: str, mentions: Iterable[Mention], *, party: bool
    ) -> None:
        """Write the entities of a record in one role: as parties, or as those whom the text names."""
        for position, mention in enumerate(mentions):
            self._entity(mention.entity)
            self._entity(mention.party)
            shown = mention.party if party else mention.entity
            span: Row = {"start": None, "end": None, "quote": None}
            self._put(
                table,
                {
                    key: record_id,
                    "article_id": self.coded.article.article_id,
                    "role": role,
                    "position": position,
                    "entity_id": shown.entity_id,
                    "name": shown.name,
                    "country": shown.country or mention.party.country,
                    "sector": shown.sector or mention.party.sector,
                    "party_id": mention.party.entity_id,
                    **(self._span(mention.span) if mention.span else span),
                },
            )

    # One method a kind of record.

    def _mentions(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            self._entity(mention.entity)
            self._entity(mention.party)
            if mention.span is None:
                continue
            names = {
                "entity_id": mention.entity.entity_id,
                "party_id": mention.party.entity_id,
                "form": mention.form,
            }
            self._put("mentions", self._base(mention.span, "entities", mention.confidence) | names)

    def _events(self, events: Iterable[Event]) -> None:
        ids, happenings = self._numbering("report"), Numbering("event")
        for event in sorted(events, key=lambda event: (event.span.start, event.span.end)):
            report_id = ids.take(event.type, event.status, event.span.start, event.span.end)
            reference = event_reference(event.type, event.span.start, event.span.end)
            self.report_ids.setdefault(reference, report_id)
            shared = happening(event, published=self.coded.article.published, sha256=self.sha256)
            place = event.place.entity if event.place else None
            self._put(
                "reports",
                self._base(event.span, "events", event.confidence)
                | {
                    "report_id": report_id,
                    "event_id": happenings.take(*shared),
                    "type": event.type,
                    "mode": event.mode,
                    "quad": event.quad or None,
                    "intensity": float(event.intensity),
                    "status": event.status,
                    "contexts": list(event.contexts),
                    "date": event.when.iso if event.when else None,
                    "date_from": _iso(event.when.first) if event.when else None,
                    "date_to": _iso(event.when.last) if event.when else None,
                    "place": place.name if place else None,
                    "country": place.country if place else None,
                    "attribution": event.attribution,
                },
            )
            for role, people in (("actor", event.actors), ("recipient", event.recipients)):
                self._people("report_entities", "report_id", report_id, role, people, party=False)
            where = (event.place,) if event.place else ()
            self._people("report_entities", "report_id", report_id, "place", where, party=False)
            self._report_spans(report_id, event)

    def _report_spans(self, report_id: str, event: Event) -> None:
        trigger = (("trigger", event.trigger),) if event.trigger else ()
        for role, span in (*trigger, *(("again", span) for span in event.also_at)):
            article_id = self.coded.article.article_id
            row = {"report_id": report_id, "article_id": article_id, "role": role, **self._span(span)}
            self._put("report_spans", row)

    def _positions(self, positions: Iterable[Position]) -> None:
        ids = self._numbering("position")
        nothing = {"condition_start": None, "condition_end": None, "condition": None}
        for position in positions:
            span, content, condition = position.span, position.content, position.condition
            position_id = ids.take(position.issue, position.stance, span.start, span.end, content.start)
            speaker = (position.speaker,) if position.speaker else ()
            addressee = (position.addressee,) if position.addressee else ()
            self._put(
                "positions",
                self._base(span, "statements", position.confidence)
                | {
                    "position_id": position_id,
                    "party": names_of(m.party for m in position.parties),
                    "speaker": names_of(m.entity for m in speaker),
                    "issue": position.issue,
                    "stance": position.stance,
                    "addressee": names_of(m.party for m in addressee),
                    "attribution": position.attribution,
                }
                | self._span(content, "content_", "content")
                | (self._span(condition, "condition_", "condition") if condition else nothing),
            )
            table, key = "position_entities", "position_id"
            self._people(table, key, position_id, "party", position.parties, party=True)
            self._people(table, key, position_id, "speaker", speaker, party=False)
            self._people(table, key, position_id, "addressee", addressee, party=True)

    def _figures(self, figures: Iterable[Figure]) -> None:
        ids = self._numbering("figure")
        for figure in figures:
            span = figure.span
            self._put(
                "figures",
                self._base(span, "statements", figure.confidence)
                | {
                    "figure_id": ids.take(figure.quantity, span.start, span.end),
                    "quantity": figure.quantity,
                    "value_min": None if figure.value_min is None else float(figure.value_min),
                    "value_max": None if figure.value_max is None else float(figure.value_max),
                    "unit": figure.unit,
                    "of": figure.of,
                    "place": figure.place,
                    "attribution": figure.attribution,
                },
            )

    def _linkages(self, linkages: Iterable[Linkage]) -> None:
        ids = self._numbering("linkage")
        for linkage in linkages:
            source, target = linkage.source, linkage.target
            self._put(
                "linkages",
                self._base(linkage.span, "statements", linkage.confidence)
                | {
                    "linkage_id": ids.take(
                        linkage.direction, source.start, source.end, target.start, target.end
                    ),
                    "direction": linkage.direction,
                }
                | self._span(source, "from_", "from")
                | self._span(target, "to_", "to"),
            )

    def _conditions(self, conditions: Iterable[Condition]) -> None:
        ids = self._numbering("condition")
        for condition in conditions:
            span = condition.span
            condition_id = ids.take(condition.kind, condition.effect, span.start, span.end)
            self._put(
                "conditions",
                self._base(span, "statements", condition.confidence)
                | {
                    "condition_id": condition_id,
                    "kind": condition.kind,
                    "effect": condition.effect,
                    "since": condition.since.iso if condition.since else None,
                    "until": condition.until.iso if condition.until else None,
                },
            )
            for role, people in (("holder", condition.holders), ("target", condition.targets)):
                self._people("condition_entities", "condition_id", condition_id, role, people, party=True)

    def _measures(self, measures: Iterable[Measure]) -> None:
        ids = self._numbering("measure")
        for measure in measures:
            span = measure.span
            measure_id = ids.take(measure.kind, span.start, span.end)
            self._put(
                "measures",
                self._base(span, "standing", measure.confidence)
                | {
                    "measure_id": measure_id,
                    "kind": measure.kind,
                    "holder": names_of(m.party for m in measure.holders),
                    "target": names_of(m.party for m in measure.targets),
                    "since": measure.since,
                    "until": measure.until,
                    "opened_by": self.report_ids.get(measure.opened_by or "", measure.opened_by),
                    "closed_by": self.report_ids.get(measure.closed_by or "", measure.closed_by),
                },
            )
            for role, people in (("holder", measure.holders), ("target", measure.targets)):
                self._people("measure_entities", "measure_id", measure_id, role, people, party=True)


def event_reference(type_: str, start: int, end: int) -> str:
    """Return how the fold names the event that opened or closed a measure: ``TYPE@start-end``."""
    return f"{type_}@{start}-{end}"


def names_of(entities: Iterable[Entity]) -> str | None:
    """Return names for one column: joined with ``; ``, None when there are none."""
    return "; ".join(dict.fromkeys(entity.name for entity in entities)) or None

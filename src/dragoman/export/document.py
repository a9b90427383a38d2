"""Coded article -> the document form: what `code` prints, `evaluate` scores and gold files hold.

The fields are the codebook's (docs/codebook.md); ``start`` and ``end`` count Unicode code points of
``text``, half-open. A party that the text only implies has neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.records import Coded, Entity, Event, Figure, Linkage, Measure, Mention, Position, Span

__all__ = ["document"]

Row = dict[str, Any]


def document(coded: Coded) -> Row:
    """Return one article with its records as plain values, ready for JSON."""
    article = coded.article
    return {
        "id": article.article_id,
        "title": article.title,
        "publisher": article.publisher,
        "date": article.published.isoformat() if article.published else None,
        "url": article.url,
        "text": article.text,
        "events": [_event(event) for event in coded.events],
        "positions": [_position(position) for position in coded.positions],
        "measures": [_measure(measure) for measure in coded.measures],
        "figures": [_figure(figure) for figure in coded.figures],
        "linkages": [_linkage(linkage) for linkage in coded.linkages],
    }


def _event(event: Event) -> Row:
    return {
        "type": event.type,
        "mode": event.mode,
        "actors": [_named(mention) for mention in event.actors],
        "recipients": [_named(mention) for mention in event.recipients],
        "status": event.status,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "place": event.place.entity.name if event.place else None,
        "date": event.when.iso if event.when else None,
        "attribution": event.attribution,
        **_evidence(event.span, event.confidence),
    }


def _position(position: Position) -> Row:
    return {
        "party": _parties(position.parties),
        "speaker": _named(position.speaker) if position.speaker else None,
        "issue": position.issue,
        "stance": position.stance,
        "content": position.content.quote,
        "addressee": _party(position.addressee) if position.addressee else None,
        "condition": position.condition.quote if position.condition else None,
        "attribution": position.attribution,
        **_evidence(position.span, position.confidence),
    }


def _measure(measure: Measure) -> Row:
    return {
        "kind": measure.kind,
        "holder": _parties(measure.holders),
        "target": _parties(measure.targets),
        "since": measure.since,
        "until": measure.until,
        "opened_by": measure.opened_by,
        "closed_by": measure.closed_by,
        **_evidence(measure.span, measure.confidence),
    }


def _figure(figure: Figure) -> Row:
    return {
        "quantity": figure.quantity,
        "value_min": figure.value_min,
        "value_max": figure.value_max,
        "unit": figure.unit,
        "of": figure.of,
        "place": figure.place,
        "attribution": figure.attribution,
        **_evidence(figure.span, figure.confidence),
    }


def _linkage(linkage: Linkage) -> Row:
    return {
        "from": linkage.source.quote,
        "to": linkage.target.quote,
        "direction": linkage.direction,
        **_evidence(linkage.span, linkage.confidence),
    }


def _evidence(span: Span, confidence: float) -> Row:
    return {
        "quote": span.quote,
        "start": span.start,
        "end": span.end,
        "confidence": round(confidence, 4),
    }


def _named(mention: Mention) -> Row:
    """Return whom the text names; country and sector are of the office (codebook rule 5)."""
    return _entity(mention.entity, mention)


def _party(mention: Mention) -> Row:
    """Return whom the mention acts for: the government, not the person."""
    return _entity(mention.party, mention)


def _parties(mentions: Sequence[Mention]) -> Row | list[Row] | None:
    """Return nothing, one party, or a list where there are several."""
    parties = [_party(mention) for mention in mentions]
    return parties if len(parties) > 1 else parties[0] if parties else None


def _entity(entity: Entity, mention: Mention) -> Row:
    return {
        "id": entity.entity_id,
        "name": entity.name,
        "country": entity.country or mention.party.country,
        "sector": entity.sector or mention.party.sector,
        "start": mention.span.start if mention.span else None,
        "end": mention.span.end if mention.span else None,
    }

"""The identity of records: which reports tell of one event, and ids that depend on content alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.records import digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dragoman.records import Event, Mention, When

__all__ = ["Numbering", "happening"]

# Sectors that act for the state, and those that fight it; all others are society (PLOVER's sectors).
STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PRM", "ELI"})
ARMED = frozenset({"REB", "UAF", "CRM"})
WEEK = 7


class Numbering:
    """Ids within one article: the n-th record that looks the same gets another id than the first."""

    def __init__(self, *seed: object) -> None:
        self._seed = seed
        self._seen: Counter[tuple[object, ...]] = Counter()

    def take(self, *parts: object) -> str:
        """Return the id of the next record with these parts."""
        ordinal = self._seen[parts]
        self._seen[parts] += 1
        return digest(*self._seed, *parts, ordinal)


def happening(event: Event, *, published: date | None, sha256: str) -> tuple[object, ...]:
    """Return what two reports share when they tell of one happening.

    That is the type, the class of status (told as fact, or else), the parties of either side by
    country and side of the state, and the day. A meeting is the same from either end (codebook rule
    3). A report without a day, or without any party and place, is nobody else's: the text's digest
    stands in for what is missing. Several such reports in one article are told apart by their order.
    """
    actors, recipients = _parties(event.actors), _parties(event.recipients)
    if event.type == "CONSULT":
        actors, recipients = sorted({*actors, *recipients}), []
    day = _day(event.when, published)
    place = event.place.entity.name.casefold() if event.place else None
    loose = day is None or not (actors or recipients or place)
    return (
        event.type,
        "fact" if event.status in ("actual", "historical") else event.status,
        "|".join(actors),
        "|".join(recipients),
        day,
        None if actors or recipients else place,
        sha256 if loose else None,
    )


def _day(when: When | None, published: date | None) -> str | None:
    """Return the day or week of a happening, by default the article's; None where it is told more loosely."""
    if when is None:
        return published.isoformat() if published else None
    return when.iso if (when.last - when.first).days < WEEK else None


def _parties(mentions: Iterable[Mention]) -> list[str]:
    return sorted({_party(mention) for mention in mentions})


def _party(mention: Mention) -> str:
    entity, party = mention.entity, mention.party
    country = entity.country or party.country
    sector = entity.sector or party.sector
    if country is None:
        return entity.name.casefold()
    if sector is None or sector in STATE:
        return country
    return f"{country}/armed" if sector in ARMED else f"{country}/society"

"""Names that the tagger saw and the base does not know: people, bodies, peoples and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.draft import Found
from dragoman.entities.knowledge import Known
from dragoman.entities.names import known_person, stated_country
from dragoman.entities.spelling import fold
from dragoman.records import Entity, digest

if TYPE_CHECKING:
    from dragoman.entities.draft import Sheet

__all__ = ["find_unknown"]

SHORTEST_NAME = 2
LABELS = frozenset({"QUESTION", "ANSWER", "MODERATOR", "OPERATOR", "REPORTER", "SPEAKER"})
"""Words before a colon in a transcript that name nobody."""


def find_unknown(sheet: Sheet) -> None:
    """Enter people, organisations and places that the tagger saw and the base does not know."""
    for span in sheet.annotation.doc.ents:
        start, end = span.start, span.end
        if all(i in sheet.agent_tokens for i in range(start, end)):
            continue
        while start < end and sheet.words[start].lower() in {"the", "a", "an", "mr", "mr.", "president"}:
            start += 1
        while end > start and sheet.words[end - 1].lower() in {"'s", "'", ",", "*"}:
            end -= 1
        if start >= end or not sheet.words[start][:1].isupper() or sheet.words[end - 1] in LABELS:
            continue
        match span.label_:
            case "PERSON" if sheet.free(start, end):
                _unknown_person(sheet, start, end)
            case "ORG" if all(
                f is None or f.form == "adjective" or f.end <= end for f in sheet.taken[start:end]
            ):
                _unknown_body(sheet, start, end)
            case "NORP" if sheet.free(start, end) and sheet.tag[end - 1] in {"NNS", "NNPS"}:
                name = sheet.text(start, end)
                people = Entity(digest("people", name, None), name, None, "CVL", "group")
                sheet.put(Found(start, end, people, people, "nominal", 0.6))
            case "GPE" | "LOC" | "FAC" if sheet.free(start, end):
                name = sheet.text(start, end)
                country = stated_country(sheet, end)
                place = Entity(digest("place", name, country), name, country, None, "place")
                party = sheet.base.states.get(country or "", place)
                sheet.put(Found(start, end, place, party, "place", 0.5))


def _whole_name(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """Extend a personal name that the tagger cut short ("Cheng Li" of "Cheng Li-wun")."""
    while end < len(sheet) and sheet.taken[end] is None:
        if sheet.tokens[end].text == "-" and end + 1 < len(sheet) and sheet.taken[end + 1] is None:
            end += 2
        elif sheet.tag[end] == "NNP" and sheet.ent[end] in {"", "PERSON"} and sheet.words[end][:1].isupper():
            end += 1
        else:
            break
    return start, min(end, len(sheet))


def _posted_in(sheet: Sheet, start: int, end: int) -> int:
    """Enter the state that the tagger ran together with a name ("to Chile Jane Roe"); return its end."""
    if not start or sheet.words[start - 1].lower() not in {"to", "of", "for"}:
        return start
    stop = sheet.longest(start, sheet.base.longest, sheet.base.names, sheet.folded)  # type: ignore[arg-type]
    known = sheet.base.names[sheet.folded[sheet.idx[start] : sheet.ends[stop - 1]]] if stop else None
    if known is None or known.sort != "name" or known.entity is None or end - stop < SHORTEST_NAME:
        return start
    sheet.put(Found(start, stop, known.entity, known.party or known.entity, "name", 0.8))
    return stop


def _unknown_person(sheet: Sheet, start: int, end: int) -> None:
    start, end = _whole_name(sheet, start, end)
    start = _posted_in(sheet, start, end)
    name = sheet.text(start, end)
    folded = fold(name)
    if folded.isupper():
        folded = folded.title()
    known = sheet.base.names.get(folded)
    famous = sheet.base.famous.get(folded.rpartition(" ")[2])
    if known is None and famous is not None and sheet.base.person(famous).name[0] == folded[0]:
        known = Known("person", None, None, famous)
    if known and known.sort == "person":
        found = known_person(sheet, start, end, known)
        if found:
            sheet.put(found)
        return
    person = Entity(digest("person", name, None), name, None, None, "person")
    gender = sheet.base.given.get(sheet.words[start].title(), "")
    title = sheet.words[start - 1].lower().rstrip(".") if start else ""
    gender = {"mr": "m", "ms": "f", "mrs": "f", "king": "m", "queen": "f", "sir": "m"}.get(title, gender)
    sheet.put(Found(start, end, person, person, "name", 0.5, gender=gender))


def _country_inside(sheet: Sheet, start: int, end: int) -> str | None:
    """Return the country that a body's own name tells ("Parliament of Romania", "Bangkok Criminal Court")."""
    i, place = start, None
    while i < end:
        stop = sheet.longest(i, sheet.base.longest, sheet.base.names, sheet.folded)  # type: ignore[arg-type]
        if stop and stop <= end:
            known = sheet.base.names[sheet.folded[sheet.idx[i] : sheet.ends[stop - 1]]]
            if known.entity is not None and known.entity.country:
                return known.entity.country
            plain = stop == i + 1 and sheet.words[i] in sheet.base.plain_words
            if known.sort == "place" and not plain and sheet.base.place(known.index).population > 300_000:
                place = place or sheet.base.place(known.index).country
        i = max(stop, i + 1)
    return place


def _unknown_body(sheet: Sheet, start: int, end: int) -> None:
    covered = {id(f): f for f in sheet.taken[start:end] if f is not None}
    if any(f.form == "name" and f.entity.kind not in {"state", "place"} for f in covered.values()):
        return
    if (
        len(covered) == 1
        and next(iter(covered.values())).end - next(iter(covered.values())).start == end - start
    ):
        return
    words = [w.lower() for w in sheet.words[start:end]]
    if words[-1] in sheet.base.laws:
        return
    sector = next((sheet.base.bodies[w] for w in reversed(words) if w in sheet.base.bodies), None)
    if covered and sector is None:
        return
    country = _country_inside(sheet, start, end)
    name = sheet.text(start, end)
    body = Entity(digest("organisation", name, country), name, country, sector, "organisation")
    party = (
        sheet.base.states[country]
        if country in sheet.base.states and sector in {"GOV", "MIL", "COP"}
        else body
    )
    sheet.put(Found(start, end, body, party, "name", 0.6))

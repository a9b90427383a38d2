"""Officials and bodies that are named without a state: whose they are, and who bears a repeated title."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entities.knowledge import ORGANS
from dragoman.entities.nominals import with_country

if TYPE_CHECKING:
    from dragoman.entities.draft import Found, Sheet
    from dragoman.entities.meetings import Meetings
    from dragoman.entities.scenery import Scenery

__all__ = ["place_bodies", "place_officials", "tell_bare"]

SENT = frozenset({"SEC", "ENV", "AMB", "SP", "NSA", "ADV", "COS", "HEAD", "representative", "diplomat"})
"""Roles of officials whom a statement names without their state: the signer's own."""
MINISTERS = frozenset({"FM", "DM", "IM", "FIN", "MIN", "HOG", "DFM", "DHOG", "HM", "TM", "EM", "JM"})
RULING = frozenset({"government", "ruling", "governing", "parliamentary"})
UNDER = frozenset({"SEC", "DFM"})
WITHOUT_MINISTERS = "USA"
"""The state that has secretaries and no ministers."""
BRITAIN, BRITISH = "GBR", frozenset({"foreign secretary", "home secretary", "defence secretary"})
NARROWER = frozenset({"foreign", "home", "general", "press", "party", "defence", "prime", "permanent"})
"""Words that make a secretary another than "the Secretary"."""
INSIDE = frozenset({"in", "at", "near", "across", "outside"})
OWNED = 5
TITLE_TAGS = frozenset({"NN", "JJ", "IN"})
TITLE = 12
"""Tokens before a name that may hold its title."""
JOINED = frozenset({"and", "&"})
RANKS = frozenset({"deputy", "assistant", "under", "vice"})
DOMESTIC = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "PTY", "BUS", "EDU", "REB", "JRN"})


def place_bodies(sheet: Sheet, scenery: Scenery) -> None:
    """Give a court, ministry or party without a country of its own the country the article is set in."""
    for i, found in enumerate(sheet.taken):
        if (
            found is None
            or found.start != i
            or found.confidence != 0.6
            or found.entity.kind != "organisation"
        ):
            continue
        setting = scenery.main
        state = sheet.base.states.get(setting or "")
        if found.entity.country is None and found.entity.sector in DOMESTIC and state is not None:
            own = found.party == found.entity
            found.entity = replace(found.entity, country=setting)
            found.party = state if found.entity.sector in ORGANS else found.entity if own else found.party
            found.confidence = 0.5


def place_officials(sheet: Sheet, scenery: Scenery, signed: str | None) -> None:
    """Give a titled person without a country ("President Jane Roe") the country the article is set in."""
    if scenery.main not in sheet.base.states:
        return
    named = {f.entity.country for f in sheet.taken if f is not None and f.entity.country}
    alone = len(named) == 1
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or not (found.role or alone) or found.entity.kind != "person":
            continue
        placeless = found.entity.country is None and found.party.kind != "organisation"
        setting: str | None = (
            _beside(sheet, found) or (signed if found.role in SENT else None) or scenery.main
        )
        if found.role in UNDER and scenery.share(WITHOUT_MINISTERS) and _under_secretary(sheet, found):
            setting = WITHOUT_MINISTERS
        elif found.role == "AMB" and not signed and "to" in _title(sheet, found):
            setting = scenery.at(i, without=scenery.main)
        if found.role in MINISTERS and setting == WITHOUT_MINISTERS:
            setting = scenery.at(i, without=setting)
        state = sheet.base.states.get(setting or "")
        if placeless and state is not None and (alone or found.entity.sector not in {None, "IGO", "NGO"}):
            found.entity = replace(found.entity, country=setting)
            found.party = state if found.entity.sector in ORGANS else found.entity
            found.confidence = 0.5


def _where(sheet: Sheet, found: Found) -> str | None:
    """Return the country of the place in a phrase's own clause ("students protesting in Lima")."""
    low = found.end
    for token in sheet.tokens[found.head].subtree:
        if token.i < low or token.dep_ != "pobj" or token.head.lower_ not in INSIDE:
            continue
        place = sheet.taken[token.i]
        if place is not None and place.form == "place" and place.entity.country:
            return place.entity.country
    return None


def _under_secretary(sheet: Sheet, person: Found) -> bool:
    """Whether a person's title is that of a secretary's deputy, as states without ministers have them."""
    title = _title(sheet, person)
    return "secretary" in title and not RANKS.isdisjoint(title)


def _beside(sheet: Sheet, person: Found) -> str | None:
    """Return the country of the official that a person is named with ("the premier X and minister Y")."""
    if not person.role or sheet.dep[person.head] != "conj":
        return None
    other = sheet.taken[sheet.up[person.head]]
    if other is None or other.entity.kind != "person" or other.party.kind != "state":
        return None
    return other.entity.country


def tell_bare(sheet: Sheet, found: Found, before: list[Found], scenery: Scenery, meetings: Meetings) -> None:
    """Give a bare agent ("the minister") the person or country that the text before or around tells."""
    bearer = _bearer(sheet, found, before, meetings)
    if bearer is not None:
        found.entity, found.party, found.confidence = bearer.entity, bearer.party, 0.7
        return
    owner = _owner(sheet, found.start)
    if owner is not None and owner.party.country:
        with_country(sheet, found, owner.party.country)
        return
    domestic = RULING & {word.lower() for word in sheet.words[found.start : found.end]}
    if found.entity.name in sheet.base.placeless and not domestic:
        return
    if "secretary" in found.entity.name:
        usual = BRITAIN if found.entity.name in BRITISH else WITHOUT_MINISTERS
        if scenery.share(usual):
            with_country(sheet, found, usual)
            return
    where = _where(sheet, found) if found.entity.sector not in ORGANS else None
    if where is not None:
        with_country(sheet, found, where)
        return
    minister = "minister" in found.entity.name
    country = scenery.at(found.start, without=WITHOUT_MINISTERS if minister else None)
    if country:
        with_country(sheet, found, country)


def _bearer(sheet: Sheet, found: Found, before: list[Found], meetings: Meetings) -> Found | None:
    """Return the person whose title is repeated: one of those who met, else the last who has it."""
    start = found.start
    if not _definite(sheet, found):
        return None
    secretary = "secretary" in found.entity.name
    there = [
        other
        for other in (meetings.before(start) if found.role else ())
        if other.role == found.role
        and other.entity.country
        and ("secretary" in _title(sheet, other)) == secretary
    ]
    if len(there) == 1:
        return there[0]
    titled = _titled(sheet, found, before)
    if titled is not None or not found.role:
        return titled
    same = (f for f in reversed(before) if f.role == found.role and f.entity.country)
    return next((f for f in same if f.form != "name" or ("secretary" in _title(sheet, f)) == secretary), None)


def _definite(sheet: Sheet, found: Found) -> bool:
    """Whether a title is one told before ("the minister", "the President and Prime Minister")."""
    start = found.start
    if start > 0 and sheet.words[start - 1].lower() in {"the", "this", "that"}:
        return True
    if sheet.dep[found.head] != "conj" or not sheet.words[start][:1].isupper():
        return False
    other = sheet.taken[sheet.up[found.head]]
    return other is not None and other.start > 0 and sheet.words[other.start - 1].lower() == "the"


def _owner(sheet: Sheet, start: int) -> Found | None:
    """Return the pronoun or noun that owns a phrase ("its army", "the nation's 5 million people")."""
    i = start - 1
    while (
        i >= 0 and start - i < OWNED and sheet.tag[i] in {"CD", "JJ", "JJS", "JJR"} and sheet.taken[i] is None
    ):
        i -= 1
    if i > 0 and sheet.words[i] in {"'s", "'"}:
        i -= 1
        return sheet.taken[i]
    owner = sheet.taken[i] if i >= 0 else None
    return owner if owner is not None and owner.form == "pronoun" else None


def _titled(sheet: Sheet, found: Found, before: list[Found]) -> Found | None:
    """Return the last person named with the title that is repeated ("Secretary Roe ... the Secretary")."""
    words = {word.lower() for word in sheet.words[found.start : found.end]}
    for other in reversed(before):
        if other.entity.kind == "person" and other.form == "name" and other.entity.country:
            title = _title(sheet, other)
            if len(words) == 1 and "secretary" in words and not NARROWER.isdisjoint(title):
                continue
            if words <= title and RANKS & title == RANKS & words:
                return other
    return None


def _title(sheet: Sheet, person: Found) -> set[str]:
    """Return the words of the title before a name."""
    i, title = person.start - 1, set[str]()
    while i >= max(person.start - TITLE, 0) and (sheet.tag[i][:2] in TITLE_TAGS or sheet.words[i] in JOINED):
        between = sheet.taken[i]
        if between is not None and (between.entity.kind == "person" or between.form == "nominal"):
            break
        if sheet.words[i] in JOINED and i - 1 in sheet.agent_tokens:  # "the Secretary and Minister Roe"
            break
        title.add(sheet.words[i].lower())
        i -= 1
    return title

"""Titles and descriptions beside a name: whom they tell of, and of which state and sector."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entities.draft import Found
from dragoman.entities.knowledge import LEADERS, ORGANS
from dragoman.entities.spelling import fold
from dragoman.records import Entity, digest

if TYPE_CHECKING:
    from dragoman.entities.draft import Sheet
    from dragoman.entities.knowledge import Agent

__all__ = ["describe_people", "introduce", "owner_after"]

ATTACHED = frozenset({"of", "in", "from", "at", "near", "across", "outside"})
OFFICIAL = frozenset({"of", "from"})
TITLED = frozenset({"LEG", "MIL", "JUD", "COP"})
"""Sectors whose titles ("senator", "general") say what a person is."""
SHORTEST_NAME, LONGEST_NAME = 2, 3
ENVOYS = frozenset({"AMB", "ENV"})
PERSONAL = frozenset({"office", "post"})
"""Groups of nouns of which each means one person."""
PROPER = frozenset({"NNP", "NNPS"})


def introduce(sheet: Sheet, start: int, end: int, agent: Agent, owner: Found | None) -> bool:
    """Give the person or body that a noun introduces its country and sector; return whether there is one."""
    post = _posting(sheet, end, agent)
    named = _name_after(sheet, end) or _missed_name(sheet, end, agent)
    if named is None and post is not None:
        named = _name_after(sheet, post.end) or _missed_name(sheet, post.end, agent)
    if named is not None:
        owner = owner or owner_after(sheet, named.end, agent)
    elif agent.number == "s":
        if (body := _body_named(sheet, end)) is not None:
            _tell_body(sheet, body, agent, owner)
            return True
        named = _apposed(sheet, start, end, agent)
    if named is None:
        return False
    if post is not None:
        sheet.drop(post)
    _tell_person(named, agent, owner, sheet)
    return True


def describe_people(sheet: Sheet) -> None:
    """Give an unknown person the country of an adjective beside the name ("French singer Jane Roe")."""
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or found.form != "name":
            continue
        person = found.entity.kind == "person"
        if not person and not (found.entity.kind == "organisation" and found.confidence <= 0.6):
            continue
        if found.entity.country is None and found.party == found.entity:
            told = _adjective_before(sheet, found.start) or _adjective_beside(sheet, found)
            if told is None and person and (body := _body_after(sheet, found.end)) is not None:
                found.party, found.confidence = body.party, 0.7
                found.entity = replace(found.entity, country=body.entity.country, sector=body.entity.sector)
                continue
            if told is not None and told.entity.country:
                country = told.entity.country
                identity = digest(found.entity.kind, found.entity.name, country)
                found.entity = replace(found.entity, entity_id=identity, country=country)
                state = sheet.base.states.get(country)
                found.party = state if state is not None and found.entity.sector in ORGANS else found.entity
                found.confidence = 0.7


def _body_after(sheet: Sheet, end: int) -> Found | None:
    """Return the body that a person is said to be of ("Jane Roe of the Ruritanian Red Cross")."""
    at = end + 1
    if end >= len(sheet) or sheet.words[end].lower() not in {"of", "from", "with"}:
        return None
    if at < len(sheet) and sheet.words[at].lower() == "the":
        at += 1
    found = sheet.taken[at] if at < len(sheet) else None
    return found if found is not None and found.entity.kind in {"organisation", "armed-group"} else None


def _adjective_before(sheet: Sheet, start: int) -> Found | None:
    i = start - 1
    while i >= max(0, start - 4):
        found = sheet.taken[i]
        if found is not None:
            return found if found.form == "adjective" else None
        if sheet.tag[i][:2] not in {"NN", "JJ"}:
            return None
        i -= 1
    return None


def _adjective_beside(sheet: Sheet, person: Found) -> Found | None:
    for child in sheet.tokens[person.head].children:
        if child.dep_ == "appos":
            for left in child.lefts:
                found = sheet.taken[left.i]
                if found is not None and found.form == "adjective":
                    return found
    return None


def owner_after(sheet: Sheet, end: int, agent: Agent) -> Found | None:
    """Return the owner in a following phrase ("the government of Chile", "protesters in Lima")."""
    i = end
    attached = ATTACHED if agent.group not in {"state", "office", "bloc"} else OFFICIAL
    if i < len(sheet) - 1 and sheet.words[i].lower() in attached:
        i += 1
        if sheet.words[i].lower() == "the":
            i += 1
        steps = 0
        while i < len(sheet) and steps < 4:
            found = sheet.taken[i]
            if found is not None:
                return found if found.entity.kind != "person" else None
            if sheet.tag[i] not in PROPER | {"NN", "JJ"}:
                return None
            i, steps = i + 1, steps + 1
    return None


def _name_after(sheet: Sheet, end: int) -> Found | None:
    i = end
    while (
        i < len(sheet)
        and i < end + 2
        and sheet.words[i] in {",", "Gen.", "Lt.", "Col.", "General", "Sheikh", "Sir", "Dr."}
    ):
        i += 1
    if i < len(sheet):
        found = sheet.taken[i]
        if (
            found is not None
            and found.entity.kind == "person"
            and found.start == i
            and (i == end or sheet.words[end] != ",")
        ):
            return found
    return None


def _posting(sheet: Sheet, end: int, agent: Agent) -> Found | None:
    """Return the country an envoy is sent to ("ambassador of Chile to Peru").

    An envoy who is named acts for the sender alone, so the country of the posting is no party.
    """
    if agent.role not in ENVOYS:
        return None
    at = end
    if at < len(sheet) and sheet.words[at].lower() in OFFICIAL and (sender := _following(sheet, at + 1)):
        at = sender.end
    if at >= len(sheet) or sheet.words[at].lower() not in {"to", "for"}:
        return None
    post = _following(sheet, at + 1)
    return post if post is not None and post.entity.kind != "person" else None


def _following(sheet: Sheet, at: int) -> Found | None:
    """Return the mention that begins at a token, an article skipped."""
    if at < len(sheet) and sheet.words[at].lower() == "the":
        at += 1
    found = sheet.taken[at] if at < len(sheet) else None
    return found if found is not None and found.start == at else None


def _body_named(sheet: Sheet, end: int) -> Found | None:
    """Return the unknown body that a noun introduces ("carmaker Rowana Motors")."""
    found = sheet.taken[end] if end < len(sheet) else None
    known = (
        found is None or found.start != end or found.entity.kind != "organisation" or found.confidence > 0.6
    )
    return None if known else found


def _tell_body(sheet: Sheet, body: Found, agent: Agent, owner: Found | None) -> None:
    """Give a body the country and sector of the noun that introduces it."""
    country = body.entity.country or (owner.entity.country if owner is not None else None)
    body.entity = replace(body.entity, country=country, sector=body.entity.sector or agent.sector)
    state = sheet.base.states.get(country or "")
    body.party = state if state is not None and body.entity.sector in ORGANS else body.entity


def _missed_name(sheet: Sheet, start: int, agent: Agent) -> Found | None:
    """Enter a person whom the tagger missed and a title tells ("security minister Rowana")."""
    end = start
    while end < len(sheet) and end - start < LONGEST_NAME and _namelike(sheet, end):
        end += 1
    if agent.number != "s" or end == start or (end < len(sheet) and sheet.tag[end] in PROPER):
        return None
    name = sheet.text(start, end)
    person = Entity(digest("person", name, None), name, None, None, "person")
    return sheet.put(Found(start, end, person, person, "name", 0.5))


def _namelike(sheet: Sheet, i: int) -> bool:
    word = sheet.words[i]
    free = sheet.taken[i] is None and sheet.ent[i] in {"", "PERSON"}
    return free and word.istitle() and word.isalpha() and sheet.tag[i] == "NNP"


def _apposed(sheet: Sheet, start: int, end: int, agent: Agent) -> Found | None:
    """Return the person beside a title set off by commas ("Jane Roe, the foreign minister of Ruritania")."""
    root = sheet.root(start, end)
    places = [sheet.up[root]] if sheet.dep[root] == "appos" else []
    places += [child.i for child in sheet.tokens[root].children if child.dep_ == "appos"]
    for place in places:
        found = sheet.taken[place]
        if found is not None and (found.entity.kind == "person" or _taken_for_body(sheet, found, agent)):
            return found
    return None


def _taken_for_body(sheet: Sheet, found: Found, agent: Agent) -> bool:
    """Whether the tagger took a name for a body's that a title beside it tells to be a person's; mends it.

    "The first minister, Ruana Stroud," is a person; "the carmaker, Ruana Motors," is none.
    """
    names = sheet.words[found.start : found.end]
    unknown = found.entity.kind == "organisation" and found.entity.sector is None and found.confidence <= 0.6
    if not unknown or agent.group not in PERSONAL or not SHORTEST_NAME <= len(names) <= LONGEST_NAME:
        return False
    if not all(name.istitle() and name.isalpha() for name in names):
        return False
    name = found.entity.name
    found.entity = found.party = Entity(digest("person", name, None), name, None, None, "person")
    return True


def _tell_person(found: Found, agent: Agent, owner: Found | None, sheet: Sheet) -> None:
    """Give a person the country and sector of the title beside the name."""
    entity = found.entity
    found.role = agent.role or agent.noun
    country = owner.party.country or owner.entity.country if owner else None
    if entity.country is not None or entity.sector is not None:
        _retitle(found, agent, sheet)
        return
    if (index := _officeholder(sheet, entity.name, agent, country)) is not None:
        found.entity, found.party = sheet.base.person_entity(index, sheet.day)
        found.gender, found.confidence = sheet.base.person(index).gender, 0.8
        return
    if country or agent.sector:
        sector = agent.sector if agent.group != "post" or (owner and owner.entity.kind == "state") else None
        if owner and owner.entity.kind in {"organisation", "armed-group"} and owner.entity.sector:
            sector = owner.entity.sector
        found.entity = Entity(digest("person", entity.name, country), entity.name, country, sector, "person")
        own = owner.entity if owner and owner.entity.country is None else found.entity
        found.party = sheet.base.states[country] if country in sheet.base.states and sector in ORGANS else own
        found.confidence = 0.8


def _retitle(found: Found, agent: Agent, sheet: Sheet) -> None:
    """Trust a title in the text over the sector that the base knows ("Senator Roe", once a governor)."""
    entity = found.entity
    in_office = agent.sector == "GOV" and entity.sector == "ELI" and agent.group == "office"
    if not entity.country or not (
        in_office or (agent.sector in TITLED and entity.sector in {"GOV", "PTY", "ELI"})
    ):
        return
    found.entity = replace(entity, sector=agent.sector)
    state = sheet.base.states.get(entity.country)
    found.party = state if state is not None and agent.sector in ORGANS else found.entity


def _officeholder(sheet: Sheet, name: str, agent: Agent, country: str | None) -> int | None:
    """Find the person of the base that a title and a surname name ("President Macron"), if only one fits."""
    folded = fold(name)
    words = (folded.title() if folded.isupper() else folded).split()
    fits = []
    for index in sheet.base.named(words[-1]):
        person = sheet.base.person(index)
        if country and person.country != country:
            continue
        if len(words) > 1 and fold(person.name).split()[0] not in words:
            continue
        roles = LEADERS.get(agent.role, (agent.role,))
        held = any(o.role in roles and (not sheet.day or o.held_on(sheet.day)) for o in person.offices)
        if held or (country and len(words) > 1):
            fits.append(index)
    return fits[0] if len(fits) == 1 else None

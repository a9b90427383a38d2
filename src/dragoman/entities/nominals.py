"""Common nouns that act: "Indonesian police", "the Turkish foreign minister", "protesters"."""

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

__all__ = ["describe_people", "find_nominals", "with_country"]

MODIFIERS = frozenset(
    {"amod", "compound", "nmod", "nummod", "poss", "case", "punct", "quantmod", "npadvmod", "advmod"}
)
NOT_IN_PHRASE = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "some",
        "many",
        "several",
        "two",
        "three",
        "both",
        "all",
        "other",
        "most",
        "dozens",
        "hundreds",
        "of",
        ",",
        "'s",
        "'",
        "and",
        "at",
        "least",
    ]
)
ATTACHED = frozenset({"of", "in", "from", "at", "near", "across", "outside"})
OFFICIAL = frozenset({"of", "from"})
ALONE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
PROPER = frozenset({"NNP", "NNPS"})
ELSEWHERE = frozenset({"other", "foreign", "all", "various", "many", "several", "international", "national"})
CROWD = "protesters"
RULED = frozenset({"administration", "government", "cabinet", "regime"})


def find_nominals(sheet: Sheet) -> None:
    """Enter each agent phrase; a title before or beside a name tells of the named person instead."""
    for first, end in sheet.agents.items():
        start = first
        while start < end and sheet.taken[start] is not None:  # "Labour [Party leader]": the name comes first
            start += 1
        if start == end or sheet.lower[sheet.idx[start] : sheet.ends[end - 1]] not in sheet.base.agents:
            continue
        if sheet.free(start, end) and _nounlike(sheet, start, end):
            agent = sheet.base.agents[sheet.lower[sheet.idx[start] : sheet.ends[end - 1]]]
            _enter(sheet, start, end, agent)


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


def _nounlike(sheet: Sheet, start: int, end: int) -> bool:
    """Whether the words are a noun that heads a phrase, not a part of another noun ("police station")."""
    i = end - 1
    before = sheet.taken[start - 1] if start else None
    owned = before is not None and before.form == "adjective"
    if sheet.dep[i] in {"compound", "amod", "nmod"} and _does(sheet, i):
        return True
    if not sheet.tag[i].startswith("NN") and not (
        sheet.tag[i] == "JJ" and sheet.words[i].lower() == "military"
    ):
        return _stands_alone(sheet, start, i)
    if (
        sheet.ent[i] == "ORG"
        and sheet.words[i][:1].isupper()
        and end < len(sheet)
        and sheet.tokens[end].ent_iob_ == "I"
    ):
        return False
    if sheet.dep[i] not in {"compound", "nmod", "amod"} or sheet.up[i] < i or _named(sheet, i):
        return True
    return owned and sheet.up[i] not in sheet.agent_tokens and sheet.tag[sheet.up[i]] in {"NNS", "VBZ", "NN"}


def _does(sheet: Sheet, i: int) -> bool:
    """Whether a modifier is the doer of the act that its noun names ("police raid", "settler violence")."""
    return sheet.up[i] > i and sheet.tokens[sheet.up[i]].lemma_.lower() in sheet.base.acts


def _stands_alone(sheet: Sheet, start: int, i: int) -> bool:
    """Whether an adjective stands for the people it describes ("the wounded")."""
    the = start > 0 and sheet.words[start - 1].lower() == "the"
    return the and sheet.dep[i] in ALONE and (sheet.tag[i].startswith("JJ") or sheet.tag[i] in {"VBN", "VBD"})


def _named(sheet: Sheet, i: int) -> bool:
    """Whether a title is followed by the name it belongs to."""
    return i + 1 < len(sheet) and sheet.words[i + 1][:1].isupper()


def _enter(sheet: Sheet, start: int, end: int, agent: Agent) -> None:
    begin, owner = _phrase(sheet, start, end)
    owner = owner or _after(sheet, end, agent)
    following = _name_after(sheet, end) or _single_name(sheet, end, agent)
    if following is not None:
        _tell_person(following, agent, owner or _after(sheet, following.end, agent), sheet)
        return
    beside = _apposed(sheet, start, end) if agent.number == "s" else None
    if beside is not None:
        _tell_person(beside, agent, owner, sheet)
        return
    if agent.group == "post":
        return
    country = owner.entity.country if owner else None
    if agent.group == "protest":
        sheet.put(_crowd((begin, end), country))
        return
    found = _resolve(sheet, agent, owner, country, (begin, start, end))
    if found is not None:
        sheet.put(found)


def _phrase(sheet: Sheet, start: int, end: int) -> tuple[int, Found | None]:
    """Step left over the modifiers of a noun; return where the phrase begins and who owns it."""
    begin, owner, i = start, None, start - 1
    root = sheet.root(start, end)
    while i >= 0:
        found = sheet.taken[i]
        if found is not None:
            possessive = sheet.words[i + 1] in {"'s", "'"} if i + 1 < start else False
            near = found.form in {"adjective", "name", "place"} and (found.end == begin or possessive)
            ruled = sheet.lower[sheet.idx[start] : sheet.ends[end - 1]] in RULED
            if not near or (found.entity.kind == "person" and not possessive and not ruled):
                break
            begin, owner, i = found.start, owner or found, found.start - 1
            if possessive:
                break
            continue
        word = sheet.words[i].lower()
        if word in {"'s", "'"}:
            i -= 1
            continue
        if word == " " and sheet.tag[i + 1] == "VBN":  # "Iranian-backed militia" is not Iranian
            if sheet.words[i + 1].lower() != "based":
                begin = max(begin, min(i + 2, start))
                break
            begin, i = i, i - 1
            continue
        if (
            word in NOT_IN_PHRASE
            or sheet.dep[i] not in MODIFIERS
            or not start <= _climb(sheet, i, start) <= root
        ):
            break
        if sheet.tag[i] != "CD":
            begin = i if sheet.tag[i][:2] in {"JJ", "NN"} or sheet.tag[i] == "VBN" else begin
        i -= 1
    return begin, owner


def _climb(sheet: Sheet, i: int, start: int) -> int:
    """Follow heads until they reach the phrase's noun."""
    for _ in range(4):
        if i >= start:
            return i
        i = sheet.up[i]
    return i


def _after(sheet: Sheet, end: int, agent: Agent) -> Found | None:
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


def _single_name(sheet: Sheet, end: int, agent: Agent) -> Found | None:
    """Enter a person of one name whom the tagger missed and a title tells ("security minister Rowana")."""
    if agent.number != "s" or end >= len(sheet) or sheet.taken[end] is not None:
        return None
    word = sheet.words[end]
    plain = word.istitle() and word.isalpha() and sheet.tag[end] == "NNP" and sheet.ent[end] in {"", "PERSON"}
    if not plain or (end + 1 < len(sheet) and sheet.tag[end + 1] == "NNP"):
        return None
    name = sheet.text(end, end + 1)
    person = Entity(digest("person", name, None), name, None, None, "person")
    return sheet.put(Found(end, end + 1, person, person, "name", 0.5))


def _apposed(sheet: Sheet, start: int, end: int) -> Found | None:
    """Return the person beside a title set off by commas ("Jane Roe, the foreign minister of Ruritania")."""
    root = sheet.root(start, end)
    if sheet.dep[root] == "appos":
        found = sheet.taken[sheet.up[root]]
        if found is not None and found.entity.kind == "person":
            return found
    for child in sheet.tokens[root].children:
        if child.dep_ == "appos":
            found = sheet.taken[child.i]
            if found is not None and found.entity.kind == "person":
                return found
    return None


def _tell_person(found: Found, agent: Agent, owner: Found | None, sheet: Sheet) -> None:
    """Give a person the country and sector of the title beside the name."""
    entity = found.entity
    found.role = agent.role or agent.noun
    country = owner.party.country or owner.entity.country if owner else None
    if entity.country is not None or entity.sector is not None:
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


def _officeholder(sheet: Sheet, name: str, agent: Agent, country: str | None) -> int | None:
    """Find the person of the base that a title and a surname name ("President Macron"), if only one fits."""
    folded = fold(name)
    words = folded.split()
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


def _resolve(
    sheet: Sheet, agent: Agent, owner: Found | None, country: str | None, at: tuple[int, int, int]
) -> Found | None:
    begin, start, end = at
    states = sheet.base.states
    role = agent.role or agent.noun
    if (
        owner
        and owner.entity.kind in {"organisation", "armed-group", "group"}
        and owner.entity.sector != "CVL"
        and agent.group in {"state", "office", "force", "armed", "bloc"}
    ):
        return Found(begin, end, owner.entity, owner.party, "nominal", 0.8, head=end - 1, role=role)
    if country is None and owner and owner.entity.kind == "organisation" and agent.group != "bloc":
        name = sheet.text(begin, end)
        theirs = Entity(digest("agent", name, None), name, None, agent.sector, "agent")
        return Found(begin, end, theirs, theirs, "nominal", 0.7, head=end - 1, role=role)
    if country is None and (region := _region(sheet, begin, start)) is not None:
        name = sheet.text(region, end)
        group = Entity(digest("group", name, None), name, None, agent.sector, "group")
        return Found(region, end, group, group, "nominal", 0.7, head=end - 1)
    if agent.group == "bloc" or (
        agent.group == "state" and agent.number == "p" and _foreign(sheet, begin, start)
    ):
        return _unnamed_states(sheet, (start, end)) if country is None and agent.number == "p" else None
    if agent.number == "o" and country is None and not _definite(sheet, start, end):
        return None
    if country is None:
        name = sheet.text(start, end).lower()
        entity = Entity(digest("agent", name, None), name, None, agent.sector, "agent")
        return Found(
            begin if begin > start - 3 else start,
            end,
            entity,
            entity,
            "nominal",
            0.4,
            head=end - 1,
            role=role,
        )
    state = states.get(country)
    if agent.group == "office" and state is not None:
        index = sheet.base.holder(country, agent.role, sheet.day) if sheet.day else None
        if index is not None:
            person, party = sheet.base.person_entity(index, sheet.day)
            gender = sheet.base.person(index).gender
            return Found(begin, end, person, party, "nominal", 0.8, head=end - 1, gender=gender, role=role)
        name = f"{sheet.text(start, end).capitalize()} of {state.name}"
        office = Entity(digest("office", name, country), name, country, agent.sector, "person")
        return Found(begin, end, office, state, "nominal", 0.7, head=end - 1, role=role)
    if agent.group == "state" and state is not None:
        entity = owner.entity if owner and owner.entity.kind == "state" else state
        return Found(begin, end, entity, entity, "nominal", 0.9, head=end - 1, role=role)
    name = sheet.text(begin, end)
    if agent.group == "force" and state is not None:
        adjective = sheet.base.adjectives.get(country, state.name)
        name = f"{adjective} Armed Forces" if agent.number != "s" else name
    elif begin == start and state is not None:
        name = f"{sheet.base.adjectives.get(country, state.name)} {sheet.text(start, end)}"
    entity = Entity(digest("agent", name, country), name, country, agent.sector, "agent")
    party = state if state is not None and agent.sector in ORGANS else entity
    return Found(begin, end, entity, party, "nominal", 0.85, head=end - 1, role=role)


def _crowd(at: tuple[int, int], country: str | None) -> Found:
    """Make the mention of those who protest, whom the text tells by their protest alone."""
    begin, end = at
    people = Entity(digest("agent", CROWD, country), CROWD, country, "CVL", "agent")
    return Found(begin, end, people, people, "nominal", 0.7 if country else 0.4, head=end - 1)


def _foreign(sheet: Sheet, begin: int, start: int) -> bool:
    """Whether words before a plural say that no one country is meant ("other governments")."""
    return any(sheet.words[i].lower() in ELSEWHERE for i in range(max(min(begin, start - 2), 0), start))


def _unnamed_states(sheet: Sheet, at: tuple[int, int]) -> Found:
    name = sheet.text(*at).lower()
    states = Entity(digest("group", name, None), name, None, "GOV", "group")
    return Found(*at, states, states, "nominal", 0.6, head=at[1] - 1)


def _definite(sheet: Sheet, start: int, end: int) -> bool:
    """Whether "the state" does or undergoes something, and so is one that the passage names."""
    the = start > 0 and sheet.words[start - 1].lower() == "the"
    above = sheet.words[sheet.up[end - 1]].lower()
    return the and (sheet.dep[end - 1] in {"nsubj", "dobj", "poss"} or above == "by")


def _region(sheet: Sheet, begin: int, start: int) -> int | None:
    """Return where a phrase begins that a region or faith qualifies ("Arab leaders", "Western powers")."""
    return next((i for i in range(begin, start) if sheet.words[i] in sheet.base.regions), None)


def with_country(sheet: Sheet, found: Found, country: str) -> None:
    """Give a bare agent ("protesters", "police") a country that the context tells."""
    state = sheet.base.states.get(country)
    agent = sheet.base.agents.get(found.entity.name)
    if state is None or agent is None:
        return
    if agent.group == "state":
        found.entity = found.party = state
    elif agent.group == "office":
        index = sheet.base.holder(country, agent.role, sheet.day) if sheet.day else None
        if index is not None:
            found.entity, found.party = sheet.base.person_entity(index, sheet.day)
        else:
            found.entity, found.party = replace(found.entity, country=country, kind="person"), state
    else:
        found.entity = replace(
            found.entity, entity_id=digest("agent", found.entity.name, country), country=country
        )
        found.party = state if agent.sector in ORGANS else found.entity
    found.confidence = 0.5

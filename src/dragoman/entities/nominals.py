"""Common nouns that act: "Indonesian police", "the Turkish foreign minister", "protesters"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entities.draft import Found
from dragoman.entities.knowledge import ORGANS
from dragoman.entities.plurals import together
from dragoman.entities.titles import introduce, owner_after
from dragoman.records import Entity, digest

if TYPE_CHECKING:
    from dragoman.entities.draft import Sheet
    from dragoman.entities.knowledge import Agent

__all__ = ["find_nominals", "with_country"]

MODIFIERS = frozenset(
    {"amod", "compound", "nmod", "nummod", "poss", "case", "punct", "quantmod", "npadvmod", "advmod"}
)
NOT_IN_PHRASE = frozenset({
    "the", "a", "an", "this", "that", "these", "those", "its", "their",
    "his", "her", "some", "many", "several", "two", "three", "both", "all",
    "other", "most", "dozens", "hundreds", "of", ",", "'s", "'", "and",
    "at", "least",
})  # fmt: skip
ALONE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
ELSEWHERE = frozenset({"other", "foreign", "all", "various", "international"})
GOVERNING = frozenset({"governments", "leaders", "ministers"})
COALITION = "coalition"
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
    owner = owner or owner_after(sheet, end, agent)
    if introduce(sheet, start, end, agent, owner) or agent.group == "post":
        return
    country = owner.entity.country if owner else None
    if agent.noun == COALITION and (first := _leader(sheet, start)) is not None:
        name = sheet.text(first, end)
        several = Entity(digest("group", name, None), name, None, "MIL", "group")
        sheet.put(Found(first, end, several, several, "nominal", 0.8, head=end - 1))
        return
    if agent.group == "protest":
        sheet.put(_crowd((begin, end), country))
        return
    if agent.number == "p" and (owners := _owners(sheet, owner, begin, start)):
        sheet.put(together(owners, (begin, end, end - 1), "nominal", 0.8))
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


def _owners(sheet: Sheet, owner: Found | None, begin: int, start: int) -> list[Found]:
    """Return the several states whose officials a plural names ("the presidents of Chile and Peru")."""
    if owner is None or owner.party.kind != "state" or owner.entity.kind == "person":
        return []
    if owner.start < start:
        parts = [f for f in sheet.taken[max(begin - 6, 0) : start] if f is not None and f.form == "adjective"]
        joined = any(w.lower() == "and" for w in sheet.words[max(begin - 2, 0) : start])
        parts = parts if joined else []
    else:
        chain = [owner, *(sheet.taken[t.i] for t in sheet.tokens[owner.head].subtree if t.i >= owner.end)]
        parts = [f for f in chain if f is not None and sheet.dep[f.head] in {"conj", "pobj"}]
    states = {f.party.entity_id: f for f in parts if f.party.kind == "state" and f.entity.kind == "state"}
    return list(states.values()) if len(states) > 1 else []


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
        agent.group == "state" and agent.number == "p" and _foreign(sheet, begin, end)
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


def _leader(sheet: Sheet, start: int) -> int | None:
    """Return where the state that leads a coalition of several is named ("the Saudi-led coalition")."""
    i = start - 1
    if i > 0 and sheet.words[i].lower() == "led":
        i -= 1
        while i > 0 and sheet.taken[i] is None and sheet.words[i].strip() in {"", "-"}:
            i -= 1
        leader = sheet.taken[i]
        return leader.start if leader is not None and leader.form != "pronoun" else None
    return i if i >= 0 and sheet.words[i].lower().endswith(" led") else None


def _crowd(at: tuple[int, int], country: str | None) -> Found:
    """Make the mention of those who protest, whom the text tells by their protest alone."""
    begin, end = at
    people = Entity(digest("agent", CROWD, country), CROWD, country, "CVL", "agent")
    return Found(begin, end, people, people, "nominal", 0.7 if country else 0.4, head=end - 1)


def _foreign(sheet: Sheet, begin: int, end: int) -> bool:
    """Whether a plural's modifier says that no one country is meant ("other governments")."""
    if sheet.words[end - 1].lower() not in GOVERNING:
        return False
    return any(sheet.words[i].lower() in ELSEWHERE for i in range(max(begin - 1, 0), end - 1))


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
    """Return where a phrase begins that a region or faith qualifies ("Arab and Muslim leaders")."""
    names = sheet.base.regions
    first = next((i for i in range(max(begin, 0), start) if sheet.words[i] in names), None)
    if first is None:
        if start == 0 or sheet.words[start - 1] not in names:
            return None
        first = start - 1
    while first > 1 and sheet.words[first - 1] in {"and", "or", ","} and sheet.words[first - 2] in names:
        first -= 2
    return first


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

"""Names: what the base knows, then what the tagger saw and the base does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.entities.draft import Found
from dragoman.records import Entity, digest

if TYPE_CHECKING:
    from dragoman.entities.draft import Sheet
    from dragoman.entities.knowledge import Known

__all__ = ["find_names", "known_person", "locative", "stated_country"]

LOCATIVE = frozenset({
    "in", "at", "near", "from", "to", "around", "outside", "inside", "across",
    "into", "through", "throughout", "over", "off", "toward", "towards", "via", "within", "along",
})  # fmt: skip
INITIAL = re.compile(r"[A-Z]\.?")
MOST_INITIALS = 2
WELL_KNOWN = 15_000
"""People: a smaller place is taken for one of a country that the article names, or for no known one."""
PLACES = frozenset({"GPE", "LOC", "FAC"})


def locative(sheet: Sheet, i: int) -> bool:
    """Whether a token stands under a preposition of place ("in Ankara", "to Turkey")."""
    if sheet.dep[i] == "pobj":
        return sheet.words[sheet.up[i]].lower() in LOCATIVE
    return (
        sheet.dep[i] in {"appos", "conj"}
        and sheet.up[i] != i
        and sheet.dep[sheet.up[i]] == "pobj"
        and (sheet.words[sheet.up[sheet.up[i]]].lower() in LOCATIVE)
    )


def find_names(sheet: Sheet) -> None:
    """Enter every name of the base, longest match first."""
    i, keys, index = 0, sheet.base.names, sheet.base.longest
    size = len(sheet)
    while i < size:
        if sheet.taken[i] is None and (person := _initialled(sheet, i)) is not None:
            i = sheet.put(person).end
            continue
        if sheet.taken[i] is None and (end := sheet.longest(i, index, keys, sheet.folded)):  # type: ignore[arg-type]
            known = keys[sheet.folded[sheet.idx[i] : sheet.ends[end - 1]]]
            found = _accept(sheet, i, end, known)
            if found is not None:
                sheet.put(found)
                i = end
                continue
        elif sheet.taken[i] is None and len(sheet.words[i]) > 3 and sheet.words[i].isupper():
            _shouted(sheet, i)
        if " " in sheet.words[i] and sheet.taken[i] is None:
            _hyphened(sheet, i)
        i += 1


def _initialled(sheet: Sheet, i: int) -> Found | None:
    """Match a person of the base who is written with middle initials ("Ada B. Roe" for Ada Roe)."""
    end = i + 1
    while end < len(sheet) and end - i <= MOST_INITIALS and INITIAL.fullmatch(sheet.words[end]):
        end += 1
    if end == i + 1 or end >= len(sheet) or not sheet.words[i][:1].isupper():
        return None
    first, last = (sheet.folded[sheet.idx[k] : sheet.ends[k]] for k in (i, end))
    known = sheet.base.names.get(f"{first} {last}")
    if known is None or known.sort != "person":
        return None
    return known_person(sheet, i, end + 1, known)


def _shouted(sheet: Sheet, i: int) -> None:
    """Enter a state or capital in capitals, as datelines and some headlines have it ("ANKARA, Nov 6")."""
    known = sheet.base.names.get(sheet.words[i].title())
    if known is None or known.entity is None or known.sort not in {"name", "adjective", "people", "capital"}:
        return
    line = sheet.annotation.dateline_place
    if line is not None and line.start <= sheet.idx[i] < line.end:
        name, country = sheet.words[i].title(), known.entity.country
        place = Entity(digest("place", name, country), name, country, None, "place")
        sheet.put(Found(i, i + 1, place, sheet.base.states.get(country or "", place), "place", 0.9))
        return
    found = _accept(sheet, i, i + 1, known)
    if found is not None:
        sheet.put(found)


def _hyphened(sheet: Sheet, i: int) -> None:
    """Enter states that one token joins ("U.S.-Japan"): a mention of them all."""
    parts: list[Found] = []
    for word in sheet.words[i].split():
        known = sheet.base.names.get(word)
        if (
            known is None
            or known.entity is None
            or known.sort not in {"name", "adjective", "people", "actor"}
        ):
            return
        parts.append(Found(i, i + 1, known.entity, known.entity, "adjective", 0.9, head=i))
    if len(parts) < 2:
        return
    first = parts[0]
    sheet.put(Found(i, i + 1, first.entity, first.party, "adjective", 0.9, head=i, members=tuple(parts)))


def _entity_range(sheet: Sheet, i: int, label: str) -> tuple[int, int]:
    start = end = i
    while start > 0 and sheet.ent[start - 1] == label and sheet.tokens[start].ent_iob_ != "B":
        start -= 1
    while end + 1 < len(sheet) and sheet.ent[end + 1] == label and sheet.tokens[end + 1].ent_iob_ != "B":
        end += 1
    return start, end + 1


def _accept(sheet: Sheet, start: int, end: int, known: Known) -> Found | None:
    match known.sort:
        case "person":
            return known_person(sheet, start, end, known)
        case "place":
            return _place(sheet, start, end, known)
        case "capital":
            return _capital(sheet, start, end, known)
        case _:
            return _state_or_actor(sheet, start, end, known)


def _within_person(sheet: Sheet, start: int, end: int) -> bool:
    """Whether the tagger saw a longer personal name around the match."""
    if sheet.ent[start] != "PERSON":
        return False
    first, last = _entity_range(sheet, start, "PERSON")
    return (first < start and sheet.words[start - 1] not in {",", "and"}) or (
        last > end and sheet.words[end][:1].isupper()
    )


def _continues(sheet: Sheet, i: int) -> bool:
    return (
        sheet.ent[i] == "PERSON" and sheet.tokens[i].ent_iob_ == "I" and sheet.words[i] not in {"Jr.", "Jr"}
    )


def known_person(sheet: Sheet, start: int, end: int, known: Known) -> Found | None:
    """Return the mention of a person of the base, or None where the words are part of another name."""
    single = end - start == 1
    if single:
        before = sheet.words[start - 1] if start else ""
        if sheet.tag[start] not in {"NNP", "NNPS", "NN", "JJ", "NNS"}:
            return None
        if (
            _within_person(sheet, start, end)
            and before[:1].isupper()
            and before.lower() not in sheet.base.agents
        ):
            return None
    elif start and sheet.ent[start - 1] == "PERSON" and _continues(sheet, start):
        return None  # the last words of a longer name
    entity, party = sheet.base.person_entity(known.index, sheet.day)
    while not single and end < len(sheet) and sheet.tag[end] == "NNP" and _continues(sheet, end):
        end += 1
    if end < len(sheet) and sheet.words[end].rstrip(".") in {"Jr", "Sr"}:
        return None
    gender = sheet.base.person(known.index).gender or sheet.base.given.get(sheet.words[start], "")
    return Found(start, end, entity, party, "name", 0.85 if single else 0.95, gender=gender)


def _place(sheet: Sheet, start: int, end: int, known: Known) -> Found | None:
    label = sheet.ent[start]
    if label in {"DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART"}:
        return None
    whole = end
    while whole < len(sheet) and sheet.words[whole] in sheet.base.divisions and sheet.taken[whole] is None:
        whole += 1
    if whole > end and sheet.tag[start] in {"NNP", "NNPS"}:
        return _placed(sheet, start, (end, whole), known)
    if sheet.tag[start] not in {"NNP", "NNPS"} or (
        label in {"PERSON", "ORG", "NORP", "DATE"}
        and not _surely_place(sheet, start, end, known)
        and not locative(sheet, sheet.root(start, end))
    ):
        return None
    if label not in PLACES and label != "PERSON" and not locative(sheet, sheet.root(start, end)):
        return None
    if label in PLACES:
        first, last = _entity_range(sheet, start, label)
        if (first < start and sheet.words[first].lower() != "the") or last > end:
            return None
    if label == "PERSON" and _within_person(sheet, start, end):
        return None
    return _placed(sheet, start, (end, end), known)


def _surely_place(sheet: Sheet, start: int, end: int, known: Known) -> bool:
    """Whether a name that the tagger took for a person is a town of a country that the article names."""
    if sheet.ent[start] != "PERSON" or _within_person(sheet, start, end):
        return False
    place = sheet.base.place(known.index)
    return place.country in _countries(sheet) and not sheet.base.named(sheet.words[end - 1])


def _placed(sheet: Sheet, start: int, ends: tuple[int, int], known: Known) -> Found:
    """Make the mention of a place: name up to ``ends[0]``, phrase up to ``ends[1]`` ("Sumy Oblast")."""
    name_end, end = ends
    key = sheet.folded[sheet.idx[start] : sheet.ends[name_end - 1]]
    stated = stated_country(sheet, end)
    place = sheet.base.place_in(key, known.index, {stated} if stated else _countries(sheet))
    country = stated or place.country
    if (
        not stated
        and place.population < WELL_KNOWN
        and _countries(sheet)
        and country not in _countries(sheet)
    ):
        country = ""  # a small place of that name elsewhere: the text speaks of another, unknown one
    name = place.name if end == name_end else sheet.text(start, end)
    exact = place.geonames_id and name == place.name and country
    identity = f"geonames:{place.geonames_id}" if exact else digest("place", name, country)
    entity = Entity(identity, name, country or None, None, "place")
    return Found(start, end, entity, sheet.base.states.get(country, entity), "place", 0.7)


def _countries(sheet: Sheet) -> set[str]:
    """Return the countries that the article has named so far (to tell places of one name apart)."""
    if not sheet.countries:
        for word in sheet.words:
            known = sheet.base.names.get(word) if word[:1].isupper() else None
            if (
                known
                and known.entity
                and known.entity.country
                and known.sort in {"name", "adjective", "people"}
            ):
                sheet.countries.add(known.entity.country)
        sheet.countries |= {"USA"} if "United States" in sheet.folded else set()
        sheet.countries |= {"GBR"} if "United Kingdom" in sheet.folded else set()
    return sheet.countries


def stated_country(sheet: Sheet, end: int) -> str | None:
    """Return the country that follows a place after a comma ("Surabaya, East Java, Indonesia")."""
    country = None
    at, steps = end, 0
    while at + 1 < len(sheet) and sheet.words[at] == "," and steps < 3:
        stop = sheet.longest(at + 1, sheet.base.longest, sheet.base.names, sheet.folded)  # type: ignore[arg-type]
        if stop:
            known = sheet.base.names[sheet.folded[sheet.idx[at + 1] : sheet.ends[stop - 1]]]
            if known.sort in {"name", "capital"} and known.entity:
                return known.entity.country
            if known.sort == "place" and country is None:
                place = sheet.base.place(known.index)
                country = place.country if place.population >= 5_000_000 else None
        else:
            stop = at + 2
            while stop < len(sheet) and sheet.words[stop][:1].isupper():
                stop += 1
        at, steps = stop, steps + 1
    return country


def _capital(sheet: Sheet, start: int, end: int, known: Known) -> Found | None:
    state = known.entity
    if (
        state is None
        or _within_person(sheet, start, end)
        or sheet.tag[start] not in {"NNP", "NNPS", "NN", "JJ"}
    ):
        return None
    if (
        sheet.words[start] == "Washington"
        and end < len(sheet)
        and sheet.words[end] in {"Post", "Times", "State"}
    ):
        return None
    root = sheet.root(start, end)
    if _names_body(sheet, start, end) or _part_of_title(sheet, end):
        return None
    stated = stated_country(sheet, end)
    named = sheet.folded[sheet.idx[start] : sheet.ends[end - 1]]
    district = "D.C" in named or "DC" in named
    if district or stated or locative(sheet, root) or _local(sheet, root):
        country = stated or state.country or ""
        name = sheet.text(start, end)
        entity = Entity(digest("place", name, country), name, country or None, None, "place")
        return Found(start, end, entity, sheet.base.states.get(country, entity), "place", 0.85)
    return Found(start, end, state, state, "name", 0.8)


def _local(sheet: Sheet, root: int) -> bool:
    """Whether a capital is only a place by its role: "the mayor of Rome", "Kyiv, where ..."."""
    if sheet.dep[root] in {"npadvmod", "appos"}:
        return True
    above = sheet.up[root]
    of = sheet.dep[root] == "pobj" and sheet.words[above] == "of"
    return of and sheet.words[sheet.up[above]].lower() in sheet.base.localities


def _part_of_title(sheet: Sheet, end: int) -> bool:
    """Whether a capital only qualifies a proper name ("the Vienna Convention")."""
    if sheet.dep[end - 1] not in {"compound", "nmod"} or end >= len(sheet):
        return False
    return (
        sheet.tag[end] in {"NNP", "NNPS"}
        and sheet.lower[sheet.idx[end] : sheet.ends[end]] not in sheet.base.agents
    )


def _names_body(sheet: Sheet, start: int, end: int) -> bool:
    """Whether a state's name is only part of an organisation's ("Bank of China")."""
    if sheet.ent[start] not in {"ORG", "FAC", "PERSON", "WORK_OF_ART", "PRODUCT"}:
        return False
    first, last = _entity_range(sheet, start, sheet.ent[start])
    while first < last and sheet.words[first].lower() in {"the", "a"}:
        first += 1
    if (first, last) == (start, end) or last - first <= end - start:
        return False
    words = {w.lower() for w in sheet.words[first:last]}
    agents = sheet.base.agents
    return bool(words & sheet.base.bodies.keys()) and sheet.words[last - 1].lower() not in agents


def _state_or_actor(sheet: Sheet, start: int, end: int, known: Known) -> Found | None:
    entity, party = known.entity, known.party
    if entity is None or party is None:
        return None
    if sheet.ent[start] == "PERSON" and end - start == 1 and _within_person(sheet, start, end):
        return None
    if known.sort == "actor":
        if (
            end - start == 1
            and not sheet.words[start].isupper()
            and sheet.tag[start] in {"IN", "VB", "VBD", "RB", "DT"}
        ):
            return None
        if end - start == 1 and sheet.tag[start][:2] in {"VB", "MD"}:  # "IS" in a headline in capitals
            return None
        if _contested(sheet, start, end, entity):
            return None
        entity = sheet.base.state_on(entity, sheet.annotation.article.published)
        if party.entity_id == entity.entity_id:
            party = entity
        return Found(start, end, entity, party, "name", 0.9)
    if _names_body(sheet, start, end):
        return None
    if known.sort == "name":
        if sheet.words[start] == "Georgia" and _american(sheet):
            entity = Entity("geonames:4197000", "Georgia (U.S. state)", "USA", None, "place")
            return Found(start, end, entity, sheet.base.states["USA"], "place", 0.8)
        form = "place" if locative(sheet, sheet.root(start, end)) else "name"
        return Found(start, end, entity, party, form, 0.95)  # type: ignore[arg-type]
    return _adjective(sheet, start, end, known)


def _contested(sheet: Sheet, start: int, end: int, entity: Entity) -> bool:
    """Whether a body's name may be another's: "Congress" of a country other than the one it stands for."""
    if (
        sheet.ent[start] == "ORG"
        and start
        and sheet.ent[start - 1] == "ORG"
        and sheet.tokens[start].ent_iob_ == "I"
    ):
        before = sheet.taken[start - 1]
        leading = sheet.words[start - 1]
        if (
            leading[:1].isupper()
            and leading not in {"The", "A"}
            and (before is None or before.entity.country != entity.country)
        ):
            return True
    if sheet.lower[sheet.idx[start] : sheet.ends[end - 1]] not in sheet.base.agents:
        return False
    owned = end < len(sheet) and sheet.words[end] == "of"
    before = sheet.taken[start - 1] if start else None
    other = before is not None and before.entity.country != entity.country
    return owned or other or entity.country not in _countries(sheet)


def _american(sheet: Sheet) -> bool:
    text = sheet.folded
    return "Tbilisi" not in text and "Georgian" not in text and ("Atlanta" in text or "United States" in text)


def _adjective(sheet: Sheet, start: int, end: int, known: Known) -> Found | None:
    entity = known.entity
    if entity is None:
        return None
    tag, last = sheet.tag[end - 1], end - 1
    modifies = sheet.dep[last] in {"amod", "compound", "nmod"} and sheet.up[last] > last
    plural = known.sort == "people" and tag in {"NNPS", "NNS"}
    if (plural or (known.sort == "people" and not modifies)) or (tag in {"NNPS", "NNS"} and not modifies):
        name = sheet.text(start, end)
        people = Entity(digest("people", name, entity.country), name, entity.country, "CVL", "group")
        return Found(start, end, people, people, "nominal", 0.8)
    return Found(start, end, entity, entity, "adjective", 0.9)

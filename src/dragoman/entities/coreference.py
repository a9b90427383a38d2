"""Later, shorter words for what an article has named: surnames, "the minister", "it", "we" in a quotation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entities.draft import Found
from dragoman.entities.echoes import Echoes
from dragoman.entities.knowledge import ORGANS
from dragoman.entities.meetings import Meetings
from dragoman.entities.officials import place_bodies, place_officials, tell_bare
from dragoman.entities.plurals import OPENERS, Plurals, together
from dragoman.entities.scenery import Scenery
from dragoman.entities.voice import addressees, issuer, joint_issuers, joint_opening, quoted_by, signer, turns
from dragoman.records import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.entities.draft import Sheet
    from dragoman.records import Entity, Form

__all__ = ["follow_surnames", "relocate", "resolve_references"]

HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
IT, THEY = frozenset({"it", "its", "itself"}), frozenset({"they", "them", "their", "theirs", "themselves"})
WE = frozenset({"we", "us", "our", "ours", "i", "me", "my", "mine"})
OWN_VOICE = frozenset({"we", "us", "our", "ours"})
NOUNS = {
    "country": "state", "nation": "state", "kingdom": "state", "republic": "state",
    "group": "group", "movement": "group", "organisation": "group", "organization": "group",
    "network": "media", "broadcaster": "media", "newspaper": "media", "channel": "media",
    "militia": "group", "bloc": "group", "alliance": "group", "agency": "group", "body": "group",
}  # fmt: skip
MEDIA = frozenset({"JRN", "MED", "BUS", "MNC", None})
STATES, GROUPS = frozenset({"state"}), frozenset({"organisation", "armed-group", "group"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
REACH = 150
DEPTH = 5
RARE = 0.35


def follow_surnames(sheet: Sheet) -> None:
    """Tie a bare surname to the person named in full before (or, failing that, anywhere in the article)."""
    full = _full_names(sheet)
    if not full:
        return
    first = _first_names(sheet, full)
    for i, word in enumerate(sheet.words):
        known = full.get(word.title() if word.isupper() else word)
        here = sheet.taken[i]
        if known is None and here is not None and here.confidence <= 0.7 and here.form in {"name", "place"}:
            known = first.get(word) if here.end - here.start == 1 else None
        if known is None:
            continue
        if here is known or (here is not None and here.end - here.start > 1):
            continue
        if here is None or here.entity.kind == "person" or here.form == "place" or here.confidence <= 0.6:
            sheet.put(
                Found(i, i + 1, known.entity, known.party, "name", 0.9, gender=known.gender, role=known.role)
            )


def _full_names(sheet: Sheet) -> dict[str, Found]:
    """Index the people whom an article names in full, or by one name with a title, by surname."""
    full: dict[str, Found] = {}
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or found.entity.kind != "person" or found.form != "name":
            continue
        words = sheet.folded[sheet.idx[found.start] : sheet.ends[found.end - 1]].split()
        if len(words) > 1:
            for key in (words[-1], " ".join(words[-2:])):
                if key not in full or found.entity.country:
                    full.setdefault(key, found)
        elif found.role:
            full.setdefault(words[0], found)
    return full


def _first_names(sheet: Sheet, full: dict[str, Found]) -> dict[str, Found]:
    """Index the people of an article by a first name that only one of them has."""
    out: dict[str, Found | None] = {}
    for found in full.values():
        name = sheet.words[found.start]
        other = out.get(name, found)
        out[name] = found if other is not None and other.entity == found.entity else None
    return {name: found for name, found in out.items() if found is not None}


def resolve_references(sheet: Sheet) -> None:
    """Enter nominals and pronouns that stand for something named before; give bare agents a country."""
    scenery = Scenery(sheet)
    author = signer(sheet)
    place_officials(sheet, scenery, author.party.country if author else None)
    place_bodies(sheet, scenery)
    before: list[Found] = []
    meetings = Meetings(sheet)
    plurals = Plurals(sheet, meetings)
    joint = joint_issuers(sheet) or joint_opening(sheet, plurals.joined)
    voice = together(joint, (0, 0, 0), "pronoun", 0.5) if joint else author or issuer(sheet)
    inside, quoted = quoted_by(sheet)
    spoken = turns(sheet)
    addressed = addressees(spoken)
    echoes = Echoes()
    for i in range(len(sheet)):
        found = sheet.taken[i]
        if found is not None:
            if found.start == i:
                _settle(sheet, found, before, (scenery, echoes, meetings))
                before.append(found)
                echoes.add(sheet, found)
            continue
        word = sheet.words[i].lower()
        reference = plurals.reference(i, before) if word in OPENERS else None
        if reference is None and word in THEY:
            reference = _they(sheet, i, before, plurals)
        reference = reference or _pronoun(sheet, i, word, before, quoted) or _noun(sheet, i, word, before)
        reference = reference or _echo(sheet, i, echoes)
        if reference is None and word == "you" and i in addressed:
            reference = _as(i, addressed[i], "pronoun", 0.5)
        if reference is None and word in WE and i not in inside and _spelled(sheet.words[i]):
            reference = _own_voice(i, word, (author, voice), spoken)
        if reference is not None:
            before.append(sheet.put(reference))


def relocate(sheet: Sheet) -> None:
    """Move bodies with a common name ("the Senate") to the country that the article is set in.

    The base gives such a name to the state that it mostly means; an article that hardly speaks of that
    state means its own.
    """
    scenery = Scenery(sheet)
    state = sheet.base.states.get(scenery.main or "")
    if state is None:
        return
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or found.form != "name" or found.entity.kind != "organisation":
            continue
        country = found.entity.country
        if (
            country is None
            or country == scenery.main
            or found.entity.sector not in {"LEG", "JUD", "GOV", "MIL"}
        ):
            continue
        agent = sheet.base.agents.get(sheet.lower[sheet.idx[i] : sheet.ends[found.end - 1]])
        if agent is None or scenery.share(country) > RARE * scenery.share(scenery.main or ""):
            continue
        name = f"{found.entity.name.rpartition('States ')[2]} of {state.name}"
        found.entity = replace(
            found.entity, entity_id=digest("organisation", name), name=name, country=scenery.main
        )
        found.party = state if found.entity.sector in ORGANS else found.entity


def _settle(
    sheet: Sheet, found: Found, before: list[Found], context: tuple[Scenery, Echoes, Meetings]
) -> None:
    """Resolve a mention that the text leaves open: a bare agent, or a body named by a part of its name."""
    scenery, echoes, meetings = context
    bare = found.form == "nominal" and found.confidence == 0.4
    short = found.form == "name" and found.entity.kind == "organisation" and found.confidence <= 0.6
    if bare or short:
        full = echoes.of(sheet, found.start, found.end)
        if full is not None:
            found.entity, found.party, found.role = full.entity, full.party, full.role
            found.confidence = 0.7
        elif bare:
            tell_bare(sheet, found, before, scenery, meetings)


def _echo(sheet: Sheet, i: int, echoes: Echoes) -> Found | None:
    """Resolve a free noun by the body that is named with it ("the bank", after "Bank of Ruritania")."""
    if sheet.tag[i] not in {"NN", "NNP"} or sheet.dep[i] in {"compound", "nmod"}:
        return None
    full = echoes.of(sheet, i, i + 1)
    return _as(i, full, "nominal", 0.6) if full is not None else None


def _pronoun(sheet: Sheet, i: int, word: str, before: list[Found], quoted: dict[int, int]) -> Found | None:
    if word in WE and _spelled(sheet.words[i]):
        speaker = quoted.get(i)
        source = sheet.taken[speaker] if speaker is not None else None
        if source is None:
            return None
        return _as(i, source, "pronoun", 0.7)
    if word in HE or word in SHE:
        wrong = "f" if word in HE else "m"
        said = sheet.taken[quoted[i]] if i in quoted else None
        mute = said.entity if said is not None else None  # a speaker is "I" in what he says, not "he"
        return _latest(
            sheet,
            i,
            before,
            lambda f: f.entity.kind == "person" and f.gender != wrong and f.entity != mute,
        )
    if word in IT and not _expletive(sheet, i):
        beside = _parallel(sheet, i) if word == "its" else None
        if beside is not None:
            return _as(i, beside, "pronoun", 0.6)
        us = _our_party(sheet, i)
        return _latest(
            sheet,
            i,
            before,
            lambda f: f.entity.kind in STATES | GROUPS and f.form != "adjective" and f.entity != us,
        )
    return None


def _our_party(sheet: Sheet, i: int) -> Entity | None:
    """Return whom "we" stands for where it is the subject over a word: "it" beside it is another."""
    above = i
    for _ in range(DEPTH):
        if sheet.up[above] == above:
            break
        above = sheet.up[above]
        for child in sheet.tokens[above].children:
            found = sheet.taken[child.i]
            if child.dep_ in SUBJECT and found is not None and child.lower_ in WE:
                return found.party
    return None


def _parallel(sheet: Sheet, i: int) -> Found | None:
    """Return who owns the phrase that an owned phrase is joined to ("Chile's army and its generals")."""
    noun = sheet.up[i]
    if sheet.dep[noun] != "conj" or sheet.dep[i] != "poss":
        return None
    for child in sheet.tokens[sheet.up[noun]].children:
        if child.dep_ == "poss" and child.i < i:
            found = sheet.taken[child.i]
            if found is not None and found.entity.kind in STATES | GROUPS:
                return found
    return None


def _they(sheet: Sheet, i: int, before: list[Found], plurals: Plurals) -> Found | None:
    """Resolve "they": to a plural named before, or to the parties that a sentence before joins by "and"."""
    groups = plurals.before(i, REACH)
    people = plurals.meetings.before(i) if plurals.meetings.told(i) else []
    if people:
        return together(people, (i, i + 1, i), "pronoun", 0.6)
    fitting = [f for f in before[-40:] if _several(f) or f.members]
    chosen = _antecedent(sheet, i, sorted([*fitting, *groups], key=lambda f: f.end), lambda _: True)
    if chosen is None:
        pair = plurals.pair(i, before)
        return together(pair, (i, i + 1, i), "pronoun", 0.5) if pair else None
    if chosen.members:
        return together(list(chosen.members), (i, i + 1, i), "pronoun", 0.6)
    return _as(i, chosen, "pronoun", 0.6)


def _several(found: Found) -> bool:
    return found.entity.kind in {"agent", "group", "armed-group"} or (
        found.form == "nominal" and found.entity.kind == "state"
    )


def _expletive(sheet: Sheet, i: int) -> bool:
    return sheet.dep[i] == "expl" or (
        sheet.dep[i] in SUBJECT
        and sheet.tokens[sheet.up[i]].lemma_ == "be"
        and sheet.words[i].lower() == "it"
    )


def _latest(sheet: Sheet, i: int, before: list[Found], fits: Callable[[Found], bool]) -> Found | None:
    best = _antecedent(sheet, i, before, fits)
    return _as(i, best, "pronoun", 0.6) if best is not None else None


def _antecedent(sheet: Sheet, i: int, before: list[Found], fits: Callable[[Found], bool]) -> Found | None:
    """Choose the antecedent: the nearest fitting subject of this or the sentence before, else the nearest."""
    sentence = sheet.tokens[i].sent.start
    best, best_score = None, -1e9
    for found in reversed(before):
        if i - found.end > REACH:
            break
        if not fits(found) or found.end > i:
            continue
        if found.form == "pronoun" and sheet.words[found.start].lower() in WE:
            continue
        same = found.start >= sentence
        clash = same and sheet.up[found.head] == sheet.up[i] and sheet.dep[i] in {"dobj", "pobj", "dative"}
        score = -0.05 * (i - found.end) + (4 if sheet.dep[found.head] in SUBJECT else 0) + (1 if same else 0)
        score -= 10 if clash else 0
        if score > best_score:
            best, best_score = found, score
    return best


def _spelled(word: str) -> bool:
    """Whether a pronoun of the first person is not an abbreviation ("US")."""
    return not word.isupper() or word == "I"


def _own_voice(
    i: int, word: str, voices: tuple[Found | None, Found | None], spoken: dict[int, Found | None]
) -> Found | None:
    """Resolve "I" and "we" outside quotation marks: a turn's speaker, else the signer, else the issuer."""
    if i in spoken:
        speaker = spoken[i]
        return None if speaker is None else _as(i, speaker, "pronoun", 0.7)
    author, party = voices
    if word not in OWN_VOICE and author is not None:
        return _as(i, author, "pronoun", 0.7)
    return _of_party(i, party) if party is not None else None


def _of_party(i: int, source: Found) -> Found:
    """'We' of a statement: the party itself, not the official who is its first mention."""
    if source.members:
        return together(list(source.members), (i, i + 1, i), "pronoun", 0.5)
    return Found(i, i + 1, source.party, source.party, "pronoun", 0.5, head=i)


def _as(i: int, source: Found, form: Form, confidence: float) -> Found:
    return Found(
        i,
        i + 1,
        source.entity,
        source.party,
        form,
        confidence,
        head=i,
        gender=source.gender,
        role=source.role,
    )


def _noun(sheet: Sheet, i: int, word: str, before: list[Found]) -> Found | None:
    kind = NOUNS.get(word)
    if (
        kind is None
        or i == 0
        or sheet.words[i - 1].lower() not in {"the", "this"}
        or sheet.dep[i] == "compound"
    ):
        return None
    if kind == "state":
        return _country(sheet, i, before)
    if kind == "media":
        return next((_as(i, f, "nominal", 0.6) for f in reversed(before) if _media(f)), None)
    for found in reversed(before):
        if i - found.end > REACH:
            break
        if found.entity.kind in GROUPS and found.entity.sector != "CVL":
            return _as(i, found, "nominal", 0.6)
    return None


def _media(found: Found) -> bool:
    """Whether a mention names what may be a broadcaster or a newspaper."""
    entity = found.entity
    return found.form == "name" and entity.kind == "organisation" and entity.sector in MEDIA


def _country(sheet: Sheet, i: int, before: list[Found]) -> Found | None:
    """Choose the state that "the country" means: near, a subject, or the place of the sentence."""
    best, best_score = None, -1e9
    sentence = sheet.tokens[i].sent.start
    for found in before:
        if i - found.end > REACH or found.party.kind != "state" or found.party.country is None:
            continue
        score = -0.06 * (i - found.end) + (1.5 if found.start >= sentence else 0.0)
        score += 2.0 if sheet.dep[found.head] in SUBJECT else 0.0
        score += 1.0 if found.form == "place" else 0.0
        if score > best_score:
            best, best_score = found, score
    if best is None:
        return None
    state = sheet.base.states.get(best.party.country or "", best.party)
    return Found(i, i + 1, state, state, "nominal", 0.6, head=i)

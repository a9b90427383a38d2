"""The knowledge base: who has which name, which office, and when."""

from __future__ import annotations

import csv
import gc
import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from dragoman.entities.spelling import fold
from dragoman.records import Entity, digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["Agent", "KnowledgeBase", "Known", "Office", "Person", "Place"]

Sort = Literal["name", "adjective", "people", "capital", "actor", "person", "place"]
CONTINENTS = frozenset({"Africa", "Asia", "Europe", "America", "Oceania"})
"""Names that some town of the gazetteer shares, and that never mean it."""
ORGANS = frozenset({"GOV", "MIL", "COP", "SPY"})
LEADERS = {"HOS": ("HOS", "PRES"), "PRES": ("PRES", "HOS"), "HOG": ("HOG",), "FM": ("FM",), "DM": ("DM",)}


@dataclass(frozen=True, slots=True)
class Office:
    """An office held from ``start`` to ``end`` (ISO dates; empty: unknown).

    ``sure`` is False when the source only says that it was still held at ``end``.
    """

    role: str
    start: str
    end: str
    sure: bool = True

    def held_on(self, day: str) -> bool:
        """Whether the office is known to be held on a day (ISO 8601)."""
        return self.start <= day and (not self.end or day <= self.end)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the base."""

    entity_id: str
    name: str
    country: str
    sector: str
    gender: str
    offices: tuple[Office, ...]

    def sector_on(self, day: str) -> str:
        """PLOVER's sector on a day: GOV in office, ELI once every office is known to have ended."""
        if self.sector != "GOV" or not self.offices or not day:
            return self.sector
        ended = all(o.sure and o.end and o.end < day for o in self.offices)
        return "ELI" if ended else "GOV"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer."""

    geonames_id: str
    name: str
    country: str
    population: int


@dataclass(frozen=True, slots=True)
class Agent:
    """A common noun that acts: its class, PLOVER sector, number (s, p or n) and the role it names."""

    noun: str
    group: str
    sector: str
    number: str
    role: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: ``sort`` says how, ``entity`` for whom.

    People and places have an ``index`` in place of an entity, since they are built on demand.
    """

    sort: Sort
    entity: Entity | None
    party: Entity | None = None
    index: int = -1


def _table(name: str) -> Iterator[dict[str, str]]:
    data = files("dragoman.entities").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(data.splitlines())


def _lines(name: str) -> list[str]:
    data = files("dragoman.entities").joinpath("data", name).read_bytes()
    return gzip.decompress(data).decode("utf-8").split("\n")[1:-1]


class KnowledgeBase:
    """Everything the linker knows, indexed by folded name.

    ``names`` maps a folded name to what it stands for; ``longest`` maps the first word of a name to
    the most words that a name beginning with it has.
    """

    def __init__(self) -> None:
        self.names: dict[str, Known] = {}
        self.longest: dict[str, int] = {}
        self.states: dict[str, Entity] = {}
        self.adjectives: dict[str, str] = {}
        self.titles: dict[str, Entity] = {}
        self.agents: dict[str, Agent] = {}
        self.agent_words: dict[str, int] = {}
        self.changes: dict[str, tuple[str, str]] = {}
        self._people = _lines("people.tsv.gz")
        self._places = _lines("places.tsv.gz")
        self._surnames: dict[str, list[int]] = {}
        self._holders: dict[tuple[str, str], list[tuple[Office, int]]] = {}
        self._twins: dict[str, list[int]] = {}
        self.bodies = {row["word"]: row["sector"] for row in _table("bodies.csv")}
        self.divisions = frozenset(row["word"] for row in _table("divisions.csv"))
        self.localities = frozenset(row["word"] for row in _table("localities.csv"))
        self.given = {row["name"]: row["gender"] for row in _table("given_names.csv")}
        self.famous: dict[str, int] = {}
        self.plain_words = frozenset(row["word"] for row in _table("plain_words.csv"))
        self.laws = frozenset(row["word"] for row in _table("laws.csv"))
        self.acts = frozenset(row["word"] for row in _table("acts.csv"))
        self.placeless = frozenset(row["word"] for row in _table("placeless.csv"))
        self.regions = frozenset(row["word"] for row in _table("regions.csv"))
        collecting = gc.isenabled()
        gc.disable()  # a hundred thousand small objects are made and none dies: collecting doubles the time
        try:
            self._load_states()
            self._load_actors()
            self._load_people()
            self._load_places()
            self._load_agents()
        finally:
            if collecting:
                gc.enable()

    @classmethod
    @cache
    def shared(cls) -> KnowledgeBase:
        """Return the one copy that a process needs."""
        return cls()

    def _add(self, name: str, known: Known) -> None:
        key = fold(name)
        if len(key) < 2 or key in self.names:
            return
        self.names[key] = known
        first, _, rest = key.partition(" ")
        count = rest.count(" ") + 2 if rest else 1
        if self.longest.get(first, 0) < count:
            self.longest[first] = count

    def _load_states(self) -> None:
        for row in _table("states.csv"):
            entity = Entity(row["code"], row["name"], row["country"] or None, row["sector"] or None, "state")
            if row["kind"] == "territory" and not row["sector"]:
                entity = Entity(row["code"], row["name"], row["country"] or None, None, "place")
            self.states[row["code"]] = entity
            if row["kind"] == "state":
                self.adjectives[row["code"]] = row["adjectives"].split(";")[0] or row["name"]
            sorts: tuple[tuple[Sort, str], ...] = (
                ("name", "names"), ("adjective", "adjectives"), ("people", "people"), ("capital", "capitals"),
            )  # fmt: skip
            for sort, column in sorts:
                for name in filter(None, row[column].split(";")):
                    self._add(name, Known(sort, entity, entity))

    def _load_actors(self) -> None:
        for row in _table("actors.csv"):
            name, sector = row["name"], row["sector"] or None
            country = row["country"] or None
            if country in self.states and self.states[country].name == name:
                entity = self.states[country]
            else:
                entity = Entity(digest("actor", name, country), name, country, sector, row["kind"])
            if row["after_sector"]:
                self.changes[entity.entity_id] = (row["until"], row["after_sector"])
            party = self.states[country] if country in self.states and sector in ORGANS else entity
            known = Known("actor", entity, party)
            for alias in (name, *filter(None, row["aliases"].split(";"))):
                self._add(alias.removeprefix("The "), known)

    def _load_people(self) -> None:
        where: dict[tuple[str, str], int] = {}
        for index, line in enumerate(self._people):
            name, country, _, aliases, _ = line.split("\t", 5)[:5]
            known = Known("person", None, None, index)
            where[name, country] = index
            self._add(name, known)
            if aliases:
                for alias in aliases.split(";"):
                    self._add(alias, known)
            self._surnames.setdefault(fold(name).rsplit(" ", 1)[-1], []).append(index)
        for row in _table("surnames.csv"):
            index = where[row["name"], row["country"]]
            self.famous[fold(row["alias"])] = index
            self._add(row["alias"], Known("person", None, None, index))

    def _load_places(self) -> None:
        spellings: list[tuple[str, Known]] = []
        for index, line in enumerate(self._places):
            _, name, _, _, _, _, aliases = line.split("\t")
            key = fold(name)
            known, largest = Known("place", None, None, index), self.names.get(key)
            if largest is None:
                self._add(name, known)
            elif largest.sort == "place":
                self._twins.setdefault(key, [largest.index]).append(index)
            if aliases:
                spellings.append((aliases, known))
        for continent in CONTINENTS:
            if continent in self.names and self.names[continent].sort == "place":
                del self.names[continent]
        for aliases, known in spellings:
            self._add_folded(aliases.split(";"), known)

    def _add_folded(self, aliases: list[str], known: Known) -> None:
        """Add names that were folded when the data was built."""
        names, longest = self.names, self.longest
        for alias in aliases:
            if alias not in names and alias not in CONTINENTS:
                names[alias] = known
                first, _, rest = alias.partition(" ")
                count = rest.count(" ") + 2 if rest else 1
                if longest.get(first, 0) < count:
                    longest[first] = count

    def _load_agents(self) -> None:
        for row in _table("agents.csv"):
            noun = row["noun"]
            self.agents[noun] = Agent(noun, row["class"], row["sector"], row["number"], row["role"])
            first = noun.partition(" ")[0]
            self.agent_words[first] = max(self.agent_words.get(first, 0), noun.count(" ") + 1)

    @cache  # noqa: B019  (one base lives as long as the process)
    def person(self, index: int) -> Person:
        """Return a person by the index that a name's :class:`Known` gives."""
        name, country, sector, _, gender, offices = self._people[index].split("\t")
        held = []
        for office in filter(None, offices.split(";")):
            role, start, end = office.split("/")
            held.append(Office(role, start, end.lstrip("~"), not end.startswith("~")))
        return Person(digest("person", name, country), name, country, sector, gender, tuple(held))

    @cache  # noqa: B019
    def place(self, index: int) -> Place:
        """Return a place by the index that a name's :class:`Known` gives."""
        cells = self._places[index].split("\t")
        return Place(cells[0], cells[1], cells[2], int(cells[3]))

    def place_in(self, key: str, index: int, countries: set[str]) -> Place:
        """Return the place with a (folded) name, one in the given countries rather than the largest."""
        twins = self._twins.get(key, [index])
        return next((p for p in map(self.place, twins) if p.country in countries), self.place(index))

    def person_entity(self, index: int, day: str) -> tuple[Entity, Entity]:
        """Return a person as an entity on a day, and the party that the person acts for."""
        person = self.person(index)
        country = person.country if len(person.country) == 3 and person.country in self.states else None
        sector = person.sector_on(day)
        entity = Entity(person.entity_id, person.name, country, sector, "person")
        if country and sector in ORGANS:
            return entity, self.states[country]
        organisation = self.names.get(person.country) if not country else None
        party = organisation.entity if organisation and organisation.entity else entity
        return entity, party

    def named(self, surname: str) -> list[int]:
        """Return the indexes of people with a (folded) surname."""
        return self._surnames.get(surname, [])

    def holder(self, country: str, role: str, day: str) -> int | None:
        """Return who held an office on a day (ISO 8601), or None when the base does not know."""
        if not self._holders:
            self._index_holders()
        for wanted in LEADERS.get(role, (role,)):
            held = [(o.start, i) for o, i in self._holders.get((country, wanted), ()) if o.held_on(day)]
            if held:
                return max(held)[1]
        return None

    def _index_holders(self) -> None:
        for index, line in enumerate(self._people):
            offices = line.rpartition("\t")[2]
            for office in offices.split(";") if offices else ():
                role, start, end = office.split("/")
                if role not in {"OTH", "AMB"}:
                    held = Office(role, start, end.lstrip("~"), not end.startswith("~"))
                    country = line.split("\t", 2)[1]
                    self._holders.setdefault((country, role), []).append((held, index))

    def state_on(self, entity: Entity, published: date | None) -> Entity:
        """Return an entity with the sector it had on a day (the Taliban governed from 2021-08-15)."""
        change = self.changes.get(entity.entity_id)
        if change and published is not None and published.isoformat() >= change[0]:
            return Entity(entity.entity_id, entity.name, entity.country, change[1], entity.kind)
        return entity

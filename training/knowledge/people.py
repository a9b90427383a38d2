"""People in office, with the dates of each office."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from training.knowledge.tables import CURATED, SOURCES, plain, read_rows, split, write_gzip, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["build_people"]

HEADER = ("name", "country", "sector", "aliases", "gender", "offices")
FACTBOOK_TITLE = re.compile(
    r"^(?:.*?(?:President|Premier|Prime Minister|Chancellor|King|Queen|Emir|Amir|Sultan|Minister|Taoiseach|"
    r"Emperor|Pope|Leader|Chairman|Prince|General|Governor|Captain|Captains Regent|Director)\b"
    r"(?: of [A-Za-z ]+?(?= [A-Z]\w+ [A-Z]{2}))?,?\s*)(?P<name>[A-Z].*)$"
)
JUNK = re.compile(
    r"\b(Dr|Gen|Lt|Col|Sir|Dame|Ret|Maj|Brig|Adm|Sheikh|Ayatollah|Mr|Mrs|Ms|Marshal|Field)\b\.?,? ?"
    r"|\(.*?\)|\bHRH\b"
)


OPEN_2022 = "~2022-06-30"
"""An office that was held when the source was made: certain until then, unknown after."""


DEPENDENT = {row["code"] for row in read_rows(CURATED / "dependent.csv")}
"""Their head of state is another country's: only the latter counts."""


SOLE = frozenset({"PRES", "HOG", "FM", "DM", "HOS"})


@dataclass
class Person:
    """One person: spellings and the offices held (role, from, to)."""

    name: str
    country: str
    aliases: set[str] = field(default_factory=set)
    gender: str = ""
    offices: set[tuple[str, str, str]] = field(default_factory=set)
    sector: str = "GOV"


ROLES = [(row["role"], re.compile(row["pattern"])) for row in read_rows(CURATED / "roles.csv")]


def role_of(title: str) -> str:
    """Name the kind of office that a title is."""
    lowered = title.lower()
    if "deputy" in lowered or "vice minister" in lowered or "shadow" in lowered:
        return "OTH"
    return next((role for role, pattern in ROLES if pattern.search(lowered)), "OTH")


def _calm(name: str) -> str:
    """Turn 'Recep Tayyip ERDOGAN' into 'Recep Tayyip Erdogan'."""

    def word(match: re.Match[str]) -> str:
        text = match.group()
        if text.startswith("MC") and len(text) > 3:
            return "Mc" + text[2:].capitalize()
        return text.capitalize()

    return re.sub(r"[A-ZÀ-Þ]{3,}|(?<=[-' ])[A-ZÀ-Þ]{2}(?=$|[ -])", word, name).strip(" ,")


def _codes() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in read_rows(CURATED / "states.csv"):
        for name in (row["name"], *split(row["names"])):
            out.setdefault(re.sub(r"^the ", "", plain(name).lower()), row["code"])
    out |= {row["name"]: row["code"] for row in read_rows(CURATED / "country_spellings.csv")}
    return out


class Roll:
    """The people gathered so far, one per country and folded name."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], Person] = {}
        self.surnames: dict[tuple[str, str], list[Person]] = defaultdict(list)

    def add(
        self, name: str, country: str, office: tuple[str, str, str] | None, gender: str = ""
    ) -> Person | None:
        """Add a holding of an office, merging with the same person under a longer or shorter name."""
        name = re.sub(r"\s+", " ", name).strip(" ,;.-")
        words = plain(name).lower().replace("-", " ").split()
        if len(words) < 2 or len(name) > 60 or not country:
            return None
        person = self.people.get((country, " ".join(words))) or self._same(country, words)
        if person is None:
            person = Person(name, country)
            self.surnames[country, words[-1]].append(person)
        self.people[country, " ".join(words)] = person
        person.aliases.add(name)
        person.gender = person.gender or gender
        if office:
            person.offices.add(office)
        return person

    def _same(self, country: str, words: list[str]) -> Person | None:
        for other in self.surnames[country, words[-1]]:
            theirs = plain(other.name).lower().replace("-", " ").split()
            if theirs[0] == words[0] and (set(theirs) <= set(words) or set(words) <= set(theirs)):
                return other
        return None


def _everypolitician(roll: Roll, codes: dict[str, str]) -> None:
    folder = SOURCES / "actors_everypolitician_holders21"
    bio = {row["wikidata_id"]: row for row in read_rows(folder / "bio_all.csv")}
    for row in read_rows(folder / "holders21_all.csv"):
        stem = re.sub(r"-(ministers|cabinet)$", "", row["repo"]).replace("-", " ")
        code = codes.get(stem)
        if not code or not row["person"]:
            continue
        position = row["position"]
        if code in {"AUS", "CAN", "IND", "USA"} and re.search(
            r"governor|premier of|chief minister", position, re.IGNORECASE
        ):
            role = "OTH"
        else:
            role = role_of(position)
        about = bio.get(row["wikidata_id"], {})
        person = roll.add(
            row["person"], code, (role, row["start"], row["end"] or OPEN_2022), about.get("gender", "")[:1]
        )
        if person and about.get("enwiki"):
            person.name = re.sub(r"\s*\(.*\)$", "", about["enwiki"])
            person.aliases.add(person.name)


def _factbook(roll: Roll, codes: dict[str, str]) -> None:
    rows = read_rows(SOURCES / "actors_cia_factbook" / "factbook_leaders_2014_2026.csv")
    last = max(row["last_seen"] for row in rows)
    for row in rows:
        code = codes.get(plain(row["country"]).lower())
        text = JUNK.sub("", row["title_and_name"]).split(" - ")[0]
        match = FACTBOOK_TITLE.match(text)
        if code in DEPENDENT or not code or not match or not re.search(r"[A-Z]{3,}", match["name"]):
            continue
        title = text[: match.start("name")].lower()
        name = _calm(re.sub(r",.*$| (serving|acting|previously) .*$", "", match["name"]))
        role = _factbook_role(title, row["role"])
        until = f"~{last}" if row["last_seen"] >= last else row["last_seen"]
        roll.add(name, code, (role, _iso(row["since"]) or row["first_seen"], until))


def _factbook_role(title: str, branch: str) -> str:
    if re.search(r"vice|deputy|first |second |former|elect|governor|crown", title):
        return "OTH"
    if re.search(r"prime minister|premier|chancellor|taoiseach", title):
        return "HOG"
    if "president" in title:
        return "PRES"
    return "HOS" if branch == "chief of state" else "HOG"


def _iso(text: str) -> str:
    for form in ("%d %B %Y", "%B %Y", "%Y"):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
    return ""


def _world_leaders(roll: Roll, codes: dict[str, str]) -> None:
    """Add CIA Chiefs of State, June 2019: an office is known to be held that month alone."""
    for row in read_rows(SOURCES / "actors_cia_world_leaders_2019" / "leaders_2019-06.csv"):
        code = codes.get(plain(row["country"]).lower())
        name = _calm(re.sub(r",.*$", "", JUNK.sub("", row["name"])))
        if code and code not in DEPENDENT and name:
            roll.add(
                name, code, (role_of(row["office"].replace("Min.", "minister")), "2019-06-01", "~2019-06-30")
            )


def _reports(roll: Roll) -> None:
    """Add the people of 2025 and 2026 whom news reports named with their office (see reports.py)."""
    for row in read_rows(CURATED / "people_reports.csv"):
        office = (row["role"] or "OTH", row["from"], row["to"])
        person = roll.add(row["name"], row["country"], office if row["sector"] == "GOV" else None)
        if person is not None:
            person.aliases.update((person.name, *split(row["aliases"])))
            person.name = row["name"]
            if not person.offices:
                person.sector = row["sector"]


def _curated(roll: Roll) -> None:
    for row in read_rows(CURATED / "people.csv"):
        office = (row["role"], row["from"], row["to"]) if row["role"] else None
        person = roll.add(row["name"], row["country"], office, row["gender"])
        if person is None:
            person = Person(
                row["name"], row["country"], {row["name"]}, row["gender"], {office} if office else set()
            )
            roll.people[row["country"], plain(row["name"]).lower()] = person
        person.name, person.sector = row["name"], row["sector"] or "GOV"
        person.aliases.update(split(row["aliases"]))


def _write_given_names() -> None:
    """Write the first names that nearly all their bearers of one gender have, for "he" and "she"."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_rows(SOURCES / "actors_everypolitician_holders21" / "bio_all.csv"):
        if row["gender"] in {"male", "female"} and " " in row["name"]:
            counts[plain(row["name"]).split()[0]][row["gender"][0]] += 1
    rows = []
    for name, genders in sorted(counts.items()):
        gender, most = genders.most_common(1)[0]
        if most >= 3 and most >= 0.95 * genders.total() and len(name) > 2:
            rows.append((name, gender))
    write_rows("given_names.csv", ("name", "gender"), rows)


def _short(person: Person) -> set[str]:
    """Return the first and last word of long names: news leaves out what is between ("Alassane Ouattara")."""
    words = [name.split() for name in (person.name, *person.aliases)]
    particles = {
        "of",
        "bin",
        "bint",
        "al",
        "ibn",
        "de",
        "da",
        "dos",
        "van",
        "von",
        "Jr.",
        "II",
        "III",
        "IV",
        "V",
    }
    return {
        f"{w[0]} {w[-1]}"
        for w in words
        if len(w) > 2 and len(w[0]) > 2 and w[0][0].isupper() and not particles & {w[0], w[-1], w[-2]}
    }


def _certain(offices: set[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Leave out an office of unknown end where another source tells when the same office ended."""

    def told(office: tuple[str, str, str]) -> bool:
        role, _, end = office
        day = end.lstrip("~")
        return end.startswith("~") and any(
            other != office and other[0] == role and other[1] <= day and (not other[2] or other[2] >= day)
            for other in offices
            if not other[2].startswith("~")
        )

    return sorted(office for office in offices if not told(office))


def _settle(people: Iterable[Person]) -> None:
    """Demote an office that a source gives to another while the own list names its holder."""
    spells = [r for r in read_rows(CURATED / "people.csv") if r["role"] in SOLE and r["from"]]
    for person in people:
        for role, start, end in sorted(person.offices):
            rivals = (
                s
                for s in spells
                if (s["country"], s["role"]) == (person.country, role) and s["name"] != person.name
            )
            if any(s["from"] < start < (s["to"] or OPEN_2022.lstrip("~")) for s in rivals):
                person.offices.discard((role, start, end))
                person.offices.add(("OTH", start, end))


def build_people() -> None:
    """Write people.tsv.gz."""
    roll, codes = Roll(), _codes()
    _everypolitician(roll, codes)
    _factbook(roll, codes)
    _world_leaders(roll, codes)
    _reports(roll)
    _curated(roll)
    _write_given_names()
    unique = list({id(p): p for p in roll.people.values()}.values())
    _settle(unique)
    rows = []
    own = {(row["name"], row["country"]) for row in read_rows(CURATED / "people.csv")}
    order = sorted(unique, key=lambda p: ((p.name, p.country) not in own, -len(p.offices), p.country, p.name))
    for person in order:
        offices = ";".join("/".join(o) for o in _certain(person.offices))
        aliases = ";".join(sorted((person.aliases | _short(person)) - {person.name}))
        rows.append((person.name, person.country, person.sector, aliases, person.gender, offices))
    write_gzip("people.tsv.gz", HEADER, rows)
    known = {row["name"]: row["country"] for row in read_rows(CURATED / "people.csv")}
    famous = [(row["alias"], row["name"], known[row["name"]]) for row in read_rows(CURATED / "surnames.csv")]
    write_rows("surnames.csv", ("alias", "name", "country"), famous)

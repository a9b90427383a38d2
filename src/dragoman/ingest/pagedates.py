"""The date a page states for itself.

trafilatura's own search takes any date that the markup shows, that of a reader's comment or of an older
article under "related" included. A date that is not the article's is worse than none, so only these
count, in this order: metadata (``meta`` elements of ``data/pagedates.toml``, JSON-LD and microdata
``datePublished``), the page's own address, and its ``time`` elements where all agree on one day.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from dragoman.ingest.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    Element: TypeAlias = Any  # lxml is published without types

__all__ = ["stated_date"]

_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
_DAY_IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_ADDRESS = "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"


def stated_date(page: Element) -> date | None:
    """Return the day on which a parsed page says that it was published, or None."""
    stated = chain(_in_meta(page), _in_linked_data(page), _in_microdata(page), _in_address(page))
    for value in stated:
        found = parse_date(value)
        if found is not None:
            return found
    days = {parse_date(_value(element)) for element in page.iter("time")}
    return days.pop() if len(days) == 1 else None


def _in_meta(page: Element) -> Iterator[str | None]:
    for element in page.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.strip().lower() in _names():
            yield element.get("content")


def _in_linked_data(page: Element) -> Iterator[str]:
    for script in page.xpath("//script[@type='application/ld+json']"):
        yield from _LINKED_DATA.findall(script.text or "")


def _in_microdata(page: Element) -> Iterator[str]:
    return (_value(element) for element in page.xpath("//*[@itemprop='datePublished']"))


def _in_address(page: Element) -> Iterator[str]:
    for address in page.xpath(_ADDRESS):
        for year, month, day in _DAY_IN_ADDRESS.findall(address):
            yield f"{year}-{int(month):02}-{int(day):02}"


def _value(element: Element) -> str:
    stated: str = element.get("datetime") or element.get("content") or element.text_content()
    return stated


@cache
def _names() -> frozenset[str]:
    text = resources.files("dragoman.ingest").joinpath("data/pagedates.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["meta"])

"""One spelling for matching: diacritics off, dashes to spaces, every character kept in its place."""

from __future__ import annotations

import unicodedata

__all__ = ["fold"]

_FIXED = {
    "-": " ", "\u2010": " ", "\u2011": " ", "\u2013": " ", "\u2019": "'", "\u2018": "'", "\u02bc": "'",
    "\u0131": "i", "\u0130": "I", "\u00f8": "o", "\u00d8": "O", "\u0142": "l", "\u0141": "L", "\u0111": "d",
    "`": "'",
    "\u0110": "D", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "\u2014": " ",
}  # fmt: skip


class _Table(dict[int, str]):
    """Translation table that learns a character the first time it is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if code >= 128:
            base = unicodedata.normalize("NFD", character)[:1]
            character = base if len(base) == 1 else character
        self[code] = character
        return character


_TABLE = _Table({ord(key): value for key, value in _FIXED.items()})


def fold(text: str) -> str:
    """Return the text with marks off its letters and dashes as spaces; its length does not change."""
    return text.translate(_TABLE)

"""Whether a text that was read is one to record: not empty, not too long, in a language that is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.ingest.language import identify
from dragoman.records import Article, Drop

if TYPE_CHECKING:
    from dragoman.settings import Settings

__all__ = ["STAGE", "admit", "left_out", "too_long"]

STAGE = "ingest"


def admit(article: Article, settings: Settings) -> Article | Drop:
    """Return the article with its language, or a drop that says why it is not read."""
    reason = _fault(article.text, settings)
    if reason is None:
        language = identify(article.text, settings.languages)
        if not settings.languages or language in settings.languages:
            return replace(article, language=language)
        reason = f"language:{language}"
    return Drop(STAGE, reason, article_id=article.article_id, where=article.source_path)


def left_out(where: str, reason: str) -> Drop:
    """Return the drop of something that made no article."""
    return Drop(STAGE, reason, where=where)


def too_long(settings: Settings) -> str:
    """Return the reason that a text over the size in the settings is dropped for."""
    return f"longer than {settings.max_chars} characters (--max-chars)"


def _fault(text: str, settings: Settings) -> str | None:
    size = len(text.strip())
    if not size:
        return "empty"
    if size < settings.min_chars:
        return f"shorter than {settings.min_chars} characters (--min-chars)"
    if len(text) > settings.max_chars:
        return too_long(settings)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair, which neither a database nor a file can hold
        return "broken characters (a lone surrogate)"
    return None

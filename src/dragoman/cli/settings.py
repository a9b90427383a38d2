"""Options of a command -> Settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.settings import Settings

__all__ = ["settings_of"]

RENAMED = {"language": "languages"}


def settings_of(options: Mapping[str, Any]) -> Settings:
    """Make settings of a command's options; what is no setting is left aside, None is not given.

    Raises:
        SettingsError: a value has no meaning.
    """
    from dragoman.settings import Settings

    named = {RENAMED.get(key, key): value for key, value in options.items()}
    return Settings.load(**{key: value for key, value in named.items() if key in Settings.model_fields})

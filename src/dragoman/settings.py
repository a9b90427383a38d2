"""One Settings object: defaults < dragoman.toml < environment (DRAGOMAN_*) < command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from dragoman.errors import SettingsError

__all__ = ["Settings"]


class Settings(BaseSettings):
    """What a user may set. Names are the keys of ``dragoman.toml`` and, in capitals, of the environment."""

    model_config = SettingsConfigDict(
        env_prefix="DRAGOMAN_", toml_file="dragoman.toml", extra="forbid", frozen=True
    )

    workers: int = Field(1, ge=1, le=256, description="processes that read articles")
    batch_size: int = Field(64, ge=1, le=4096, description="articles a batch, which is one transaction")
    max_chars: int = Field(200_000, ge=100, description="a longer text is dropped with a reason")
    max_record_bytes: int = Field(
        16_000_000, ge=1000, description="a longer line or JSON record is dropped with a reason"
    )
    min_chars: int = Field(20, ge=1, description="a shorter text is dropped as empty")
    languages: tuple[str, ...] = Field(("en",), description="languages that are read; others are dropped")
    text_column: str | None = Field(None, description="column that holds the text of a table or JSON record")
    title_column: str | None = None
    date_column: str | None = None
    url_column: str | None = None
    publisher_column: str | None = None
    id_column: str | None = None
    delimiter: str | None = Field(None, description="delimiter of CSV input; None to detect")
    encoding: str | None = Field(None, description="encoding of text input; None to detect")
    min_confidence: float = Field(0.0, ge=0.0, le=1.0, description="records below it are not kept")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the signature is the library's)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: command line, environment, then the file of the working directory."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def load(cls, **options: Any) -> Settings:  # noqa: ANN401  (the command line's options, checked here)
        """Make settings from every source; options that are None are left to the other sources.

        Raises:
            SettingsError: a value has no meaning; names the key and the remedy.
        """
        given = {key: value for key, value in options.items() if value is not None}
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "settings"
            where = f"{Path('dragoman.toml').name} or environment or option, key {key!r}"
            raise SettingsError(where, first["msg"], "see the settings page of the docs") from error
        except (OSError, ValueError) as error:
            raise SettingsError("dragoman.toml", str(error), "mend the file or remove it") from error

"""The stage: an annotation in, its mentions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.coreference import follow_surnames, relocate, resolve_references
from dragoman.entities.draft import Sheet
from dragoman.entities.echoes import follow_abbreviations
from dragoman.entities.knowledge import KnowledgeBase
from dragoman.entities.names import find_names
from dragoman.entities.nominals import find_nominals
from dragoman.entities.titles import describe_people
from dragoman.entities.unknown import find_unknown

if TYPE_CHECKING:
    from dragoman.annotation import Annotation
    from dragoman.records import Mention

__all__ = ["Linker"]


class Linker:
    """Needs an annotation; gives its mentions, sorted by start and free of overlap."""

    name = "entities"
    version = "2"

    def __init__(self, base: KnowledgeBase | None = None) -> None:
        self.base = base or KnowledgeBase.shared()

    def link(self, annotation: Annotation) -> tuple[Mention, ...]:
        """Find and resolve every mention of an article. The annotation itself is not changed."""
        sheet = Sheet(annotation, self.base)
        find_names(sheet)
        find_unknown(sheet)
        relocate(sheet)
        find_nominals(sheet)
        describe_people(sheet)
        follow_surnames(sheet)
        follow_abbreviations(sheet)
        resolve_references(sheet)
        return sheet.mentions()

"""One command: ``python -m training.knowledge.build``."""

from __future__ import annotations

import shutil

from training.knowledge.actors import build_actors, build_agents, build_states
from training.knowledge.people import build_people
from training.knowledge.places import build_places
from training.knowledge.tables import CURATED, OUT

__all__ = ["main"]


def main() -> None:
    """Write every file of the knowledge base, with its README."""
    OUT.mkdir(parents=True, exist_ok=True)
    build_states()
    build_actors()
    build_agents()
    build_people()
    build_places()
    shutil.copyfile(CURATED / "README.md", OUT / "README.md")


if __name__ == "__main__":
    main()

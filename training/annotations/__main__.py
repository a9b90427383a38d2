"""Print how much there is: ``python -m training.annotations``."""

from __future__ import annotations

from training.annotations import RECORDS, read_standoff

if __name__ == "__main__":
    documents = read_standoff()
    counts = {kind: sum(len(d[kind]) for d in documents) for kind in RECORDS}
    print(f"{len(documents)} articles, " + ", ".join(f"{n} {kind}" for kind, n in counts.items()))

"""Fitting sparse linear models and writing them in the form that the package reads."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dragoman.statements.linear import SEPARATOR, SMALLEST

DATA = Path(__file__).resolve().parents[2] / "src" / "dragoman" / "statements" / "data"


def fit(
    rows: list[list[str]],
    labels: list[str],
    *,
    strength: float,
    weights: list[float] | None = None,
    least: int = 2,
    lighter: dict[str, float] | None = None,
) -> dict[str, Any]:
    """Fit a logistic model over binary features; return the exported form.

    Args:
        rows: the features of each example.
        labels: the class of each example; two classes must be "no" and "yes".
        strength: inverse of the L2 penalty (scikit-learn's C).
        weights: one weight an example.
        least: features met in fewer examples are left out.
        lighter: features with a prefix ("s" of "s=war") that are to be trusted less, and how much.
    """
    counts = Counter(f for row in rows for f in set(row))
    lighter = lighter or {}
    size = {f: lighter.get(f.partition("=")[0], 1.0) for f in counts}
    kept = [{f: size[f] for f in row if counts[f] >= least} for row in rows]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept)
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    solver = "liblinear" if len(set(labels)) == 2 else "lbfgs"
    model = LogisticRegression(C=strength, max_iter=2000, random_state=0, solver=solver)
    model.fit(matrix, labels, sample_weight=None if weights is None else np.asarray(weights))
    table = {}
    for index, name in enumerate(vectorizer.get_feature_names_out()):
        row = [round(float(w) * size[str(name)], 4) for w in model.coef_[:, index]]
        if any(abs(w) >= SMALLEST for w in row):
            table[str(name)] = row
    return {
        "classes": [str(c) for c in model.classes_],
        "bias": [round(float(b), 4) for b in model.intercept_],
        "weights": table,
    }


def fit_dense(
    rows: list[dict[str, float]], labels: list[str], *, strength: float, weights: list[float], least: int = 2
) -> dict[str, Any]:
    """Fit a logistic model of many classes over weighted features; return the arrays of a dense model."""
    counts = Counter(f for row in rows for f in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: v for f, v in row.items() if counts[f] >= least} for row in rows])
    model = LogisticRegression(C=strength, max_iter=100, tol=1e-3, random_state=0)
    model.fit(matrix, labels, sample_weight=np.asarray(weights))
    table = model.coef_.T
    scale = np.abs(table).max(axis=0) / 127
    steps = np.rint(table / scale).astype(np.int8)
    kept = np.abs(steps).max(axis=1) > 1
    names = [str(n) for n, k in zip(vectorizer.get_feature_names_out(), kept, strict=True) if k]
    return {
        "features": SEPARATOR.join(names),
        "classes": SEPARATOR.join(str(c) for c in model.classes_),
        "weights": steps[kept],
        "scale": scale.astype(np.float32),
        "bias": model.intercept_.astype(np.float32),
    }


def fit_numbers(rows: list[dict[str, float]], labels: list[str], *, strength: float) -> dict[str, Any]:
    """Fit a logistic model of yes or no over a few numbers an example; return the exported form."""
    names = sorted(rows[0])
    model = LogisticRegression(C=strength, max_iter=2000, random_state=0)
    model.fit(np.array([[row[name] for name in names] for row in rows]), labels)
    weights = {name: [round(float(w), 4)] for name, w in zip(names, model.coef_[0], strict=True)}
    return {"classes": ["no", "yes"], "bias": [round(float(model.intercept_[0]), 4)], "weights": weights}


def save_dense(name: str, arrays: dict[str, Any]) -> None:
    """Write a dense model as ``data/model_<name>.npz``."""
    np.savez_compressed(DATA / f"model_{name}.npz", **arrays)


def save(name: str, model: dict[str, Any]) -> None:
    """Write a model as ``data/model_<name>.json``, keys sorted, one line a feature."""
    lines = ",\n".join(
        f"{json.dumps(k, ensure_ascii=False)}:{json.dumps(v)}" for k, v in sorted(model["weights"].items())
    )
    head = json.dumps({k: v for k, v in sorted(model.items()) if k != "weights"})[:-1]
    text = f'{head}, "weights": {{\n{lines}\n}}}}\n'
    (DATA / f"model_{name}.json").write_text(text, encoding="utf-8")

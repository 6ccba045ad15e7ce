"""Figures of quality. Pure: numbers in, numbers and small tables out."""

from collections.abc import Collection, Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
FOLDS = 10
NEWTON_STEPS = 50  # it settles in under ten
RIDGE = 1e-6  # keeps the curvature invertible; far below what would move a figure that is printed


def ndcg(found: Sequence[int], *, judged: Collection[int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain of grades in the order found, 0 to 1; the gain is the grade itself.

    `judged` are all grades that there are to find (Järvelin and Kekäläinen 2002, with the logarithm to base 2).
    """
    ideal = _discounted(sorted(judged, reverse=True)[:depth])
    return _discounted(found[:depth]) / ideal if ideal else 0.0


def overlap(one: Sequence[Hashable], other: Sequence[Hashable], *, depth: int = 10) -> float:
    """The share of the first `depth` that two lists have in common, 0 to 1."""
    return len(set(one[:depth]) & set(other[:depth])) / depth


def calibration_error(probabilities: Numbers, outcomes: Numbers, *, bins: int = 10) -> float:
    """Expected calibration error over bins of equal mass, 0 to 1 (Naeini et al. 2015; Nguyen and O'Connor 2015)."""
    parts = np.array_split(np.argsort(probabilities, kind="stable"), bins)
    gaps = [len(part) * abs(probabilities[part].mean() - outcomes[part].mean()) for part in parts if len(part)]
    return float(sum(gaps)) / len(probabilities)


def errors_by_group(
    probabilities: Numbers, outcomes: Numbers, groups: Sequence[str], *, bins: int = 10
) -> dict[str, float]:
    """The calibration error within each group, by its name in order."""
    names = np.array(groups)
    return {
        str(name): calibration_error(probabilities[names == name], outcomes[names == name], bins=bins)
        for name in np.unique(names)
    }


def fit_logistic(features: Numbers, outcomes: Numbers) -> Numbers:
    """Weights (d + 1,) of a logistic regression of outcomes (n,) on features (n, d), the intercept last; by Newton."""
    known = _with_one(features)
    weights = np.zeros(known.shape[1])
    for _ in range(NEWTON_STEPS):
        expected = _logistic(known @ weights)
        slope = known.T @ (outcomes - expected) - RIDGE * weights
        curvature = (known * (expected * (1 - expected))[:, None]).T @ known + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curvature, slope)
        weights = weights + step
        if np.abs(step).max() < RIDGE:
            break
    return weights


def predicted(features: Numbers, weights: Numbers) -> Numbers:
    """Probabilities (n,) of features (n, d) under weights (d + 1,)."""
    return _logistic(_with_one(features) @ weights)


def cross_validated(features: Numbers, outcomes: Numbers, owners: NDArray[np.int64]) -> Numbers:
    """Probabilities (n,), each from weights that saw nothing of its owner; owners are numbered from 0."""
    probabilities = np.zeros(len(outcomes))
    for fold in range(FOLDS):
        held_out = owners % FOLDS == fold
        weights = fit_logistic(features[~held_out], outcomes[~held_out])
        probabilities[held_out] = predicted(features[held_out], weights)
    return probabilities


def mean(values: Collection[float]) -> float:
    """The mean; 0 of nothing."""
    return float(np.mean(list(values))) if values else 0.0


def table(title: str, columns: Sequence[str], rows: Mapping[str, Sequence[float | int]]) -> str:
    """Plain text: a title, then a line per row; shares with three decimals, counts without."""
    width = max(map(len, [*rows, ""])) + 2
    widths = [max(len(column), 6) + 2 for column in columns]
    lines = [title, " " * width + "".join(f"{column:>{size}}" for column, size in zip(columns, widths, strict=True))]
    for name, values in rows.items():
        cells = "".join(f"{_cell(value):>{size}}" for value, size in zip(values, widths, strict=True))
        lines.append(f"{name:<{width}}{cells}")
    return "\n".join(lines)


def _cell(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _discounted(grades: Sequence[int]) -> float:
    return float(sum(grade / np.log2(place + 2) for place, grade in enumerate(grades)))


def _with_one(features: Numbers) -> Numbers:
    return np.column_stack([features, np.ones(len(features))])


def _logistic(values: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -50, 50))))

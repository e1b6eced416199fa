"""The learned weights of the features, per family of comparison, as `weights.yaml` holds them."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from crosstie.matching.engine.feature_names import FAMILIES, FEATURES
from crosstie.ontology.datafiles import Section, load_data

_FILE = "weights.yaml"


@cache
def weights() -> Any:
    """Return the weights as an array: a row per family, a column per feature."""
    data: Section = load_data(files("crosstie.matching") / _FILE)
    table: Section = data.require("weights", Section)
    table.allow(FAMILIES)
    rows = []
    for family in FAMILIES:
        row: Section = table.require(family, Section)
        row.allow(FEATURES)
        rows.append([float(row.get(feature, 0.0)) for feature in FEATURES])
    return np.array(rows, dtype=np.float64)


@cache
def thresholds() -> tuple[float, float]:
    """Return the scores at which a match is an alert, and at which it is worth showing."""
    data: Section = load_data(files("crosstie.matching") / _FILE)
    return float(data.require("alert", float)), float(data.require("possible", float))


def digest() -> str:
    """Return a digest of the weights in use."""
    return hashlib.sha256((files("crosstie.matching") / _FILE).read_bytes()).hexdigest()[:16]

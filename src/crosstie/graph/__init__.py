"""What follows from ties: neighbours, chains, exposure to anchors, parents. Pure and read-only.

`Graph.build` makes the network; `paths` joins two entities; `ExposureMap` answers for many, and
`exposures` for a few; `exposure_path` turns what they yield into findings.
"""

from crosstie.graph.exposure import ExposureMap, exposures
from crosstie.graph.network import Graph, Neighbour
from crosstie.graph.parents import Parent, parents
from crosstie.graph.paths import IdPath, IdStep, paths
from crosstie.graph.rules import ExposureRules, exposure_rules, load_exposure_rules
from crosstie.graph.saving import open_graph, save_graph
from crosstie.graph.showing import exposure_path

__all__ = [
    "ExposureMap",
    "ExposureRules",
    "Graph",
    "IdPath",
    "IdStep",
    "Neighbour",
    "Parent",
    "exposure_path",
    "exposure_rules",
    "exposures",
    "load_exposure_rules",
    "open_graph",
    "parents",
    "paths",
    "save_graph",
]

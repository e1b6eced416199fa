"""What follows from ties: neighbours, chains, exposure to anchors, parents. Pure and read-only.

`Graph.build` makes the network; `Terms` say by which rules and grades, and on which day, its ties
are weighed. `ChainMap` joins two entities, `ExposureMap` answers for many, and `exposure_path`
turns what they yield into findings.
"""

from crosstie.graph.backing import Backer
from crosstie.graph.exposure import ExposureMap
from crosstie.graph.grades import Grades, Publication
from crosstie.graph.grades_file import load_grades, source_grades
from crosstie.graph.network import Graph, Neighbour
from crosstie.graph.parents import Parent, parents
from crosstie.graph.paths import ChainMap, IdPath, IdStep
from crosstie.graph.reading import TieReading, read_tie
from crosstie.graph.rules import ExposureRules
from crosstie.graph.rules_file import exposure_rules, load_exposure_rules
from crosstie.graph.saving import fetching, open_graph, save_graph
from crosstie.graph.showing import exposure_path
from crosstie.graph.worth import Scales, Terms

__all__ = [
    "Backer",
    "ChainMap",
    "ExposureMap",
    "ExposureRules",
    "Grades",
    "Graph",
    "IdPath",
    "IdStep",
    "Neighbour",
    "Parent",
    "Publication",
    "Scales",
    "Terms",
    "TieReading",
    "exposure_path",
    "exposure_rules",
    "fetching",
    "load_exposure_rules",
    "load_grades",
    "open_graph",
    "parents",
    "read_tie",
    "save_graph",
    "source_grades",
]

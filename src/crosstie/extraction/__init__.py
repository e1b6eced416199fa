"""Article → mentions and claims, each with a quote that stands in the document.

extraction = Extractor(Gazetteer.build(names)).extract(document, article)
"""

from crosstie.extraction.claiming import EXTRACTOR_VERSION, Extraction
from crosstie.extraction.extractor import Extractor
from crosstie.extraction.gazetteer import Gazetteer, GazetteerName

__all__ = ["EXTRACTOR_VERSION", "Extraction", "Extractor", "Gazetteer", "GazetteerName"]

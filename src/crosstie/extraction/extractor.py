"""Read articles by rules: the door of this room."""

from crosstie.extraction.chinese_reading import read_chinese
from crosstie.extraction.claiming import Claims, Extraction
from crosstie.extraction.english_reading import read_english
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.models import english_model
from crosstie.ontology.records import Article, Document


class Extractor:
    """Extraction by rules: deterministic and offline; each claim names its pattern."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or Gazetteer()

    def extract(self, document: Document, article: Article) -> Extraction:
        """Return the mentions and verified claims of one article."""
        claims = Claims(document, article)
        if article.language.startswith("zh"):
            read_chinese(claims, self.gazetteer)
        else:
            # The model keeps every new word it meets, for ever; what it met in an article is
            # dropped with it, so that the ten thousandth costs no more memory than the first.
            with english_model().memory_zone():
                read_english(claims, self.gazetteer)
        return claims.extraction()

"""Read articles by rules: the door of this room."""

from collections.abc import Iterable, Iterator

from crosstie.extraction.chinese_reading import read_chinese
from crosstie.extraction.claiming import Claims, Extraction
from crosstie.extraction.english_reading import read_english
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.ontology.records import Article, Document


class Extractor:
    """Extraction by rules: deterministic and offline; each claim names its pattern."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or Gazetteer()

    def extract(self, document: Document, article: Article) -> Extraction:
        """Return the mentions and verified claims of one article."""
        return next(self.extract_many([(document, article)]))

    def extract_many(self, pairs: Iterable[tuple[Document, Article]]) -> Iterator[Extraction]:
        """Yield the extraction of each article, in order, one at a time."""
        for document, article in pairs:
            claims = Claims(document, article)
            read = read_chinese if article.language.startswith("zh") else read_english
            read(claims, self.gazetteer)
            yield claims.extraction()

"""Back ends: three readers behind one protocol, `extract(document, article)`, and one verifier.

`open_back_end` makes the one that the settings name, or says at once what it lacks.
"""

from crosstie.extraction.backends.marks import back_end_of, is_outdated
from crosstie.extraction.backends.protocol import (
    BackEnd,
    BackEndName,
    EndpointSettings,
    ReaderSettings,
    Usage,
)
from crosstie.extraction.backends.reply_cache import ReplyCache, default_cache
from crosstie.extraction.backends.rules import RulesBackEnd, rules_mark
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.ontology.errors import UsageError

__all__ = [
    "BackEnd",
    "BackEndName",
    "EndpointSettings",
    "ReaderSettings",
    "Usage",
    "back_end_of",
    "forget_replies",
    "is_outdated",
    "open_back_end",
    "rules_mark",
]


def open_back_end(settings: ReaderSettings, gazetteer: Gazetteer) -> BackEnd:
    """Return the back end that the settings name. Raises BackEndError or UsageError.

    The gazetteer serves the rules; a model is told no names, so that it can echo none.
    """
    # Each model's libraries are loaded when it is asked for, and not with the rules.
    if settings.name == "gliner":
        from crosstie.extraction.backends.gliner import GlinerBackEnd

        return GlinerBackEnd(settings.gliner_model, threshold=settings.gliner_threshold)
    if settings.name == "llm":
        from crosstie.extraction.backends.llm import LlmBackEnd

        if settings.endpoint is None:
            raise UsageError(
                "no endpoint is named", where="--extractor llm",
                remedy="set CROSSTIE_LLM_URL and CROSSTIE_LLM_MODEL (and CROSSTIE_LLM_KEY)",
            )  # fmt: skip
        return LlmBackEnd(settings.endpoint)
    return RulesBackEnd(gazetteer)


def forget_replies(document_id: str) -> None:
    """Remove what a language model once replied about a document from the user's cache folder."""
    ReplyCache(default_cache()).forget(document_id)

"""The options that say who writes summaries for a briefing: nobody, or a model at an endpoint."""

from dataclasses import replace
from typing import Annotated

import typer

from crosstie.app.cli.readers import endpoint_settings
from crosstie.ontology.errors import UsageError
from crosstie.workspace import EndpointSettings

# A summary is short, and a briefing without it stands: it is not waited for as reading is.
_TIMEOUT, _ATTEMPTS = 60.0, 2

WriterOption = Annotated[
    str | None,
    typer.Option(
        "--writer",
        help="Who sums up the quotes: openai (a model at an OpenAI-compatible endpoint).",
        show_default="nobody: quotes alone",
    ),
]
EndpointOption = Annotated[
    str | None,
    typer.Option(
        "--endpoint", envvar="CROSSTIE_LLM_URL", help="For --writer: the endpoint's base address."
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", envvar="CROSSTIE_LLM_MODEL", help="For --writer: the model's name."),
]
BudgetOption = Annotated[
    str | None,
    typer.Option(
        "--budget",
        help="For --writer: what it may spend, in tokens (200k) or in money ($5).",
        show_default="no bound",
    ),
]


def writer_settings(
    context: typer.Context,
    writer: str | None,
    *,
    endpoint: str | None,
    model: str | None,
    budget: str | None,
) -> EndpointSettings | None:
    """Return the endpoint that writes, or None. Raises UsageError."""
    if writer is None:
        for name in ("endpoint", "model", "budget"):
            # The environment may name an endpoint for reading; an option is meant.
            source = context.get_parameter_source(name)
            if source is not None and source.name == "COMMANDLINE":
                raise UsageError(
                    "this is for a briefing that a model writes for",
                    where=f"--{name}", remedy="add --writer openai",
                )  # fmt: skip
        return None
    if writer != "openai":
        raise UsageError(f"no writer `{writer}`", where="--writer", remedy="use openai")
    found = endpoint_settings(endpoint, model, budget)
    return replace(found, timeout=_TIMEOUT, attempts=_ATTEMPTS)

"""The options that say who reads documents: the back end, its model or endpoint, and the bounds."""

import os
import re
from pathlib import Path
from typing import Annotated

import typer

from crosstie.app.cli.session import Session
from crosstie.ontology.errors import UsageError
from crosstie.workspace import AddReport, EndpointSettings, ReaderSettings, Usage

_KEY = "CROSSTIE_LLM_KEY"
_PRICES = "CROSSTIE_LLM_PRICES"
_BUDGET = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?P<number>\d+(?:\.\d+)?)(?P<scale>[kKmM])?\s?(?P<unit>[A-Za-z]{3,6})?"
)
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}

ExtractorOption = Annotated[
    str | None,
    typer.Option(
        "--extractor",
        help="Who reads: rules, gliner (a local model) or llm (an endpoint).",
        show_default="rules",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        max=64,
        help="How many documents to read at once.",
        show_default="1 for fewer than 40 files, else one a core, 4 at most; llm: 4",
    ),
]
BudgetOption = Annotated[
    str | None,
    typer.Option(
        "--budget",
        help="For llm: what a run may spend, in tokens (200k) or in money ($5); then it stops.",
        show_default="no bound",
    ),
]
GlinerOption = Annotated[
    Path | None,
    typer.Option(
        "--gliner-model",
        envvar="CROSSTIE_GLINER_MODEL",
        help="For gliner: the folder of a GLiNER2 model; none is downloaded.",
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        envvar="CROSSTIE_LLM_URL",
        help="For llm: the base address of an OpenAI-compatible endpoint.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option("--llm-model", envvar="CROSSTIE_LLM_MODEL", help="For llm: the model's name."),
]


def reader_settings(
    extractor: str | None,
    *,
    gliner_model: Path | None,
    url: str | None,
    model: str | None,
    budget: str | None,
) -> ReaderSettings:
    """Return what the options and the environment say. Raises UsageError.

    The key comes from the environment alone: options can be seen by everyone on a machine.
    """
    name = extractor or "rules"
    if budget is not None and name != "llm":
        raise UsageError("only --extractor llm spends anything", where="--budget")
    if name == "rules":
        return ReaderSettings()
    if name == "gliner":
        return ReaderSettings("gliner", gliner_model=gliner_model)
    if name != "llm":
        raise UsageError(
            f"no extractor `{name}`", where="--extractor", remedy="use rules, gliner or llm"
        )
    return ReaderSettings("llm", endpoint=endpoint_settings(url, model, budget))


def endpoint_settings(url: str | None, model: str | None, budget: str | None) -> EndpointSettings:
    """Return an endpoint as options and the environment name it. Raises UsageError."""
    tokens, money = _read_budget(budget)
    return EndpointSettings(
        url or "",
        model or "",
        key=os.environ.get(_KEY) or None,
        prices=_read_prices(os.environ.get(_PRICES)),
        budget_tokens=tokens,
        budget_money=money,
    )


def _read_budget(text: str | None) -> tuple[int | None, float | None]:
    """Return a budget in tokens or in money: "200k" → (200000, None), "$5" → (None, 5.0)."""
    if text is None:
        return None, None
    match = _BUDGET.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            f"`{text}` is no budget", where="--budget", remedy="give tokens (200k) or money ($5)"
        )
    amount = float(match["number"]) * _SCALES[(match["scale"] or "").lower()]
    if match["sign"] or (match["unit"] and match["unit"].lower() != "tokens"):
        return None, amount
    return int(amount), None


def _read_prices(text: str | None) -> tuple[float, float] | None:
    """Return the prices of a million tokens in and out: "0.5/1.5" → (0.5, 1.5)."""
    if not text:
        return None
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)", text.strip())
    if parts is None:
        raise UsageError(
            f"`{text}` are no prices", where=_PRICES,
            remedy="give two numbers per million tokens, in and out: 0.5/1.5",
        )  # fmt: skip
    return float(parts[1]), float(parts[2])


def report_lines(report: AddReport) -> list[str]:
    """Return what a run of a reader did, in lines for a person."""
    lines = [
        f"{report.added:,} documents added, {report.unchanged:,} known already,"
        f" {len(report.refused):,} refused",
        f"  {report.articles:,} articles, {report.mentions:,} mentions, {report.claims:,} claims",
    ]
    if report.jobs > 1:
        lines.append(f"  read by {report.jobs} at once (--jobs)")
    if report.rejected:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in report.rejected.items())
        lines.append(f"  rejected by the verifier: {reasons}")
    if report.usage is not None:
        lines.append(f"  {_usage_line(report.usage)}")
    lines += [f"  refused ({refusal.reason}): {refusal.message}" for refusal in report.refused]
    lines += [f"  failed ({failure.reason}): {failure.message}" for failure in report.failed]
    if report.failed or report.left:
        unread = len(report.failed) + report.left
        why = "the budget is spent" if report.left else "they failed"
        lines.append(f"  not read: {unread:,} ({why}); run the command again to go on")
    lines += [
        f"  {count:,} documents that {name} read are outdated:"
        f" `crosstie extract --again --extractor {name}`"
        for name, count in report.outdated.items()
    ]
    return lines


def _usage_line(usage: Usage) -> str:
    cost = "" if usage.cost is None else f", cost {usage.cost:.4f}"
    empty = f"; {usage.empty_replies:,} replies proposed nothing" if usage.empty_replies else ""
    return (
        f"{usage.requests:,} questions asked, {usage.from_cache:,} answered before:"
        f" {usage.tokens_in:,} tokens in, {usage.tokens_out:,} out{cost}{empty}"
    )


def status_of(report: AddReport) -> int:
    """Return 0 when all was read, 2 when nothing could be, 1 when the next run has work left."""
    done = report.added or report.unchanged
    if (report.refused or report.failed) and not done:
        return 2
    return 1 if report.failed or report.left else 0


def tell_report(session: Session, report: AddReport, *, json: bool) -> None:
    """Print a report, and end with its status."""
    if json:
        session.print_json(report)
    else:
        for line in report_lines(report):
            session.tell(line)
    status = status_of(report)
    if status:
        raise typer.Exit(status)

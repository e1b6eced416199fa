"""Draw chains of ties on a terminal: entity, tie, entity, with quotes, grades and reasons."""

from rich.console import Console

from crosstie.app.cli.showing import print_line as line
from crosstie.app.cli.showing import print_quotes
from crosstie.ontology.findings import AffiliateFinding, ExposurePath, HoldingView, Step
from crosstie.reporting import chain_words, words


def draw_chain(out: Console, path: ExposurePath, *, number: int) -> None:
    """Draw one chain from top to bottom, then its score and its weakest link."""
    line(out, "")
    line(out, f"{number}. {words.path_sentence(path)}", style="bold")
    line(out, path.start.name, indent=2, style="bold")
    for place, step in enumerate(path.steps):
        weakest = place == path.weakest and len(path.steps) > 1
        _draw_step(out, step, weakest=weakest)
        far = step.object if step.forward else step.subject
        line(out, far.name, indent=2, style="bold")
    product = " × ".join(f"{step.weight:.2f}" for step in path.steps)
    alone = len(path.steps) == 1
    line(out, f"score {path.score:.2f}" + ("" if alone else f" = {product}"), indent=2)


def _draw_step(out: Console, step: Step, *, weakest: bool) -> None:
    style = "yellow" if weakest else ""
    mark = "  ← weakest link" if weakest else ""
    line(out, f"│ {words.tie_label(step.kind, forward=step.forward)}{mark}", indent=2, style=style)
    line(out, f"│ {chain_words.standing(step)}", indent=2, style="dim")
    line(out, f"│ weight {chain_words.factors_line(step)}", indent=2, style="dim")
    for factor in step.factors:
        line(out, f"│ · {factor.code}: {factor.text}", indent=2, style="dim")
    print_quotes(out, step.quotes, indent=4)
    if step.against:
        line(out, f"{chain_words.denied_by(step)}:", indent=4, style="yellow")
        print_quotes(out, step.against, indent=6)
    line(out, "▼", indent=2)


def draw_affiliate(out: Console, finding: AffiliateFinding) -> None:
    """Tell how far a rule of ownership reaches, holding by holding."""
    line(out, "")
    style = "bold red" if finding.covered and finding.state != "suspended" else "bold"
    line(out, chain_words.affiliate_sentence(finding), style=style)
    line(out, f"{finding.because} ({finding.source}, {finding.url})", indent=2, style="dim")
    for holding in (*finding.holdings, *finding.unknown):
        line(out, _held(holding), indent=2)
        print_quotes(out, holding.quotes, indent=4)


def _held(holding: HoldingView) -> str:
    share = "a share that no source states" if holding.share is None else f"{holding.share:g} %"
    listed = " (listed)" if holding.listed else ""
    return f"{holding.owner.name}{listed} owns {share} of {holding.owned.name}"

"""Commands for people who decide who is who: review, merge, split, history."""

import sys
from collections import Counter
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from crosstie.app.cli import showing
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.ontology.errors import UsageError
from crosstie.ontology.records import Judgement, Verdict
from crosstie.workspace import Workspace
from crosstie.workspace.reviewing import History, Merge, ReviewPair, Side

_BATCH = 20
_PLACES = 200
_VERDICTS: dict[str, Verdict] = {"s": "same", "d": "different", "u": "unsure"}
_KEYS = "s same · d different · u unsure · k skip · z undo · q quit; a reason may follow"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("review", epilog="Examples: crosstie review · crosstie review --json")(review)
    app.command("merge", epilog=_MERGE_EXAMPLE)(merge)
    app.command("split", epilog=_SPLIT_EXAMPLES)(split)
    app.command("history", epilog='Example: crosstie history "Hikvision"')(history)


_MERGE_EXAMPLE = 'Example: crosstie merge ent-1a… ent-2b… --because "same registered address"'
_SPLIT_EXAMPLES = (
    'Examples: crosstie split "Hexi Group" · '
    'crosstie split "Hexi Group" letter.txt --because "the letter is about its namesake"'
)
ByOption = Annotated[str, typer.Option("--by", envvar="USER", help="Who decided.")]
BecauseOption = Annotated[str, typer.Option("--because", help="The reason, kept for ever.")]
EntityArgument = Annotated[str, typer.Argument(help="A name or an entity id.", show_default=False)]


def review(
    context: typer.Context,
    limit: Annotated[
        int | None, typer.Option(min=1, help="How many pairs.", show_default="all")
    ] = None,
    by: ByOption = "",
    json: JsonOption = False,
) -> None:
    """Decide the pairs that resolution leaves to people, likeliest first, side by side.

    One key a pair, also from a pipe: s same, d different, u unsure, k skip, z undo, q quit. Words
    behind the key are kept as the reason. Every judgement is kept for ever, and can be undone.
    """
    session = current(context)
    workspace = session.workspace()
    if json:
        session.print_json(workspace.review_queue(limit=limit))
        return
    if not by:
        raise UsageError("a judgement says by whom", remedy="give --by")
    done = _Review(session, workspace, by, limit).run()
    session.say(f"{done:,} judgements recorded; {len(workspace.review_queue()):,} pairs are left")


class _Review:
    """One sitting: what was shown already, and what can be taken back."""

    def __init__(self, session: Session, workspace: Workspace, by: str, limit: int | None) -> None:
        self._session, self._workspace, self._by = session, workspace, by
        self._left = limit
        self._seen: set[tuple[str, str]] = set()
        self._made: list[tuple[Judgement, tuple[str, str]]] = []

    def run(self) -> int:
        """Ask until nothing is left or the person quits; return how many judgements stand."""
        while self._left is None or self._left > 0:
            pair = self._next()
            if pair is None:
                self._session.say("nothing is left to review")
                break
            _print_pair(self._session, pair)
            if not self._answered(pair):
                break
        return len(self._made)

    def _next(self) -> ReviewPair | None:
        found = self._workspace.review_queue(limit=_BATCH + len(self._seen))
        return next((pair for pair in found if _ends(pair) not in self._seen), None)

    def _answered(self, pair: ReviewPair) -> bool:
        """Take one answer; return False to quit."""
        while True:
            key, _, reason = self._ask().partition(" ")
            key = key.casefold()[:1]
            if key in ("q", ""):
                return False
            if key == "z":
                if self._undo():
                    return True
                continue
            if key == "k" or key in _VERDICTS:
                self._take(pair, key, reason.strip())
                return True
            self._session.say(f"`{key}` is no key here: {_KEYS}")

    def _ask(self) -> str:
        self._session.err.print(f"[{_KEYS}]", markup=False, soft_wrap=True)
        line = sys.stdin.readline()
        # The end of a pipe ends the sitting; an empty line by mistake does not.
        return "q" if not line else line.strip() or "?"

    def _take(self, pair: ReviewPair, key: str, reason: str) -> None:
        self._seen.add(_ends(pair))
        if self._left is not None:
            self._left -= 1
        if key == "k":
            return
        because = reason or f"reviewed: {pair.reasons[0].text}"
        made = self._workspace.decide(
            pair.left.mention_id, pair.right.mention_id, _VERDICTS[key], by=self._by,
            because=because,
        )  # fmt: skip
        self._made.append((made, _ends(pair)))
        self._session.say(f"recorded: {made.verdict} ({made.id})")

    def _undo(self) -> bool:
        if not self._made:
            self._session.say("nothing of this sitting is left to undo")
            return False
        made, ends = self._made.pop()
        self._workspace.undo(made.id, by=self._by, because="taken back in the same review")
        self._seen.discard(ends)
        if self._left is not None:
            self._left += 1
        self._session.say(f"taken back: {made.verdict} ({made.id})")
        return True


def _ends(pair: ReviewPair) -> tuple[str, str]:
    return (pair.left.mention_id, pair.right.mention_id)


def _print_pair(session: Session, pair: ReviewPair) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    for side in (pair.left, pair.right):
        table.add_column(showing.plain(side.entity.name), overflow="fold", ratio=1)
    for label, left, right in zip(_LABELS, _cells(pair.left), _cells(pair.right), strict=True):
        table.add_row(label, showing.plain(left), showing.plain(right))
    session.out.print(table)
    session.tell(f"likely {pair.score:.2f}, because:")
    for reason in pair.reasons:
        session.tell(f"  · {reason.text}")


_LABELS = ("kind", "country", "names", "identifiers", "sources", "mentions", "quotes", "id")


def _cells(side: Side) -> tuple[str, ...]:
    return (
        side.entity.kind.replace("_", " "),
        side.entity.country or "not told",
        "\n".join(name.text for name in side.names),
        "\n".join(f"{i.scheme}: {i.value}" for i in side.identifiers),
        "\n".join(side.sources),
        f"{side.mentions:,}",
        "\n".join(f"“{quote}”" for quote in side.quotes),
        side.entity.id,
    )


def merge(
    context: typer.Context,
    left: EntityArgument,
    right: EntityArgument,
    because: BecauseOption = "",
    by: ByOption = "",
    json: JsonOption = False,
) -> None:
    """Make two entities one: a judgement "same", which can be undone."""
    session = current(context)
    _require_reason(because, by)
    workspace = session.workspace()
    made = workspace.judge(left, right, verdict="same", by=by, because=because)
    if json:
        session.print_json(made)
        return
    session.say(f"recorded: same ({made.id}); take it back with `crosstie judge undo {made.id}`")


def split(
    context: typer.Context,
    entity: EntityArgument,
    members: Annotated[
        list[str] | None,
        typer.Argument(
            help="What does not belong: a mention's id, a document's id, name or title, a source"
            " for its rows, or a name. Without any, what the entity is made of is listed.",
            show_default=False,
        ),
    ] = None,
    because: BecauseOption = "",
    by: ByOption = "",
    json: JsonOption = False,
) -> None:
    """Take out of an entity what does not belong to it: judgements "different", undoable."""
    session = current(context)
    workspace = session.workspace()
    if not members:
        found = workspace.history(entity)
        if json:
            session.print_json(found.merges)
        else:
            _print_merges(session, found)
        return
    _require_reason(because, by)
    made = workspace.split(entity, members, by=by, because=because)
    if json:
        session.print_json(made)
        return
    session.say(f"recorded: {len(made):,} judgements “different” ({made[0].id}, …)")


def _require_reason(because: str, by: str) -> None:
    if not because or not by:
        raise UsageError("a judgement says why and by whom", remedy="give --because and --by")


def history(context: typer.Context, entity: EntityArgument, json: JsonOption = False) -> None:
    """Show how an entity came to be: what was merged and why, who judged what, its former ids.

    An id that an entity had before it was merged still leads to the entity that it is now.
    """
    session = current(context)
    found = current(context).workspace().history(entity)
    if json:
        session.print_json(found)
        return
    _print_merges(session, found)
    for item in found.judgements:
        judgement = item.judgement
        what = f"takes back {judgement.undoes}" if judgement.undoes else judgement.verdict
        whom = f" as {item.other.name} ({item.other.id})" if item.other else ""
        force = "" if item.in_force or judgement.undoes else "; no longer in force"
        session.tell(
            f"{judgement.at[:16]} {judgement.by} judged: {what}{whom}{force}; because"
            f" {judgement.because} [{judgement.id}]"
        )
    for former in found.former_ids:
        session.tell(f"formerly also {former}")


def _print_merges(session: Session, found: History) -> None:
    entity = found.entity
    details = ", ".join(part for part in (entity.kind.replace("_", " "), entity.country) if part)
    session.tell(f"{entity.name} ({details}) {entity.id}")
    if found.asked.startswith("ent-") and found.asked != entity.id:
        session.tell(f"  {found.asked} is now part of it")
    lines = _by_place(found)
    for item, count in lines[:_PLACES]:
        source = item.publisher or item.document
        times = f", {count} times" if count > 1 else ""
        session.tell(f"  {item.name}, {source}: {item.document}{times} [{item.mention_id}]")
        for reason in item.reasons:
            session.tell(f"      because {reason.text}")
    if len(lines) > _PLACES:
        session.tell(f"  … {len(lines) - _PLACES:,} more: --json has them")


def _by_place(found: History) -> list[tuple[Merge, int]]:
    """Return the first mention of each name in each document, with how often it stands there."""
    counted = Counter((item.document_id, item.name) for item in found.merges)
    firsts = {(item.document_id, item.name): item for item in reversed(found.merges)}
    return [(item, counted[key]) for key, item in reversed(firsts.items())]

"""The network of a workspace's ties, made once for each derived state and kept beside it."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit

from crosstie.graph import Backer, Graph, Publication, fetching, open_graph, save_graph
from crosstie.ontology.errors import InputError
from crosstie.ontology.ids import ArticleId, ClaimId, TieId
from crosstie.ontology.records import Tie
from crosstie.ontology.stories import StoryId
from crosstie.store import derived, reading
from crosstie.store.engine import Transaction
from crosstie.store.vouching import Vouched, vouched_claims
from crosstie.workspace.at_hand import AtHand
from crosstie.workspace.copies import stories_of, story_by_article
from crosstie.workspace.progress import Progress

_KEY_DIGITS = 16


def network_path(workspace: Path) -> Path:
    """Return the folder beside the workspace that holds its network of ties."""
    return workspace.with_name(workspace.name + ".network")


def build_network(db: Transaction, *, then: bool = False) -> Graph:
    """Make the network of the ties that the transaction sees; `then` if it sees an earlier day."""
    return Graph.build(
        reading.all_ties(db), kinds_of=reading.entity_kinds(db), backers=_backers(db, then=then)
    )


def open_network(db: Transaction, workspace: Path, at_hand: AtHand, *, progress: Progress) -> Graph:
    """Open the network of the ties that the transaction sees, memory-mapped.

    It is made again if it is missing or older than the ties. Where it cannot be kept, on a full or
    read-only disk, it serves this run alone.
    """
    state = derived.state(db)

    def tie_of(tie_id: TieId) -> Tie:
        return at_hand.tie(state, tie_id, lambda key: reading.tie(db, key))

    def opened() -> Graph:
        return _opened(db, network_path(workspace), state[:_KEY_DIGITS], progress=progress)

    return fetching(at_hand.kept(state, "network", opened), tie_of)


def _opened(db: Transaction, beside: Path, key: str, *, progress: Progress) -> Graph:
    if key:
        with suppress(InputError):
            return open_graph(beside / key)
    progress("joining ties", 0, None)
    graph = build_network(db)
    if key and _keep(graph, beside / key, progress=progress):
        with suppress(InputError):
            return open_graph(beside / key)
    return graph


def drop_network(workspace: Path) -> None:
    """Remove what is kept beside the workspace; the next question makes it again."""
    shutil.rmtree(network_path(workspace), ignore_errors=True)


def _keep(graph: Graph, folder: Path, *, progress: Progress) -> bool:
    """Put the network beside the workspace in one move, and take older ones away.

    Another process may have an older one mapped: its files are unlinked, never written over.
    """
    draft = None
    try:
        folder.parent.mkdir(exist_ok=True)
        draft = Path(mkdtemp(prefix="draft-", dir=folder.parent))
        save_graph(graph, draft)
        for other in folder.parent.iterdir():
            if other != draft:
                shutil.rmtree(other, ignore_errors=True)
        draft.rename(folder)
        return True
    except OSError as error:
        progress(f"the network cannot be kept beside the workspace ({error.strerror})", 0, None)
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
        return False


def _backers(db: Transaction, *, then: bool) -> dict[ClaimId, Backer]:
    stories = story_by_article(stories_of(db, anew=then))
    return {found.claim.id: _backer(found, stories) for found in vouched_claims(db)}


def _backer(found: Vouched, stories: Mapping[ArticleId, StoryId]) -> Backer:
    publication = Publication(found.publisher, found.origin, _host(found.url))
    # Rows of one list share their title with each other, not their words.
    title = found.title if found.origin != "list" else ""
    article = found.claim.article_id
    story = stories.get(article, "") if article else ""
    return Backer(found.claim, publication, found.date, title, story)


def _host(url: str | None) -> str:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return ""
    return str(host or "").removeprefix("www.")

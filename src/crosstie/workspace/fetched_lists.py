"""Fetch one source's list, check it to its end, and load it as a new edition."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import parsedate_to_datetime
from hashlib import new as new_hash
from pathlib import Path
from urllib.parse import unquote, urlsplit

from crosstie.ontology.errors import CrosstieError, FetchFailed, InputError, UsageError
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import SourceVersion
from crosstie.sources import find_source
from crosstie.sources.fetching import Fetched, Fetcher, Recipe, Wanted
from crosstie.sources.fetching.recipes import newest
from crosstie.sources.fetching.sniffing import refuse_cut
from crosstie.store import reading, writing
from crosstie.text.dates import date_in_name
from crosstie.workspace.fetch_log import note_fetch
from crosstie.workspace.fetch_reports import SourceFetch
from crosstie.workspace.fetched_interfaces import Choice, ask_for, interface, interface_file
from crosstie.workspace.loading import METHOD, load_reading, open_source
from crosstie.workspace.opened import Opened
from crosstie.workspace.rehearsing import rehearse

_JSON = ("application/json",)
_LONGEST_SUFFIX = 6
_HELD = "this edition is loaded already"


class ListFetch:
    """Fetches and loads lists into an open workspace."""

    def __init__(self, opened: Opened, fetcher: Fetcher) -> None:
        self._opened, self._fetcher = opened, fetcher

    def run(self, recipe: Recipe, choice: Choice) -> SourceFetch:
        """Fetch a source and load it; what goes wrong is told, not raised.

        Nothing is written before the whole edition was read through.
        """
        made = self._tried(recipe, choice)
        note_fetch(self._opened, made.url or recipe.page, made)
        return made

    def _tried(self, recipe: Recipe, choice: Choice) -> SourceFetch:
        in_force = self._in_force(recipe.id)
        try:
            return replace(self._run(recipe, choice), in_force=in_force)
        except CrosstieError as error:
            stays = f"the edition of {in_force} stays in force" if in_force else "nothing is loaded"
            return SourceFetch(
                source_id=recipe.id,
                outcome="failed",
                message=f"{error} · {stays}",
                reason=error.reason if isinstance(error, FetchFailed) else "unusable",
                url=choice.address or recipe.asked_first,
                in_force=in_force,
            )

    def _run(self, recipe: Recipe, choice: Choice) -> SourceFetch:
        self._opened.progress(f"fetching {recipe.id}", 0, None)
        if choice.address and "://" not in choice.address:
            local = Path(choice.address)
            if local.is_file():
                refuse_cut(local, where=local.name)
            return self._loaded(recipe, local, None, choice.as_of)
        if recipe.needs in ("ror", "item"):
            return self._asked(recipe, choice)
        fetched = self._fetched(recipe, choice)
        if self._held(recipe.id, fetched.sha256):
            return _from(fetched, SourceFetch(recipe.id, "unchanged", _HELD))
        if not choice.address and fetched.size < recipe.at_least_bytes:
            raise InputError(
                f"has {fetched.size:,} bytes where {recipe.at_least_bytes:,} are the least",
                where=recipe.id,
                remedy="look at what stands there",
            )
        with _as_edition(fetched, recipe) as path:
            return self._loaded(recipe, path, fetched, choice.as_of)

    def _asked(self, recipe: Recipe, choice: Choice) -> SourceFetch:
        """Ask a publisher's interface for what the user named, and load what it answers."""
        folder = self._fetcher.folder / "cache" / recipe.id
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / interface_file(recipe, choice, day=self._opened.now()[:10])
        get = interface(self._fetcher, base=choice.address)
        try:
            ask_for(recipe, choice, get, target)
            return self._loaded(recipe, target, None, choice.as_of)
        finally:
            target.unlink(missing_ok=True)

    def _fetched(self, recipe: Recipe, choice: Choice) -> Fetched:
        url, checksum = choice.address or recipe.url, ""
        if not url:
            assert recipe.index is not None
            index = self._fetcher.fetch(recipe.index.url, Wanted(accept=_JSON, for_programs=True))
            url, checksum = newest(recipe.index, index.path.read_bytes(), where=recipe.index.url)

        def check(path: Path) -> None:
            refuse_cut(path, where=recipe.id)
            _compare(path, checksum, recipe.id)

        wanted = Wanted(
            accept=(recipe.media,),
            check=check,
            for_programs=True,
            led_by=recipe.index.url if recipe.index and not choice.address else "",
        )
        return self._fetcher.fetch(url, wanted)

    def _loaded(
        self, recipe: Recipe, path: Path, fetched: Fetched | None, as_of: str | None
    ) -> SourceFetch:
        opened = self._opened
        _, rehearsal = open_source(recipe.id, path, as_of=as_of, mapping=None)
        opened.progress(f"checking {recipe.id}", 0, None)
        rehearse(rehearsal, whole=recipe.whole, before=self._largest(recipe.id), where=path.name)
        source, found = open_source(recipe.id, path, as_of=as_of, mapping=None)
        report = load_reading(
            opened.store, source, found, whole=None, method=METHOD, at=opened.now(),
            progress=opened.progress,
        )  # fmt: skip
        outcome = SourceFetch(recipe.id, "unchanged", _HELD)
        if not report.unchanged:
            outcome = SourceFetch(
                recipe.id, "loaded", f"the edition of {report.as_of} is loaded", load=report
            )
        if fetched is None:
            return replace(outcome, url=str(path))
        return _from(fetched, outcome)

    def _held(self, source_id: str, sha256: str) -> bool:
        version = SourceVersion(SourceId(source_id), "", "", sha256, "")
        with self._opened.store.reading() as db:
            return writing.find_edition(db, version) is not None

    def _in_force(self, source_id: str) -> str:
        with self._opened.store.reading() as db:
            dates = [e.as_of for e in reading.editions(db) if e.source.id == source_id]
        return max(dates, default="")

    def _largest(self, source_id: str) -> int:
        with self._opened.store.reading() as db:
            return max(
                (
                    e.rows_in + e.individuals + e.out_of_scope + e.bad
                    for e in reading.editions(db)
                    if e.source.id == source_id and not e.scope
                ),
                default=0,
            )


def refuse_wanting(recipe: Recipe, choice: Choice) -> None:
    """Raise UsageError where a recipe needs what the user has not said."""
    find_source(recipe.id)
    given = {"address": choice.address, "ror": choice.rors, "item": choice.items}
    if recipe.needs and not given[recipe.needs] and not choice.address:
        raise UsageError(recipe.because, where=recipe.id, remedy=f"see {recipe.page}")


def _from(fetched: Fetched, outcome: SourceFetch) -> SourceFetch:
    return replace(
        outcome,
        url=fetched.final_url,
        status=fetched.status,
        sha256=fetched.sha256,
        size=fetched.size,
        archived=fetched.archived,
    )


def _compare(path: Path, checksum: str, where: str) -> None:
    """Compare a file with what its publisher says of it, `md5:…` or `sha256:…`."""
    kind, _, told = checksum.partition(":")
    if not told:
        return
    try:
        digest = new_hash(kind, usedforsecurity=False)
    except ValueError as error:
        raise InputError(
            f"the checksum `{checksum[:40]}` is of no kind that is known",
            where=where,
            remedy="look for a newer Crosstie",
        ) from error
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    if digest.hexdigest() != told.lower():
        raise FetchFailed(
            "cut_off",
            f"is not what its publisher says: {kind} {digest.hexdigest()} instead of {told}",
            where=where,
            remedy="run the command again later; nothing of it was used",
        )


@contextmanager
def _as_edition(fetched: Fetched, recipe: Recipe) -> Iterator[Path]:
    """Give a fetched body the name of an edition, dated where the name does not tell."""
    path = fetched.path.parent / edition_name(fetched, recipe)
    path.unlink(missing_ok=True)
    try:
        path.hardlink_to(fetched.path)
    except OSError:
        # Not every file system has links.
        shutil.copyfile(fetched.path, path)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def edition_name(fetched: Fetched, recipe: Recipe) -> str:
    """Return a file's name from its address, with the day of its last change or of its fetch."""
    parts = [unquote(p) for p in urlsplit(fetched.final_url).path.split("/") if p]
    named = [p for p in parts if 0 < len(p.rpartition(".")[2]) < _LONGEST_SUFFIX and "." in p[1:]]
    name = "".join(c if c.isalnum() or c in "._-" else "_" for c in (named or [recipe.id])[-1])
    if date_in_name(name):
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{_day(fetched)}.{suffix}" if dot else f"{name}-{_day(fetched)}"


def _day(fetched: Fetched) -> str:
    try:
        return parsedate_to_datetime(fetched.headers.get("last-modified", "")).date().isoformat()
    except (TypeError, ValueError):
        return fetched.fetched_at[:10]

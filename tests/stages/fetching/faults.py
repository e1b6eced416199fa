"""What can go wrong when something is fetched: tried, with what is then shown.

`python -m tests.stages.fetching.faults` prints the table of the documentation; `--write` puts it
there.
"""

import contextlib
import datetime as dt
import gzip
import io
import itertools
import json
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosstie.sources.fetching import Fetcher, Limits, recipes
from crosstie.sources.us_csl_layouts import CSV_COLUMNS
from crosstie.workspace import Workspace
from crosstie.workspace.fetched_interfaces import Choice
from tests.stages.fetching import site as sites
from tests.stages.fetching.lists import csl
from tests.stages.fetching.site import (
    breaking_off,
    dripping,
    dripping_head,
    good,
    in_turn,
    missing,
    redirect,
    silent,
    status,
    without_length,
)

NOW = "2026-11-24T15:00:00+00:00"
OLD, NEW = csl(40), csl(44)
PAGE = "docs/reference/sources.md"
_TAG = '"edition-2"'
_LATER = "Tue, 24 Nov 2026 15:00:30 GMT"
_HTML = b"<!doctype html><html><head><title>We will be back soon</title></head></html>"


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. `ends` is the outcome, `reason` the one word of a failure."""

    name: str
    arrange: Callable
    ends: str = "failed"
    reason: str = ""
    kind: str = "source"
    limits: dict = field(default_factory=dict)
    options: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Tried:
    """What came of a fault: how it ended, what was shown, what was waited, what is in force."""

    fault: Fault
    ends: str
    reason: str
    message: str
    slept: tuple
    rows: int
    asked: tuple


def always(answer):
    return lambda site: site.answers.__setitem__("/list.csv", answer)


def _zipped(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("consolidated.csv"), body)
    return out.getvalue()


def _renamed(old, new):
    return csl(44, columns=tuple(new if c == old else c for c in CSV_COLUMNS))


def _with_robots(answer):
    def arrange(site):
        site.answers["/robots.txt"] = answer
        site.serve("/list.csv", b"<html><p>A page.</p></html>", media="text/html")

    return arrange


def _index(checksum="md5:00", shape=True):
    def arrange(site):
        file = {"links": {"self": site.url("/v9.9-2026-11-01-ror-data.zip")}, "checksum": checksum}
        hit = {"files": [file]} if shape else {"file_list": [file]}
        body = json.dumps({"hits": {"hits": [hit]}}).encode()
        site.serve("/list.csv", body, media="application/json")
        site.serve("/v9.9-2026-11-01-ror-data.zip", _zipped(b"{}"), media="application/zip")

    return arrange


_BOMB = gzip.compress(b"0" * (40 << 20))
_PART = len(NEW) // 2

FAULTS = (
    Fault(
        "never answers", always(silent), reason="unreachable", limits={"read": 0.2, "attempts": 2}
    ),
    Fault(
        "sends a byte now and then, for ever", always(dripping(NEW)), reason="cut_off",
        limits={"total": 20.0, "attempts": 2}, options={"ticks": 10.0},
    ),
    Fault("sends the head of its answer byte by byte, for ever", always(dripping_head),
          reason="unreachable", limits={"total": 1.0, "attempts": 2}),
    Fault("nothing listens there", lambda site: site.answers.clear(), reason="unreachable",
          kind="nobody", limits={"attempts": 2}),
    Fault("breaks the connection off in the middle, every time",
          always(breaking_off(NEW, _PART)), reason="cut_off"),
    Fault("breaks off once, then goes on where it was asked to",
          always(in_turn(breaking_off(NEW, _PART, how="hang_up", ETag=_TAG), good(NEW, etag=_TAG))),
          ends="loaded"),
    Fault("breaks off once, then ignores that a part was asked for",
          always(in_turn(breaking_off(NEW, _PART, how="hang_up", ETag=_TAG),
                         good(NEW, etag=_TAG, ranges=False))),
          ends="loaded"),
    Fault("closes after half of its Content-Length",
          always(breaking_off(NEW, _PART, how="hang_up")), reason="cut_off"),
    Fault("closes between two chunks",
          always(breaking_off(NEW, _PART, how="hang_up", chunked=True)), reason="cut_off"),
    Fault("gives no length and closes inside a row",
          always(without_length(NEW[: _PART + 7])), reason="unusable"),
    Fault("sends a gzip file that breaks off",
          always(good(gzip.compress(NEW)[:-40], media="application/gzip")), reason="cut_off"),
    Fault("sends a ZIP file that breaks off",
          always(good(_zipped(NEW)[:-40], media="application/zip")), reason="cut_off"),
    Fault("sends JSON that breaks off",
          always(good(b'{"entries": [{"n": "Vel', media="application/json")), reason="cut_off"),
    Fault("sends nothing, with status 200", always(good(b"")), reason="cut_off"),
    Fault("leads round in a circle", always(redirect("/list.csv")), reason="address"),
    Fault("leads to a file of this machine", always(redirect("file:///etc/hosts")),
          reason="address"),
    Fault("leads to another scheme", always(redirect("ftp://lists.example/list.csv")),
          reason="address"),
    Fault("is public and leads into a private network",
          always(redirect("http://192.168.1.1/admin")), reason="address",
          options={"public": True}),
    Fault("answers 404", always(missing), reason="refused"),
    Fault("answers 403", always(status(403, b"Access denied")), reason="refused"),
    Fault("answers 500 twice, then well",
          always(in_turn(status(500), status(500), good(NEW))), ends="loaded"),
    Fault("answers 500, every time", always(status(500)), reason="unwell"),
    Fault("answers 429 and asks for 7 seconds",
          always(in_turn(status(429, Retry_After="7"), good(NEW))), ends="loaded"),
    Fault("answers 503 and names the time, 30 seconds ahead",
          always(in_turn(status(503, Retry_After=_LATER), good(NEW))), ends="loaded"),
    Fault("answers 429 and asks for an hour", always(status(429, Retry_After="3600")),
          reason="unwell"),
    Fault("has renamed a column that is needed", always(good(_renamed("alt_names", "aliases"))),
          reason="unusable"),
    Fault("has renamed a column that is not", always(good(_renamed("vessel_owner", "owner"))),
          reason="unusable"),
    Fault("has dropped a column from the rows, not from the header",
          always(good(re.sub(rb",Entity,,", b",Entity,", NEW))), reason="unusable"),
    Fault("sends a list of 4 rows where there were 40", always(good(csl(4))), reason="unusable"),
    Fault("sends a web page with status 200", always(good(_HTML, media="text/html")),
          reason="misdeclared"),
    Fault("packs a bomb into the answer",
          always(good(_BOMB, Content_Encoding="gzip")), reason="huge"),
    Fault("sends a gzip file that is a bomb",
          always(good(_BOMB, media="application/gzip")), reason="cut_off"),
    Fault("announces more than is allowed", always(good(NEW)), reason="huge",
          limits={"max_bytes": 2_000}),
    Fault("sends more than is allowed, unannounced", always(without_length(NEW)), reason="huge",
          limits={"max_bytes": 2_000}),
    Fault("packs the answer in a way that was not asked for",
          always(good(NEW, Content_Encoding="br")), reason="misdeclared"),
    Fault("has a robots.txt that says no", _with_robots(good(b"User-agent: *\nDisallow: /\n")),
          kind="page", reason="robots"),
    Fault("answers 500 for its robots.txt", _with_robots(status(500)), kind="page",
          reason="robots"),
    Fault("names a file whose checksum differs", _index(), kind="ror", reason="cut_off"),
    Fault("names its files in another form", _index(shape=False), kind="ror",
          reason="misdeclared"),
    Fault("answers 304: nothing has changed", always(good(OLD, etag='"edition-1"')),
          ends="unchanged", options={"before": True}),
    Fault("sends the same bytes again", always(good(OLD)), ends="unchanged"),
    Fault("is well, but the disk is full", always(good(NEW, etag=_TAG)), reason="disk",
          options={"disk": 4_096}),
    Fault("is well, but the run is killed in the middle (kill -9), then run again",
          always(in_turn(dripping(NEW, 0.05), good(NEW))), kind="killed", ends="loaded"),
)  # fmt: skip


def base(folder):
    """Make a workspace that holds the edition before; return its path."""
    path = Path(folder) / "w.db"
    file = Path(folder) / "consolidated-2026-11-01.csv"
    file.write_bytes(OLD)
    with Workspace.open(path, now=lambda: NOW) as workspace:
        workspace.load("us-csl", file)
    return path


def tried(fault, path):
    """Let one thing go wrong for a copy of the workspace."""
    with tempfile.TemporaryDirectory() as folder, sites.running() as site:
        copy = Path(folder) / "w.db"
        shutil.copy(path, copy)
        fault.arrange(site)
        site.answers.setdefault("/list.csv", missing)
        if fault.kind == "killed":
            return _killed(fault, copy, site)
        slept = []
        fetcher = _fetcher(fault, copy.with_name("w.archive"), slept)
        with Workspace.open(copy, now=lambda: NOW) as workspace, fetcher:
            fetching = workspace.fetching.using(fetcher)
            if fault.options.get("before"):
                _run(fault, fetching, fetcher, site)
            with _disk(fault.options.get("disk")):
                ends, reason, message = _run(fault, fetching, fetcher, site)
            rows = _rows(workspace)
        asked = tuple(site.asked)
        shown = _settled(message, site)
    return Tried(fault, ends, reason, shown, tuple(slept), rows, asked)


def _fetcher(fault, folder, slept):
    limits = Limits(**{"connect": 2.0, "read": 5.0, "pause": 0.0, **fault.limits})
    ticks = itertools.count(0.0, fault.options.get("ticks", 0.0))
    public = fault.options.get("public", False)
    return Fetcher(
        folder,
        now=lambda: NOW,
        limits=limits,
        clock=lambda: next(ticks),
        sleep=slept.append,
        # As if the site stood on the open internet.
        resolve=lambda host: ["93.184.216.34"] if public else ["127.0.0.1"],
    )


def _run(fault, fetching, fetcher, site):
    if fault.kind == "page":
        (page,) = fetching.pages([site.url("/list.csv")]).pages
        return page.outcome, page.reason, page.message
    url = site.url("/list.csv")
    if fault.options.get("public"):
        url = url.replace("127.0.0.1", "localhost")
    if fault.kind == "nobody":
        url = "http://127.0.0.1:9/list.csv"
    if fault.kind == "ror":
        (found,) = fetching.using(fetcher, with_index(url)).sources(["ror"])
    else:
        (found,) = fetching.sources(["us-csl"], Choice(address=url))
    return found.outcome, found.reason, found.message


def with_index(url):
    """Return ROR's recipe with an index that stands on this site."""
    recipe = recipes()["ror"]
    index = replace(recipe.index, url=url)
    return {"ror": replace(recipe, index=index, at_least_bytes=0)}


@contextlib.contextmanager
def _disk(size):
    """Let the kernel refuse what goes beyond a size, as it does on a full disk."""
    if size is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _rows(workspace):
    editions = workspace.status().editions
    newest = max(editions, key=lambda e: (e.as_of, e.id))
    return newest.rows_in + newest.individuals


def _killed(fault, copy, site):
    command = [sys.executable, "-m", "crosstie", "-q", "-w", str(copy), "fetch", "us-csl"]
    command += ["--from", site.url("/list.csv")]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not site.asked or not list(copy.parent.rglob("body.part")):
        assert time.monotonic() < until and first.poll() is None
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.stdout, again.stderr
    with Workspace.open(copy, now=lambda: NOW) as workspace:
        rows = _rows(workspace)
    ends = "loaded" if again.returncode == 0 and "is loaded" in again.stdout else "failed"
    line = again.stdout.splitlines()[0].partition(": ")[2]
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return Tried(fault, ends, "", line.replace(today, "2026-11-24"), (), rows, tuple(site.asked))


def _settled(message, site):
    """Leave out of a message what differs between two runs: the port, the bytes that came."""
    text = message.replace(site.url(""), "http://lists.example")
    text = re.sub(r"http://(127\.0\.0\.1|localhost):\d+", "http://lists.example", text)
    return re.sub(r"(only|after) [\d,]+ (of|bytes)", r"\1 … \2", text)


# The documentation's table ----------------------------------------------------------------------


def table():
    """Try every fault; return the table of what was shown."""
    with tempfile.TemporaryDirectory() as folder:
        path = base(folder)
        found = [tried(fault, path) for fault in FAULTS]
    lines = ["| the server … | what is shown | waits |", "| --- | --- | --- |"]
    for one in found:
        waits = ", ".join(f"{seconds:g} s" for seconds in one.slept)
        lines.append(f"| {one.fault.name} | {one.message.replace('|', ',')} | {waits} |")
    return "\n".join(lines)


def recipes_table():
    """Return the recipes as a table."""
    lines = ["| source | asked first | tried with |", "| --- | --- | --- |"]
    for recipe in recipes().values():
        place = f"<{recipe.asked_first}>" if recipe.asked_first else recipe.because
        lines.append(f"| `{recipe.id}` | {place} | {recipe.verified} |")
    return "\n".join(lines)


def documented(text, what="faults"):
    """Return a table that stands in the text of the page."""
    return text.split(_begin(what))[1].split(_end(what))[0].strip()


def _begin(what):
    return f"<!-- {what}: begin -->"


def _end(what):
    return f"<!-- {what}: end -->"


def _put(text, what, made):
    head, rest = text.split(_begin(what))
    return f"{head}{_begin(what)}\n\n{made}\n\n{_end(what)}{rest.split(_end(what))[1]}"


def main():
    made = table()
    if "--write" not in sys.argv:
        sys.stdout.write(made + "\n")
        return
    page = Path(__file__).resolve().parents[3] / PAGE
    text = _put(page.read_text(encoding="utf-8"), "recipes", recipes_table())
    page.write_text(_put(text, "faults", made), encoding="utf-8")


if __name__ == "__main__":
    main()

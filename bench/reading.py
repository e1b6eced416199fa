"""Read ten thousand articles in one run, kill it half-way, and run it again.

    python -m bench.reading [--articles N] [--jobs N]

Prints the memory at a thousand, five thousand and all articles, what the second run found, how long
it took to work out who is who, and the speed of reading against the language models alone in the
same run: words against spaCy, characters against LAC.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from crosstie.documents import read_document
from crosstie.extraction import Extractor
from crosstie.extraction.models import chinese_tagger, english_model
from crosstie.workspace import Workspace
from tests.eval.recombined import texts_of, write

SHARED = Path(__file__).resolve().parents[2] / "shared"
_BOUND_MB = 1_000
_SAMPLE = 120
_EVERY = 0.5


def main() -> int:
    """Run the job and print its figures; return 1 if anything is lost or stands twice."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name) / "articles", Path(name) / "many.db"
        written = write(folder, texts_of(SHARED), asked.articles)
        marks = sorted({max(1, asked.articles * part // 20) for part in (2, 10)} | {asked.articles})
        print(f"{asked.articles:,} articles, {asked.jobs} at once", flush=True)
        killed = _add(path, folder, asked.jobs, marks, kill_at=asked.articles // 2)
        print(f"killed with {killed:,} of them read; run again:", flush=True)
        held = _add(path, folder, asked.jobs, marks)
        fault = _check(path, held, asked.articles)
        for code, texts in written.items():
            _speed(code, texts[:_SAMPLE])
    return fault


def _add(path: Path, folder: Path, jobs: int, marks: list[int], kill_at: int | None = None) -> int:
    """Run `crosstie add`; print memory at each mark; return how many documents are held."""
    command = [sys.executable, "-m", "crosstie", "-q", "-w", str(path), "add", str(folder)]
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--jobs", str(jobs)], stdout=subprocess.DEVNULL)
    watched, peak, held, all_read = psutil.Process(process.pid), 0.0, 0, 0.0
    left = [mark for mark in marks if mark > documents(path)]
    while process.poll() is None:
        peak = max(peak, _memory(watched))
        held = documents(path)
        while left and held >= left[0]:
            _say(f"at {left.pop(0):,}", _memory(watched), time.perf_counter() - began)
            all_read = time.perf_counter()
        if kill_at is not None and held >= kill_at:
            process.kill()
            process.wait()
            return documents(path)
        time.sleep(_EVERY)
    ended = time.perf_counter()
    _say("at most, in one process", peak, ended - began)
    print(f"  who is who after the last document: {ended - all_read:,.0f} s", flush=True)
    if process.returncode:
        raise SystemExit(f"the run ended with status {process.returncode}")
    return documents(path)


def documents(path: Path) -> int:
    """Return how many documents a workspace holds, also while a run writes to it."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error:
        return 0


def _memory(process: psutil.Process) -> float:
    """Return the resident MB of the process, or of its child that takes most."""
    try:
        family = [process, *process.children(recursive=True)]
        return max(member.memory_info().rss for member in family) / 1e6
    except psutil.Error:
        return 0.0


def _say(when: str, megabytes: float, seconds: float) -> None:
    ratio = megabytes / _BOUND_MB
    print(f"  memory {when}: {megabytes:,.0f} MB, ratio {ratio:.2f} ({seconds:,.0f} s)", flush=True)


def _check(path: Path, held: int, wanted: int) -> int:
    connection = sqlite3.connect(path)
    twice = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM documents GROUP BY sha256 HAVING count(*) > 1)"
    ).fetchone()[0]
    connection.close()
    with Workspace.open(path, create=False) as workspace:
        counts = workspace.status().counts
        checked, faults = workspace.verify()
    print(
        f"  {held:,} of {wanted:,} documents, {twice} twice; {counts['mentions']:,} mentions,"
        f" {counts['claims']:,} claims, {counts['entities']:,} entities, {counts['ties']:,} ties;"
        f" {checked:,} quotes checked, {len(faults)} faults",
        flush=True,
    )
    return int(held != wanted or twice != 0 or bool(faults))


def _speed(code: str, texts: list[str]) -> None:
    """Print our speed as a share of the model's own on the same articles, the better of two."""
    extractor = Extractor()
    amount = sum(len(t) if code == "zh" else len(t.split()) for t in texts)

    def whole() -> None:
        for text in texts:
            document, articles = read_document(text.encode(), name="a.txt")
            for article in articles:
                extractor.extract(document, article)

    def alone() -> None:
        for text in texts:
            if code == "zh":
                chinese_tagger().run(text)
            else:
                english_model()(text)

    ours, theirs = min(_seconds(whole), _seconds(whole)), min(_seconds(alone), _seconds(alone))
    unit = "characters" if code == "zh" else "words"
    print(
        f"  {code}: {amount / ours:,.0f} {unit}/s, the model alone {amount / theirs:,.0f}:"
        f" ratio {theirs / ours:.2f}",
        flush=True,
    )


def _seconds(call: object) -> float:
    began = time.perf_counter()
    assert callable(call)
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())

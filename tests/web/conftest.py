"""A server on a built workspace, a browser, and what every page must pass.

The workspace is built once for all workers: the starter pack, the fictional list and documents of
the examples and, where `shared` stands beside the project, a screening list and the seeds.
"""

import fcntl
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from crosstie.workspace import Workspace
from tests.web.serving import Visitor, served

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PICTURES = ROOT / "docs" / "pictures"
SHARED = ROOT.parent / "shared"
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
NOW = "2026-11-24T00:00:00+00:00"
LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
_COLOURS = 128
# A page on a busy machine is slow, and no less right.
expect.set_options(timeout=25_000)


def pytest_addoption(parser):
    parser.addoption("--screenshots-of-docs", action="store_true", help="write docs/pictures/*.png")


def pytest_collection_modifyitems(config, items):
    """For pictures run only the tests that take some."""
    if config.getoption("--screenshots-of-docs", default=False):
        kept = [item for item in items if "picture" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def demanded() -> bool:
    """Return whether a test must fail, not skip, for want of something."""
    return os.environ.get("CI") == "true" or os.environ.get("CROSSTIE_REQUIRE_SHARED") == "1"


def _wanting(what: str) -> None:
    if demanded():
        pytest.fail(f"{what}, and this run demands it")
    pytest.skip(what)


def pictures_wanted(config) -> bool:
    """Return whether the run writes pictures for the docs: they show nothing but what ships."""
    return bool(config.getoption("--screenshots-of-docs", default=False))


def build(path: Path, *, shipped: bool = False) -> None:
    """Build the workspace that all tests of pages ask; if `shipped`, of what ships alone."""
    with Workspace.open(path, now=lambda: NOW) as workspace:
        workspace.load("starter", resolve=False)
        lists = EXAMPLES / "lists"
        workspace.load(
            "table",
            lists / "selimia-entity-list-2024-06-01.csv",
            mapping=lists / "selimia-entity-list.yaml",
            resolve=False,
        )
        documents = [EXAMPLES / "documents"]
        if SHARED.is_dir() and not shipped:
            rows = SHARED / "data" / "lists" / "csl_cn_hk_mo_tw_2026-07-31.jsonl"
            workspace.load("us-csl", rows, resolve=False)
            documents += sorted((SHARED / "corpus" / "seeds").glob("*.txt"))
        workspace.add(documents)
        workspace.entity("BeiDou")


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id, pytestconfig) -> Path:
    """The built workspace, made by the first worker that asks."""
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent
    path = folder / "web.db"
    with (folder / "web.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "web.done").exists():
            build(path, shipped=pictures_wanted(pytestconfig))
            (folder / "web.done").touch()
    return path


@pytest.fixture
def real_lists(shared, pytestconfig) -> None:
    """For tests that ask a real list or the seeds; a run for pictures is without them."""
    if pictures_wanted(pytestconfig):
        pytest.skip("pictures for the docs show nothing but what ships")


def copied(path: Path, folder: Path) -> Path:
    """Return a copy of a workspace, with what is kept beside it."""
    target = folder / "copy.db"
    shutil.copy(path, target)
    for kept in (".index", ".network"):
        beside = path.with_name(path.name + kept)
        if beside.is_dir():
            shutil.copytree(beside, target.with_name(target.name + kept))
    return target


@pytest.fixture(scope="session")
def address(built, tmp_path_factory) -> Iterator[str]:
    """The address of a server for tests that only ask."""
    with served(copied(built, tmp_path_factory.mktemp("served"))) as found:
        yield found


@pytest.fixture
def own_address(built, tmp_path) -> Iterator[str]:
    """The address of a server of the test's own: it may change what it finds."""
    with served(copied(built, tmp_path)) as found:
        yield found


@pytest.fixture
def visitor(address) -> Iterator[Visitor]:
    """A visitor to the shared server, without a browser."""
    found = Visitor(address)
    yield found
    found.close()


@pytest.fixture
def own_visitor(own_address) -> Iterator[Visitor]:
    """A visitor to the test's own server, without a browser."""
    found = Visitor(own_address)
    yield found
    found.close()


# The browser


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start Debian's chromium; one for each worker."""
    if not CHROMIUM.exists():
        _wanting("there is no /usr/bin/chromium")
    software = ["--use-gl=swiftshader", "--enable-unsafe-swiftshader"]
    return {"executable_path": str(CHROMIUM), "args": ["--no-sandbox", *software]}


class Faults(list[str]):
    """What went wrong on a page: errors of scripts, and requests that left the machine."""

    def watch(self, page: Page) -> None:
        """Note what goes wrong from here on."""
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("console", self._console)
        page.on("request", lambda request: self._request(request.url))

    def _console(self, message) -> None:
        # A page that is answered with a problem says so in the console too, and htmx what it was
        # asking when a reader went on: neither is a fault.
        spared = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
        if message.type == "error" and not message.text.startswith(spared):
            self.append(f"console: {message.text}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.append(f"a request left the machine: {url}")


@pytest.fixture
def opened(browser: Browser, address) -> Iterator[object]:
    """Return a function that opens a page: `opened(dark=True, size=PHONE)`."""
    contexts, faults = [], Faults()

    def open_page(*, dark=False, size=LAPTOP, base=address, script=True) -> Page:
        context = browser.new_context(
            base_url=base,
            viewport=size,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        faults.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def page(opened) -> Page:
    """A page on a laptop, in light; nothing may go wrong on it."""
    return opened()


@pytest.fixture
def dark_page(opened) -> Page:
    """A page on a laptop, in dark."""
    return opened(dark=True)


@pytest.fixture
def phone(opened) -> Page:
    """A page as wide as a phone."""
    return opened(size=PHONE)


@pytest.fixture
def own_page(opened, own_address) -> Page:
    """A page of the test's own server, which it may change."""
    return opened(base=own_address)


@pytest.fixture
def accessible():
    """Return a function that fails on what axe calls serious or critical."""
    if not AXE.exists():
        _wanting("axe-core has not been installed: run `make assets`")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate("async () => (await axe.run()).violations")
        bad = [
            f"{one['impact']} {one['id']}: {one['help']}: "
            + " | ".join(node["html"][:200] for node in one["nodes"][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert not bad, "\n".join(bad)

    return check


def fits(page: Page) -> None:
    """Assert that a page does not scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


@pytest.fixture
def picture(request):
    """Return a function that pictures a page for the docs, when the run is asked to."""
    wanted = pictures_wanted(request.config)

    def take(page: Page, name: str) -> None:
        if not wanted:
            return
        page.wait_for_load_state("networkidle")
        taken = Image.open(io.BytesIO(page.screenshot()))
        PICTURES.mkdir(parents=True, exist_ok=True)
        small = taken.convert("RGB").quantize(_COLOURS)
        small.save(PICTURES / f"{name}.png", optimize=True)

    return take

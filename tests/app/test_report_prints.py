"""The report in a real browser: printed, and looked at in a narrow window."""

import os
import shutil
import subprocess

import pypdf
import pytest

from tests.app.conftest import EXAMPLES

# What keeps a headless browser from asking anything of the network.
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs chromium: .ci/run installs it")
        pytest.skip("chromium is not installed: apt-get install chromium")
    return found


def test_the_report_prints_to_pages_that_hold_every_finding(browser, cli, demo, tmp_path):
    report, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
    asked = cli("-q", "-w", demo, "screen", "--csv", EXAMPLES / "partners.csv", "--out", report)
    assert asked.status == 0, asked.err
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [browser, *_QUIET, profile, f"--print-to-pdf={pdf}", report.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in pypdf.PdfReader(pdf).pages]
    text = " ".join(" ".join(pages).split())
    for expected in (
        "Partner screening",
        "Beihang University",
        "What was searched",
        "not a verdict",
    ):
        assert expected in text
    assert len(pages) > 5
    assert all(len(page) > 40 for page in pages), "no page is left blank"

"""Watch a workspace from outside while another process fills it."""

import sqlite3
import time


def documents_in(path):
    """Return how many documents the file holds; 0 while there is none, or it is being made."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.Error:
        return 0


def wait_for_documents(path, count, process):
    """Wait until the file holds so many documents, or the process has ended."""
    deadline = time.monotonic() + 300
    while documents_in(path) < count and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)

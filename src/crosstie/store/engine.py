"""Open a workspace file: connections, transactions and migrations."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from crosstie.ontology.errors import WorkspaceError

Transaction = Connection
"""What the functions of this room take: an open connection inside a transaction."""

HEAD = "0003"
"""The newest migration. A test compares it with Alembic's own idea."""

_MAGIC = b"SQLite format 3\x00"
_BUSY_MS = 20_000
PATIENT = 45
"""Tries of a run that has hours of reading to write down: a quarter of an hour."""


class Store:
    """One workspace file. Reads see one moment; a write is all or nothing, also in a crash."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open the workspace, making or upgrading its tables. Raises WorkspaceError."""
        _check_file(path, create=create)
        if not create and not os.access(path.parent, os.W_OK):
            return cls._open_unwritable(path)
        engine = create_engine(
            f"sqlite+pysqlite:///{path}", connect_args={"timeout": _BUSY_MS / 1000}
        )
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        store = cls(path, engine)
        with explained(path):
            store._upgrade()
        return store

    @classmethod
    def _open_unwritable(cls, path: Path) -> Self:
        """Open a workspace in a folder where nothing can be written: it can be asked only."""
        engine = create_engine(
            f"sqlite+pysqlite:///file:{quote(str(path))}?mode=ro&immutable=1&uri=true"
        )
        event.listen(engine, "begin", _begin)
        store = cls(path, engine)
        with explained(path):
            version = store._version()
        if version != HEAD:
            raise WorkspaceError(
                f"the workspace has format {version}, and its folder cannot be written",
                where=str(path), remedy="copy it to a folder of your own, and open it there",
            )  # fmt: skip
        return store

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Give a connection that sees one moment of the workspace."""
        with explained(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, tries: int = 1) -> Iterator[Transaction]:
        """Give a connection that may write; commits at the end, rolls back on any error.

        It takes the write lock at once: a read that turns into a write fails under WAL. While
        another process holds the lock it waits, `tries` times twenty seconds, and then raises.
        """
        with explained(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(crosstie_begin="IMMEDIATE")
            with _begun(connection, tries):
                yield connection

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """Give the driver's own connection, outside any transaction, for VACUUM and backup."""
        with explained(self.path):
            pooled = self._engine.raw_connection()
            try:
                driver = pooled.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                yield driver
            finally:
                pooled.close()

    def _upgrade(self) -> None:
        version = self._version()
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise WorkspaceError(
                f"the workspace has format {version}, and this Crosstie knows up to {HEAD}",
                where=str(self.path),
                remedy="use the Crosstie that made it, or a newer one",
            )
        # Alembic takes longer to import than to run; most commands open an up-to-date workspace.
        from crosstie.store.upgrading import upgrade

        with self.writing() as connection:
            upgrade(connection, HEAD)

    def _version(self) -> str | None:
        with self._engine.connect() as connection:
            known = connection.execute(
                text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
            ).scalar_one()
            if not known:
                tables = connection.execute(
                    text("SELECT count(*) FROM sqlite_master WHERE type = 'table'")
                ).scalar_one()
                if tables:
                    raise _foreign(self.path)
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _begun(connection: Connection, tries: int) -> RootTransaction:
    """Begin a transaction, again and again while another process writes; Ctrl-C ends the wait."""
    for _ in range(tries - 1):
        try:
            return connection.begin()
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
    return connection.begin()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the database's own errors into a WorkspaceError with a remedy."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        said = str(cause)
        if "locked" in said or "busy" in said:
            raise WorkspaceError(
                "another process is writing to the workspace", where=str(path),
                remedy="wait until it ends, then run the command again",
            ) from error  # fmt: skip
        if "disk is full" in said or "disk I/O" in said:
            raise WorkspaceError(
                f"the disk cannot take the change ({said})", where=str(path),
                remedy="make room; the workspace is as it was before this command",
            ) from error  # fmt: skip
        if "readonly" in said or "unable to open" in said:
            raise WorkspaceError(
                f"the workspace cannot be written ({said})", where=str(path),
                remedy="check the folder's and the file's permissions",
            ) from error  # fmt: skip
        if isinstance(error, OperationalError | sqlite3.OperationalError):
            raise WorkspaceError(
                f"the workspace does not answer as expected ({said})", where=str(path),
                remedy="restore a backup with `crosstie restore FILE`",
            ) from error  # fmt: skip
        raise WorkspaceError(
            f"the workspace is damaged ({said})", where=str(path),
            remedy="restore a backup with `crosstie restore FILE`",
        ) from error  # fmt: skip


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise WorkspaceError(
            "a folder, not a workspace file", where=str(path), remedy="name a file"
        )
    if not path.exists():
        if not create:
            raise WorkspaceError(
                "there is no workspace here", where=str(path),
                remedy="make one with `crosstie load starter`, or name one with --workspace",
            )  # fmt: skip
        if not path.parent.is_dir():
            raise WorkspaceError(
                "its folder does not exist", where=str(path), remedy=f"make {path.parent} first"
            )
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise WorkspaceError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="check its permissions"
        ) from error
    if head and (head != _MAGIC or _is_foreign(path)):
        raise _foreign(path)


def _is_foreign(path: Path) -> bool:
    """Look, read-only, whether another program made it: opening it to write would change it."""
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError:
        # Locked, damaged or unreadable: opening it in earnest says which.
        return False
    finally:
        connection.close()
    return bool(tables) and not {"alembic_version", "claims"} <= tables


def _foreign(path: Path) -> WorkspaceError:
    return WorkspaceError(
        "this file is not a Crosstie workspace",
        where=str(path),
        remedy="name another with --workspace; nothing was changed",
    )


def _set_pragmas(driver: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # pysqlite must not begin transactions by itself, or BEGIN IMMEDIATE comes too late.
    driver.isolation_level = None
    cursor = driver.cursor()
    for pragma in (
        f"busy_timeout = {_BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        # Forgotten text is overwritten in the file, not merely unlinked.
        "secure_delete = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("crosstie_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")

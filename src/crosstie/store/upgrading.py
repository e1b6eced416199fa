"""Bring a workspace's tables to the newest migration, inside the caller's transaction.

Alembic takes longer to import than to run, so that only this module imports it.
"""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def migrations() -> Config:
    """Return the settings under which Alembic finds the migrations that ship with the package."""
    config = Config()
    config.set_main_option("script_location", "crosstie.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection, revision: str) -> None:
    """Run every migration up to the revision on an open connection."""
    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)

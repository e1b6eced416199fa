"""The tables of the first version.

Revision ID: 0001
"""

from alembic import op

from crosstie.store.schema import FULL_TEXT, metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    op.execute(FULL_TEXT)

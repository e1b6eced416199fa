"""What lets a new document change only what it can: keys of mentions, places of bare names.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_keys",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("mention_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("bare", sa.Integer(), nullable=False),
        sa.Column("strong", sa.Integer(), nullable=False),
    )
    op.create_index("name_keys_by_key", "name_keys", ["key", "kind", "bare"], unique=False)
    op.create_index("name_keys_by_mention", "name_keys", ["mention_id"], unique=False)
    op.create_table(
        "placements",
        sa.Column("mention_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("onto", sa.String(), nullable=True),
        sa.Column("in_group", sa.String(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mention_id"),
    )
    op.create_index("placements_by_document", "placements", ["document_id"], unique=False)
    op.create_index("placements_by_group", "placements", ["in_group"], unique=False)
    op.create_index("placements_by_onto", "placements", ["onto"], unique=False)
    op.create_index("claims_by_object", "claims", ["object"], unique=False)
    op.create_index("claims_by_subject", "claims", ["subject"], unique=False)
    # The new tables are filled by the next command that asks: it makes all anew.
    op.execute("INSERT OR REPLACE INTO facts (key, value) VALUES ('derived', '')")

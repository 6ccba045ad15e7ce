"""Addresses of calendars that were renewed."""

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    op.create_table(
        "feed_edition",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_feed_edition_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_feed_edition_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "account_id", name=op.f("pk_feed_edition")),
    )
    with op.batch_alter_table("feed_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_edition_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("feed_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_edition_account_id"))

    op.drop_table("feed_edition")

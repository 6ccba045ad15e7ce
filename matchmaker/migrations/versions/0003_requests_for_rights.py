"""Requests for rights."""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("showing_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("deadlines_version", sa.String(length=60), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
    )
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.create_index("ix_rights_request_due", ["state", "due_at"], unique=False)
        batch_op.create_index("ix_rights_request_subject", ["subject", "subject_id"], unique=False)

    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mentoring_id", sa.Integer(), nullable=True))
        batch_op.alter_column("introduction_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_unique_constraint("uq_disclosure_mentoring", ["mentoring_id", "to_account_id", "of_profile_id"])

    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("request_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held_for", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("visibility_unblocked", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("is_in_feeds", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.drop_column("is_in_feeds")
        batch_op.drop_column("visibility_unblocked")

    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_column("swept_at")
        batch_op.drop_column("held_until")
        batch_op.drop_column("held_for")
        batch_op.drop_column("request_id")

    op.execute("DELETE FROM disclosure WHERE introduction_id IS NULL")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_constraint("uq_disclosure_mentoring", type_="unique")
        batch_op.alter_column("introduction_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("mentoring_id")

    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.drop_index("ix_rights_request_subject")
        batch_op.drop_index("ix_rights_request_due")

    op.drop_table("rights_request")

"""Drafts, readers and owners of challenges, shortlists."""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    op.create_table(
        "challenge_guest",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_guest_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_challenge_guest_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("challenge_id", "profile_id", name=op.f("pk_challenge_guest")),
    )
    with op.batch_alter_table("challenge_guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_guest_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "challenge_owner",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_owner_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_challenge_owner_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("challenge_id", "profile_id", name=op.f("pk_challenge_owner")),
    )
    with op.batch_alter_table("challenge_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_owner_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "shortlisted",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_shortlisted_challenge_id_challenge"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["account.id"], name=op.f("fk_shortlisted_noted_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_shortlisted_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("challenge_id", "profile_id", name=op.f("pk_shortlisted")),
    )
    with op.batch_alter_table("shortlisted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shortlisted_noted_by_id"), ["noted_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shortlisted_profile_id"), ["profile_id"], unique=False)

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("audience", sa.String(length=20), server_default="public", nullable=False))


def downgrade() -> None:
    op.execute("UPDATE challenge SET status = 'withdrawn' WHERE status = 'draft' OR audience != 'public'")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("audience")

    with op.batch_alter_table("shortlisted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shortlisted_profile_id"))
        batch_op.drop_index(batch_op.f("ix_shortlisted_noted_by_id"))

    op.drop_table("shortlisted")
    with op.batch_alter_table("challenge_owner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_owner_profile_id"))

    op.drop_table("challenge_owner")
    with op.batch_alter_table("challenge_guest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_guest_profile_id"))

    op.drop_table("challenge_guest")

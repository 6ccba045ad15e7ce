"""Pairs told apart."""

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    op.create_table(
        "profiles_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["profile.id"], name=op.f("fk_profiles_apart_first_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["profile.id"], name=op.f("fk_profiles_apart_second_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_profiles_apart")),
    )
    with op.batch_alter_table("profiles_apart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profiles_apart_second_id"), ["second_id"], unique=False)

    op.create_table(
        "challenges_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["challenge.id"], name=op.f("fk_challenges_apart_first_id_challenge"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["challenge.id"], name=op.f("fk_challenges_apart_second_id_challenge"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_challenges_apart")),
    )
    with op.batch_alter_table("challenges_apart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenges_apart_second_id"), ["second_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("challenges_apart", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenges_apart_second_id"))

    op.drop_table("challenges_apart")
    with op.batch_alter_table("profiles_apart", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profiles_apart_second_id"))

    op.drop_table("profiles_apart")

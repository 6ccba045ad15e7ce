"""Lessons of outcomes and partners who agree."""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    op.create_table(
        "outcome_lesson",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introduction.id"],
            name=op.f("fk_outcome_lesson_introduction_id_introduction"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_outcome_lesson_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("introduction_id", "side", name=op.f("pk_outcome_lesson")),
    )
    with op.batch_alter_table("outcome_lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_lesson_lesson_id"), ["lesson_id"], unique=False)

    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.add_column(sa.Column("partner_agreed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_column("partner_agreed_at")

    with op.batch_alter_table("outcome_lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_lesson_lesson_id"))

    op.drop_table("outcome_lesson")

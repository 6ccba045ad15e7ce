"""Working copies of profiles."""

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    op.create_table(
        "working_copy",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_working_copy_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_working_copy")),
    )
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.add_column(sa.Column("for_whom", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.drop_column("for_whom")

    op.drop_table("working_copy")

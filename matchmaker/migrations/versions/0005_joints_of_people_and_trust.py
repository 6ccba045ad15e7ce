"""Joints of people and trust."""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    with op.batch_alter_table("mentoring", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proposer", sa.String(length=20), nullable=False, server_default="mentee"))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("representation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("called", sa.String(length=200), nullable=False, server_default=""))
    op.execute("UPDATE mentoring SET told_at = created_at")  # whoever was asked has been told


def downgrade() -> None:
    with op.batch_alter_table("representation", schema=None) as batch_op:
        batch_op.drop_column("called")

    with op.batch_alter_table("mentoring", schema=None) as batch_op:
        batch_op.drop_column("told_at")
        batch_op.drop_column("proposer")

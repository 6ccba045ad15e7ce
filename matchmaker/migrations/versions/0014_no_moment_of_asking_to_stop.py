"""No moment of asking to stop."""

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    with op.batch_alter_table("agenda_run", schema=None) as batch_op:
        batch_op.drop_column("stop_asked_at")


def downgrade() -> None:
    with op.batch_alter_table("agenda_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True))

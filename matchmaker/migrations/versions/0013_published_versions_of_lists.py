"""Published versions of lists."""

import sqlalchemy as sa
from alembic import op

from matchmaker.migrations.append_only import forget_append_only, keep_append_only

revision: str = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    op.create_table(
        "published_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_version")),
        sa.UniqueConstraint("list", "version", name="uq_published_version_list"),
        info={"append_only": True},
    )
    keep_append_only(op, "published_version")


def downgrade() -> None:
    op.drop_table("published_version")
    forget_append_only(op, "published_version")

"""Invitations to act for a member."""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    op.create_table(
        "person_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("leaving_id", sa.Integer(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["account.id"],
            name=op.f("fk_person_invitation_invited_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["leaving_id"], ["account.id"], name=op.f("fk_person_invitation_leaving_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_person_invitation_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_invitation")),
    )
    with op.batch_alter_table("person_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_invitation_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_invitation_invited_by_id"), ["invited_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_invitation_leaving_id"), ["leaving_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_invitation_profile_id"), ["profile_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("person_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_invitation_profile_id"))
        batch_op.drop_index(batch_op.f("ix_person_invitation_leaving_id"))
        batch_op.drop_index(batch_op.f("ix_person_invitation_invited_by_id"))
        batch_op.drop_index(batch_op.f("ix_person_invitation_address"))

    op.drop_table("person_invitation")

"""Events and their agendas."""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("venue", sa.String(length=400), nullable=False),
        sa.Column("city", sa.String(length=400), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("pause_minutes", sa.Integer(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("agenda_sight", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_state"), ["state"], unique=False)

    op.create_table(
        "agenda_ruling",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slot", sa.String(length=20), nullable=True),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_agenda_ruling_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "key", "kind", name=op.f("pk_agenda_ruling")),
    )
    op.create_table(
        "agenda_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("exposure", sa.Float(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=60), nullable=False),
        sa.Column("problem_values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_agenda_run_asked_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_agenda_run_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_run")),
    )
    with op.batch_alter_table("agenda_run", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_run_event", ["event_id", "id"], unique=False)

    op.create_table(
        "agenda_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("again_number", sa.Integer(), nullable=True),
        sa.Column("certificate", sa.JSON(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_agenda_version_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["account.id"],
            name=op.f("fk_agenda_version_published_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_version")),
        sa.UniqueConstraint("event_id", "number", name="uq_agenda_version_number"),
    )
    op.create_table(
        "event_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("fit", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_group_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_group")),
    )
    with op.batch_alter_table("event_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_group_event_id"), ["event_id"], unique=False)

    op.create_table(
        "working_agenda",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("instance", sa.JSON(), nullable=False),
        sa.Column("schedule", sa.JSON(), nullable=False),
        sa.Column("attainable", sa.Float(), nullable=False),
        sa.Column("fairness_price", sa.Float(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_working_agenda_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_working_agenda")),
    )
    op.create_table(
        "agenda_paper",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["agenda_run.id"], name=op.f("fk_agenda_paper_run_id_agenda_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "name", name=op.f("pk_agenda_paper")),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=400), nullable=False),
        sa.Column("companions", sa.JSON(), nullable=False),
        sa.Column("came_by", sa.String(length=20), nullable=False),
        sa.Column("ticket", sa.String(length=400), nullable=False),
        sa.Column("presence", sa.String(length=20), nullable=False),
        sa.Column("presence_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrives_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("busy", sa.JSON(), nullable=False),
        sa.Column("most_meetings", sa.Integer(), nullable=True),
        sa.Column("least_meetings", sa.Integer(), nullable=True),
        sa.Column("most_in_row", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("remote_link", sa.String(length=400), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("sponsor", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_participant_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_participant_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_participant_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("event_id", "profile_id", name="uq_participant_member"),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participant_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participant_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "agenda_seat",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_agenda_seat_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agenda_version.id"],
            name=op.f("fk_agenda_seat_version_id_agenda_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "key", "participant_id", name=op.f("pk_agenda_seat")),
    )
    with op.batch_alter_table("agenda_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_seat_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "encounter",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("has_met", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_encounter_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "key", name=op.f("pk_encounter")),
    )
    op.create_table(
        "event_group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("is_coming", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["event_group.id"],
            name=op.f("fk_event_group_member_group_id_event_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_event_group_member_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "participant_id", name=op.f("pk_event_group_member")),
    )
    op.create_table(
        "event_offer",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["profile.id"], name=op.f("fk_event_offer_about_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_event_offer_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "about_id", name=op.f("pk_event_offer")),
    )
    with op.batch_alter_table("event_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_offer_about_id"), ["about_id"], unique=False)

    op.create_table(
        "event_suggestion",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_event_suggestion_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_suggestion_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_event_suggestion_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "challenge_id", "profile_id", name=op.f("pk_event_suggestion")),
    )
    op.create_table(
        "wish",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("degree", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["profile.id"], name=op.f("fk_wish_about_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_wish_participant_id_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", "about_id", name=op.f("pk_wish")),
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_about_id"), ["about_id"], unique=False)

    op.create_table(
        "agenda_meeting",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.Column("table_id", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("fit", sa.Float(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introduction.id"],
            name=op.f("fk_agenda_meeting_introduction_id_introduction"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agenda_version.id"],
            name=op.f("fk_agenda_meeting_version_id_agenda_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "key", name=op.f("pk_agenda_meeting")),
    )
    with op.batch_alter_table("agenda_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_meeting_introduction_id"), ["introduction_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("agenda_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_meeting_introduction_id"))

    op.drop_table("agenda_meeting")
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_about_id"))

    op.drop_table("wish")
    op.drop_table("event_suggestion")
    with op.batch_alter_table("event_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_offer_about_id"))

    op.drop_table("event_offer")
    op.drop_table("event_group_member")
    op.drop_table("encounter")
    with op.batch_alter_table("agenda_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_seat_participant_id"))

    op.drop_table("agenda_seat")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_profile_id"))
        batch_op.drop_index(batch_op.f("ix_participant_event_id"))
        batch_op.drop_index(batch_op.f("ix_participant_account_id"))

    op.drop_table("participant")
    op.drop_table("agenda_paper")
    op.drop_table("working_agenda")
    with op.batch_alter_table("event_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_group_event_id"))

    op.drop_table("event_group")
    op.drop_table("agenda_version")
    with op.batch_alter_table("agenda_run", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_run_event")

    op.drop_table("agenda_run")
    op.drop_table("agenda_ruling")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_state"))

    op.drop_table("event")

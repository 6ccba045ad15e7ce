"""Saying yes or no to a purpose, with effect; deleting what is past its time."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, select, update

from matchmaker.accounts.models import Acting
from matchmaker.alerts.models import Alert
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.letters.habits import habits_of
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.rights.models import Channel, Consent
from matchmaker.rights.purposes import Purpose, Purposes, Retention


def say(
    session: Session,
    *,
    acting: Acting,
    purposes: Purposes,
    purpose: str,
    is_granted: bool,
    channel: Channel,
    now: datetime,
) -> Consent:
    """Grant or withdraw consent. Raises `sign_in_needed`, `unknown_code`, `purpose_necessary` for a withdrawal."""
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    if purposes.get(purpose).is_necessary and not is_granted:
        raise ConflictError("purpose_necessary", purpose=purpose)
    consent = Consent(
        account_id=acting.account_id, purpose=purpose, text_version=purposes.version, channel=channel,
        is_granted=is_granted, at=now,
    )  # fmt: skip
    session.add(consent)
    session.flush()
    _take_effect(session, acting=acting, purpose=purposes.get(purpose), is_granted=is_granted, now=now)
    return consent


def delete_aged(session: Session, *, retention: Retention, now: datetime) -> int:
    """Delete what is past its time, table by table, and say how many rows that were."""
    deleted = 0
    for age in retention.tables:
        table = SQLModel.metadata.tables.get(age.table)
        if table is not None:
            old = table.c[age.column] < now - timedelta(days=age.days)
            only = [table.c[column] == value for column, value in age.only.items()]
            deleted += session.connection().execute(delete(table).where(old, *only)).rowcount
    session.expire_all()
    return deleted


def _take_effect(session: Session, *, acting: Acting, purpose: Purpose, is_granted: bool, now: datetime) -> None:
    """What a consent opens and its withdrawal ends, from this moment. A feed that was closed is opened anew by hand."""
    if purpose.letters:
        habits = habits_of(session, acting=acting)
        others = [group for group in habits.unwanted if group not in purpose.letters]
        habits.unwanted = others if is_granted else [*others, *purpose.letters]
        session.add(habits)
    if purpose.alerts:
        resting: dict[str, object] = {"is_paused": not is_granted, "updated_at": now}
        closed = {} if is_granted else {"feed_digest": None}
        session.exec(update(Alert).where(col(Alert.account_id) == acting.account_id).values(**resting, **closed))
    if purpose.feeds:
        spoken_for = select(Representation.profile_id).where(
            Representation.account_id == acting.account_id, Representation.part == Part.REPRESENTATIVE
        )
        session.exec(update(Profile).where(col(Profile.id).in_(spoken_for)).values(is_in_feeds=is_granted))
    session.expire_all()
    session.flush()

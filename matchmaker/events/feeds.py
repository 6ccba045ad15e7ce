"""The addresses by which calendars read an agenda: one of each account for a participant, renewed when it leaked."""

from datetime import datetime

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import NotAllowedError
from matchmaker.events.models import FeedEdition, Participant
from matchmaker.events.queries import get_participant

FIRST = 1


def edition_of(session: Session, *, participant_id: int, account_id: int) -> int:
    """Which address is in use: the first until it is ended for another."""
    row = session.get(FeedEdition, (participant_id, account_id))
    return FIRST if row is None else row.number


def renew_feed(
    session: Session, *, acting: Acting, event_id: int, participant_id: int, now: datetime, ending: int | None = None
) -> int:
    """End one's own address for a new one, nobody else's; the number of the new one.

    Where `ending` says which one is to end, another stays: asked twice, it is done once.

    Raises `event_unknown`, `participant_unknown`, `sign_in_needed`.
    """
    get_participant(session, acting=acting, event_id=event_id, participant_id=participant_id)
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    session.exec(select(Participant.id).where(Participant.id == participant_id).with_for_update())
    row = session.get(FeedEdition, (participant_id, acting.account_id), populate_existing=True) or FeedEdition(
        participant_id=participant_id, account_id=acting.account_id, number=FIRST, since=now
    )
    if ending not in {None, row.number}:
        return row.number
    row.number, row.since = row.number + 1, now
    session.add(row)
    record_act(session, acting=acting, act="agenda_feed_renewed", subject="participant", subject_id=participant_id,
               now=now)  # fmt: skip
    return row.number

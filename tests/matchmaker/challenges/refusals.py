"""What a challenge has asked of the index, and what an account may not do with it."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.actions import edit_challenge, edit_needs, set_status
from matchmaker.challenges.drafts import NeedsDraft
from matchmaker.challenges.models import Challenge, Status
from matchmaker.errors import DomainError
from matchmaker.store.outbox import Message, Topic
from tests.factories import challenge_draft, desk


def asked_of_the_index(session: Session) -> list[int]:
    wanted = select(Message.subject_id).where(Message.topic == Topic.INDEX_CHALLENGE).order_by(col(Message.id))
    return list(session.exec(wanted).all())


def refused_codes(session: Session, acting: Acting, challenge: Challenge) -> list[str]:
    challenge_id, draft = challenge.id or 0, challenge_draft(title="Mío")
    mine = NeedsDraft(needs=["Mío"])
    changes: list[Callable[[], object]] = [
        lambda: edit_challenge(session, desk=desk(), acting=acting, challenge_id=challenge_id, draft=draft),
        lambda: edit_needs(session, desk=desk(), acting=acting, challenge_id=challenge_id, draft=mine),
        lambda: set_status(session, desk=desk(), acting=acting, challenge_id=challenge_id, status=Status.CLOSED),
    ]
    codes = []
    for change in changes:
        with pytest.raises(DomainError) as refused:
            change()
        codes.append(refused.value.code)
    return codes

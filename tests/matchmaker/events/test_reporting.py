"""The report of an event, on both databases."""

import pytest

from matchmaker.errors import NotAllowedError
from matchmaker.events.reporting import report_of
from matchmaker.introductions.models import Introduction, Phase
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge
from tests.matchmaker.events.gatherings import town_fair


def test_acceptance_counts_introductions_between_members_of_the_event(database: Database) -> None:
    with database.transaction() as session:
        fair = town_fair(session)
        city, others = fair.parties["Sogamoso"], [each for name, each in fair.parties.items() if name != "Sogamoso"]
        assert report_of(session, acting=fair.rosa, event_id=fair.id).acceptance_rate is None
        phases = (Phase.OPEN, Phase.CLOSED, Phase.WAITING, Phase.SEALED, Phase.HELD, Phase.ENDED)
        for number, phase in enumerate(phases):
            challenge = saved_challenge(session, acting=city.acting, owner=city.profile)
            is_opened = phase in {Phase.OPEN, Phase.CLOSED}
            profile_id = others[number % len(others)].profile.id or 0
            row = Introduction(
                challenge_id=challenge.id or 0, owner_id=city.profile.id or 0, profile_id=profile_id, message="",
                proposed_by="owner", phase=phase, created_at=NOW, expires_at=NOW, opened_at=NOW if is_opened else None,
            )  # fmt: skip
            session.add(row)
        session.flush()
        found = report_of(session, acting=fair.rosa, event_id=fair.id)
        assert found.acceptance == {"accepted": 2, "waiting": 2, "not_accepted": 2}
        assert found.acceptance_rate == 2 / 6
        with pytest.raises(NotAllowedError, match="only_secretariat"):
            report_of(session, acting=city.acting, event_id=fair.id)

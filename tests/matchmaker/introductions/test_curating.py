"""Challenges to curate: those with the fewest introductions first, counted for the secretariat alone."""

import pytest

from matchmaker.accounts.models import OPERATOR, Role
from matchmaker.errors import NotAllowedError
from matchmaker.introductions.curating import list_uncurated, waiting_challenges
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in


def test_challenges_of_members_wait_and_only_the_secretariat_reads_them(database: Database) -> None:
    with database.transaction() as session:
        city = signed_in(session, role=Role.CITY)
        owner = saved_profile(session, acting=city, kind="local_government", name="Sogamoso")
        first, second = (saved_challenge(session, acting=city, owner=owner, title=title).id for title in ("Uno", "Dos"))
        found = list_uncurated(session, acting=OPERATOR, limit=10)
        assert [each.challenge.id for each in found] == [first, second]
        assert list_uncurated(session, acting=OPERATOR, countries=["BR"], only_bare=True, limit=10) == []
        assert waiting_challenges(session, acting=OPERATOR) == (2, NOW)
        with pytest.raises(NotAllowedError, match="only_secretariat"):
            waiting_challenges(session, acting=city)

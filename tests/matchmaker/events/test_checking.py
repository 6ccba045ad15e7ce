"""What cannot be, before an agenda is made: of those who take part as they are in the rows."""

import pytest

from matchmaker.errors import DomainError
from matchmaker.events.agenda.wishes import Hindrance
from matchmaker.events.checking import check_event
from matchmaker.store.database import Database
from tests.factories import NOW, lists
from tests.matchmaker.events.gatherings import Gathering

EARLY = {"leaves_at": "2027-03-10T09:25:00-05:00"}
LATE = {"arrives_at": "2027-03-10T11:00:00-05:00"}


def test_a_must_of_two_who_are_never_there_together_is_named_with_who_would_have_to_come(database: Database) -> None:
    with database.transaction() as session:
        found = Gathering(session)
        found.add("Sogamoso", "local_government", **EARLY)
        found.add("Fugas", **LATE)
        found.add("Datos")
        found.wish("Sogamoso", Fugas="must", Datos="must")
        found.wish("Datos", Fugas="would_like")
        city, firm = found.parties["Sogamoso"], found.parties["Fugas"]
        told = check_event(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW)
        [unmet] = told.unmet
        assert (unmet.participant, unmet.hindrance) == (f"p{city.id}", Hindrance.NO_COMMON_SLOT)
        assert (unmet.slot, unmet.away) == ("2027-03-10T09:00", (f"p{firm.id}",))
        found.wish("Fugas", Sogamoso="no")  # a no is told nobody, not even as something that cannot be
        assert check_event(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW).unmet == ()


def test_a_member_does_not_see_what_others_wish(database: Database) -> None:
    with database.transaction() as session:
        found = Gathering(session)
        anyone = found.add("Sogamoso", "local_government")
        with pytest.raises(DomainError, match="only_secretariat"):
            check_event(session, acting=anyone.acting, event_id=found.id, lists=lists(), now=NOW)

"""Who could step in at an event, on both databases."""

from datetime import UTC, datetime

from matchmaker.events.actions import set_presence
from matchmaker.events.encounters import stand_by
from matchmaker.events.models import Presence
from matchmaker.events.publishing import publish
from matchmaker.events.rules import slots_of
from matchmaker.introductions.terms import Office
from matchmaker.store.database import Database
from tests.factories import NOW, lists
from tests.matchmaker.events.gatherings import solved, town_fair


def test_only_time_to_come_is_time_to_spare(database: Database) -> None:
    with database.transaction() as session:
        fair = town_fair(session)
        number, rosa, redes = fair.id, fair.rosa, fair.parties["Redes"].id
    solved(database, number, rosa)
    with database.transaction() as session:
        publish(session, acting=rosa, event_id=number, lists=lists(), now=NOW)
        fair.session = session
        fair.both_wish("Sogamoso", "Redes")
        set_presence(
            session, acting=rosa, event_id=number, participant_id=redes, presence=Presence.ARRIVED, now=NOW
        )  # fmt: skip
        slots = [slot for day in slots_of(fair.event) for slot in day]

        def free_at(now: datetime) -> list[tuple[int, int, int]]:
            found = stand_by(session, acting=rosa, event_id=number, office=Office(lists(), now))
            return [(each.held, each.waiting, each.free_slots) for each in found]

        [(held, waiting, free)] = free_at(NOW)
        assert (held, waiting, free) == (1, 1, len(slots) - 1)
        [(_, _, later)] = free_at(slots[-3].starts_at)
        assert later in {1, 2}
        assert free_at(datetime(2027, 3, 11, tzinfo=UTC)) == []

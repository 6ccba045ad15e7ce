"""From wishes to a published agenda, changed by hand, brought back, refilled."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from matchmaker.errors import DomainError
from matchmaker.events.actions import set_presence
from matchmaker.events.agenda.instance import Mode
from matchmaker.events.handling import Told, do_act, try_act
from matchmaker.events.models import AgendaVersion, Presence, RunState, WorkingAgenda
from matchmaker.events.publishing import publish, publish_again, refill
from matchmaker.events.rules import slots_of
from matchmaker.events.versions import Held, meetings_of, newest_version
from matchmaker.events.workbench import Act, Tried
from matchmaker.events.working import load_working
from matchmaker.letters.models import Letter
from matchmaker.store.database import Database
from tests.databases import statements
from tests.factories import NOW, lists
from tests.matchmaker.events.gatherings import Gathering, solved, town_fair

MORNING = datetime(2027, 3, 10, 15, 0, tzinfo=UTC)
"""Ten o'clock in Bogotá, in the middle of the event."""


def fair(database: Database) -> Gathering:
    with database.transaction() as session:
        found = town_fair(session)
    run = solved(database, found.id, found.rosa)
    assert (run.state, run.problem) == (RunState.DONE, "")
    return found


def published(database: Database, found: Gathering) -> AgendaVersion:
    with database.transaction() as session:
        return publish(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW)


def letters(session: Session, kind: str) -> list[int]:
    return sorted(
        int(str(letter.codes["participant"]))
        for letter in session.exec(select(Letter).where(Letter.kind == kind)).all()
    )


def by_key(meetings: list[Held]) -> dict[str, tuple[str, str]]:
    return {held.row.key: held.where for held in meetings}


def test_an_agenda_of_more_people_takes_as_many_questions_to_publish(database: Database) -> None:
    counts = []
    for guests in (0, 4):
        with database.transaction() as session:
            found = town_fair(session)
            for number in range(guests):
                found.add(f"Gremio {number}")
                found.both_wish("Tunja", f"Gremio {number}")
        solved(database, found.id, found.rosa)
        with statements(database) as sent:
            published(database, found)
        counts.append(sum(each.startswith("SELECT") for each in sent))
    with database.reading() as session:
        assert len(letters(session, "agenda_published")) == 5 + 5 + 4
    assert counts[0] == counts[1]


def test_what_both_want_is_held_and_everyone_concerned_is_told_once(database: Database) -> None:
    found = fair(database)
    version = published(database, found)
    ids = {name: party.id for name, party in found.parties.items()}
    with database.reading() as session:
        meetings = meetings_of(session, newest_version(session, event_id=found.id))
        assert {held.members for held in meetings} == {
            tuple(sorted((ids[one], ids[other])))
            for one, other in (("Sogamoso", "Fugas"), ("Sogamoso", "Datos"), ("Sogamoso", "Tunja"), ("Tunja", "Fugas"),
                               ("Tunja", "Redes"))
        }  # fmt: skip
        assert letters(session, "agenda_published") == sorted(ids.values())
    assert (version.number, version.certificate["missing"], version.certificate["quality"]) == (1, 0, 1.0)
    assert (version.certificate["floors_kept"], version.certificate["least_of_cities"]) == (2, 3)


def test_only_those_whose_meetings_changed_are_written_to_and_an_earlier_version_comes_back(database: Database) -> None:
    found = fair(database)
    published(database, found)
    one, other = found.parties["Tunja"].id, found.parties["Redes"].id
    with database.transaction() as session:
        before = by_key(meetings_of(session, newest_version(session, event_id=found.id)))
        told = Told(Act.REMOVE, key=f"p{one}-p{other}")
        tried = do_act(session, acting=found.rosa, event_id=found.id, told=told, lists=lists(), now=NOW)
        assert [(each.key, each.after) for each in tried.touched] == [(told.key, None)]
        assert tried.fit_change < 0
    published(database, found)
    with database.transaction() as session:
        assert letters(session, "agenda_changed") == sorted([one, other])
    with database.transaction() as session:
        again = publish_again(session, acting=found.rosa, event_id=found.id, number=1, lists=lists(), now=NOW)
        assert (again.number, again.again_number) == (3, 1)
        assert by_key(meetings_of(session, again)) == before
        assert again.certificate["quality"] == 1.0
    with database.reading() as session:
        working = load_working(session, event_id=found.id)
    assert {one.id: (one.slot, one.table) for one in working.schedule.placed} == before


def test_what_is_forbidden_keeps_an_earlier_version_from_coming_back(database: Database) -> None:
    found = fair(database)
    published(database, found)
    with database.transaction() as session:
        told = Told(Act.FORBID, key=f"p{found.parties['Tunja'].id}-p{found.parties['Redes'].id}")
        do_act(session, acting=found.rosa, event_id=found.id, told=told, lists=lists(), now=NOW)
    published(database, found)
    with database.transaction() as session, pytest.raises(DomainError, match="agenda_outdated"):
        publish_again(session, acting=found.rosa, event_id=found.id, number=1, lists=lists(), now=NOW)


def test_a_meeting_pinned_elsewhere_since_goes_back_to_its_slot(database: Database) -> None:
    found = fair(database)
    published(database, found)
    before = held_of(database, found)
    with database.transaction() as session:
        key = f"p{found.parties['Tunja'].id}-p{found.parties['Redes'].id}"
        slots = [slot.id for day in slots_of(found.event) for slot in day if slot.id != before[key][0]]
        told = next(told for slot in slots if not tried(session, found, told := Told(Act.PIN, key, slot)).violations)
        do_act(session, acting=found.rosa, event_id=found.id, told=told, lists=lists(), now=NOW)
    published(database, found)
    assert held_of(database, found)[key][0] == told.slot
    with database.transaction() as session:
        publish_again(session, acting=found.rosa, event_id=found.id, number=1, lists=lists(), now=NOW)
    assert held_of(database, found) == before


def tried(session: Session, found: Gathering, told: Told) -> Tried:
    return try_act(session, acting=found.rosa, event_id=found.id, told=told, lists=lists(), now=NOW)


def test_on_a_day_that_runs_an_earlier_version_comes_back_for_time_to_come_alone(database: Database) -> None:
    found = fair(database)
    published(database, found)
    first = held_of(database, found)
    begun = {slot.id for day in slots_of(found.event) for slot in day if slot.starts_at <= MORNING}
    early = min(first, key=lambda key: first[key])
    with database.transaction() as session:
        told = Told(Act.REMOVE, key=early)
        do_act(session, acting=found.rosa, event_id=found.id, told=told, lists=lists(), now=NOW)
    published(database, found)
    second = held_of(database, found)
    assert first[early][0] in begun
    assert early not in second
    with database.transaction() as session:
        late = next(key for key in second if second[key][0] not in begun)
        told = Told(Act.REMOVE, key=late)
        do_act(session, acting=found.rosa, event_id=found.id, told=told, lists=lists(), now=NOW)
    published(database, found)
    with database.transaction() as session:
        publish_again(session, acting=found.rosa, event_id=found.id, number=1, lists=lists(), now=MORNING)
    after = held_of(database, found)
    assert {key: where for key, where in after.items() if where[0] in begun} == {
        key: where for key, where in second.items() if where[0] in begun
    }
    assert after[late] == first[late]


def test_what_one_side_alone_wants_stands_in_a_draft_and_is_never_published(database: Database) -> None:
    with database.transaction() as session:
        found = town_fair(session)
        found.wish("Redes", Sogamoso="must", Tunja="would_like")
    solved(database, found.id, found.rosa)
    key = f"p{found.parties['Sogamoso'].id}-p{found.parties['Redes'].id}"
    with database.transaction() as session:
        placed = {one.id for one in load_working(session, event_id=found.id).schedule.placed}
        assert key in placed
        with pytest.raises(DomainError, match="agenda_awaits_agreement"):
            publish(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW)
    with database.transaction() as session:
        version = publish(
            session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW, leaves_out_awaiting=True
        )
        assert key not in by_key(meetings_of(session, version))


def test_an_act_shows_what_it_costs_before_it_is_done(database: Database) -> None:
    found = fair(database)
    with database.transaction() as session:
        working = load_working(session, event_id=found.id)
        first = working.schedule.placed[0]
        free = [slot for slot in working.instance.days[0] if slot != first.slot]
        tried = try_act(
            session, acting=found.rosa, event_id=found.id, told=Told(Act.MOVE, key=first.id, slot=free[-1]),
            lists=lists(), now=NOW,
        )  # fmt: skip
        moved = {each.key: each.after.slot if each.after else None for each in tried.touched}
        assert moved[first.id] == free[-1]
        assert tried.violations == ()
        assert session.get_one(WorkingAgenda, found.id).version == 1


def test_a_pin_holds_in_the_next_agenda_and_what_is_forbidden_never_comes_back(database: Database) -> None:
    found = fair(database)
    pinned = f"p{found.parties['Sogamoso'].id}-p{found.parties['Fugas'].id}"
    forbidden = f"p{found.parties['Tunja'].id}-p{found.parties['Fugas'].id}"
    with database.transaction() as session:
        slot = load_working(session, event_id=found.id).instance.days[0][-1]
        for told in (Told(Act.PIN, key=pinned, slot=slot), Told(Act.FORBID, key=forbidden)):
            do_act(session, acting=found.rosa, event_id=found.id, told=told, lists=lists(), now=NOW)
    solved(database, found.id, found.rosa, seed=5)
    with database.reading() as session:
        placed = {one.id: one.slot for one in load_working(session, event_id=found.id).schedule.placed}
        assert placed[pinned] == slot
        assert forbidden not in placed


def test_whoever_cancels_leaves_and_nobody_else_is_moved(database: Database) -> None:
    found = fair(database)
    published(database, found)
    gone = found.parties["Fugas"]
    with database.transaction() as session:
        before = by_key(meetings_of(session, newest_version(session, event_id=found.id)))
        set_presence(
            session, acting=gone.acting, event_id=found.id, participant_id=gone.id, presence=Presence.CANCELLED, now=NOW
        )
        with pytest.raises(DomainError, match="agenda_outdated"):
            publish(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW)
    run = solved(database, found.id, found.rosa, mode=Mode.FROZEN)
    assert run.state == RunState.DONE
    published(database, found)
    with database.reading() as session:
        after = by_key(meetings_of(session, newest_version(session, event_id=found.id)))
        assert {key: before[key] for key in after} == after
        assert not any(f"p{gone.id}" in key.split("-") for key in after)
        assert gone.id not in letters(session, "agenda_changed")


def test_the_place_of_someone_absent_is_given_to_those_who_wait(database: Database) -> None:
    with database.transaction() as session:
        found = Gathering(session)
        found.add("Sogamoso", "local_government", most_meetings=1)
        found.add("Fugas")
        found.add("Datos")
        found.both_wish("Sogamoso", "Fugas", degree="must")
        found.both_wish("Sogamoso", "Fugas", "Datos")
    solved(database, found.id, found.rosa)
    published(database, found)
    with database.transaction() as session:
        held = meetings_of(session, newest_version(session, event_id=found.id))
        there = next(
            party for name, party in found.parties.items() if name != "Sogamoso" and party.id in held[0].members
        )
        set_presence(
            session, acting=found.rosa, event_id=found.id, participant_id=there.id, presence=Presence.ABSENT, now=NOW
        )
        version = refill(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW)
        [now_held] = meetings_of(session, version)
        assert there.id not in now_held.members
        assert found.parties["Sogamoso"].id in now_held.members


@pytest.mark.parametrize("way", ["refilled", *Mode, "anew"])
def test_once_a_day_runs_only_time_to_come_is_arranged(database: Database, way: str) -> None:
    found = fair(database)
    published(database, found)
    before = held_of(database, found)
    with database.transaction() as session:
        found.session = session
        found.both_wish("Datos", "Redes", "Tunja")
    if way == "refilled":
        with database.transaction() as session:
            refill(session, acting=found.rosa, event_id=found.id, lists=lists(), now=MORNING)
    else:
        run = solved(database, found.id, found.rosa, now=MORNING, mode=None if way == "anew" else Mode(way))
        assert (run.state, run.problem) == (RunState.DONE, "")
        with database.transaction() as session:
            publish(session, acting=found.rosa, event_id=found.id, lists=lists(), now=MORNING)
    after = held_of(database, found)
    begun = {slot.id for day in slots_of(found.event) for slot in day if slot.starts_at <= MORNING}
    assert 0 < len(begun) < 6
    past = {key: where for key, where in before.items() if where[0] in begun}
    assert past
    assert {key: where for key, where in after.items() if where[0] in begun} == past
    assert after.keys() - before.keys()


def held_of(database: Database, found: Gathering) -> dict[str, tuple[str, str]]:
    with database.reading() as session:
        return by_key(meetings_of(session, newest_version(session, event_id=found.id)))

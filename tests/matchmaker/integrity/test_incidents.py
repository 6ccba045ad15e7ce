"""Reports of a breach go one way, in time, and before people without a conflict."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from matchmaker.accounts.models import ANYONE, Account, Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import DomainError
from matchmaker.integrity.actions import close_what_is_over
from matchmaker.integrity.drafts import IncidentDraft
from matchmaker.integrity.incident_queries import SeenIncident, Side, list_incidents, see
from matchmaker.integrity.incidents import assign_incident, report_breach, take_step
from matchmaker.integrity.models import Decision, Incident, IncidentState, IncidentStep, Measure
from matchmaker.integrity.rules import FOLLOWING, may_follow
from matchmaker.profiles.models import Part, Profile
from matchmaker.store.database import Database
from tests.databases import SqliteDatabases, statements
from tests.factories import NOW, signed_in
from tests.matchmaker.integrity.conftest import House

RECEIVED, EXAMINED, DECIDED, APPEALED, CLOSED = IncidentState
DAY = timedelta(days=1)
NEEDS_MEASURE = {DECIDED, CLOSED}


def report(house: House, acting: Acting, about: Profile, **changes: object) -> Incident:
    draft = IncidentDraft.model_validate(
        {"about_id": about.id, "article": "honest_words", "text": "Esa obra es nuestra."} | changes
    )
    return report_breach(house.session, acting=acting, draft=draft, rulebook=house.rulebook, now=NOW)


def step(house: House, acting: Acting, incident: Incident, to: IncidentState, **changes: object) -> Incident:
    usual = {"reason": "Leímos las actas.", "now": NOW, "measure": Measure.WARNING if to in NEEDS_MEASURE else None}
    return take_step(
        house.session, acting=acting, incident_id=incident.id or 0, to=to, rulebook=house.rulebook,
        **usual | changes,  # type: ignore[arg-type]
    )  # fmt: skip


def refused(house: House, acting: Acting, incident: Incident, to: IncidentState, **changes: object) -> str:
    with pytest.raises(DomainError) as error:
        step(house, acting, incident, to, **changes)
    return error.value.code


def seen(house: House, acting: Acting, incident: Incident) -> SeenIncident | None:
    return next(iter(see(house.session, acting=acting, incidents=[incident])), None)


def test_an_incident_goes_from_report_to_decision_appeal_and_end(house: House) -> None:
    examiner, second = house.committee(), house.committee()
    (accused, defender), (_, reporter) = house.member(), house.member()
    incident = report(house, reporter, accused)
    assert (incident.assigned_id, incident.due_at) == (examiner.account_id, NOW + 10 * DAY)
    step(house, examiner, incident, EXAMINED)
    assert incident.due_at == NOW + 20 * DAY
    step(house, examiner, incident, DECIDED, measure=Measure.SUSPENSION_PROPOSED)
    assert (incident.measure, incident.due_at) == (Measure.SUSPENSION_PROPOSED, NOW + 15 * DAY)
    step(house, defender, incident, APPEALED, now=NOW + 15 * DAY - timedelta(seconds=1))
    assert incident.assigned_id == second.account_id
    assert refused(house, examiner, incident, CLOSED) == "not_your_incident"
    step(house, second, incident, CLOSED, measure=Measure.NONE)
    assert [incident.state, incident.measure, incident.due_at] == [CLOSED, Measure.NONE, None]
    steps = see(house.session, acting=second, incidents=[incident])[0].steps
    assert [(item.state, item.measure) for item in steps] == [
        (RECEIVED, None), (EXAMINED, None), (DECIDED, Measure.SUSPENSION_PROPOSED), (APPEALED, None),
        (CLOSED, Measure.NONE),
    ]  # fmt: skip


def test_what_nobody_appeals_in_time_closes_by_itself(house: House) -> None:
    examiner = house.committee()
    (accused, defender), (_, reporter) = house.member(), house.member()
    incident = report(house, reporter, accused)
    step(house, examiner, incident, EXAMINED)
    step(house, examiner, incident, DECIDED)
    end = NOW + 15 * DAY
    assert close_what_is_over(house.session, now=end - timedelta(seconds=1)) == 0
    assert refused(house, examiner, incident, CLOSED) == "step_not_possible"
    assert refused(house, defender, incident, APPEALED, now=end) == "appeal_too_late"
    assert close_what_is_over(house.session, now=end) == 1
    assert close_what_is_over(house.session, now=end) == 0
    assert (incident.state, incident.measure) == (CLOSED, Measure.WARNING)


def test_nobody_with_a_conflict_examines(house: House) -> None:
    (accused, _), (_, reporter), (friend, friendly), (doubtful, doubted) = (house.member() for _ in range(4))
    house.decide(house.declare(friendly, friend, accused), Decision.CONFIRMED)
    house.declare(doubted, doubtful, accused)
    apart = [house.committee(accused), house.committee(friend), house.committee(doubtful)]
    ended = house.committee()
    house.session.get_one(Account, ended.account_id).ended_at = NOW
    incident = report(house, reporter, accused)
    assert incident.assigned_id is None
    for person in (*apart, ended):
        with pytest.raises(DomainError) as error:
            assign_incident(
                house.session, acting=house.secretary, incident_id=incident.id or 0,
                account_id=person.account_id or 0, now=NOW,
            )  # fmt: skip
        assert error.value.code == "assignee_not_possible"
    for person in apart[1:]:
        assert seen(house, person, incident) is None
        assert list_incidents(house.session, acting=person, limit=10) == []
    free = house.committee()
    assign_incident(
        house.session, acting=house.secretary, incident_id=incident.id or 0, account_id=free.account_id or 0, now=NOW
    )
    assert incident.assigned_id == free.account_id
    house.acts(free, friend)
    assert refused(house, free, incident, EXAMINED) == "incident_unknown"


def test_who_reports_does_not_examine_and_work_is_shared(house: House) -> None:
    people = [house.committee() for _ in range(3)]
    (accused, _), (_, reporter) = house.member(), house.member()
    own = report(house, people[0], accused)
    assert own.assigned_id == people[1].account_id
    assert [report(house, reporter, accused).assigned_id for _ in range(2)] == [
        people[0].account_id, people[2].account_id,
    ]  # fmt: skip


def test_a_protected_name_is_for_the_committee_alone(house: House) -> None:
    examiner = house.committee()
    (accused, defender), (_, reporter) = house.member(), house.member()
    administrator = signed_in(house.session, role=Role.ADMINISTRATOR)
    incident = report(house, reporter, accused, is_protected=True)
    step(house, examiner, incident, EXAMINED)
    views = {
        who: (view.side, view.reporter is not None, view.text is not None)
        for who, acting in {
            "examiner": examiner, "secretary": house.secretary, "administrator": administrator, "reporter": reporter,
            "defender": defender,
        }.items()
        if (view := seen(house, acting, incident))
    }  # fmt: skip
    assert views == {
        "examiner": (Side.COMMITTEE, True, True),
        "secretary": (Side.OFFICE, False, True),
        "administrator": (Side.OFFICE, False, True),
        "reporter": (Side.REPORTER, True, True),
        "defender": (Side.ACCUSED, False, False),
    }
    entries = house.session.exec(select(AuditEntry)).all()
    assert entries
    assert all(entry.account_id != reporter.account_id for entry in entries)


def test_an_open_report_shows_the_name_to_those_who_may_know_of_it(house: House) -> None:
    house.committee()
    (accused, defender), (_, reporter), (_, stranger) = house.member(), house.member(), house.member()
    editor = signed_in(house.session)
    house.acts(editor, accused, part=Part.EDITOR)
    incident = report(house, reporter, accused)
    assert seen(house, defender, incident) is None
    assert list_incidents(house.session, acting=defender, limit=10) == []
    incident.state = EXAMINED
    house.session.flush()
    view = seen(house, defender, incident)
    assert view is not None
    assert (view.side, view.reporter, view.text, view.assigned_id) == (
        Side.ACCUSED, "Persona 2", "Esa obra es nuestra.", None,
    )  # fmt: skip
    for acting in (stranger, editor, ANYONE):
        assert seen(house, acting, incident) is None
        assert list_incidents(house.session, acting=acting, limit=10) == []
        assert refused(house, acting, incident, DECIDED) == "incident_unknown"


def test_a_list_of_incidents_costs_the_same_however_long(database: Database) -> None:
    with database.transaction() as session:
        house = House(session)
        examiner = house.committee()
        (accused, _), (_, reporter) = house.member(), house.member()
        counts = []
        for length in (1, 5):
            for _ in range(length):
                report(house, reporter, accused)
            session.flush()
            with statements(database) as sent:
                found = list_incidents(session, acting=examiner, limit=100)
                assert len(see(session, acting=examiner, incidents=found)) == len(found)
            counts.append(len(sent))
        assert counts[0] == counts[1]


@pytest.mark.parametrize(("to", "measure"), [(EXAMINED, Measure.NONE), (DECIDED, None)])
def test_a_measure_belongs_to_a_decision_alone(house: House, to: IncidentState, measure: Measure | None) -> None:
    examiner = house.committee()
    (accused, _), (_, reporter) = house.member(), house.member()
    incident = report(house, reporter, accused)
    if to is DECIDED:
        step(house, examiner, incident, EXAMINED)
    assert refused(house, examiner, incident, to, measure=measure) == "measure_needed"


def test_what_the_code_does_not_say_and_who_is_nobody_cannot_be_reported(house: House) -> None:
    accused, acting = house.member()
    for reporter, changes, code in (
        (acting, {"article": "x"}, "unknown_code"),
        (acting, {"about_id": 999}, "profile_unknown"),
        (ANYONE, {}, "sign_in_needed"),
    ):
        with pytest.raises(DomainError) as error:
            report(house, reporter, accused, **changes)
        assert error.value.code == code
    assert house.session.exec(select(Incident)).all() == []


WHO = st.sampled_from(["examiner", "second", "defender", "reporter", "stranger", "secretary"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(WHO, st.sampled_from(IncidentState), st.booleans()), max_size=12))
def test_in_whatever_order_people_act_an_incident_never_leaves_its_way(
    sqlite_databases: SqliteDatabases, acts: list[tuple[str, IncidentState, bool]]
) -> None:
    database = Database(sqlite_databases.migrated())
    with database.transaction() as session:
        house = House(session)
        people = {"examiner": house.committee(), "second": house.committee(), "secretary": house.secretary}
        accused, people["defender"] = house.member()
        _, people["reporter"] = house.member()
        _, people["stranger"] = house.member()
        incident = report(house, people["reporter"], accused)
        for who, to, is_late in acts:
            before = incident.state
            try:
                step(house, people[who], incident, to, now=NOW + 15 * DAY if is_late else NOW)
            except DomainError:
                assert incident.state == before
                continue
            assert may_follow(before, to)
            assert who == "defender" if to is APPEALED else who in {"examiner", "second"}
        steps = session.exec(select(IncidentStep)).all()
        deciders = [item.account_id for item in steps if item.state in NEEDS_MEASURE]
        assert len(deciders) == len(set(deciders))
        assert next(item.state for item in steps) == RECEIVED
    database.close()


def test_a_closed_incident_goes_nowhere() -> None:
    assert set(FOLLOWING) == set(IncidentState)
    assert [to for to in IncidentState if may_follow(CLOSED, to)] == []


def test_an_appeal_never_goes_back_to_who_decided_even_when_there_is_nobody_else(house: House) -> None:
    examiner = house.committee()
    (accused, defender), (_, reporter) = house.member(), house.member()
    incident = report(house, reporter, accused)
    step(house, examiner, incident, EXAMINED)
    step(house, examiner, incident, DECIDED)
    step(house, defender, incident, APPEALED)
    assert incident.assigned_id is None

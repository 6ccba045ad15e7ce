import pytest
from sqlmodel import col, select

from matchmaker.accounts.models import OPERATOR, Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import ConflictError, DomainError
from matchmaker.letters.models import Letter
from matchmaker.membership.actions import appeal
from matchmaker.membership.committee_queries import seats_of
from matchmaker.membership.committees import vacate_seat
from matchmaker.membership.deciding import close_vote, decide, vote
from matchmaker.membership.models import Application, Standing, StandingChange
from matchmaker.membership.queries import load_application
from matchmaker.membership.states import CommitteeKind, Outcome
from matchmaker.profiles.models import Representation
from tests.factories import signed_in
from tests.matchmaker.membership.scenes import Scene

YES, NO = Outcome.ADMITTED, Outcome.REFUSED


def say(scene: Scene, row: Application, acting: Acting, outcome: Outcome, reason: str = "Porque sí") -> None:
    decide(
        scene.session, office=scene.office, acting=acting, application_id=row.id or 0, outcome=outcome, reason=reason
    )


def cast(scene: Scene, row: Application, acting: Acting, outcome: Outcome, reason: str = "Lo veo") -> None:
    vote(scene.session, office=scene.office, acting=acting, application_id=row.id or 0, outcome=outcome, reason=reason)


def refusal(scene: Scene, row: Application, acting: Acting, outcome: Outcome = YES) -> str:
    act = cast if acting.is_committee else say
    with pytest.raises(DomainError) as refused:
        act(scene, row, acting, outcome)
    return refused.value.code


def asked_again(scene: Scene, row: Application) -> None:
    appeal(scene.session, office=scene.office, acting=scene.applicant, application_id=row.id or 0, words="Otra vez")


def test_one_secretary_decides_with_a_reason_and_the_agent_is_shown(scene: Scene) -> None:
    row = scene.submitted()
    say(scene, row, scene.secretary, YES, "Trabaja con tres ciudades")
    standing = scene.session.get_one(Standing, scene.profile.id)
    assert (row.state, standing.status, standing.admitted_at) == ("admitted", "active", scene.office.now)
    assert scene.profile.visibility == "visible"
    found = load_application(scene.session, office=scene.office, row=row).decisions
    assert [(one.outcome, one.body, one.reason) for one in found] == [
        ("admitted", "secretariat", "Trabaja con tres ciudades")
    ]
    sent = scene.session.exec(select(Letter.kind).order_by(col(Letter.id))).all()
    assert sent == ["application_received", "application_arrived", "application_decided"]


def test_an_act_of_power_is_logged_without_words(scene: Scene) -> None:
    say(scene, scene.submitted(), scene.secretary, NO, "Palabras secretas")
    entries = scene.session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
    assert [entry.act for entry in entries] == ["application.decide", "standing.refuse"]
    assert {entry.account_id for entry in entries} == {scene.secretary.account_id}
    assert "Palabras" not in str([entry.codes for entry in entries])
    assert scene.session.exec(select(StandingChange.reason)).all() == ["Palabras secretas"]


def test_a_refused_agent_is_hidden_and_an_appeal_is_decided_by_another(scene: Scene) -> None:
    row = scene.submitted()
    say(scene, row, scene.secretary, NO)
    assert (row.state, scene.profile.visibility) == ("refused", "hidden")
    asked_again(scene, row)
    assert refusal(scene, row, scene.secretary) == "decided_by_you"
    other = signed_in(scene.session, role=Role.SECRETARIAT, name="Inés")
    say(scene, row, other, YES)
    assert (row.state, scene.profile.visibility) == ("admitted", "visible")


def test_a_second_refusal_is_the_last(scene: Scene) -> None:
    row = scene.submitted()
    say(scene, row, OPERATOR, NO)
    asked_again(scene, row)
    assert refusal(scene, row, OPERATOR) == "decided_by_you"
    say(scene, row, scene.secretary, NO)
    assert (row.state, scene.profile.visibility) == ("refused_finally", "hidden")
    assert refusal(scene, row, scene.secretary) == "application_state"


def test_nobody_decides_without_power_or_on_their_own(scene: Scene) -> None:
    row = scene.submitted()
    scene.session.add(Representation(account_id=scene.secretary.account_id or 0, profile_id=scene.profile.id or 0))
    scene.session.flush()
    assert refusal(scene, row, scene.secretary) == "conflict_of_interest"
    assert refusal(scene, row, scene.applicant) == "secretariat_only"
    assert refusal(scene, row, signed_in(scene.session, role=Role.COMMITTEE, name="Sin asiento")) == "seat_needed"


def test_a_draft_is_not_decided(scene: Scene) -> None:
    assert refusal(scene, scene.begun(), scene.secretary) == "application_state"


def test_the_committee_decides_with_the_reasons_of_its_majority(scene: Scene) -> None:
    _committee, people = scene.founded()
    scene.switch(committee=True)
    row = scene.submitted()
    assert refusal(scene, row, scene.secretary) == "committee_decides"
    (one, _), (two, _), (three, _), (four, _) = people
    cast(scene, row, one, YES, "Uno")
    cast(scene, row, two, NO, "Dos")
    assert refusal(scene, row, one) == "vote_cast"
    cast(scene, row, three, YES, "Tres")
    assert row.state == "submitted"
    cast(scene, row, four, YES, "Cuatro")
    found = load_application(scene.session, office=scene.office, row=row).decisions[0]
    assert (row.state, found.body, found.reason) == ("admitted", "committee", "Uno\n\nTres\n\nCuatro")


def test_a_vote_is_closed_once_there_is_a_quorum(scene: Scene) -> None:
    _committee, people = scene.founded()
    scene.switch(committee=True)
    row = scene.submitted()
    number = row.id or 0
    cast(scene, row, people[0][0], YES)
    with pytest.raises(ConflictError) as refused:
        close_vote(scene.session, office=scene.office, acting=scene.secretary, application_id=number)
    assert refused.value.code == "quorum_missing"
    cast(scene, row, people[1][0], YES)
    close_vote(scene.session, office=scene.office, acting=scene.secretary, application_id=number)
    assert row.state == "admitted"


def test_who_is_in_conflict_neither_sees_nor_votes_nor_counts(scene: Scene) -> None:
    _committee, people = scene.founded()
    scene.conflict(scene.profile, people[0][1])
    scene.conflicts.held.add(frozenset({scene.profile.id or 0, people[1][1].id or 0}))
    scene.switch(committee=True)
    row = scene.submitted()
    assert [refusal(scene, row, acting) for acting, _ in people[:2]] == ["application_unknown"] * 2
    told = scene.session.exec(select(Letter.account_id).where(Letter.kind == "application_assigned")).all()
    assert sorted(number or 0 for number in told) == [acting.account_id for acting, _ in people[2:]]
    cast(scene, row, people[2][0], YES)
    cast(scene, row, people[3][0], YES)
    assert row.state == "admitted"


def test_a_member_of_the_committee_does_not_vote_on_its_own_agent(scene: Scene) -> None:
    _committee, people = scene.founded()
    scene.switch(committee=True)
    row = scene.submitted()
    scene.session.add(Representation(account_id=people[0][0].account_id or 0, profile_id=scene.profile.id or 0))
    scene.session.flush()
    assert refusal(scene, row, people[0][0]) == "conflict_of_interest"


def test_an_appeal_against_the_committee_is_decided_by_those_who_did_not_vote(scene: Scene) -> None:
    _committee, people = scene.founded()
    scene.switch(committee=True)
    row = scene.submitted()
    cast(scene, row, people[0][0], NO)
    cast(scene, row, people[1][0], NO)
    assert row.state == "refused"
    asked_again(scene, row)
    assert refusal(scene, row, people[0][0]) == "decided_by_you"
    assert refusal(scene, row, scene.secretary) == "committee_decides"
    cast(scene, row, people[2][0], YES)
    cast(scene, row, people[3][0], YES)
    assert row.state == "admitted"


def test_where_the_whole_committee_voted_one_secretary_decides_on_the_appeal(scene: Scene) -> None:
    _committee, people = scene.founded()
    scene.switch(committee=True)
    row = scene.submitted()
    for (acting, _), outcome in zip(people, (YES, NO, YES, NO), strict=True):
        cast(scene, row, acting, outcome)
    assert row.state == "refused"
    asked_again(scene, row)
    say(scene, row, scene.secretary, YES)
    assert row.state == "admitted"


def test_the_founding_committee_decides_nothing_after_the_assembly(scene: Scene) -> None:
    committee, people = scene.founded()
    scene.switch(committee=True)
    row = scene.submitted()
    cast(scene, row, people[0][0], NO)
    governing = scene.opened(kind=CommitteeKind.GOVERNANCE)
    new = scene.seated(governing)
    scene.hand_over(committee)
    assert [refusal(scene, row, acting) for acting, _ in people] == ["seat_needed"] * 4
    for acting, _ in new[:3]:
        cast(scene, row, acting, YES)
    assert row.state == "admitted"


def test_the_vote_of_an_empty_seat_counts_no_more(scene: Scene) -> None:
    committee, people = scene.founded()
    scene.switch(committee=True)
    row = scene.submitted()
    cast(scene, row, people[0][0], NO)
    seat = seats_of(scene.session, committee_id=committee.id)[0]
    vacate_seat(scene.session, office=scene.office, acting=scene.secretary, seat_id=seat.id or 0)
    assert refusal(scene, row, people[0][0]) == "seat_needed"
    cast(scene, row, people[1][0], YES)
    cast(scene, row, people[2][0], YES)
    assert row.state == "admitted"

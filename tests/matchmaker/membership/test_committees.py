from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlmodel import select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.errors import DomainError
from matchmaker.integrity.queries import list_conflicts
from matchmaker.letters.models import Letter
from matchmaker.membership.committee_queries import committee_in_force, seats_of, sitting
from matchmaker.membership.committees import constitute, fill_seat, hold_first_assembly, open_committee, vacate_seat
from matchmaker.membership.deciding import vote
from matchmaker.membership.models import Committee
from matchmaker.membership.queries import list_applications
from matchmaker.membership.reminding import ASSEMBLY_DUE, remind_of_assembly
from matchmaker.membership.rules import is_overdue
from matchmaker.membership.states import CommitteeKind, Outcome, Sector
from matchmaker.membership.voters import voters, votes_of
from matchmaker.profiles.models import Profile, Visibility
from tests.factories import NOW, signed_in
from tests.matchmaker.membership.scenes import KINDS, VERSION, Scene, moment

TODAY = NOW.date()


def seat(scene: Scene, committee: Committee, profile_id: int | None, account_id: int | None) -> str:
    """The sector of a seat just filled, or why it was not."""
    try:
        made = fill_seat(
            scene.session, office=scene.office, acting=scene.secretary, committee_id=committee.id or 0,
            profile_id=profile_id or 0, account_id=account_id or 0,
        )  # fmt: skip
    except DomainError as refused:
        return refused.code
    return made.sector


def constituted(scene: Scene, committee: Committee, day: date = TODAY) -> str:
    try:
        row = constitute(
            scene.session, office=scene.office, acting=scene.secretary, committee_id=committee.id or 0,
            constituted_on=day, text_version=VERSION,
        )  # fmt: skip
    except DomainError as refused:
        return refused.code
    return str(row.first_assembly_by)


def assembled(scene: Scene, committee: Committee, day: date = TODAY) -> str:
    try:
        row = hold_first_assembly(
            scene.session, office=scene.office, acting=scene.secretary, committee_id=committee.id or 0, held_on=day,
            text_version=VERSION,
        )  # fmt: skip
    except DomainError as refused:
        return refused.code
    return row.kind


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as error:
        call()
    return error.value.code


def get_applications(scene: Scene, acting: Acting) -> list[int | None]:
    return [row.id for row in list_applications(scene.session, office=scene.office, acting=acting, limit=9)]


def test_seats_belong_to_the_sector_of_the_agents_kind(scene: Scene) -> None:
    committee = scene.opened()
    scene.seated(committee)
    sectors = [row.sector for row in seats_of(scene.session, committee_id=committee.id)]
    assert sectors == [str(sector) for sector in Sector]


def test_a_committee_is_constituted_once_all_four_sectors_sit_and_has_six_months(scene: Scene) -> None:
    committee = scene.opened()
    scene.seated(committee, KINDS[:3])
    assert constituted(scene, committee) == "sectors_missing"
    assert committee_in_force(scene.session) is None
    scene.seated(committee, KINDS[3:])
    assert constituted(scene, committee, date(2027, 1, 12)) == "date_in_future"
    assert constituted(scene, committee) == "2027-07-11"
    assert constituted(scene, committee) == "committee_state"
    assert len(sitting(scene.session)) == 4
    assert [is_overdue(committee, day) for day in (date(2027, 7, 11), date(2027, 7, 12))] == [False, True]


def test_a_seat_is_filled_once_by_a_person_of_the_committee_who_acts_for_the_agent(scene: Scene) -> None:
    committee = scene.opened()
    acting, profile = scene.person("Uno")
    stranger = signed_in(scene.session, role=Role.COMMITTEE, name="Dos")
    outsider = signed_in(scene.session, name="Tres")
    owned = scene.agent(outsider, visibility=Visibility.VISIBLE)
    assert seat(scene, committee, profile.id, 999) == "account_unknown"
    assert seat(scene, committee, owned.id, outsider.account_id) == "account_not_committee"
    assert seat(scene, committee, profile.id, stranger.account_id) == "seat_needs_representation"
    assert seat(scene, committee, 999, acting.account_id) == "profile_unknown"
    assert seat(scene, committee, profile.id, acting.account_id) == "firms"
    assert seat(scene, committee, profile.id, acting.account_id) == "seat_taken"


def test_a_sector_has_so_many_seats(scene: Scene) -> None:
    committee = scene.opened()
    people = [scene.person(str(number)) for number in range(4)]
    filled = [seat(scene, committee, profile.id, acting.account_id) for acting, profile in people]
    assert filled == ["firms"] * 3 + ["sector_full"]
    first = seats_of(scene.session, committee_id=committee.id)[0]
    vacate_seat(scene.session, office=scene.office, acting=scene.secretary, seat_id=first.id or 0)
    assert seat(scene, committee, people[3][1].id, people[3][0].account_id) == "firms"


def test_the_first_assembly_passes_the_rights_to_the_governance_body(scene: Scene) -> None:
    committee, people = scene.founded()
    assert assembled(scene, committee) == "governance_needed"
    governing = scene.opened(CommitteeKind.GOVERNANCE)
    assert assembled(scene, committee) == "sectors_missing"
    new = scene.seated(governing)
    assert sitting(scene.session) == [acting.account_id for acting, _ in people]
    assert assembled(scene, committee, date(2027, 1, 10)) == "date_too_early"
    assert assembled(scene, committee, date(2027, 1, 12)) == "date_in_future"
    assert assembled(scene, governing) == "committee_state"
    assert assembled(scene, committee) == "governance"
    assert sitting(scene.session) == [acting.account_id for acting, _ in new]
    assert (committee.ended_on, governing.constituted_on) == (NOW.date(), NOW.date())
    assert assembled(scene, committee) == "committee_state"
    acting, profile = scene.person("Tarde")
    assert seat(scene, committee, profile.id, acting.account_id) == "committee_state"


def handed_over(scene: Scene) -> tuple[Committee, list[tuple[Acting, Profile]], list[Acting]]:
    """The founding committee that was, its four people, and three who govern now: the third of them in both."""
    committee, people = scene.founded()
    governing = scene.opened(CommitteeKind.GOVERNANCE)
    new = [acting for acting, _ in scene.seated(governing)]
    stays, profile = people[2]
    held = seats_of(scene.session, committee_id=governing.id)[2]
    vacate_seat(scene.session, office=scene.office, acting=scene.secretary, seat_id=held.id or 0)
    seat(scene, governing, profile.id, stays.account_id)
    return committee, people, [new[0], new[1], stays]


def cast(scene: Scene, acting: Acting, number: int | None) -> None:
    vote(scene.session, office=scene.office, acting=acting, application_id=number or 0, outcome=Outcome.ADMITTED,
         reason="Sirve")  # fmt: skip


def test_after_the_pass_the_founding_committee_decides_and_reads_nothing(scene: Scene) -> None:
    committee, people, governors = handed_over(scene)
    scene.switch(committee=True)
    row = scene.submitted()
    cast(scene, people[0][0], row.id)
    scene.hand_over(committee)
    roles = [scene.session.get_one(Account, acting.account_id).role for acting, _ in people]
    assert roles == [Role.CITY, Role.SUPPLIER, Role.COMMITTEE, Role.SUPPLIER]
    old = people[0][0]
    now = replace(old, role=Role(roles[0]))
    for acting in (old, now):
        assert code_of(partial(cast, scene, acting, row.id)) == "seat_needed"
        assert get_applications(scene, acting) == []
    assert code_of(lambda: list_conflicts(scene.session, acting=now, state=None, limit=9)) == "office_needed"
    assert votes_of(scene.session, row=row, allowed=voters(scene.session, office=scene.office, row=row)) == []
    for acting in governors:
        cast(scene, acting, row.id)
    assert row.state == "admitted"


def test_after_the_pass_nothing_of_the_founding_committee_changes(scene: Scene) -> None:
    committee, _, _ = handed_over(scene)
    scene.hand_over(committee)
    held = seats_of(scene.session, committee_id=committee.id)[0]
    assert code_of(
        lambda: vacate_seat(scene.session, office=scene.office, acting=scene.secretary, seat_id=held.id or 0)
    ) == "committee_state"  # fmt: skip
    assert code_of(scene.opened) == "committee_exists"
    assert constituted(scene, committee) == "committee_state"


def test_who_is_taken_out_of_a_seat_has_the_role_no_more(scene: Scene) -> None:
    committee = scene.opened()
    [(acting, _)] = scene.seated(committee, ("local_government",))
    held = seats_of(scene.session, committee_id=committee.id)[0]
    vacate_seat(scene.session, office=scene.office, acting=scene.secretary, seat_id=held.id or 0)
    assert scene.session.get_one(Account, acting.account_id).role == Role.CITY


def test_the_first_assembly_is_reminded_of_twice_and_once_it_is_overdue(scene: Scene) -> None:
    committee, people = scene.founded()
    assert committee.first_assembly_by == date(2027, 7, 11)
    told = {acting.account_id for acting, _ in people} | {scene.secretary.account_id}
    written = []
    for day in (100, 121, 122, 130, 167, 168, 181, 182, 200):
        remind_of_assembly(scene.session, now=moment(day))
        letters = scene.session.exec(select(Letter).where(Letter.kind == ASSEMBLY_DUE)).all()
        written.append(len(letters) // len(told))
        assert {letter.account_id for letter in letters} <= told
    assert written == [0, 1, 1, 1, 2, 2, 2, 3, 3]
    scene.seated(scene.opened(CommitteeKind.GOVERNANCE))
    scene.hand_over(committee)
    assert remind_of_assembly(scene.session, now=moment(300)) == 0


def test_there_is_one_committee_of_each_kind_and_power_is_needed(scene: Scene) -> None:
    scene.opened()
    refusals = []
    for acting in (scene.secretary, scene.applicant):
        with pytest.raises(DomainError) as refused:
            open_committee(scene.session, office=scene.office, acting=acting, kind=CommitteeKind.FOUNDING)
        refusals.append(refused.value.code)
    assert refusals == ["committee_exists", "secretariat_only"]

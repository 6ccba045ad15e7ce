from datetime import date

import pytest

from matchmaker.accounts.models import Role
from matchmaker.errors import DomainError
from matchmaker.membership.committee_queries import committee_in_force, seats_of, sitting
from matchmaker.membership.committees import constitute, fill_seat, hold_first_assembly, open_committee, vacate_seat
from matchmaker.membership.models import Committee
from matchmaker.membership.rules import is_overdue
from matchmaker.membership.states import CommitteeKind, Sector
from matchmaker.profiles.models import Visibility
from tests.factories import NOW, signed_in
from tests.matchmaker.membership.scenes import KINDS, VERSION, Scene

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


def test_there_is_one_committee_of_each_kind_and_power_is_needed(scene: Scene) -> None:
    scene.opened()
    refusals = []
    for acting in (scene.secretary, scene.applicant):
        with pytest.raises(DomainError) as refused:
            open_committee(scene.session, office=scene.office, acting=acting, kind=CommitteeKind.FOUNDING)
        refusals.append(refused.value.code)
    assert refusals == ["committee_exists", "secretariat_only"]

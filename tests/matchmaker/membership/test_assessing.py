from collections import Counter

import pytest
from sqlmodel import select

from matchmaker.errors import ConflictError, DomainError
from matchmaker.letters.models import Letter
from matchmaker.membership.actions import switch_process
from matchmaker.membership.assessing import (
    Scored,
    appoint_assessor,
    assessments_of,
    dismiss_assessor,
    replace_assessor,
    score,
)
from matchmaker.membership.assessment_queries import assessments_seen, my_assessments
from matchmaker.membership.deciding import decide
from matchmaker.membership.models import Application, Assessment
from matchmaker.membership.states import Outcome
from matchmaker.profiles.models import Representation
from tests.matchmaker.membership.scenes import VERSION, Scene, full_scores


def given_to(scene: Scene, row: Application) -> set[int | None]:
    return {found.account_id for found in assessments_of(scene.session, application_id=row.id)}


def switched(scene: Scene, *names: str) -> list[int]:
    scene.switch(criteria=VERSION, assessors=True)
    return [scene.assessor(name)[0].account_id or 0 for name in names]


def test_an_application_goes_to_as_many_assessors_as_the_policy_says(scene: Scene) -> None:
    accounts = switched(scene, "A", "B", "C")
    row = scene.submitted()
    given = given_to(scene, row)
    assert row.state == "in_assessment"
    assert len(given) == scene.office.charter.policy.assessors_per_application
    assert given < set(accounts)
    told = scene.session.exec(select(Letter.account_id).where(Letter.kind == "application_assigned")).all()
    assert set(told) == given


def test_nobody_assesses_an_applicant_in_conflict_or_their_own(scene: Scene) -> None:
    scene.switch(criteria=VERSION, assessors=True)
    people = [scene.assessor(name) for name in "ABCD"]
    scene.conflict(people[0][1], scene.profile)
    scene.conflicts.held.add(frozenset({people[1][1].id or 0, scene.profile.id or 0}))
    scene.session.add(Representation(account_id=people[2][0].account_id or 0, profile_id=scene.profile.id or 0))
    scene.session.flush()
    assert given_to(scene, scene.submitted()) == {people[3][0].account_id}


def test_loads_are_even(scene: Scene) -> None:
    accounts = switched(scene, "A", "B", "C", "D", "E")
    for _ in range(7):
        scene.profile = scene.agent(scene.applicant)
        scene.submitted()
    loads = Counter(scene.session.exec(select(Assessment.account_id)).all())
    assert sum(loads.values()) == 14
    assert max(loads[number] for number in accounts) - min(loads[number] for number in accounts) <= 1


def test_an_application_without_an_assessor_waits_for_the_secretary(scene: Scene) -> None:
    scene.switch(criteria=VERSION, assessors=True)
    acting, _profile = scene.assessor("A")
    dismiss_assessor(scene.session, office=scene.office, acting=scene.secretary, account_id=acting.account_id or 0)
    assert scene.submitted().state == "submitted"


def test_a_decision_waits_for_all_assessments(scene: Scene) -> None:
    switched(scene, "A", "B")
    row = scene.submitted()

    def say() -> None:
        decide(
            scene.session, office=scene.office, acting=scene.secretary, application_id=row.id or 0,
            outcome=Outcome.ADMITTED, reason="Bien",
        )  # fmt: skip

    with pytest.raises(ConflictError) as refused:
        say()
    assert (refused.value.code, refused.value.values) == ("assessments_missing", {"count": 2})
    scene.assessed(row)
    say()
    assert row.state == "admitted"


def test_scores_are_complete_and_on_the_scale(scene: Scene) -> None:
    scene.switch(criteria=VERSION, assessors=True)
    acting, _profile = scene.assessor("A")
    row = scene.submitted()
    number = assessments_of(scene.session, application_id=row.id)[0].id or 0

    def refusal(scores: list[Scored]) -> str:
        with pytest.raises(DomainError) as refused:
            score(scene.session, office=scene.office, acting=acting, assessment_id=number, scores=scores)
        return refused.value.code

    assert refusal([]) == "criteria_mismatch"
    assert refusal(full_scores()[1:]) == "criteria_mismatch"
    assert refusal([*full_scores(), full_scores()[0]]) == "criteria_mismatch"
    assert refusal(full_scores(points=5)) == refusal(full_scores(points=-1)) == "points_out_of_range"
    for points, percent in ((2, 50.0), (4, 100.0)):
        score(scene.session, office=scene.office, acting=acting, assessment_id=number, scores=full_scores(points))
        mine = my_assessments(scene.session, office=scene.office, acting=acting, limit=9)
        assert [found.percent for found in mine] == [percent]
    scene.conflict(_profile, scene.profile)
    assert refusal(full_scores()) == "conflict_of_interest"


def test_an_assessor_sees_no_other_assessment_and_the_secretariat_sees_all(scene: Scene) -> None:
    scene.switch(criteria=VERSION, assessors=True)
    people = [scene.assessor(name)[0] for name in "AB"]
    number = scene.submitted().id or 0
    seen = [
        {found.assessment.account_id for found in
         assessments_seen(scene.session, office=scene.office, acting=acting, application_id=number)}
        for acting in (*people, scene.secretary, scene.applicant)
    ]  # fmt: skip
    everyone: set[int | None] = {acting.account_id for acting in people}
    assert seen == [{people[0].account_id}, {people[1].account_id}, everyone, set()]


def test_an_assessor_who_does_not_deliver_is_replaced_by_one_who_was_not_asked(scene: Scene) -> None:
    accounts = switched(scene, "A", "B", "C")
    row = scene.submitted()
    first = assessments_of(scene.session, application_id=row.id)[0]
    spare = set(accounts) - given_to(scene, row)
    made = replace_assessor(scene.session, office=scene.office, acting=scene.secretary, assessment_id=first.id or 0)
    assert {found.account_id for found in made} == spare
    assert first.account_id not in given_to(scene, row)


def test_an_assessment_by_someone_found_in_conflict_since_does_not_count(scene: Scene) -> None:
    scene.switch(criteria=VERSION, assessors=True)
    profiles = {acting.account_id: profile for acting, profile in (scene.assessor(name) for name in "ABC")}
    row = scene.submitted()
    scene.assessed(row)
    first = assessments_of(scene.session, application_id=row.id)[0]
    scene.conflict(profiles[first.account_id], scene.profile)

    def decided() -> str:
        try:
            made = decide(scene.session, office=scene.office, acting=scene.secretary, application_id=row.id or 0,
                          outcome=Outcome.ADMITTED, reason="Sirve")  # fmt: skip
        except DomainError as refused:
            return refused.code
        return made.outcome

    assert decided() == "assessments_missing"
    replace_assessor(scene.session, office=scene.office, acting=scene.secretary, assessment_id=first.id or 0)
    assert decided() == "assessments_missing"
    scene.assessed(row)
    assert decided() == "admitted"


def test_assessors_need_criteria_and_power(scene: Scene) -> None:
    with pytest.raises(ConflictError) as refused:
        scene.switch(assessors=True)
    assert refused.value.code == "criteria_needed"
    with pytest.raises(ConflictError) as refused:
        scene.switch(committee=True)
    assert refused.value.code == "committee_needed"
    with pytest.raises(DomainError) as unknown:
        scene.switch(criteria="1900.1")
    assert unknown.value.code == "unknown_code"
    for act in (
        lambda: appoint_assessor(scene.session, office=scene.office, acting=scene.applicant, account_id=1),
        lambda: switch_process(
            scene.session, office=scene.office, acting=scene.applicant, criteria_version="", has_assessors=False,
            has_committee=False, reason="",
        ),
    ):  # fmt: skip
        with pytest.raises(DomainError) as powerless:
            act()
        assert powerless.value.code == "secretariat_only"


def test_a_switch_does_not_touch_what_was_handed_in(scene: Scene) -> None:
    row = scene.submitted()
    switched(scene, "A", "B")
    assert (row.has_assessors, row.criteria_version, row.state) == (False, "", "submitted")

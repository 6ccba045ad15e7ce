import pytest
from sqlmodel import col, select

from matchmaker.accounts.models import Acting, Role
from matchmaker.errors import ConflictError, DomainError, NotAllowedError, NotFoundError
from matchmaker.letters.models import Letter
from matchmaker.membership.actions import (
    appeal,
    begin_application,
    edit_application,
    submit_application,
    withdraw_application,
)
from matchmaker.membership.deciding import decide
from matchmaker.membership.queries import get_application, list_applications
from matchmaker.membership.states import ApplicationState, Outcome
from matchmaker.profiles.models import Part, Representation
from matchmaker.taxonomy.models import Concern
from tests.factories import signed_in, taxonomy
from tests.matchmaker.membership.scenes import Scene


def letters(scene: Scene) -> list[tuple[str, int | None]]:
    rows = scene.session.exec(select(Letter).order_by(col(Letter.id))).all()
    return [(row.kind, row.account_id) for row in rows]


def test_a_draft_is_edited_handed_in_and_confirmed_by_a_letter(scene: Scene) -> None:
    row = scene.begun()
    number = row.id or 0
    edit_application(
        scene.session, office=scene.office, acting=scene.applicant, application_id=number, words="Por el río"
    )
    assert (row.state, row.words, letters(scene)) == ("draft", "Por el río", [])
    submit_application(scene.session, office=scene.office, acting=scene.applicant, application_id=number)
    assert (row.state, row.submitted_at) == ("submitted", scene.office.now)
    assert letters(scene) == [
        ("application_received", scene.applicant.account_id), ("application_arrived", scene.secretary.account_id)
    ]  # fmt: skip
    with pytest.raises(ConflictError):
        edit_application(scene.session, office=scene.office, acting=scene.applicant, application_id=number, words="x")


def test_an_agent_has_one_open_application(scene: Scene) -> None:
    row = scene.begun()
    with pytest.raises(ConflictError) as refused:
        scene.begun()
    assert (refused.value.code, refused.value.values["application_id"]) == ("application_open", row.id)
    withdraw_application(scene.session, office=scene.office, acting=scene.applicant, application_id=row.id or 0)
    assert scene.begun().id != row.id


def test_a_member_does_not_apply_again(scene: Scene) -> None:
    row = scene.submitted()
    decide(
        scene.session, office=scene.office, acting=scene.secretary, application_id=row.id or 0,
        outcome=Outcome.ADMITTED, reason="Bienvenida",
    )  # fmt: skip
    with pytest.raises(ConflictError) as refused:
        scene.begun()
    assert refused.value.code == "member_already"


def test_only_who_speaks_for_an_agent_applies_for_it(scene: Scene) -> None:
    editor = signed_in(scene.session, name="Eva")
    scene.session.add(
        Representation(account_id=editor.account_id or 0, profile_id=scene.profile.id or 0, part=Part.EDITOR)
    )
    stranger = signed_in(scene.session, name="Otro")
    refusals = []
    for acting in (editor, stranger, scene.secretary):
        with pytest.raises(DomainError) as refused:
            begin_application(
                scene.session, office=scene.office, acting=acting, profile_id=scene.profile.id or 0, words=""
            )
        refusals.append((type(refused.value), refused.value.code))
    assert refusals == [
        (NotAllowedError, "not_your_profile"),
        (NotFoundError, "profile_unknown"),
        (NotAllowedError, "not_your_profile"),
    ]


def test_an_application_is_seen_by_its_agent_and_the_secretariat(scene: Scene) -> None:
    number = scene.submitted().id or 0
    stranger = signed_in(scene.session, name="Otro")
    idle = signed_in(scene.session, role=Role.COMMITTEE, name="Sin asiento")

    def seen(acting: Acting) -> bool:
        listed = list_applications(scene.session, office=scene.office, acting=acting, limit=9)
        try:
            get_application(scene.session, office=scene.office, acting=acting, application_id=number)
        except NotFoundError:
            assert not listed
            return False
        assert [row.id for row in listed] == [number]
        return True

    readers = (scene.applicant, scene.secretary, stranger, idle, Acting())
    assert [seen(acting) for acting in readers] == [True, True, False, False, False]
    some = list_applications(
        scene.session, office=scene.office, acting=scene.secretary, states=[ApplicationState.DRAFT], limit=9
    )
    assert some == []


def test_a_refusal_is_appealed_against_once_and_in_time(scene: Scene) -> None:
    number = scene.submitted().id or 0
    decide(
        scene.session, office=scene.office, acting=scene.secretary, application_id=number, outcome=Outcome.REFUSED,
        reason="Falta experiencia",
    )  # fmt: skip
    days = scene.office.charter.policy.appeal_days
    with pytest.raises(ConflictError) as late:
        appeal(scene.session, office=scene.later(days + 1), acting=scene.applicant, application_id=number, words="No")
    assert late.value.code == "appeal_too_late"
    row = appeal(scene.session, office=scene.later(days), acting=scene.applicant, application_id=number, words="Sí hay")
    found = get_application(scene.session, office=scene.office, acting=scene.applicant, application_id=number)
    assert (row.state, found.appeal and found.appeal.words) == ("appealed", "Sí hay")
    with pytest.raises(ConflictError):
        appeal(scene.session, office=scene.office, acting=scene.applicant, application_id=number, words="Otra vez")


def test_an_appeal_waits_for_no_second_application(scene: Scene) -> None:
    number = scene.submitted().id or 0
    decide(
        scene.session, office=scene.office, acting=scene.secretary, application_id=number, outcome=Outcome.REFUSED,
        reason="Falta experiencia",
    )  # fmt: skip
    scene.begun()
    with pytest.raises(ConflictError) as refused:
        appeal(scene.session, office=scene.office, acting=scene.applicant, application_id=number, words="Sí hay")
    assert refused.value.code == "application_open"


@pytest.mark.parametrize("kind", sorted(taxonomy().codes(Concern.KINDS)))
def test_an_agent_of_any_kind_applies(scene: Scene, kind: str) -> None:
    scene.profile = scene.agent(scene.applicant, kind=kind)
    assert scene.submitted().state == "submitted"

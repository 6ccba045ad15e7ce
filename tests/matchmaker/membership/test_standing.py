import pytest

from matchmaker.accounts.models import ANYONE, Acting, Role
from matchmaker.errors import DomainError
from matchmaker.membership.deciding import decide
from matchmaker.membership.queries import list_register, standing_history
from matchmaker.membership.standing import leave, reinstate, suspend
from matchmaker.membership.states import Outcome
from tests.factories import signed_in
from tests.matchmaker.membership.scenes import Scene


def registered(scene: Scene, acting: Acting = ANYONE) -> list[tuple[int, str]]:
    members = list_register(scene.session, acting=acting, limit=9)
    return [(member.standing.profile_id, member.standing.status) for member in members]


def held_back_and_shown(scene: Scene) -> None:
    for act in (suspend, reinstate):
        act(
            scene.session, office=scene.office, acting=scene.secretary, profile_id=scene.profile.id or 0,
            reason="Se aclaró",
        )  # fmt: skip


def test_who_was_never_admitted_is_not_on_the_register_although_shown(scene: Scene) -> None:
    held_back_and_shown(scene)
    assert (scene.profile.visibility, registered(scene)) == ("visible", [])


def test_the_public_register_names_members_while_they_belong(scene: Scene) -> None:
    row, number = scene.submitted(), scene.profile.id or 0
    decide(
        scene.session, office=scene.office, acting=scene.secretary, application_id=row.id or 0,
        outcome=Outcome.ADMITTED, reason="Bienvenida",
    )  # fmt: skip
    held_back_and_shown(scene)
    assert registered(scene) == [(number, "active")]
    leave(scene.session, office=scene.office, acting=scene.applicant, profile_id=number, reason="Cerramos")
    assert (registered(scene), registered(scene, scene.secretary)) == ([], [(number, "withdrawn")])
    acts = [change.act for change in standing_history(scene.session, acting=scene.applicant, profile_id=number)]
    assert acts == ["admit", "suspend", "reinstate", "leave"]


@pytest.mark.parametrize("role", [Role.CITY, Role.SUPPLIER, Role.COMMITTEE])
def test_nobody_else_holds_back_shows_or_reads_why(scene: Scene, role: Role) -> None:
    stranger = signed_in(scene.session, role=role, name="Otra")
    number, refusals = scene.profile.id or 0, []
    for act in (suspend, reinstate, leave):
        with pytest.raises(DomainError) as refused:
            act(scene.session, office=scene.office, acting=stranger, profile_id=number, reason="Porque sí")
        refusals.append(refused.value.code)
    with pytest.raises(DomainError) as unread:
        standing_history(scene.session, acting=stranger, profile_id=number)
    assert [*refusals, unread.value.code] == [
        "secretariat_only",
        "secretariat_only",
        "profile_unknown",
        "profile_unknown",
    ]

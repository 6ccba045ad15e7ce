"""How a profile is seen, told to its own and to nobody else."""

import pytest
from sqlmodel import select

from matchmaker.accounts.models import ANYONE, Acting
from matchmaker.challenges.models import Challenge, Status
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.matching.exposure import record_showing
from matchmaker.matching.visibility import own_visibility
from matchmaker.profiles.models import Profile, Representation, Visibility
from tests.factories import NOW
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene


def own(scene: Scene, agent: Profile) -> Acting:
    statement = select(Representation.account_id).where(Representation.profile_id == agent.id)
    return Acting(account_id=scene.session.exec(statement).one())


def look(scene: Scene, challenge: Challenge, acting: Acting) -> None:
    found = scene.find(challenge)
    record_showing(
        scene.session, acting=acting, challenge=challenge, result=found.result,
        matches=[match.ranked for match in found.matches], now=NOW,
    )  # fmt: skip
    scene.session.flush()


def test_looks_of_others_count_with_the_needs_for_which_it_was_quoted_and_its_own_do_not(scene: Scene) -> None:
    agent, challenge = scene.agent(LEAKS), scene.challenge(LAMPS, LEAKS)
    acting = own(scene, agent)
    for looker in (scene.city, ANYONE, acting):
        look(scene, challenge, looker)
    found = own_visibility(scene.session, acting=acting, profile_id=agent.id or 0)
    assert (found.is_shown, found.times, found.challenges, found.askers) == (True, 2, 1, 1)
    [shown] = found.shown_for
    assert (shown.times, shown.best_place, shown.needs, shown.shown_at) == (2, 1, (1,), NOW)


def test_what_is_closed_counts_and_is_not_open_any_more(scene: Scene) -> None:
    agent, challenge = scene.agent(LEAKS), scene.challenge(LEAKS)
    scene.challenge(SECTORS)
    acting = own(scene, agent)
    look(scene, challenge, scene.city)
    before = own_visibility(scene.session, acting=acting, profile_id=agent.id or 0)
    challenge.status = Status.CLOSED
    scene.session.flush()
    after = own_visibility(scene.session, acting=acting, profile_id=agent.id or 0)
    assert (before.times, before.unmet.open_challenges) == (1, 2)
    assert (after.times, after.unmet.open_challenges) == (1, 1)


def test_nobody_else_is_told(scene: Scene) -> None:
    agent = scene.agent(LEAKS)
    for acting in (ANYONE, scene.city):
        with pytest.raises(NotAllowedError):
            own_visibility(scene.session, acting=acting, profile_id=agent.id or 0)
    scene.show(agent, Visibility.HIDDEN)
    with pytest.raises(NotFoundError):
        own_visibility(scene.session, acting=scene.city, profile_id=agent.id or 0)
    assert not own_visibility(scene.session, acting=own(scene, agent), profile_id=agent.id or 0).is_shown

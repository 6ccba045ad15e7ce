"""What may be there twice waits for the secretariat until it is told apart."""

from dataclasses import replace

import pytest

from matchmaker.accounts.models import Acting, Role
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.matching.duplicates import (
    Twice,
    alike_challenges,
    alike_profiles,
    ask_again,
    tell_apart,
    waiting_alike,
)
from matchmaker.matching.likeness import Mark
from matchmaker.store.database import Database
from tests.factories import NOW, saved_profile, signed_in, taxonomy
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene

ROSA = Acting(role=Role.SECRETARIAT)


def test_profiles_of_one_name_wait_until_they_are_told_apart(database: Database) -> None:
    with database.transaction() as session:
        rosa, ana = signed_in(session, role=Role.SECRETARIAT), signed_in(session)
        first, second, _ = (
            saved_profile(session, acting=ana, name=name, website=site)
            for name, site in (("Fugas S.A.S.", "https://a.example"), ("FUGAS", ""), ("Otra", ""))
        )
        numbers = {"first_id": second.id or 0, "second_id": first.id or 0}
        (pair,) = alike_profiles(session, acting=rosa, limit=9)
        assert (pair.first.id, pair.second.id) == (first.id, second.id)
        assert pair.marks == frozenset({Mark.SAME_NAME})
        assert waiting_alike(session, acting=rosa) == (1, second.created_at)
        for _ in range(2):
            tell_apart(session, acting=rosa, twice=Twice.PROFILE, now=NOW, **numbers)
        assert alike_profiles(session, acting=rosa, limit=9) == []
        assert waiting_alike(session, acting=rosa) == (0, None)
        ask_again(session, acting=rosa, twice=Twice.PROFILE, now=NOW, **numbers)
        assert waiting_alike(session, acting=rosa)[0] == 1


def test_the_secretariat_alone_looks_and_only_two_that_are_there_can_be_told_apart(database: Database) -> None:
    with database.transaction() as session:
        rosa, ana = signed_in(session, role=Role.SECRETARIAT), signed_in(session)
        number = saved_profile(session, acting=ana).id or 0
        with pytest.raises(NotAllowedError):
            waiting_alike(session, acting=ana)
        with pytest.raises(NotAllowedError):
            tell_apart(session, acting=ana, twice=Twice.PROFILE, first_id=number, second_id=number, now=NOW)
        for other in (number, number + 1):
            with pytest.raises(NotFoundError):
                tell_apart(session, acting=rosa, twice=Twice.PROFILE, first_id=number, second_id=other, now=NOW)


def test_challenges_that_say_the_same_are_found_by_meaning_page_by_page(scene: Scene) -> None:
    first, _, again = scene.challenge(LEAKS, SECTORS), scene.challenge(LAMPS), scene.challenge(LEAKS, SECTORS)
    looked = alike_challenges(scene.session, index=scene.index, taxonomy=taxonomy(), acting=ROSA, limit=9)
    assert [(pair.first.id, pair.second.id) for pair in looked.pairs] == [(first.id, again.id)]
    assert (looked.looked_at, looked.next_after) == (3, 0)
    one = alike_challenges(scene.session, index=scene.index, taxonomy=taxonomy(), acting=ROSA, limit=2)
    assert (one.pairs, one.next_after) == ((), 2)
    rest = alike_challenges(scene.session, index=scene.index, taxonomy=taxonomy(), acting=ROSA, after=2, limit=2)
    assert rest == replace(looked, looked_at=1)
    told = signed_in(scene.session, role=Role.SECRETARIAT)
    numbers = {"first_id": first.id or 0, "second_id": again.id or 0}
    tell_apart(scene.session, acting=told, twice=Twice.CHALLENGE, now=NOW, **numbers)
    assert alike_challenges(scene.session, index=scene.index, taxonomy=taxonomy(), acting=ROSA, limit=9).pairs == ()

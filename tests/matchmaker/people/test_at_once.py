"""People who change who acts for whom at the same instant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.people.appointing import end_account
from matchmaker.people.inviting import add_person
from matchmaker.people.representing import Invited, remove_person
from matchmaker.profiles.models import Part, Representation
from matchmaker.store.database import Database
from tests.factories import NOW, accepted, saved_profile, signed_in


def test_representatives_who_leave_at_the_same_instant_leave_one(database: Database) -> None:
    with database.transaction() as session:
        first = signed_in(session)
        profile_id = saved_profile(session, acting=first).id or 0
        invited = Invited(address="eva@sogamoso.example", name="Eva", language="es")
        added = add_person(
            session, acting=first, profile_id=profile_id, invited=invited, part=Part.REPRESENTATIVE, now=NOW
        )
        people = [first.account_id or 0, accepted(session, added)]

    def leave(account_id: int) -> None:
        with database.transaction() as session:
            acting = Acting(account_id=account_id, role=Role.SUPPLIER)
            remove_person(session, acting=acting, profile_id=profile_id, account_id=account_id, now=NOW)

    assert sorted(at_once(leave, people)) == ["", "last_representative"]
    with database.reading() as session:
        assert len(session.exec(select(Representation)).all()) == 1


def test_administrators_who_end_each_other_at_the_same_instant_leave_one(database: Database) -> None:
    with database.transaction() as session:
        both = [signed_in(session, role=Role.ADMINISTRATOR) for _ in range(2)]
    numbers = [acting.account_id or 0 for acting in both]

    def end_the_other(account_id: int) -> None:
        acting = Acting(account_id=account_id, role=Role.ADMINISTRATOR)
        with database.transaction() as session:
            end_account(session, acting=acting, account_id=sum(numbers) - account_id, now=NOW)

    assert sorted(at_once(end_the_other, numbers)) == ["", "last_administrator"]
    with database.reading() as session:
        assert [row.ended_at for row in session.exec(select(Account)).all()].count(None) == 1


def at_once(act: Callable[[int], None], numbers: list[int]) -> list[str]:
    """What each was refused with, or nothing."""
    start = Barrier(len(numbers))

    def tried(number: int) -> str:
        start.wait()
        try:
            act(number)
        except (ConflictError, NotAllowedError) as refused:
            return refused.code
        return ""

    with ThreadPoolExecutor(len(numbers)) as pool:
        return list(pool.map(tried, numbers))

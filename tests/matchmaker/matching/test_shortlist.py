"""A shortlist with notes, for the owners of a challenge and nobody else."""

import pytest
from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.errors import DomainError
from matchmaker.matching.shortlist import NoteDraft, consider, consider_no_longer, shortlist_of
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in


def note(session: Session, acting: Acting, row: Challenge, who: Profile, said: str = "") -> None:
    consider(
        session, acting=acting, challenge_id=row.id or 0, profile_id=who.id or 0, draft=NoteDraft(note=said), now=NOW
    )


def listed(session: Session, acting: Acting, row: Challenge) -> list[tuple[int | None, str, int | None]]:
    found = shortlist_of(session, acting=acting, challenge_id=row.id or 0)
    return [(each.full.profile.id, each.row.note, each.row.noted_by_id) for each in found]


def test_owners_note_whom_they_consider_and_nobody_else_reads_it(database: Database) -> None:
    with database.transaction() as session:
        owner, other = signed_in(session), signed_in(session, name="Luís")
        row = saved_challenge(session, acting=owner, owner=saved_profile(session, acting=owner))
        firm, rival = (saved_profile(session, acting=other, name=name) for name in ("Fugas", "Caudales"))
        note(session, owner, row, firm, "Llamar")
        note(session, owner, row, rival)
        note(session, owner, row, firm, "Llamar el lunes")
        assert listed(session, owner, row) == [
            (firm.id, "Llamar el lunes", owner.account_id), (rival.id, "", owner.account_id)
        ]  # fmt: skip
        for act in (lambda: listed(session, other, row), lambda: note(session, other, row, rival)):
            with pytest.raises(DomainError, match="not_your_challenge"):
                act()
        for _ in range(2):
            consider_no_longer(session, acting=owner, challenge_id=row.id or 0, profile_id=firm.id or 0)
        assert [number for number, _, _ in listed(session, owner, row)] == [rival.id]


def test_who_is_no_longer_shown_is_left_out_and_comes_back(database: Database) -> None:
    with database.transaction() as session:
        owner, other = signed_in(session), signed_in(session, name="Luís")
        row = saved_challenge(session, acting=owner, owner=saved_profile(session, acting=owner))
        firm = saved_profile(session, acting=other)
        note(session, owner, row, firm)
        set_visibility(session, profile=firm, visibility=Visibility.HIDDEN, now=NOW)
        session.flush()
        assert listed(session, owner, row) == []
        set_visibility(session, profile=firm, visibility=Visibility.VISIBLE, now=NOW)
        session.flush()
        assert [number for number, _, _ in listed(session, owner, row)] == [firm.id]

"""Who is added, who leaves, and a member for which nobody speaks any more."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.errors import DomainError
from matchmaker.integrity.models import Ground, Trait
from matchmaker.letters.models import Letter
from matchmaker.people.appointing import end_account
from matchmaker.people.inviting import INVITATION_LIFE, INVITATIONS_AT_MOST, add_person, name_successor
from matchmaker.people.joining import answer_invitation, waiting_invitations
from matchmaker.people.leaving import SILENT, silent_members, tell_of_silence
from matchmaker.people.models import InvitationState, PersonInvitation
from matchmaker.people.representing import Invited, list_people, remove_person
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.profiles.speaking import speaks_for
from matchmaker.rights.duties import Duties, duties_of_member
from matchmaker.store.database import Database
from tests.factories import NOW, accepted, saved_challenge, saved_profile, signed_in

EVA = Invited(address="eva@sogamoso.example", name="Eva", language="es")


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as error:
        call()
    return error.value.code


def town(session: Session, name: str = "Sogamoso") -> tuple[Acting, Profile]:
    acting = signed_in(session, name=f"Alguien de {name}")
    return acting, saved_profile(session, acting=acting, kind="local_government", name=name, email="")


def added(session: Session, acting: Acting, profile: Profile, part: Part = Part.EDITOR, invited: Invited = EVA) -> int:
    made = add_person(session, acting=acting, profile_id=profile.id or 0, invited=invited, part=part, now=NOW)
    return accepted(session, made)


def told(session: Session, kind: str) -> list[int | None]:
    rows = session.exec(select(Letter).where(Letter.kind == kind).order_by(col(Letter.id))).all()
    return [row.account_id for row in rows]


def end(session: Session, account_id: int | None) -> None:
    administrator = signed_in(session, role=Role.ADMINISTRATOR)
    end_account(session, acting=administrator, account_id=account_id or 0, now=NOW)


@pytest.mark.parametrize("is_known", [False, True])
def test_whoever_adds_an_address_reads_the_name_that_they_gave(database: Database, *, is_known: bool) -> None:
    with database.transaction() as session:
        if is_known:
            session.add(Account(name="Evangelina Secreta", role=Role.CITY, email=EVA.address, created_at=NOW))
            session.flush()
        acting, profile = town(session)
        number = added(session, acting, profile)
        people = list_people(session, acting=acting, profile_id=profile.id or 0)
        assert {person.account.id: person.name for person in people} == {
            acting.account_id: "Alguien de Sogamoso", number: "Eva"
        }  # fmt: skip
        later = added(session, acting, profile, Part.REPRESENTATIVE)
        assert (later, session.get_one(Representation, (number, profile.id)).called) == (number, "Eva")


def test_the_address_of_an_ended_account_is_asked_like_any_other_and_speaks_for_nobody(database: Database) -> None:
    with database.transaction() as session:
        session.add(Account(name="Eva", role=Role.CITY, email=EVA.address, created_at=NOW, ended_at=NOW))
        session.flush()
        acting, profile = town(session)
        luz = Invited(address="luz@sogamoso.example", name="Luz", language="es")
        asked = [
            add_person(
                session, acting=acting, profile_id=profile.id or 0, invited=who, part=Part.REPRESENTATIVE, now=NOW
            )
            for who in (EVA, luz)
        ]
        assert [row.state for row in asked] == ["pending", "pending"]
        assert refused(lambda: accepted(session, asked[0])) == "account_ended"
        leave = partial(
            remove_person, session, acting=acting, profile_id=profile.id or 0, account_id=acting.account_id or 0,
            now=NOW,
        )  # fmt: skip
        assert refused(leave) == "last_representative"
        accepted(session, asked[1])
        leave()


def test_people_who_come_and_go_change_what_a_member_is_known_by(database: Database) -> None:
    with database.transaction() as session:
        acting, profile = town(session)
        other, second = town(session, "Tunja")
        added(session, acting, profile)
        assert session.exec(select(Ground)).all() == []
        at_once = Invited(address="luz@sogamoso.example", name="Luz", language="es")
        luz = added(session, other, second, invited=at_once)
        assert [ground.code for ground in session.exec(select(Ground)).all()] == ["same_mail_domain"]
        remove_person(session, acting=other, profile_id=second.id or 0, account_id=luz, now=NOW)
        assert session.exec(select(Trait).where(Trait.profile_id == second.id)).all() == []


def test_a_successor_who_acts_for_another_member_is_a_question_for_a_person(database: Database) -> None:
    with database.transaction() as session:
        acting, profile = town(session)
        other, second = town(session, "Tunja")
        added(session, other, second)
        asked = name_successor(
            session, acting=acting, profile_id=profile.id or 0, account_id=acting.account_id or 0, invited=EVA, now=NOW
        )
        assert session.exec(select(Ground)).all() == []
        accepted(session, asked)
        codes = {str(ground.code) for ground in session.exec(select(Ground)).all()}
        assert codes == {"same_account", "same_mail_domain"}


def test_when_the_last_account_that_spoke_ends_a_successor_is_asked_for(database: Database) -> None:
    with database.transaction() as session:
        secretary = signed_in(session, role=Role.SECRETARIAT, name="Rosa")
        acting, profile = town(session)
        saved_challenge(session, acting=acting, owner=profile)
        editor = added(session, acting, profile)
        end(session, acting.account_id)
        assert [row.id for row in silent_members(session)] == [profile.id]
        assert told(session, SILENT) == [secretary.account_id, editor]
        assert tell_of_silence(session, now=NOW) == 0
        assert duties_of_member(session, profile_id=profile.id or 0) == Duties(
            challenges=1, introductions=0, mentorings=0, applications=0
        )
        heir = name_successor(
            session, acting=secretary, profile_id=profile.id or 0, account_id=acting.account_id or 0, now=NOW,
            invited=Invited(address="luz@sogamoso.example", name="Luz", language="es"),
        )  # fmt: skip
        assert [row.id for row in silent_members(session)] == [profile.id]
        number = accepted(session, heir)
        assert silent_members(session) == []
        assert speaks_for(session, acting=Acting(account_id=number), profile_id=profile.id or 0)
        end(session, number)
        assert told(session, SILENT) == [secretary.account_id, editor] * 2


def test_who_leaves_another_to_speak_leaves_nobody_silent(database: Database) -> None:
    with database.transaction() as session:
        signed_in(session, role=Role.SECRETARIAT, name="Rosa")
        acting, profile = town(session)
        added(session, acting, profile, Part.REPRESENTATIVE)
        end(session, acting.account_id)
        assert (told(session, SILENT), list(silent_members(session))) == ([], [])


def test_a_member_waits_for_so_many_answers_at_once_and_an_invitation_runs_out(database: Database) -> None:
    with database.transaction() as session:
        acting, profile = town(session)

        def ask(number: int, days: int = 0) -> PersonInvitation:
            invited = Invited(address=f"p{number}@sogamoso.example", name="Eva", language="es")
            now = NOW + timedelta(days=days)
            return add_person(
                session, acting=acting, profile_id=profile.id or 0, invited=invited, part=Part.EDITOR, now=now
            )

        rows = [ask(number) for number in range(INVITATIONS_AT_MOST)]
        assert ask(0) is rows[0]
        assert refused(lambda: ask(INVITATIONS_AT_MOST)) == "too_many_invitations"
        answer_invitation(session, invitation_id=rows[0].id or 0, answer=InvitationState.DECLINED, now=NOW)
        ask(INVITATIONS_AT_MOST)
        late = NOW + INVITATION_LIFE
        assert waiting_invitations(session, address=rows[1].address, now=late - timedelta(seconds=1)) == [rows[1]]
        assert waiting_invitations(session, address=rows[1].address, now=late) == []
        assert refused(lambda: accepted(session, rows[1], now=late)) == "person_invitation_unknown"
        assert ask(1, INVITATION_LIFE.days) is not rows[1]

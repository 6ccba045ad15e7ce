"""Blocked at once, erased when it is due, held while something must be settled first."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select, update

from matchmaker.accounts.models import OPERATOR, Account, Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.challenges.actions import import_challenge
from matchmaker.errors import ConflictError, NotAllowedError, NotFoundError
from matchmaker.integrity.models import Incident, IncidentState
from matchmaker.introductions.models import Disclosure, Introduction, Phase
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from matchmaker.matching.models import Showing
from matchmaker.people.inviting import add_person
from matchmaker.people.leaving import SILENT
from matchmaker.people.representing import Invited
from matchmaker.profiles.actions import import_profile, set_visibility
from matchmaker.profiles.models import Part, Profile, Visibility
from matchmaker.profiles.speaking import speaks_for
from matchmaker.rights.actions import delete_aged
from matchmaker.rights.deadlines import load_deadlines
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.erasing import ask_erasure, erase_due, undo_erasure
from matchmaker.rights.following import of_the_letter, prove_identity
from matchmaker.rights.models import Consent, Erasure, Request, Right, State, Subject
from matchmaker.rights.office import Office
from matchmaker.rights.requests import answer_request, file_request, withdraw_request
from matchmaker.store.database import Database
from tests.factories import (
    NOW,
    accepted,
    challenge_draft,
    desk,
    profile_draft,
    saved_challenge,
    saved_profile,
    signed_in,
)
from tests.matchmaker.rights.test_actions import LATER, RETENTION, RIGHTS, said

DEADLINES = load_deadlines(RIGHTS)


def office(days: float = 0) -> Office:
    return Office(DEADLINES, RETENTION, NOW + timedelta(days=days))


def asked(session: Session, acting: Acting, *, subject: Subject = Subject.PROFILE, number: int = 0) -> Request:
    draft = RequestDraft(right=Right.ERASE, subject=subject, subject_id=number or acting.account_id or 0)
    return file_request(session, office=office(), acting=acting, draft=draft)


def erase_at(session: Session, days: float) -> int:
    return erase_due(session, acting=OPERATOR, retention=RETENTION, now=NOW + timedelta(days=days))


def letters(session: Session, kind: str) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.kind == kind).order_by(col(Letter.id))).all())


def test_an_erasure_hides_at_once_and_can_be_undone_until_it_is_due(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        profile = saved_profile(session, acting=ana)
        number = profile.id or 0
        asked = ask_erasure(
            session, acting=ana, subject=Subject.PROFILE, subject_id=number, retention=RETENTION, now=NOW
        )
        again = ask_erasure(
            session, acting=ana, subject=Subject.PROFILE, subject_id=number, retention=RETENTION, now=LATER
        )
        assert (again, profile.visibility) == (asked, Visibility.HIDDEN)
        assert erase_due(session, acting=OPERATOR, retention=RETENTION, now=LATER - timedelta(seconds=1)) == 0
        undo_erasure(session, acting=ana, subject=Subject.PROFILE, subject_id=number, now=NOW)
        assert profile.visibility == Visibility.VISIBLE
        assert erase_due(session, acting=OPERATOR, retention=RETENTION, now=LATER) == 0
        with pytest.raises(ConflictError, match="no_erasure_waiting"):
            undo_erasure(session, acting=ana, subject=Subject.PROFILE, subject_id=number, now=NOW)


def test_nobody_erases_another(database: Database) -> None:
    with database.transaction() as session:
        ana, eve = signed_in(session), signed_in(session, name="Eva")
        profile = saved_profile(session, acting=ana)
        for subject, number in ((Subject.PROFILE, profile.id or 0), (Subject.ACCOUNT, ana.account_id or 0)):
            with pytest.raises(NotAllowedError, match="not_your_data"):
                ask_erasure(session, acting=eve, subject=subject, subject_id=number, retention=RETENTION, now=NOW)
        with pytest.raises(NotFoundError, match="subject_unknown"):
            ask_erasure(
                session, acting=OPERATOR, subject=Subject.PROFILE, subject_id=10**6, retention=RETENTION, now=NOW
            )


def test_a_person_goes_with_its_letters_and_leaves_ids_and_the_showings_of_others(database: Database) -> None:
    with database.transaction() as session:
        ana, eve = signed_in(session), signed_in(session, name="Eva", role=Role.SUPPLIER)
        number = eve.account_id or 0
        owner = saved_profile(session, acting=ana)
        challenge = saved_challenge(session, acting=ana, owner=owner)
        showing = Showing(
            challenge_id=challenge.id or 0, challenge_version=1, account_id=number, model="fake", generation=1,
            correction="", ranking="", shown_at=NOW,
        )  # fmt: skip
        session.add(showing)
        write_letter(session, kind="data_export_ready", now=NOW, account_id=number)
        said(session, eve, "alerts", is_granted=True)
        ask_erasure(session, acting=eve, subject=Subject.ACCOUNT, subject_id=number, retention=RETENTION, now=NOW)
        assert session.get_one(Account, number).ended_at == NOW
        assert erase_due(session, acting=OPERATOR, retention=RETENTION, now=LATER) == 1
        assert session.get(Account, number) is None
        assert session.exec(select(Letter)).all() == []
        assert session.get_one(Showing, showing.id).account_id is None
        assert session.get(Profile, owner.id) is not None
        assert [consent.account_id for consent in session.exec(select(Consent)).all()] == [number]
        assert [entry.act for entry in session.exec(select(AuditEntry)).all()] == ["erasure_asked", "erased"]


def test_letters_without_an_address_are_nobodys_and_those_to_the_address_go(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        silent = saved_profile(session, acting=ana, email="")
        spoken = saved_profile(session, acting=ana, email="Campo@fugas.example")
        kept = write_letter(session, kind="data_export_ready", now=NOW)
        write_letter(session, kind="invitation_to_claim", now=NOW, address="campo@fugas.example")
        for profile in (silent, spoken):
            number = profile.id or 0
            ask_erasure(session, acting=ana, subject=Subject.PROFILE, subject_id=number, retention=RETENTION, now=NOW)
        assert erase_due(session, acting=OPERATOR, retention=RETENTION, now=LATER) == 2
        done = session.exec(select(Letter).where(Letter.kind != "erasure_done")).all()
        assert done == [kept]


@dataclass
class Reported:
    """A member whose erasure was asked for while somebody had reported it."""

    request: Request
    incident: Incident
    profile_id: int


def reported(session: Session) -> Reported:
    ana, eve = signed_in(session), signed_in(session, name="Eva")
    profile = saved_profile(session, acting=ana)
    incident = Incident(
        about_id=profile.id or 0, reporter_id=eve.account_id, code_version="2026.1", article="x", text="Nos mintieron.",
        created_at=NOW,
    )  # fmt: skip
    session.add(incident)
    session.flush()
    return Reported(asked(session, ana, number=profile.id or 0), incident, profile.id or 0)


def test_an_open_report_holds_an_erasure_and_the_person_is_told_why_and_until_when(database: Database) -> None:
    with database.transaction() as session:
        case = reported(session)
        [told] = letters(session, "rights_held")
        until = NOW + timedelta(days=180)
        assert (told.codes["cause"], told.codes["until"]) == ("open_incident", until.isoformat())
        assert (case.request.state, case.request.due_at) == (State.EXTENDED, until)
        assert session.get_one(Profile, case.profile_id).visibility == Visibility.HIDDEN
        assert [erase_at(session, days) for days in (6, 100, 179)] == [0, 0, 0]
        assert len(letters(session, "rights_held")) == 1
        case.incident.state = IncidentState.CLOSED
        session.flush()
        assert erase_at(session, 100) == 1
        assert case.request.state == State.DONE


def test_no_report_holds_an_erasure_for_ever(database: Database) -> None:
    with database.transaction() as session:
        case = reported(session)
        assert erase_at(session, 180) == 1
        assert session.get(Profile, case.profile_id) is None


def test_contacts_opened_lately_hold_no_longer_than_the_law_allows_and_their_receivers_are_told(
    database: Database,
) -> None:
    with database.transaction() as session:
        ana, eve = signed_in(session), signed_in(session, name="Eva")
        city, firm = saved_profile(session, acting=ana), saved_profile(session, acting=eve)
        challenge = saved_challenge(session, acting=ana, owner=city)
        introduction = Introduction(
            challenge_id=challenge.id or 0, owner_id=city.id or 0, profile_id=firm.id or 0, proposed_by="owner",
            message="", phase=Phase.OPEN, created_at=NOW, opened_at=NOW, expires_at=NOW,
        )  # fmt: skip
        session.add(introduction)
        session.add(
            Disclosure(
                introduction_id=1, to_account_id=ana.account_id or 0, to_profile_id=city.id or 0,
                of_profile_id=firm.id or 0, disclosed_at=NOW,
            )
        )  # fmt: skip
        request = asked(session, eve, number=firm.id or 0)
        legal = request.due_at
        assert (request.cause, request.state) == ("open_introduction", State.RECEIVED)
        assert erase_at(session, 6) == 0
        assert erase_due(session, acting=OPERATOR, retention=RETENTION, now=legal) == 1
        [told] = letters(session, "rights_contact_changed")
        assert (told.account_id, told.codes) == (ana.account_id, {"is_erased": True})


def test_a_person_who_goes_last_leaves_a_member_that_stays_and_the_office_is_asked_for_a_successor(
    database: Database,
) -> None:
    with database.transaction() as session:
        rosa = signed_in(session, name="Rosa", role=Role.SECRETARIAT)
        ana = signed_in(session)
        session.get_one(Account, ana.account_id).email = "Ana@lugar.example"
        profile = saved_profile(session, acting=ana, email="ana@lugar.example")
        request = asked(session, ana, subject=Subject.ACCOUNT)
        assert profile.visibility == Visibility.VISIBLE
        assert [(each.subject_id, each.account_id) for each in letters(session, SILENT)] == [
            (profile.id, rosa.account_id)
        ]
        erase_at(session, 6)
        assert request.state == State.DONE
        assert session.get(Account, ana.account_id) is None
        session.refresh(profile)
        assert (profile.visibility, profile.email) == (Visibility.VISIBLE, "")
        found = add_person(
            session, acting=rosa, profile_id=profile.id or 0, part=Part.REPRESENTATIVE, now=NOW,
            invited=Invited("nora@lugar.example", "Nora", "es"),
        )  # fmt: skip
        nora = accepted(session, found)
        assert speaks_for(session, acting=Acting(account_id=nora), profile_id=profile.id or 0)


def test_an_undone_erasure_of_a_person_gives_its_member_back(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        session.get_one(Account, ana.account_id).email = "ana@lugar.example"
        profile = saved_profile(session, acting=ana)
        request = asked(session, ana, subject=Subject.ACCOUNT)
        [received] = letters(session, "rights_received")
        assert (received.account_id, received.address) == (None, "ana@lugar.example")
        acting = of_the_letter(session, request_id=request.id or 0, acting=Acting())
        withdraw_request(session, office=office(), acting=acting, request_id=request.id or 0)
        assert (profile.visibility, request.state) == (Visibility.VISIBLE, State.WITHDRAWN)
        assert session.get_one(Account, ana.account_id).ended_at is None
        assert erase_at(session, 6) == 0


def test_a_member_that_was_blocked_before_stays_blocked_when_its_erasure_is_undone(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        profile = saved_profile(session, acting=ana)
        number = profile.id or 0
        draft = RequestDraft(right=Right.BLOCK, subject=Subject.PROFILE, subject_id=number)
        block = file_request(session, office=office(), acting=ana, draft=draft)
        erasure = asked(session, ana, number=number)
        set_visibility(session, profile=profile, visibility=Visibility.UNCLAIMED, now=NOW)
        assert profile.visibility == Visibility.HIDDEN
        withdraw_request(session, office=office(), acting=ana, request_id=erasure.id or 0)
        assert profile.visibility == Visibility.HIDDEN
        withdraw_request(session, office=office(), acting=ana, request_id=block.id or 0)
        assert profile.visibility == Visibility.UNCLAIMED


def test_nothing_is_erased_while_the_person_is_asked_whether_it_was_them(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        request = asked(session, ana, number=saved_profile(session, acting=ana).id or 0)
        number, rosa = request.id or 0, signed_in(session, name="Rosa", role=Role.SECRETARIAT)
        answer_request(session, office=office(), acting=rosa, request_id=number, to=State.IDENTITY_ASKED)
        assert erase_at(session, 6) == 0
        for _ in range(2):
            prove_identity(session, office=office(6), acting=ana, request_id=number)
        assert erase_at(session, 6) == 1


def test_a_refused_erasure_gives_the_member_back_and_says_why(database: Database) -> None:
    with database.transaction() as session:
        ana, rosa = signed_in(session), signed_in(session, name="Rosa", role=Role.SECRETARIAT)
        profile = saved_profile(session, acting=ana)
        request = asked(session, ana, number=profile.id or 0)
        number = request.id or 0
        with pytest.raises(ConflictError, match="request_step"):
            answer_request(session, office=office(), acting=rosa, request_id=number, to=State.DONE, reason="Ya.")
        answer_request(session, office=office(), acting=rosa, request_id=number, to=State.REFUSED, reason="No es suyo.")
        assert (request.state, request.answer, profile.visibility) == ("refused", "No es suyo.", Visibility.VISIBLE)


def test_what_was_imported_and_erased_does_not_come_back_with_the_next_import(database: Database) -> None:
    with database.transaction() as session:
        draft = profile_draft(external_id="900")
        kept = {"desk": desk(), "source": "feria", "draft": draft, "visibility": Visibility.VISIBLE}
        profile, _ = import_profile(session, **kept)  # type: ignore[arg-type]
        posed = challenge_draft(external_id="r-1")
        import_challenge(session, desk=desk(), source="feria", owner_id=profile.id, draft=posed)
        asked(session, OPERATOR, number=profile.id or 0)
        assert erase_at(session, 6) == 1
        for again in (
            lambda: import_profile(session, **kept),  # type: ignore[arg-type]
            lambda: import_challenge(session, desk=desk(), source="feria", owner_id=None, draft=posed),
        ):
            with pytest.raises(ConflictError, match="refused_by_owner"):
                again()


def test_the_last_administrator_is_not_erased_before_there_is_another(database: Database) -> None:
    with database.transaction() as session:
        nadia = signed_in(session, name="Nadia", role=Role.ADMINISTRATOR)
        with pytest.raises(ConflictError, match="last_administrator"):
            asked(session, nadia, subject=Subject.ACCOUNT)


def test_the_last_letter_keeps_an_address_only_until_it_has_left(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        session.get_one(Account, ana.account_id).email = "ana@lugar.example"
        asked(session, ana, subject=Subject.ACCOUNT)
        erase_at(session, 6)
        [last] = session.exec(select(Letter).where(Letter.address != "")).all()
        assert (last.kind, last.address, last.codes["language"]) == ("erasure_done", "ana@lugar.example", "es")
        session.exec(update(Letter).values(sent_at=NOW + timedelta(days=6)))
        delete_aged(session, retention=RETENTION, now=NOW + timedelta(days=7.5))
        assert session.exec(select(Letter)).all() == []


def test_the_words_of_a_request_go_and_its_dates_stay(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        number = saved_profile(session, acting=ana).id or 0
        draft = RequestDraft(right=Right.CORRECT, subject=Subject.PROFILE, subject_id=number, words="Soy otra.")
        asked_before = file_request(session, office=office(), acting=ana, draft=draft)
        asked(session, ana, number=number)
        erase_at(session, 6)
        session.refresh(asked_before)
        assert (asked_before.words, asked_before.received_at) == ("", NOW)
        assert session.exec(select(Erasure)).one().erased_at == NOW + timedelta(days=6)


def test_a_person_who_is_blocked_leaves_its_member_as_it_is(database: Database) -> None:
    with database.transaction() as session:
        signed_in(session, name="Rosa", role=Role.SECRETARIAT)
        ana = signed_in(session)
        profile = saved_profile(session, acting=ana)
        draft = RequestDraft(right=Right.BLOCK, subject=Subject.ACCOUNT, subject_id=ana.account_id or 0)
        for days in (0, 2):
            request = file_request(session, office=office(days), acting=ana, draft=draft)
            account = session.get_one(Account, ana.account_id)
            assert (account.ended_at, profile.visibility) == (NOW + timedelta(days=days), Visibility.VISIBLE)
            withdraw_request(session, office=office(days + 1), acting=ana, request_id=request.id or 0)
            assert (account.ended_at, profile.visibility) == (None, Visibility.VISIBLE)
        assert len(letters(session, SILENT)) == 2

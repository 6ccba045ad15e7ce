from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from matchmaker.accounts.models import OPERATOR, Account, Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from matchmaker.matching.models import Showing
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.rights.actions import delete_aged, say
from matchmaker.rights.erasing import ask_erasure, erase_due, undo_erasure
from matchmaker.rights.models import Channel, Consent, Subject
from matchmaker.rights.purposes import load_purposes, load_retention
from matchmaker.rights.queries import agrees, consents_now, consents_of
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in

RIGHTS = Path(__file__).parents[3] / "data" / "rights"
PURPOSES, RETENTION = load_purposes(RIGHTS), load_retention(RIGHTS)
LATER = NOW + timedelta(days=RETENTION.erase_after_days)


def said(session: Session, acting: Acting, purpose: str, *, is_granted: bool) -> Consent:
    return say(
        session, acting=acting, purposes=PURPOSES, purpose=purpose, is_granted=is_granted, channel=Channel.API, now=NOW
    )


def test_the_last_word_on_a_purpose_counts_and_the_first_stays_in_the_ledger(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        assert not agrees(session, account_id=ana.account_id or 0, purpose="alerts")
        said(session, ana, "alerts", is_granted=True)
        assert agrees(session, account_id=ana.account_id or 0, purpose="alerts")
        said(session, ana, "alerts", is_granted=False)
        assert not agrees(session, account_id=ana.account_id or 0, purpose="alerts")
        assert [row.is_granted for row in consents_of(session, acting=ana)] == [True, False]
        assert consents_now(session, acting=ana)["alerts"].text_version == PURPOSES.version


def test_a_necessary_purpose_is_not_withdrawn_and_an_unknown_one_not_granted(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        with pytest.raises(ConflictError, match="purpose_necessary"):
            said(session, ana, "service", is_granted=False)
        with pytest.raises(InvalidInputError, match="unknown_code"):
            said(session, ana, "horoscopes", is_granted=True)
        with pytest.raises(NotAllowedError, match="sign_in_needed"):
            said(session, OPERATOR, "alerts", is_granted=True)


def test_every_purpose_speaks_three_languages() -> None:
    assert all(set(purpose.text) == {"es", "pt", "en"} for purpose in PURPOSES.purposes)
    assert {purpose.is_necessary for purpose in PURPOSES.purposes} == {True, False}


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


def test_what_is_past_its_time_is_deleted_and_nothing_younger(database: Database) -> None:
    with database.transaction() as session:
        old, young = (write_letter(session, kind="data_export_ready", now=NOW, key=key) for key in ("old", "young"))
        assert old
        assert young
        old.sent_at, young.sent_at = NOW - timedelta(days=366), NOW - timedelta(days=364)
        session.flush()
        assert delete_aged(session, retention=RETENTION, now=NOW) == 1
        assert [letter.key for letter in session.exec(select(Letter)).all()] == ["young"]


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

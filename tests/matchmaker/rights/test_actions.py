from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from matchmaker.rights.actions import delete_aged, say
from matchmaker.rights.models import Channel, Consent
from matchmaker.rights.purposes import load_purposes, load_retention
from matchmaker.rights.queries import agrees, consents_now, consents_of
from matchmaker.store.database import Database
from tests.factories import NOW, signed_in

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


def test_what_is_past_its_time_is_deleted_and_nothing_younger(database: Database) -> None:
    with database.transaction() as session:
        old, young = (write_letter(session, kind="data_export_ready", now=NOW, key=key) for key in ("old", "young"))
        assert old
        assert young
        old.sent_at, young.sent_at = NOW - timedelta(days=366), NOW - timedelta(days=364)
        session.flush()
        assert delete_aged(session, retention=RETENTION, now=NOW) == 1
        assert [letter.key for letter in session.exec(select(Letter)).all()] == ["young"]

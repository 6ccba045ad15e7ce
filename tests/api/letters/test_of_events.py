"""Letters about events: proposed, published, how it went; each says what is true when it leaves."""

import pytest
from sqlmodel import col, select

from api.letters.concepts import all_handlers, all_values
from api.letters.writing import LetterWriter
from api.wiring import Service
from matchmaker.accounts.models import Account
from matchmaker.events.actions import set_presence
from matchmaker.events.models import EventState, Presence
from matchmaker.events.offering import offer_awaiting
from matchmaker.events.planning import set_state
from matchmaker.events.publishing import publish
from matchmaker.letters.models import Letter
from matchmaker.letters.rules import Reader
from tests.api.letters.conftest import text_of
from tests.factories import NOW, lists
from tests.matchmaker.events.gatherings import Gathering, solved

LANGUAGES = ["es", "pt", "en"]


def said(service: Service, kind: str, account_id: int | None, language: str) -> str:
    """The newest letter of a kind to someone, in a language; empty where it has lost its sense."""
    writer = LetterWriter(service, all_values(), all_handlers())
    with service.database.reading() as session:
        mine = select(Letter).where(Letter.kind == kind, Letter.account_id == account_id)
        letter = session.exec(mine.order_by(col(Letter.id).desc())).first()
        assert letter is not None
        row = session.get_one(Account, account_id)
        reader = Reader(address="x@x.example", language=language, name=row.name, account_id=account_id, country="CO")
        message = writer.write(session, letter, (), reader, now=NOW)
        return "" if message is None else f"{message['Subject']}\n{text_of(message)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_asked_told_and_asked_again_in_its_language(service: Service, language: str) -> None:
    with service.database.transaction() as session:
        found = Gathering(session)
        town, firm = found.add("Sogamoso", "local_government"), found.add("Fugas")
        found.wish("Sogamoso", Fugas="must")
    database, asked = service.database, firm.acting.account_id
    solved(database, found.id, found.rosa)
    with database.transaction() as session:
        assert offer_awaiting(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW) == 1
    assert "Encuentro de Bogotá" in said(service, "meetings_offered", asked, language)
    with database.transaction() as session:
        found.session = session
        found.wish("Fugas", Sogamoso="would_like")
    assert said(service, "meetings_offered", asked, language) == ""
    with database.transaction() as session:
        publish(session, acting=found.rosa, event_id=found.id, lists=lists(), now=NOW)
    told = said(service, "agenda_published", asked, language)
    assert "Sogamoso" in told
    assert "{" not in told
    with database.transaction() as session:
        for state in (EventState.CLOSED, EventState.OVER):
            set_state(session, acting=found.rosa, event_id=found.id, state=state, now=NOW)
    assert "Encuentro de Bogotá" in said(service, "encounters_asked", asked, language)
    with database.transaction() as session:
        set_presence(
            session, acting=found.rosa, event_id=found.id, participant_id=town.id, presence=Presence.CANCELLED, now=NOW
        )
    assert said(service, "agenda_published", town.acting.account_id, language) == ""

"""Posts challenges and lets an alert look and write, until it is killed. Each start goes on where the last one was."""

import sys
from datetime import timedelta
from itertools import count

from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import OPERATOR, Role
from matchmaker.alerts.actions import keep_findings, look, save_alert
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.models import Alert
from matchmaker.challenges.models import Challenge
from matchmaker.matching.documents import all_ids, load_documents
from matchmaker.matching.ports import Subject
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import NOW, desk, saved_challenge, saved_profile, signed_in, taxonomy
from tests.fakes import InMemoryIndex

WANTED = "Buscar fugas de agua escondidas en la red"


def prepare(database: Database) -> None:
    """A city, a firm, and its alert."""
    with database.transaction() as session:
        saved_profile(session, acting=signed_in(session), kind="local_government", name="Ciudad")
        firm = signed_in(session, role=Role.SUPPLIER)
        supplier = saved_profile(session, acting=firm)
        draft = AlertDraft(name="Agua", text=WANTED)
        save_alert(session, desk=desk(), acting=firm, profile_id=supplier.id or 0, draft=draft)


def index_of(session: Session) -> InMemoryIndex:
    """An index of what the database says."""
    loaded = load_documents(session, subject=Subject.CHALLENGE, ids=all_ids(session, subject=Subject.CHALLENGE))
    return InMemoryIndex(tuple(loaded.values()))


def follow(database: Database, *, day: int) -> bool:
    """One round, as the service makes it: it looks without a lock and keeps what it found in one transaction."""
    now = NOW + timedelta(days=day)
    with database.reading() as session:
        number = session.exec(select(Alert.id)).one() or 0
        found = look(session, index=index_of(session), taxonomy=taxonomy(), alert_id=number, now=now)
    with database.transaction() as session:
        return keep_findings(session, alert_id=number, found=found or [], now=now)


def post(database: Database) -> None:
    """A challenge that the alert will find."""
    with database.transaction() as session:
        town = session.exec(select(Profile).order_by(col(Profile.id)).limit(1)).one()
        saved_challenge(session, acting=OPERATOR, owner=town, needs=[WANTED], description=f"{WANTED}.")


def work(database: Database) -> None:
    """Post and follow; after each round a dot is said."""
    with database.reading() as session:
        posted = session.exec(select(func.count(col(Challenge.id)))).one()
    for day in count(posted):
        post(database)
        sys.stdout.write(".")
        sys.stdout.flush()
        follow(database, day=day)


if __name__ == "__main__":
    work(Database(sys.argv[1]))

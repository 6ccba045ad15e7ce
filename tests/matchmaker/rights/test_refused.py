"""A refused import leaves nothing: neither challenges nor what the portal said of the supplier."""

from pathlib import Path

from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.models import Challenge, Need
from matchmaker.exchange.models import PortalFact
from matchmaker.membership.models import Invitation
from matchmaker.membership.states import Answer
from matchmaker.profiles.models import Profile
from matchmaker.profiles.refusals import refuse_imports
from matchmaker.rights.refused import erase_refused
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge
from tests.matchmaker.exchange.test_ocds import AWARD, CONTRACT, TENDER, bring_package, release

OTHER = {"id": "s2", "name": "Tubos del Sur", "identifier": {"scheme": "CO-NIT", "id": "901"}}
AWARDED = {"id": "b1", "title": "Tubos", "status": "active", "suppliers": [{"id": "s2"}]}
ALSO = release(
    "ocds-x-2", parties=[OTHER], awards=[AWARDED],
    contracts=[{"id": "c9", "awardID": "b1", "title": "Contrato de tubos", "status": "active"}],
)  # fmt: skip
FULL = release(tender=TENDER, awards=[AWARD], contracts=[CONTRACT])


def refused(session: Session) -> None:
    """The owner of the first supplier refuses, after it had posted a challenge."""
    profile = session.exec(select(Profile).where(col(Profile.name) == "Bombas del Valle")).one()
    saved_challenge(session, acting=OPERATOR, owner=profile, title="Bombas que fallan")
    session.add(
        Invitation(
            profile_id=profile.id or 0, address="", language="es", nonce="n", digest="d", send_at=NOW, expires_at=NOW,
            answer=Answer.REFUSED,
        )
    )  # fmt: skip
    refuse_imports(session, profile=profile, now=NOW)


def facts(session: Session) -> set[tuple[str, str]]:
    return {(row.kind, row.supplier or row.award) for row in session.exec(select(PortalFact)).all()}


def test_challenges_and_facts_of_who_refused_are_erased_and_those_of_others_stay(
    database: Database, tmp_path: Path
) -> None:
    bring_package(database, tmp_path, FULL, ALSO, source="portal")
    with database.transaction() as session:
        suppliers = {row.supplier for row in session.exec(select(PortalFact)).all() if row.supplier}
        refused(session)
        assert erase_refused(session, now=NOW) == 4  # a challenge, a supplier, an award, a contract
        assert erase_refused(session, now=NOW) == 0
        titles = set(session.exec(select(Challenge.title)).all())
        assert titles == {"Bombas de agua"}  # the tender of the town
        assert {need.challenge_id for need in session.exec(select(Need)).all()} <= set(
            session.exec(select(Challenge.id)).all()
        )
        left = facts(session)
        kept = suppliers & {name for _, name in left}
        assert len(kept) == 1
    bring_package(database, tmp_path, FULL, ALSO, source="portal")
    with database.transaction() as session:
        assert facts(session) == left
        assert erase_refused(session, now=NOW) == 0
        assert "Bombas del Valle" not in repr(session.exec(select(PortalFact)).all())

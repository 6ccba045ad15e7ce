"""Two people at the same instant, each in a transaction of their own."""

import threading
import time
from collections.abc import Callable

from sqlmodel import Session, select

from matchmaker.accounts.models import Role
from matchmaker.errors import DomainError
from matchmaker.membership.actions import begin_application
from matchmaker.membership.claim_secrets import secret_of
from matchmaker.membership.claiming import claim_profile, refuse_profile
from matchmaker.membership.deciding import decide
from matchmaker.membership.inviting import Wanted, preview_invitations, send_invitations
from matchmaker.membership.models import Application, Decision, Invitation, Standing
from matchmaker.membership.states import Outcome
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.store.database import Database
from tests.factories import desk, profile_draft, signed_in
from tests.matchmaker.membership.scenes import Scene

LONG_ENOUGH_TO_COLLIDE_SECONDS = 0.2


def at_once(database: Database, *acts: Callable[[Session], object]) -> list[str]:
    """Do all acts together; the codes of those that were refused."""
    refused: list[str] = []

    def run(act: Callable[[Session], object]) -> None:
        try:
            with database.transaction() as session:
                act(session)
                time.sleep(LONG_ENOUGH_TO_COLLIDE_SECONDS)
        except DomainError as error:
            refused.append(error.code)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_two_secretaries_decide_once(database: Database) -> None:
    with database.transaction() as session:
        scene = Scene(session)
        number = scene.submitted().id or 0
        people = [scene.secretary, signed_in(session, role=Role.SECRETARIAT, name="Inés")]
        office = scene.office
    refused = at_once(
        database,
        *(
            lambda session, acting=acting, outcome=outcome: decide(
                session, office=office, acting=acting, application_id=number, outcome=outcome, reason="Porque sí"
            )
            for acting, outcome in zip(people, Outcome, strict=True)
        ),
    )
    with database.reading() as session:
        made = session.exec(select(Decision)).one()
        state = session.exec(select(Application.state)).one()
        status = session.exec(select(Standing.status)).one()
        visibility = session.exec(select(Profile.visibility)).one()
    assert refused == ["application_state"]
    assert state == made.outcome
    assert (status, visibility) == (("active", "visible") if state == "admitted" else ("refused", "hidden"))


def test_an_agent_begins_one_application(database: Database) -> None:
    with database.transaction() as session:
        scene = Scene(session)
        office, acting, profile_id = scene.office, scene.applicant, scene.profile.id or 0

    def begin(session: Session) -> None:
        begin_application(session, office=office, acting=acting, profile_id=profile_id, words="")

    assert at_once(database, begin, begin, begin) == ["application_open"] * 2


def test_a_secret_is_used_once(database: Database) -> None:
    with database.transaction() as session:
        scene = Scene(session)
        office, secretary = scene.office, scene.secretary
        draft = profile_draft(external_id="s-1")
        import_profile(session, desk=desk(), source="fair", draft=draft, visibility=Visibility.UNCLAIMED)
        seen = preview_invitations(session, office=office, acting=secretary, wanted=Wanted())
        send_invitations(session, office=office, acting=secretary, wanted=Wanted(), digest=seen.digest)
        nonce = session.exec(select(Invitation.nonce)).one()
        owned = session.exec(select(Representation)).all()
    secret = secret_of(office.signing_key, nonce=nonce)
    refused = at_once(
        database,
        lambda session: refuse_profile(session, office=office, secret=secret),
        lambda session: claim_profile(session, office=office, desk=desk(), secret=secret, name="Ana", draft=None),
    )
    with database.reading() as session:
        answer = session.exec(select(Invitation.answer)).one()
        claimed = len(session.exec(select(Representation)).all()) - len(owned)
    assert refused == ["claim_not_valid"]
    assert claimed == (answer == "claimed")

"""Whether an introduction may be proposed: everything that is asked before one is begun."""

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import FullChallenge, get_challenge
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.introductions.keeping import is_blocked_by_procurement
from matchmaker.introductions.models import Proposer
from matchmaker.introductions.quotas import check_possible, check_quotas, check_rest
from matchmaker.introductions.terms import Office
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import profiles_spoken_for, speaks


def check_proposal(
    session: Session, *, office: Office, acting: Acting, challenge_id: int, profile_id: int, holds: bool = False
) -> tuple[int, Proposer]:
    """Whether an introduction could be proposed now: the owner's number, and who it would be that proposes.

    `holds` keeps the rows of both until the commit. Raises what `propose` raises.
    """
    full = get_challenge(session, acting=acting, challenge_id=challenge_id)
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    owner = _owner_of(session, acting=acting, full=full, profile=profile, holds=holds)
    proposed_by = _proposer(session, acting=acting, owner=owner, profile=profile)
    if is_blocked_by_procurement(challenge=full.challenge, kind=profile.kind, lists=office.lists):
        raise ConflictError("procurement_open")
    check_rest(session, challenge_id=challenge_id, profile_id=profile_id, by=proposed_by, office=office)
    if proposed_by is Proposer.PROFILE:
        check_quotas(session, owner=owner, profile=profile, office=office)
    check_possible(session, owner_id=owner.id or 0, profile_id=profile_id, office=office)
    if any(office.conflicts.are_apart(session, each, profile_id) for each in full.owners):
        raise ConflictError("introduction_not_possible")
    return owner.id or 0, proposed_by


def _owner_of(session: Session, *, acting: Acting, full: FullChallenge, profile: Profile, holds: bool) -> Profile:
    """The owner on whose behalf it is proposed, else the first.

    Both rows are held, where so asked, in order of number, so that two at once count each other.
    """
    challenge = full.challenge
    if challenge.is_reference or challenge.owner_id is None:
        raise ConflictError("reference_not_contacted", challenge_id=challenge.id)
    if profile.id in full.owners:
        raise ConflictError("introduction_with_oneself")
    spoken_for = profiles_spoken_for(session, acting=acting)
    owner_id = next((each for each in (challenge.owner_id, *full.co_owners) if each in spoken_for), challenge.owner_id)
    numbers = [owner_id, profile.id]
    statement = select(Profile).where(col(Profile.id).in_(numbers)).order_by(col(Profile.id))
    statement = statement.with_for_update() if holds else statement
    held = {row.id: row for row in session.exec(statement, execution_options={"populate_existing": True}).all()}
    if challenge.status != Status.OPEN:
        raise ConflictError("challenge_not_open", challenge_id=challenge.id)
    for row in held.values():
        if row.visibility != Visibility.VISIBLE:
            raise ConflictError("profile_not_shown", profile_id=row.id)
    return held[owner_id]


def _proposer(session: Session, *, acting: Acting, owner: Profile, profile: Profile) -> Proposer:
    if acting.is_secretariat:
        return Proposer.SECRETARIAT
    parts = {number: session.get(Representation, (acting.account_id, number)) for number in (owner.id, profile.id)}
    if all(parts.values()):
        raise ConflictError("introduction_with_oneself")
    for number, proposer in ((owner.id, Proposer.OWNER), (profile.id, Proposer.PROFILE)):
        found = parts[number]
        if found is not None and not speaks(found):
            raise NotAllowedError("only_representatives")
        if found is not None:
            return proposer
    raise NotAllowedError("not_your_introduction")

"""Several members have a challenge together: each by its own yes, and one at least as long as it exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.actions import own_row, touch
from matchmaker.challenges.models import Challenge, CoOwner
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import ConflictError, NotAllowedError, NotFoundError
from matchmaker.letters.actions import write_letter
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.profiles.speaking import speakers_of, speaks_for

ASKED = "challenge_owner_asked"


@dataclass(frozen=True)
class Owner:
    """A member that has a challenge, or is asked to."""

    profile: Profile
    has_joined: bool
    is_first: bool  # the one that answers for the challenge


def owners_of(session: Session, *, acting: Acting, challenge_id: int) -> list[Owner]:
    """Those who have a challenge in the order in which they came, then those who are asked.

    For its owners, for those asked and for the secretariat. Raises `challenge_unknown`, `not_your_challenge`.
    """
    challenge = get_challenge(session, acting=acting, challenge_id=challenge_id).challenge
    rows = session.exec(select(CoOwner).where(CoOwner.challenge_id == challenge_id)).all()
    numbers = [number for number in (challenge.owner_id, *(row.profile_id for row in rows)) if number]
    if not acting.is_secretariat and not any(represents(session, acting=acting, profile_id=each) for each in numbers):
        raise NotAllowedError("not_your_challenge", challenge_id=challenge_id)
    found = {row.id: row for row in session.exec(select(Profile).where(col(Profile.id).in_(numbers))).all()}
    first = [Owner(found[challenge.owner_id], has_joined=True, is_first=True)] if challenge.owner_id else []
    ordered = sorted(rows, key=lambda row: (row.joined_at is None, row.joined_at or row.asked_at, row.profile_id))
    return [*first, *(Owner(found[row.profile_id], row.joined_at is not None, is_first=False) for row in ordered)]


def ask_owner(session: Session, *, desk: Desk, acting: Acting, challenge_id: int, profile_id: int) -> None:
    """Ask a member to have a challenge together; twice is as once, and whoever speaks for it is written to.

    Raises `challenge_unknown`, `not_your_challenge`, `profile_unknown`, `profile_not_shown`, `owner_already`.
    """
    challenge = _held(session, acting=acting, challenge_id=challenge_id)
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    if profile.visibility != Visibility.VISIBLE:
        raise ConflictError("profile_not_shown", profile_id=profile_id)
    known = session.get(CoOwner, (challenge_id, profile_id))
    if challenge.owner_id == profile_id or (known is not None and known.joined_at is not None):
        raise ConflictError("owner_already", profile_id=profile_id)
    if known is not None:
        return
    session.add(CoOwner(challenge_id=challenge_id, profile_id=profile_id, asked_at=desk.now))
    session.flush()
    for account in speakers_of(session, profile_id=profile_id):
        write_letter(
            session, kind=ASKED, now=desk.now, account_id=account.id, subject_id=challenge_id,
            codes={"challenge_id": challenge_id, "profile_id": profile_id},
            key=f"{ASKED}:{challenge_id}:{profile_id}:{account.id}:{desk.now.date()}",
        )  # fmt: skip


def answer_as_owner(
    session: Session, *, desk: Desk, acting: Acting, challenge_id: int, profile_id: int, agrees: bool
) -> None:
    """Say for a member whether it will have a challenge together; only who speaks for it may.

    Raises `challenge_unknown`, `only_representatives`, `owner_not_asked`.
    """
    get_challenge(session, acting=acting, challenge_id=challenge_id)
    if not speaks_for(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("only_representatives")
    row = session.get(CoOwner, (challenge_id, profile_id))
    if row is None or (row.joined_at is not None and not agrees):
        raise NotFoundError("owner_not_asked", profile_id=profile_id)
    if not agrees:
        session.delete(row)
    elif row.joined_at is None:
        row.joined_at = desk.now
        session.add(row)
        touch(session, desk=desk, challenge=session.get_one(Challenge, challenge_id))
    session.flush()


def leave_challenge(session: Session, *, desk: Desk, acting: Acting, challenge_id: int, profile_id: int) -> None:
    """Let a member have a challenge no longer: by its own word, or before it answered by that of any owner.

    When the first leaves, who came next answers for the challenge.
    Raises `challenge_unknown`, `not_your_challenge`, `only_representatives`, `owner_not_asked`, `last_owner`.
    """
    challenge = _held(session, acting=acting, challenge_id=challenge_id)
    row = session.get(CoOwner, (challenge_id, profile_id))
    if row is None and challenge.owner_id != profile_id:
        raise NotFoundError("owner_not_asked", profile_id=profile_id)
    is_open_question = row is not None and row.joined_at is None
    if not is_open_question and not acting.is_secretariat and not speaks_for(
        session, acting=acting, profile_id=profile_id
    ):  # fmt: skip
        raise NotAllowedError("only_representatives")
    if row is None:
        pass_on(session, challenge=challenge)
    else:
        session.delete(row)
    touch(session, desk=desk, challenge=challenge)


def pass_on(session: Session, *, challenge: Challenge) -> None:
    """Let the one who came next answer for a challenge. Raises `last_owner` when there is nobody."""
    heir = _heirs(session, challenge_id=challenge.id or 0)
    if not heir:
        raise ConflictError("last_owner", challenge_id=challenge.id)
    challenge.owner_id = heir[0].profile_id
    session.delete(heir[0])
    session.add(challenge)
    session.flush()


def pass_on_all(session: Session, *, profile_id: int) -> None:
    """What a member that goes has together with others stays with them."""
    shared = select(CoOwner.challenge_id).where(col(CoOwner.joined_at).is_not(None))
    held = select(Challenge).where(Challenge.owner_id == profile_id, col(Challenge.id).in_(shared))
    for challenge in session.exec(held).all():
        pass_on(session, challenge=challenge)


def _heirs(session: Session, *, challenge_id: int) -> Sequence[CoOwner]:
    joined = select(CoOwner).where(CoOwner.challenge_id == challenge_id, col(CoOwner.joined_at).is_not(None))
    return session.exec(joined.order_by(col(CoOwner.joined_at), col(CoOwner.profile_id))).all()


def _held(session: Session, *, acting: Acting, challenge_id: int) -> Challenge:
    """A challenge of the account's own whose owners nobody else changes until the commit."""
    own_row(session, acting=acting, challenge_id=challenge_id)
    statement = select(Challenge).where(Challenge.id == challenge_id).with_for_update()
    return session.exec(statement, execution_options={"populate_existing": True}).one()

"""Owners answer an invitation: the profile is theirs, is theirs and corrected, or is to go away for good."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, OPERATOR, Account, Acting, Role
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.integrity.detection import detect_conflicts
from matchmaker.letters.actions import forget_letters
from matchmaker.letters.models import Letter, LetterState
from matchmaker.membership.actions import begin_application
from matchmaker.membership.claim_secrets import digest_of, is_signed
from matchmaker.membership.inviting import INVITATION
from matchmaker.membership.models import Application, Invitation
from matchmaker.membership.office import Office
from matchmaker.membership.rules import Admission, claimed_visibility
from matchmaker.membership.states import Answer, Sector
from matchmaker.profiles.actions import Desk, save_profile, set_visibility
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.profiles.queries import FullProfile, get_profile
from matchmaker.profiles.refusals import refuse_imports


@dataclass(frozen=True)
class Claimed:
    """A profile in its owner's hands; where admission is reviewed, with the application that is to be handed in."""

    profile: Profile
    account: Account
    application: Application | None


def open_claim(session: Session, *, office: Office, secret: str) -> tuple[Invitation, FullProfile]:
    """The invitation of a secret with what was imported; opening it changes nothing. Raises `claim_not_valid`."""
    invitation = _invitation(session, office=office, secret=secret)
    return invitation, get_profile(session, acting=OPERATOR, profile_id=invitation.profile_id)


def open_invitation(session: Session, *, office: Office, invitation_id: int) -> Invitation:
    """An invitation that can still be answered, for whoever writes its letter. Raises `claim_not_valid`."""
    return _checked(session, office=office, row=session.get(Invitation, invitation_id))


def claim_profile(
    session: Session, *, office: Office, desk: Desk, secret: str, name: str | None, draft: ProfileDraft | None
) -> Claimed:
    """Take a profile over, with corrections if there are any.

    The account is that of the address to which the letter went: nobody can name another one.
    Raises `claim_not_valid`, `account_ended`, and what `save_profile` raises.
    """
    invitation = _invitation(session, office=office, secret=secret)
    profile = session.get_one(Profile, invitation.profile_id)
    account = _account_of(session, office=office, invitation=invitation, name=name or profile.name, kind=profile.kind)
    acting = Acting(account_id=account.id, role=Role(account.role))
    session.add(Representation(account_id=account.id or 0, profile_id=invitation.profile_id))
    session.flush()
    if draft is not None:
        kept = draft if "email" in draft.model_fields_set else draft.model_copy(update={"email": profile.email})
        save_profile(session, desk=desk, acting=acting, profile_id=invitation.profile_id, draft=kept)
    set_visibility(session, profile=profile, visibility=claimed_visibility(office.admission), now=office.now)
    detect_conflicts(session, profile_id=invitation.profile_id, now=office.now)
    answer = Answer.CLAIMED if draft is None else Answer.CORRECTED
    _answer(session, office=office, acting=acting, invitation=invitation, answer=answer)
    application = None
    if office.admission is Admission.REVIEWED:
        application = begin_application(
            session, office=office, acting=acting, profile_id=invitation.profile_id, words=""
        )
    return Claimed(profile, account, application)


def refuse_profile(session: Session, *, office: Office, secret: str) -> None:
    """Erase an imported profile's words and keep later imports from bringing it back. Raises `claim_not_valid`."""
    _refuse(session, office=office, invitation=_invitation(session, office=office, secret=secret))


def refuse_invitation(session: Session, *, office: Office, invitation_id: int) -> None:
    """The same for who proved by a signed link of the letter to have it. Raises `claim_not_valid`."""
    row = session.get(Invitation, invitation_id, with_for_update=True)
    _refuse(session, office=office, invitation=_checked(session, office=office, row=row))


def _refuse(session: Session, *, office: Office, invitation: Invitation) -> None:
    refuse_imports(session, profile=session.get_one(Profile, invitation.profile_id), now=office.now)
    detect_conflicts(session, profile_id=invitation.profile_id, now=office.now)  # which forgets what it was known by
    invitation.address = ""
    _answer(session, office=office, acting=ANYONE, invitation=invitation, answer=Answer.REFUSED)
    forget_letters(session, kind=INVITATION, subject_id=invitation.id or 0)


def _invitation(session: Session, *, office: Office, secret: str) -> Invitation:
    """One error for all that is wrong with a secret, so that nobody learns what exists."""
    if not is_signed(office.signing_key, secret):
        raise NotFoundError("claim_not_valid")
    row = session.exec(select(Invitation).where(Invitation.digest == digest_of(secret)).with_for_update()).first()
    return _checked(session, office=office, row=row)


def _checked(session: Session, *, office: Office, row: Invitation | None) -> Invitation:
    if row is None or row.answered_at is not None or row.expires_at <= office.now:
        raise NotFoundError("claim_not_valid")
    if session.get_one(Profile, row.profile_id).visibility != Visibility.UNCLAIMED:
        raise NotFoundError("claim_not_valid")
    return row


def _account_of(session: Session, *, office: Office, invitation: Invitation, name: str, kind: str) -> Account:
    address = invitation.address.lower()
    known = session.exec(select(Account).where(Account.email == address)).first()
    if known is not None:
        if known.ended_at is not None:
            raise ConflictError("account_ended")
        return known
    is_public = office.charter.sectors.of_kind.get(kind) is Sector.PUBLIC_BODIES
    role = Role.CITY if is_public else Role.SUPPLIER
    account = Account(name=name, role=role, email=address, language=invitation.language, created_at=office.now)
    session.add(account)
    session.flush()
    return account


def _answer(session: Session, *, office: Office, acting: Acting, invitation: Invitation, answer: Answer) -> None:
    invitation.answer, invitation.answered_at = answer, office.now
    session.add(invitation)
    session.flush()
    session.exec(
        update(Letter)
        .where(
            col(Letter.kind) == INVITATION,
            col(Letter.subject_id) == invitation.id,
            col(Letter.state) == LetterState.WAITING,
        )
        .values(state=LetterState.CANCELLED)
    )
    office.note(
        session, acting=acting, act="invitation.answer", subject="profile", subject_id=invitation.profile_id,
        answer=answer,
    )  # fmt: skip

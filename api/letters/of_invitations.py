"""The letter to the owner of an imported profile: one text, whether it is previewed or sent."""

from datetime import datetime

from api.letters.asking import AnswerAsk, AnswerHandler, LetterAsk, Values, page_address
from matchmaker.accounts.models import Account
from matchmaker.errors import NotFoundError
from matchmaker.membership.claim_secrets import secret_of
from matchmaker.membership.claiming import open_invitation, refuse_invitation
from matchmaker.membership.inviting import INVITATION
from matchmaker.membership.models import Invitation
from matchmaker.membership.states import Answer
from matchmaker.profiles.models import Profile


def invitation_values(profile: Profile, *, inviter: Account | None, expires_at: datetime, link: str) -> Values:
    """What the sentences of an invitation name."""
    return {
        "link": link,
        "inviter": "" if inviter is None else inviter.name,
        "source": profile.source,
        "profile": profile.name,
        "expires": expires_at,
    }


def _invitation(ask: LetterAsk) -> Values | None:
    """Nothing once it was answered, has run out, or the profile is no longer to be claimed."""
    try:
        row = open_invitation(ask.session, office=ask.service.admission_office(), invitation_id=ask.letter.subject_id)
    except NotFoundError:
        return None
    secret = secret_of(ask.service.signing_key, nonce=row.nonce)
    return invitation_values(
        ask.session.get_one(Profile, row.profile_id),
        inviter=None if row.account_id is None else ask.session.get(Account, row.account_id),
        expires_at=row.expires_at,
        link=page_address(ask.service, row.language, f"claims/{secret}"),
    )


def _is_refused(ask: AnswerAsk) -> bool:
    row = ask.session.get(Invitation, ask.signed.subject_id)
    return row is not None and row.answer == Answer.REFUSED


def _describe(ask: AnswerAsk) -> Values:
    if _is_refused(ask):
        return {}
    office = ask.service.admission_office()
    row = open_invitation(ask.session, office=office, invitation_id=ask.signed.subject_id)
    return {"profile": ask.session.get_one(Profile, row.profile_id).name}


def _perform(ask: AnswerAsk) -> None:
    if not _is_refused(ask):
        office = ask.service.admission_office()
        refuse_invitation(ask.session, office=office, invitation_id=ask.signed.subject_id)


VALUES = {INVITATION: _invitation}
ANSWERS = {"invitation_refusal": AnswerHandler(_describe, _perform)}

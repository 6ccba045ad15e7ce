"""Letters that ask someone to act for a member, and that ask for a successor, with what waits for one."""

from dataclasses import asdict

from api.letters.asking import AnswerAsk, AnswerHandler, LetterAsk, Phrase, Values
from matchmaker.accounts.models import Account
from matchmaker.errors import NotFoundError
from matchmaker.people.joining import PERSON_INVITED, answer_invitation, open_invitation
from matchmaker.people.leaving import SILENT, silent_members
from matchmaker.people.models import InvitationState, PersonInvitation
from matchmaker.profiles.models import Part, Profile
from matchmaker.profiles.queries import represents
from matchmaker.rights.duties import duties_of_member


def _silent(ask: LetterAsk) -> Values | None:
    """For the secretariat and those who act for the member; nothing once somebody speaks for it again."""
    number = ask.letter.subject_id
    if not (ask.acting.is_secretariat or represents(ask.session, acting=ask.acting, profile_id=number)):
        return None
    member = next(iter(silent_members(ask.session, after=number - 1, limit=1)), None)
    if member is None or member.id != number:
        return None
    duties = asdict(duties_of_member(ask.session, profile_id=number))
    return {"link": ask.page(f"profiles/{number}"), "member": member.name, **duties}


ANSWERED = {"accept": InvitationState.ACCEPTED, "decline": InvitationState.DECLINED}


def _invited(ask: LetterAsk) -> Values | None:
    """Nothing once it was answered, withdrawn, or has run out."""
    try:
        row = open_invitation(ask.session, invitation_id=ask.letter.subject_id, now=ask.now)
    except NotFoundError:
        return None
    inviter = ask.session.get(Account, row.invited_by_id) if row.invited_by_id else None
    return {
        "member": ask.session.get_one(Profile, row.profile_id).name,
        "inviter": None if inviter is None else inviter.name,
        "part": Phrase("person_invited.speaks" if row.part == Part.REPRESENTATIVE else "person_invited.edits"),
        "expires": row.expires_at.astimezone(ask.reader.zone).date(),
        "link": ask.page("sign-in"),
    }


def _is_answered(ask: AnswerAsk) -> bool:
    """Whether this answer was given before: to give it twice is to give it once."""
    row = ask.session.get(PersonInvitation, ask.signed.subject_id)
    return row is not None and row.state == ANSWERED[ask.signed.answer]


def _describe(ask: AnswerAsk) -> Values:
    if _is_answered(ask):
        return {}
    row = open_invitation(ask.session, invitation_id=ask.signed.subject_id, now=ask.now)
    return {"member": ask.session.get_one(Profile, row.profile_id).name}


def _perform(ask: AnswerAsk) -> None:
    if not _is_answered(ask):
        answer = ANSWERED[ask.signed.answer]
        answer_invitation(ask.session, invitation_id=ask.signed.subject_id, answer=answer, now=ask.now)


VALUES = {SILENT: _silent, PERSON_INVITED: _invited}
ANSWERS = {"person_invitation": AnswerHandler(_describe, _perform)}

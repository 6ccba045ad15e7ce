"""The letter that asks a member to have a challenge together."""

from api.letters.asking import LetterAsk, Values
from matchmaker.challenges.owning import ASKED, owners_of
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import NotAllowedError, NotFoundError


def _asked(ask: LetterAsk) -> Values | None:
    """Nothing once the member has answered, or is asked no more."""
    number, member = ask.letter.subject_id, ask.letter.codes.get("profile_id")
    try:
        challenge = get_challenge(ask.session, acting=ask.acting, challenge_id=number).challenge
        owners = owners_of(ask.session, acting=ask.acting, challenge_id=number)
    except (NotAllowedError, NotFoundError):
        return None
    asked = next((each for each in owners if each.profile.id == member and not each.has_joined), None)
    if asked is None:
        return None
    first = next((each.profile.name for each in owners if each.is_first), "")
    return {
        "link": ask.page(f"challenges/{number}/owners"),
        "challenge": challenge.title,
        "owner": first,
        "member": asked.profile.name,
    }


VALUES = {ASKED: _asked}

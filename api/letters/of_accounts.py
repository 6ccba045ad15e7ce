"""Letters by which one comes in."""

from api.letters.asking import LetterAsk, Values
from matchmaker.accounts.signing_in import sign_in_secrets
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import represents


def _sign_in(ask: LetterAsk) -> Values | None:
    """Link and code, made now; nothing once the request was used or has run out."""
    service = ask.service
    found = sign_in_secrets(
        ask.session, ask.letter, key=service.signing_key, public_url=service.settings.public_url, now=ask.now
    )
    return None if found is None else {"link": found.link, "code": found.code}


def _invited(ask: LetterAsk) -> Values | None:
    """For a member: its name, as long as the account acts for it."""
    values = {"link": ask.page("sign-in")}
    if "part" not in ask.letter.codes:
        return values
    if not represents(ask.session, acting=ask.acting, profile_id=ask.letter.subject_id):
        return None
    return {**values, "member": ask.session.get_one(Profile, ask.letter.subject_id).name}


VALUES = {"sign_in": _sign_in, "account_invited": _invited}

"""The digest of an alert: what it found and the reader may still see, each with the sentence that shows it."""

from collections.abc import Iterable

from api.letters.asking import Item, LetterAsk, Values
from matchmaker.alerts.actions import DIGEST, ENDED
from matchmaker.alerts.queries import Found, findings_of_digest
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import represents


def _digest(ask: LetterAsk) -> Values | None:
    numbers = [int(number) for number in str(ask.letter.codes.get("challenge_ids") or "").split(",") if number]
    told = findings_of_digest(ask.session, alert_id=ask.letter.subject_id, challenge_ids=numbers)
    if told is None or not told[1] or told[0].account_id != ask.letter.account_id:
        return None
    alert, found = told
    return {"link": ask.page(f"alerts/{alert.id}"), "alert": alert.name, "evidence": list(_lines(ask, found))}


def _lines(ask: LetterAsk, found: Iterable[Found]) -> Iterable[Item]:
    for each in found:
        challenge = each.full.challenge
        said = [challenge.title, *(quoted.text for quoted in each.quoted[:1])]
        yield Item(" — ".join(said), ask.page(f"challenges/{challenge.id}"))


def _ended(ask: LetterAsk) -> Values | None:
    """To who left, and to who still speaks for the member."""
    number, has_left = ask.letter.subject_id, bool(ask.letter.codes.get("has_left"))
    member = ask.session.get(Profile, number)
    if member is None or not (has_left or represents(ask.session, acting=ask.acting, profile_id=number)):
        return None
    return {"link": ask.page("alerts"), "own_member" if has_left else "member": member.name}


VALUES = {DIGEST: _digest, ENDED: _ended}

"""The digest of an alert: what it found and the reader may still see, each with the sentence that shows it."""

from collections.abc import Iterable

from api.letters.asking import Item, LetterAsk, Values
from matchmaker.alerts.actions import DIGEST
from matchmaker.alerts.queries import Found, findings_of_digest


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


VALUES = {DIGEST: _digest}

"""Letters about rights over one's data, and what their links do."""

from babel import Locale

from api.letters.asking import AnswerAsk, AnswerHandler, LetterAsk, Phrase, Value, Values, ValuesOf
from matchmaker.errors import NotFoundError
from matchmaker.introductions.models import Disclosure
from matchmaker.profiles.models import Profile
from matchmaker.rights.following import of_the_letter, prove_identity
from matchmaker.rights.letters import Kind
from matchmaker.rights.models import Request, Right, State, Subject
from matchmaker.rights.requests import withdraw_request
from matchmaker.rights.rules import OPEN, may_follow


def _request(ask: LetterAsk) -> Request | None:
    return ask.session.get(Request, ask.letter.subject_id)


def _of(ask: LetterAsk, row: Request) -> Values:
    """What every letter on a request says: which right, of whom, under which law, until when."""
    profile = ask.session.get(Profile, row.subject_id) if row.subject == Subject.PROFILE else None
    law = ", ".join(part for part in (row.law, row.article) if part)
    countries = Locale.parse(ask.reader.language).territories
    values: dict[str, Value] = {
        "right": Phrase(f"word.right.{row.kind}"),
        "member": None if profile is None else profile.name,
        "law": law,
        "deadline": row.due_at.astimezone(ask.reader.zone).date(),
        "number": row.id,
        "country": countries.get(row.country),
    }
    return values


def _received(ask: LetterAsk) -> Values | None:
    """With what can still be undone, for an erasure."""
    row = _request(ask)
    if row is None or (row.state not in OPEN and row.state != State.DONE):
        return None
    erasing = Phrase("word.erasure_waits") if row.kind == Right.ERASE else None
    return {**_of(ask, row), "waits": erasing}


def _identity(ask: LetterAsk) -> Values | None:
    row = _request(ask)
    return None if row is None or row.state != State.IDENTITY_ASKED else {**_of(ask, row), "reason": row.answer}


def _extended(ask: LetterAsk) -> Values | None:
    row = _request(ask)
    return None if row is None or row.state != State.EXTENDED else {**_of(ask, row), "reason": row.answer}


def _held(ask: LetterAsk) -> Values | None:
    return {"cause": Phrase(f"word.hold.{ask.letter.codes.get('cause')}"), "until": ask.day("until")}


def _answered(ask: LetterAsk) -> Values | None:
    row = _request(ask)
    if row is None or row.state not in {State.DONE, State.REFUSED}:
        return None
    return {**_of(ask, row), "outcome": Phrase(f"word.request.{row.state}"), "answer": row.answer}


def _due(ask: LetterAsk) -> Values | None:
    """For the secretariat; nothing once it was answered."""
    row = _request(ask)
    if row is None or row.state not in OPEN:
        return None
    is_late = row.due_at < ask.now
    return {**_of(ask, row), "urgency": Phrase("word.request.late" if is_late else "word.request.soon")}


def _contact_changed(ask: LetterAsk) -> Values | None:
    """To who received a contact; whose it was is said only while it is not erased."""
    row = ask.session.get(Disclosure, ask.letter.subject_id)
    if row is None or row.to_account_id != ask.letter.account_id:
        return None
    day = row.disclosed_at.astimezone(ask.reader.zone).date()
    profile = ask.session.get(Profile, row.of_profile_id)
    if ask.letter.codes.get("is_erased") or profile is None:
        return {"erased_since": day}
    return {"member": profile.name, "corrected_since": day}


def _export_ready(ask: LetterAsk) -> Values | None:
    row = _request(ask)
    address = ask.service.settings.public_url.rstrip("/")
    if row is None:
        return {"link": f"{address}/v1/rights/export?subject=account&subject_id={ask.letter.account_id}"}
    return {**_of(ask, row), "link": f"{address}/v1/rights/export?subject={row.subject}&subject_id={row.subject_id}"}


def _erased(_ask: LetterAsk) -> Values | None:
    return {"kept": Phrase("word.kept_as_proof")}


VALUES: dict[str, ValuesOf] = {
    Kind.RECEIVED: _received,
    Kind.IDENTITY: _identity,
    Kind.EXTENDED: _extended,
    Kind.HELD: _held,
    Kind.ANSWERED: _answered,
    Kind.DUE: _due,
    Kind.CONTACT_CHANGED: _contact_changed,
    Kind.EXPORT_READY: _export_ready,
    Kind.ERASED: _erased,
}


def _asked(ask: AnswerAsk) -> Request:
    row = ask.session.get(Request, ask.signed.subject_id)
    if row is None:
        raise NotFoundError("request_unknown", request_id=ask.signed.subject_id)
    return row


def _describe(ask: AnswerAsk) -> Values:
    return {"right": Phrase(f"word.right.{_asked(ask).kind}")}


def _withdraw(ask: AnswerAsk) -> None:
    """Twice is as once."""
    row = _asked(ask)
    if row.state == State.WITHDRAWN or not may_follow(row.state, State.WITHDRAWN, kind=row.kind):
        return
    acting = of_the_letter(ask.session, request_id=row.id or 0, acting=ask.acting)
    withdraw_request(ask.session, office=ask.service.rights_office(), acting=acting, request_id=row.id or 0)


def _confirm(ask: AnswerAsk) -> None:
    acting = of_the_letter(ask.session, request_id=ask.signed.subject_id, acting=ask.acting)
    office = ask.service.rights_office()
    prove_identity(ask.session, office=office, acting=acting, request_id=ask.signed.subject_id)


ANSWERS = {
    "rights_withdrawal": AnswerHandler(_describe, _withdraw),
    "rights_identity": AnswerHandler(_describe, _confirm),
}

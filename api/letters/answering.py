"""An answer that came back by a link: told first, performed when it is confirmed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from api.letters.asking import AnswerAsk, AnswerHandler
from api.letters.concepts import all_handlers
from api.letters.links import SignedAnswer, read_answer
from api.letters.text import Speech
from api.wiring import Service
from matchmaker.accounts.models import ANYONE, Account, Acting, Role
from matchmaker.errors import NotFoundError
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.rules import Reader


@dataclass(frozen=True)
class AnswerTold:
    """What an answer would do (`is_done` false) or did, in a sentence."""

    kind: str
    answer: str
    subject_id: int
    expires_at: datetime
    is_done: bool
    sentence: str


def tell_answer(session: Session, service: Service, token: str, *, language: WorkingLanguage) -> AnswerTold:
    """What would be done; nothing is. Raises `answer_unknown`, `answer_expired`, and what the handler refuses."""
    ask, handler = _opened(session, service, token)
    return _told(ask, handler, language, is_done=False)


def perform_answer(session: Session, service: Service, token: str, *, language: WorkingLanguage) -> AnswerTold:
    """Do it. Raises as `tell_answer`."""
    ask, handler = _opened(session, service, token)
    told = _told(ask, handler, language, is_done=True)
    handler.perform(ask)
    return told


def _opened(session: Session, service: Service, token: str) -> tuple[AnswerAsk, AnswerHandler]:
    now = service.clock()
    signed = read_answer(service.signing_key, token, now=now)
    handler = all_handlers().get(signed.kind)
    if handler is None:
        raise NotFoundError("answer_unknown")
    return AnswerAsk(session, service, signed, _acting(session, signed), now), handler


def _acting(session: Session, signed: SignedAnswer) -> Acting:
    """The account as it is today, not as it was when the letter left."""
    if signed.account_id is None:
        return ANYONE
    account = session.get(Account, signed.account_id)
    if account is None or account.ended_at is not None:
        raise NotFoundError("answer_unknown")
    return Acting(account_id=account.id, role=Role(account.role))


def _told(ask: AnswerAsk, handler: AnswerHandler, language: WorkingLanguage, *, is_done: bool) -> AnswerTold:
    speech = Speech(language, Reader(address="", language=language))
    values, signed, part = handler.describe(ask), ask.signed, "done" if is_done else "ask"
    keys = (f"answer.{signed.kind}.{signed.answer}.{part}", f"answer.{signed.kind}.{part}")
    sentence = next((said for key in keys if (said := speech.line(key, values))), "")
    return AnswerTold(signed.kind, signed.answer, signed.subject_id, signed.expires_at, is_done, sentence)

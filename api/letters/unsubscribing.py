"""No more letters of a group, by one click (RFC 8058): voluntary ones only, whatever the link says."""

from collections.abc import Sequence

from api.letters.asking import AnswerAsk, AnswerHandler, Values
from api.letters.links import UNSUBSCRIBE_LIFE, sign_answer
from matchmaker.errors import NotFoundError
from matchmaker.letters.addresses import digest_of
from matchmaker.letters.habits import decline, unsubscribe
from matchmaker.letters.kinds import GROUPS, VOLUNTARY, Group
from matchmaker.letters.models import Letter
from matchmaker.letters.rules import Reader
from matchmaker.rights.actions import say
from matchmaker.rights.models import Channel

KIND = "unsubscribe"
JOINED = "-"


def unsubscribe_token(key: str, letters: Sequence[Letter], reader: Reader) -> str:
    """The token that ends the voluntary groups among these letters; empty when all of them are necessary."""
    groups = {GROUPS[letter.kind] for letter in letters if letter.kind in GROUPS}
    named = JOINED.join(group for group in VOLUNTARY if group in groups)
    if not named:
        return ""
    return sign_answer(
        key,
        kind=KIND,
        subject_id=0,
        answer=named,
        account_id=reader.account_id,
        reader="" if reader.account_id is not None else digest_of(reader.address),
        expires_at=letters[-1].created_at + UNSUBSCRIBE_LIFE,
    )


def _groups(ask: AnswerAsk) -> list[Group]:
    named = ask.signed.answer.split(JOINED)
    return [group for group in VOLUNTARY if group in named]


def _describe(ask: AnswerAsk) -> Values:
    if not _groups(ask):
        raise NotFoundError("answer_unknown")
    return {}


def _perform(ask: AnswerAsk) -> None:
    if ask.signed.account_id is None:
        decline(ask.session, digest=ask.signed.reader, now=ask.now)
    else:
        unsubscribe(ask.session, acting=ask.acting, groups=_groups(ask))
        _note_withdrawals(ask, _groups(ask))


def _note_withdrawals(ask: AnswerAsk, groups: Sequence[Group]) -> None:
    """In the ledger of consents: purposes whose letters all end by this click."""
    purposes = ask.service.purposes
    for purpose in purposes.purposes:
        ended = set(purpose.letters) & set(groups)
        if ended == set(purpose.letters) and ended:
            say(
                ask.session, acting=ask.acting, purposes=purposes, purpose=purpose.code, is_granted=False,
                channel=Channel.LETTER, now=ask.now,
            )  # fmt: skip


ANSWERS = {KIND: AnswerHandler(_describe, _perform)}

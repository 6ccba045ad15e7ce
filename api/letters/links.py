"""Answers as links: who answers what, and how, signed, and good until a day.

Whoever opens such a link is only told what would be done: programs that look for dangerous links open them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer

from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.languages import WorkingLanguage

ANSWER_LIFE = timedelta(days=30)
UNSUBSCRIBE_LIFE = timedelta(days=730)  # people unsubscribe from letters that they find in an old folder
SALT = "letters.answer"
Codes = Mapping[str, str | int | bool | None]


@dataclass(frozen=True)
class SignedAnswer:
    """Who says what to what. `reader`: digest of the address, for those without an account (`account_id` None).

    `codes` are those of the letter without which the answer would not be clear: for which side, after how many days.
    """

    kind: str
    subject_id: int
    answer: str
    account_id: int | None
    reader: str
    expires_at: datetime
    codes: Codes = field(default_factory=dict)


def sign_answer(
    key: str,
    *,
    kind: str,
    subject_id: int,
    answer: str,
    account_id: int | None,
    expires_at: datetime,
    reader: str = "",
    codes: Codes | None = None,
) -> str:
    """The token of an answer, for `/v1/answers/{token}`."""
    until = int(expires_at.timestamp())
    return _signer(key).dumps([kind, subject_id, answer, account_id, reader, until, dict(codes or {})])


def read_answer(key: str, token: str, *, now: datetime) -> SignedAnswer:
    """What a token says. Raises `answer_unknown`, `answer_expired`."""
    try:
        kind, subject_id, answer, account_id, reader, until, codes = _signer(key).loads(token)
    except (BadData, UnicodeError, ValueError) as error:
        raise NotFoundError("answer_unknown") from error
    signed = SignedAnswer(kind, subject_id, answer, account_id, reader, datetime.fromtimestamp(until, UTC), codes)
    if signed.expires_at <= now:
        raise ConflictError("answer_expired")
    return signed


def answer_page(public_url: str, language: WorkingLanguage, token: str) -> str:
    """Where a person confirms an answer."""
    return f"{public_url.rstrip('/')}/{language}/answers/{token}"


def answer_address(public_url: str, token: str) -> str:
    """Where a program performs an answer: mail programs unsubscribe by a POST here (RFC 8058)."""
    return f"{public_url.rstrip('/')}/v1/answers/{token}"


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=SALT, signer_kwargs={"key_derivation": "hmac", "digest_method": sha256})

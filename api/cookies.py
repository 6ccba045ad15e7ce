"""Cookies of a browser: the session of whoever is signed in, and the secret by which we know the browser again.

Both are secrets that scripts cannot read and other sites cannot send with a form; under https their names begin with
`__Host-`, so that no other host of the domain can set them.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from hmac import digest
from secrets import token_bytes

from fastapi import Request
from starlette.responses import Response

from api.settings import Settings
from matchmaker.accounts.rules import REQUEST_LIFE, SESSION_LIFE
from matchmaker.accounts.seals import is_same

CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
COOKIE_CHARACTERS = 100  # ours have 43
TOKEN_BYTES = 32  # of HMAC-SHA-256
OWN_PATH = re.compile(r"/[a-z]{2}/[a-z0-9/_-]*(\?[A-Za-z0-9_=&%.+-]*)?")  # of a page, with what it is asked for


@dataclass(frozen=True)
class Cookies:
    """The cookies of one address of the service."""

    is_secure: bool

    def session_of(self, request: Request) -> str:
        """The secret of the session that a browser sends, or nothing."""
        return self._read(request, "session")

    def browser_of(self, request: Request) -> str:
        """The secret by which we know the browser, or nothing."""
        return self._read(request, "browser")

    def keep_session(self, response: Response, secret: str) -> None:
        """Let the browser send this session from now on, and forget by which secret it asked."""
        self._write(response, "session", secret, SESSION_LIFE)
        self._drop(response, "browser")

    def keep_browser(self, response: Response, secret: str) -> None:
        """Let the browser be known again while a link is on its way."""
        self._write(response, "browser", secret, REQUEST_LIFE)

    def next_of(self, request: Request) -> str:
        """Where a browser wanted to go when it was asked to sign in: a path of ours, or nothing."""
        value = self._read(request, "next")
        return value if OWN_PATH.fullmatch(value) else ""

    def keep_next(self, response: Response, path: str) -> None:
        """Remember where a browser wants to go while a link is on its way."""
        if OWN_PATH.fullmatch(path) and len(path) <= COOKIE_CHARACTERS:
            self._write(response, "next", path, REQUEST_LIFE)

    def forget_next(self, response: Response) -> None:
        """Forget where a browser wanted to go."""
        self._drop(response, "next")

    def forget_session(self, response: Response) -> None:
        """Let the browser send no session any more."""
        self._drop(response, "session")

    def _read(self, request: Request, name: str) -> str:
        value = request.cookies.get(self._name(name), "")
        return value if len(value) <= COOKIE_CHARACTERS else ""

    def _write(self, response: Response, name: str, value: str, life: timedelta) -> None:
        response.set_cookie(
            self._name(name), value, max_age=int(life.total_seconds()), path="/", secure=self.is_secure, httponly=True,
            samesite="lax",
        )  # fmt: skip

    def _drop(self, response: Response, name: str) -> None:
        response.delete_cookie(self._name(name), path="/", secure=self.is_secure, httponly=True, samesite="lax")

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self.is_secure else name


def cookies_of(settings: Settings) -> Cookies:
    """The cookies of the address under which people reach the service."""
    return Cookies(is_secure=settings.public_url.startswith("https://"))


def csrf_token_of(session_secret: str) -> str:
    """What a page of ours says to act in a session: another site can read neither it nor the cookie behind it."""
    return urlsafe_b64encode(digest(session_secret.encode(), b"csrf", sha256)).decode().rstrip("=")


def is_csrf_token(sent: str, *, session_secret: str) -> bool:
    """Whether a request was made by a page of ours, with the token as it is or behind a mask."""
    return is_same(_unmasked(sent), csrf_token_of(session_secret))


def masked(token: str) -> str:
    """A token that is another text on each page: pages are compressed, and no guess of it shows in their length."""
    plain = urlsafe_b64decode(f"{token}=")
    mask = token_bytes(len(plain))
    return urlsafe_b64encode(mask + _mixed(mask, plain)).decode()


def _unmasked(sent: str) -> str:
    try:
        both = urlsafe_b64decode(sent.encode())
    except ValueError:
        return sent
    half = len(both) // 2
    return urlsafe_b64encode(_mixed(both[:half], both[half:])).decode().rstrip("=") if half == TOKEN_BYTES else sent


def _mixed(first: bytes, second: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(first, second, strict=True))


async def csrf_token_sent(request: Request) -> str:
    """The token in the header, or in the field of a form."""
    sent = request.headers.get(CSRF_HEADER, "")
    if sent or request.method in SAFE_METHODS or not request.cookies:
        return sent
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in FORMS:
        return ""
    field = (await request.form()).get(CSRF_FIELD, "")
    return field if isinstance(field, str) else ""

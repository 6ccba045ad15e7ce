"""Secrets that follow from a nonce and the server's key, and the digests under which secrets are kept.

A letter that waits keeps no secret: what it says is computed again when it leaves. Whoever reads the database alone, or
the key alone, learns none.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

SECRET_BYTES = 32
CODE_DIGITS = 8
"""Five tries at one of five open requests: one chance in four million."""


def new_secret() -> str:
    """256 random bits, as a cookie or an address can carry them."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """SHA-256 in hexadecimal, for secrets of 256 random bits; those need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(key: str, *, purpose: str, text: str) -> str:
    """HMAC-SHA-256 of a text for one purpose, in URL-safe base64. Without the key nobody can tell it from chance."""
    return urlsafe_b64encode(_hmac(key, purpose, text)).decode().rstrip("=")


def code_of(key: str, *, nonce: str) -> str:
    """The digits that someone types on another device."""
    number = int.from_bytes(_hmac(key, "sign-in code", nonce), "big") % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def is_same(first: str, second: str) -> bool:
    """Whether two texts are equal, found out in a time that does not tell where they differ."""
    return hmac.compare_digest(first.encode("utf-8", "surrogatepass"), second.encode("utf-8", "surrogatepass"))


def _hmac(key: str, purpose: str, text: str) -> bytes:
    message = f"{purpose}:{text}".encode("utf-8", "surrogatepass")
    return hmac.new(key.encode(), message, hashlib.sha256).digest()

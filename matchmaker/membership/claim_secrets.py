"""The secret in an invitation: made again when its letter leaves, so that the database keeps only a digest of it."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

NONCE_BYTES = 16


def new_nonce() -> str:
    """What makes one secret unlike all others; worth nothing without the key."""
    return secrets.token_urlsafe(NONCE_BYTES)


def secret_of(key: str, *, nonce: str) -> str:
    """The secret of an invitation: its nonce, signed."""
    signature = hmac.new(key.encode(), f"claim:{nonce}".encode(), hashlib.sha256).digest()
    return f"{nonce}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


def is_signed(key: str, secret: str) -> bool:
    """Whether we made this secret; takes the same time for every wrong one."""
    nonce = secret.partition(".")[0]
    return hmac.compare_digest(secret.encode(), secret_of(key, nonce=nonce).encode())


def digest_of(secret: str) -> str:
    """By which a secret is found again."""
    return hashlib.sha256(secret.encode()).hexdigest()

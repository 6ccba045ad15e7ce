"""A provider of OpenID Connect as a process of its own: `python openid_provider.py PORT`.

The provider itself does not look at PKCE. What stands before it here does: it remembers the challenge with which a code
was asked for, and refuses the code to whoever does not bring the verifier.
"""

import hashlib
import os
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

USERS: dict[str, dict[str, object]] = {
    "ana-1": {"email": "Ana@Sogamoso.example", "email_verified": True},
    "eva-1": {"email": "eva@sogamoso.example", "email_verified": False},
    "ivo-1": {"email": "nobody@sogamoso.example", "email_verified": True},
}


class WithPkce:
    """A provider behind a guard that insists on PKCE with S256 (RFC 7636)."""

    def __init__(self, provider: WSGIApplication) -> None:
        self._provider = provider
        self._challenges: dict[str, str] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/oauth2/authorize":
            return self._authorize(environ, start_response)
        if environ["PATH_INFO"] == "/oauth2/token" and not self._is_verified(environ):
            start_response("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']
        return self._provider(environ, start_response)

    def _authorize(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = parse_qs(environ.get("QUERY_STRING", ""))
        if asked.get("code_challenge_method") != ["S256"] or not asked.get("nonce") or not asked.get("state"):
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"PKCE, nonce and state are needed"]

        def noting(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            found = parse_qs(urlsplit(dict(headers).get("Location", "")).query)
            for code in found.get("code", []):
                self._challenges[code] = asked["code_challenge"][0]
            return start_response(status, headers, *more)

        return self._provider(environ, noting)

    def _is_verified(self, environ: WSGIEnvironment) -> bool:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        sent = parse_qs(body.decode())
        digest = hashlib.sha256(sent.get("code_verifier", [""])[0].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        return self._challenges.pop(sent.get("code", [""])[0], "") == challenge


if __name__ == "__main__":
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback has no certificate
    from oidc_provider_mock import User, app
    from werkzeug.serving import run_simple

    known = [User(sub=subject, claims=claims) for subject, claims in USERS.items()]
    run_simple("127.0.0.1", int(sys.argv[1]), WithPkce(app(require_nonce=True, user_claims=known)), threaded=True)

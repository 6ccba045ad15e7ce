"""OpenID Connect: authorisation code with PKCE, state and nonce, through Authlib."""

from typing import Any, cast

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry
from requests import RequestException

from api.settings import OpenIdProvider
from matchmaker.accounts.openid import Claims, Errand
from matchmaker.errors import ConflictError

ANSWER_SECONDS = 10.0  # that a provider may take
LEEWAY_SECONDS = 60  # between two clocks
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures of a provider's own key: never `none`, and none that is made with a secret that we share."""
DISCOVERY = "/.well-known/openid-configuration"


class OpenIdClient:
    """Speaks with one provider; `callback` is where it sends people back to."""

    def __init__(self, provider: OpenIdProvider, *, callback: str) -> None:
        self._provider = provider
        self._session = OAuth2Session(
            provider.client_id, provider.client_secret.get_secret_value() or None, scope="openid email profile",
            redirect_uri=callback, code_challenge_method="S256", default_timeout=ANSWER_SECONDS,
        )  # fmt: skip

    def address_for(self, errand: Errand) -> str:
        """Where to send a browser. Raises `openid_unreachable`."""
        try:
            address, _state = self._session.create_authorization_url(
                self._metadata()["authorization_endpoint"], state=errand.state, nonce=errand.nonce,
                code_verifier=errand.verifier,
            )  # fmt: skip
        except (RequestException, KeyError, ValueError) as error:
            raise ConflictError("openid_unreachable") from error
        return str(address)

    def claims_for(self, errand: Errand, *, code: str) -> Claims:
        """What the provider says of whoever came back with this code. Raises `openid_unreachable`, `openid_refused`."""
        try:
            metadata = self._metadata()
            token = self._session.fetch_token(
                metadata["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=errand.verifier
            )
            return self._claims(metadata, token, nonce=errand.nonce)
        except (OAuthError, JoseError, KeyError, ValueError, TypeError) as error:
            raise ConflictError("openid_refused") from error
        except RequestException as error:
            raise ConflictError("openid_unreachable") from error

    def _claims(self, metadata: dict[str, Any], token: dict[str, Any], *, nonce: str) -> Claims:
        keys = KeySet.import_key_set(cast("KeySetSerialization", self._get(metadata["jwks_uri"])))
        found = jwt.decode(token["id_token"], keys, registry=JWSRegistry(algorithms=ALGORITHMS))
        expected = {"iss": {"essential": True, "value": self._provider.issuer},
                    "aud": {"essential": True, "value": self._provider.client_id}}  # fmt: skip
        params = {"nonce": nonce, "client_id": self._provider.client_id, "access_token": token.get("access_token")}
        said = CodeIDToken(found.claims, found.header, expected, params)
        said.validate(leeway=LEEWAY_SECONDS)
        if "email" not in said and "userinfo_endpoint" in metadata:
            more = self._get(metadata["userinfo_endpoint"], withhold_token=False)
            said.update(more if more.get("sub") == said["sub"] else {})
        return Claims(
            issuer=str(said["iss"]), subject=str(said["sub"]), email=str(said.get("email") or ""),
            is_email_verified=said.get("email_verified") is True,
        )  # fmt: skip

    def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself. Raises KeyError when it says it is another."""
        found = self._get(self._provider.issuer.rstrip("/") + DISCOVERY)
        if found["issuer"] != self._provider.issuer:
            raise KeyError("issuer")
        return found

    def _get(self, address: str, *, withhold_token: bool = True) -> dict[str, Any]:
        response = self._session.get(address, withhold_token=withhold_token)
        response.raise_for_status()
        found: dict[str, Any] = response.json()
        return found

"""A mail server in a process of its own: keeps letters in a folder, refuses some addresses, is slow when asked to.

    python -m tests.smtp_server PORT FOLDER [starttls|tls CERTIFICATE]

With a certificate (and its key in the same file) it speaks to nobody in the open, and only to `USER` with `PASSWORD`.

Each letter is a file `<count>.eml` whose first line is `X-Taken-For: address`. Addresses beginning with `nobody` do not
exist, those with `later` are put off, and letters to those with `slow` are acknowledged after a while.
"""

import asyncio
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "cartas", "vinagre-14"
SLOW_SECONDS = 0.05


class Keeper:
    """Keeps what is taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("later"):
            return "450 4.2.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        name = f"{len(list(self._folder.glob('*.eml'))):05d}.eml"
        taken = f"X-Taken-For: {envelope.rcpt_tos[0]}\r\n".encode() + envelope.content
        self._folder.joinpath(name).write_bytes(taken)
        if envelope.rcpt_tos[0].startswith("slow"):
            await asyncio.sleep(SLOW_SECONDS)  # a sender may be killed when the letter is already here
        return "250 Taken"


def main(port: int, folder: Path, security: str = "", certificate: str = "") -> None:
    """Serve until the process ends."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    options = protected(security, certificate) if security else {}
    controller = UnthreadedController(Keeper(folder), hostname="127.0.0.1", port=port, loop=loop, **options)
    controller.begin()  # type: ignore[no-untyped-call]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    loop.run_forever()


def protected(security: str, certificate: str) -> dict[str, Any]:
    """What makes it ask for encryption and a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    asks = {"authenticator": known, "auth_required": True}
    if security == "tls":
        return {"ssl_context": context, "auth_require_tls": False, **asks}
    return {"tls_context": context, "require_starttls": True, **asks}


def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """Whether somebody is who they say."""
    is_known = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])

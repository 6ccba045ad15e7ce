"""Pages leave compressed, so that they are light on a telephone; the API and files have their own ways.

A page may hold a secret beside what somebody typed. The length of what is sent must not tell whether the two are alike
(BREACH): other sites cannot make a browser send its session along, and the name in the header of each compressed page,
which browsers skip, has a random length (Paredes and others, "Heal the Breach", 2022).
"""

import gzip
import secrets
from io import BytesIO

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEVEL = 5  # of nine: the next ones take twice as long for one hundredth less
MOST_PADDING_BYTES = 100
LEAST_BYTES = 1_000  # below, nothing is gained
MEDIA_TYPE = "text/html"


class PackedPages:
    """ASGI middleware: whole pages are compressed for browsers that say that they take it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None

        async def send_packed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_page(message):
                begun = message  # until it is known how long the page is
                return
            if begun is not None:
                await send(_packed(begun, message))
                begun = None
            await send(message)

        await self._app(scope, receive, send_packed)


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith(MEDIA_TYPE) and "content-encoding" not in headers


def _packed(start: Message, page: Message) -> Message:
    """The start of the answer, once its page is compressed; a page that comes in parts stays as it is."""
    headers = MutableHeaders(raw=start["headers"])
    headers.add_vary_header("Accept-Encoding")
    if len(page["body"]) >= LEAST_BYTES and not page.get("more_body"):
        page["body"] = packed(page["body"])
        headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(page["body"]))
    return start


def packed(content: bytes) -> bytes:
    """A page compressed, behind a name of random length."""
    into = BytesIO()
    name = "p" * secrets.randbelow(MOST_PADDING_BYTES + 1)
    with gzip.GzipFile(name, "wb", LEVEL, into, mtime=0) as file:
        file.write(content)
    return into.getvalue()

"""Answers: JSON with a strong ETag, pages of a list, and the preconditions of RFC 9110."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from matchmaker.errors import DomainError

OK, CREATED, NO_CONTENT, NOT_MODIFIED = 200, 201, 204, 304
MEDIA_TYPE = "application/json"
KEPT = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language, Authorization, Cookie"}
NEVER_KEPT = {"Cache-Control": "no-store"}
ETAG_BYTES = 16

Item = TypeVar("Item")


class StaleError(DomainError):
    """What the caller read before is no longer what stands there."""


def etag_of(body: BaseModel) -> str:
    """A strong ETag: equal for equal bytes, and for no others."""
    return _tag(_bytes(body))


def read_answer(request: Request, body: BaseModel, *, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a read: 304 when the caller's copy is still right."""
    return file_answer(request, _bytes(body), MEDIA_TYPE, headers=headers)


def file_answer(
    request: Request, content: bytes, media_type: str, *, headers: Mapping[str, str] | None = None
) -> Response:
    """As `read_answer`, for what is not JSON."""
    kept = {**KEPT, **(headers or {}), "ETag": _tag(content)}
    if _is_named(request, content):
        return Response(status_code=NOT_MODIFIED, headers=kept)
    return Response(content, OK, kept, media_type)


def is_unchanged(request: Request, body: BaseModel) -> bool:
    """Whether `If-None-Match` names this very answer (compared weakly, RFC 9110, 13.1.2)."""
    return _is_named(request, _bytes(body))


def gone_answer() -> Response:
    """The answer to a removal: nothing is left to say."""
    return Response(status_code=NO_CONTENT, headers=NEVER_KEPT)


def saved_answer(body: BaseModel, *, location: str | None = None) -> Response:
    """The answer to a save: what was saved, with the ETag that the next save may name; 201 where it is new."""
    headers = {**KEPT, "ETag": etag_of(body)} | ({} if location is None else {"Location": location})
    return Response(_bytes(body), OK if location is None else CREATED, headers, MEDIA_TYPE)


def tried_answer(body: BaseModel) -> Response:
    """The answer to what is not saved: nobody between us and the caller may keep it either."""
    return Response(_bytes(body), OK, NEVER_KEPT, MEDIA_TYPE)


def check_fresh(request: Request, current: Iterable[BaseModel]) -> None:
    """Raise `stale` unless `If-Match` is absent or names one of `current`: the same thing in each language."""
    header = request.headers.get("if-match")
    if header is None:
        return
    named = _tags(header)
    if "*" not in named and not named & {etag_of(body) for body in current}:
        raise StaleError("stale")


def page_of(
    request: Request, found: Sequence[Item], *, limit: int, numbers: Sequence[int]
) -> tuple[list[Item], dict[str, str]]:
    """The first `limit` of `found` (asked for one more), and the Link to the rest. `numbers` are those of `found`."""
    if len(found) <= limit:
        return list(found), {}
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in {"after", "limit"}]
    query = urlencode([*kept, ("after", numbers[limit - 1]), ("limit", limit)])
    return list(found[:limit]), {"Link": f'<{request.scope["path"]}?{query}>; rel="next"'}


def _is_named(request: Request, content: bytes) -> bool:
    named = _tags(request.headers.get("if-none-match", ""))
    return _tag(content) in {tag.removeprefix("W/") for tag in named} or "*" in named


def _tag(content: bytes) -> str:
    return f'"{hashlib.blake2b(content, digest_size=ETAG_BYTES).hexdigest()}"'


def _tags(header: str) -> set[str]:
    return {tag.strip() for tag in header.split(",")}


def _bytes(body: BaseModel) -> bytes:
    return body.model_dump_json().encode()

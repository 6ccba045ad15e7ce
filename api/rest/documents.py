"""What OpenAPI says of all answers, and the kinds of routes that share it."""

from collections.abc import Mapping
from typing import Any

Responses = dict[int | str, dict[str, Any]]

PROBLEM_REFERENCE = "#/components/schemas/Problem"
PROBLEM_EXAMPLE = {
    "type": "/problems/profile_unknown",
    "title": "No existe ese perfil",
    "status": 404,
    "detail": "No hay ningún perfil con el número 7, o usted no puede verlo. Revise el número o busque en la lista.",
    "instance": "/v1/profiles/7",
    "code": "profile_unknown",
    "values": {"profile_id": 7},
}
_PROBLEM_CONTENT = {
    "application/problem+json": {"schema": {"$ref": PROBLEM_REFERENCE}, "example": PROBLEM_EXAMPLE},
}
_TAG = {"schema": {"type": "string"}, "description": "a strong validator"}
REFUSALS: Responses = {
    "4XX": {"description": "Refused: the problem document says what to do", "content": _PROBLEM_CONTENT},
    "5XX": {"description": "Our fault: the problem document says when to try again", "content": _PROBLEM_CONTENT},
}
READ: Responses = {
    200: {"description": "Found", "headers": {"ETag": _TAG}},
    304: {"description": "The copy that `If-None-Match` names is still right"},
}
LISTED: Responses = {
    **READ,
    200: {
        "description": "A page",
        "headers": {
            "ETag": _TAG,
            "Link": {"schema": {"type": "string"}, "description": "the next page as rel=next, when there is one"},
        },
    },
}
SAVED: Responses = {200: {"description": "Saved", "headers": {"ETag": _TAG}}}
CREATED: Responses = {
    201: {"description": "Saved", "headers": {"ETag": _TAG, "Location": {"schema": {"type": "string"}}}}
}
GONE: Responses = {204: {"description": "Removed"}}
TRIED: Responses = {200: {"description": "Nothing of it was kept"}}
PARAMETER_FRESH = {"name": "If-Match", "in": "header", "schema": {"type": "string"}, "description": "412 when stale"}
PARAMETER_COPY = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "304 when right",
}
PARAMETER_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "schema": {"type": "string"},
    "description": "es, pt or en: the language of warnings and problems",
}


def with_headers(document: dict[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """An OpenAPI document with the schemas of problems, and the request headers that every route understands."""
    document.setdefault("components", {}).setdefault("schemas", {}).update(schemas)
    for operations in document["paths"].values():
        for method, operation in operations.items():
            more = {"get": [PARAMETER_COPY], "put": [PARAMETER_FRESH]}.get(method, [])
            operation.setdefault("parameters", []).extend([PARAMETER_LANGUAGE, *more])
    return document

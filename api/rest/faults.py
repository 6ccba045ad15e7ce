"""Problem documents (RFC 9457), and what is wrong in an input, place by place."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from api.i18n import words
from matchmaker.languages import WorkingLanguage
from matchmaker.publishing.models import Trial
from matchmaker.publishing.rules import pointer


class Fault(BaseModel):
    """One thing wrong in the input: where (a JSON pointer into the body, or the name of a parameter), what to do."""

    pointer: str | None = None
    parameter: str | None = None
    code: str
    detail: str


class Problem(BaseModel):
    """A problem document."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    values: dict[str, Any]
    errors: list[Fault] | None = None


def faults_of(found: Sequence[Mapping[str, Any]], body: object, language: WorkingLanguage) -> list[Fault]:
    """The framework's list of errors in our words, each place and code once."""
    faults = {}
    for error in found:
        code, values = _code(error), error.get("ctx", {})
        detail = words(language, f"field.{code}", values) or words(language, "field.invalid", values)
        source, *path = error["loc"]
        place = (
            {"pointer": _pointer(path, body)} if source == "body" else {"parameter": str(path[0] if path else source)}
        )
        faults[(*place.items(), code)] = Fault(code=code, detail=detail, **place)
    return list(faults.values())


def faults_of_trial(trial: Trial, language: WorkingLanguage) -> list[Fault]:
    """What stands against a version of the alliance's lists, in our words."""
    return [
        Fault(
            pointer=f"#{pointer(each.place)}",
            code=each.code,
            detail=words(language, f"field.{each.code}", each.values) or words(language, "field.invalid", each.values),
        )
        for each in trial.faults
    ]


def _code(error: Mapping[str, Any]) -> str:
    """The library's code, told apart for texts: it calls a long text and a long list alike."""
    code = str(error["type"])
    if code == "string_unicode":
        return "lone_surrogate"
    return f"string_{code}" if code in {"too_long", "too_short"} and isinstance(error.get("input"), str) else code


def fault_of_field(values: Mapping[str, Any], *, code: str, detail: str) -> list[Fault] | None:
    """The field that the domain refused, when it names one."""
    return [Fault(pointer=f"#/{values['field']}", code=code, detail=detail)] if "field" in values else None


def _pointer(path: Sequence[str | int], body: object) -> str:
    """A JSON pointer (RFC 6901) as far as the body goes: the library's path also names the types that it tried."""
    pointer = "#"
    for number, part in enumerate(path):
        is_there = isinstance(body, dict) and (part in body or number == len(path) - 1)
        if not is_there and not (isinstance(body, list) and isinstance(part, int)):
            break
        pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
        body = _inside(body, part)
    return pointer


def _inside(body: object, part: str | int) -> object:
    if isinstance(body, dict):
        return body.get(part)
    return body[part] if isinstance(body, list) and isinstance(part, int) and part < len(body) else None

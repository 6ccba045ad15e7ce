"""What people typed into a form, read by the domain's own draft; what is wrong comes back beside its field."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from api.web.frames import Asked
from api.web.typed import Typed, Wrong

Draft = TypeVar("Draft", bound=BaseModel)
UNPROCESSABLE = 422
TOLD_BY_CODE = {
    "string_too_long", "too_long", "nul_character", "lone_surrogate", "reason_missing", "nothing_to_share",
    "time_zone_unknown", "ends_before_it_starts", "days_out_of_order", "table_twice", "too_many_slots",
    "dates_out_of_order",
}  # fmt: skip
"""What the sentence of the error tells best; everything else is told by what the field asks for."""


async def texts_sent(request: Request) -> dict[str, str]:
    """The fields of a form whose names depend on what it is about: the columns of a file, the criteria in force."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(texts_sent)]


def understood(asked: Asked, draft: type[Draft], values: Mapping[str, Any]) -> tuple[Draft | None, Typed]:
    """A draft, or nothing; and what was typed, with what is wrong in it."""
    try:
        return draft.model_validate(dict(values)), Typed(values)
    except ValidationError as refusal:
        found: dict[str, Wrong] = {}
        for error in refusal.errors(include_input=False, include_url=False):
            name = str(error["loc"][0]) if error["loc"] else next(iter(values))
            found.setdefault(name, Wrong(name, _sentence(asked, name, error["type"], error.get("ctx", {}))))
        return None, Typed(values, tuple(found.values()))


def refused(values: Mapping[str, Any], *, field: str, sentence: str) -> Typed:
    """What was typed, with what the domain says of a field."""
    return Typed(values, (Wrong(field, sentence),))


def _sentence(asked: Asked, name: str, code: str, values: Mapping[str, Any]) -> str:
    by_code = asked.say(f"field.{code}", dict(values)) if code in TOLD_BY_CODE else ""
    return asked.say(f"form.{code}") or by_code or asked.say(f"form.{name}") or asked.say("form.invalid")

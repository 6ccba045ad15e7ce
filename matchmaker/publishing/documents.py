"""The form of each list: what a document must hold, in three languages, and where it does not."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from matchmaker.membership.states import Sector
from matchmaker.publishing.models import Document, Fault
from matchmaker.taxonomy.models import AllianceList
from matchmaker.texts import NAME_CHARACTERS, Words, tidy

CODE_CHARACTERS = 40
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
VERSION = re.compile(r"\d{4}\.[1-9]\d{0,2}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_ENTRIES = 200
HIGHEST_WEIGHT, HIGHEST_SCORE, LONGEST_GRACE_DAYS = 1_000, 100, 365
SHOWN_CHARACTERS = 80  # of what stands at the place of a fault
MARKS = {"kinds": AllianceList.TAXONOMY, "areas": AllianceList.TAXONOMY, "principles": AllianceList.TAXONOMY,
         "criteria": AllianceList.CRITERIA, "articles": AllianceList.CODE}  # fmt: skip
"""By what a document is known: the lists within it."""


def _is_code(text: str) -> str:
    if len(text) > CODE_CHARACTERS or not CODE.fullmatch(text):
        raise PydanticCustomError("code_form", "not a code")
    return text


def _is_version(text: str) -> str:
    if not VERSION.fullmatch(text):
        raise PydanticCustomError("version_form", "not a version")
    return text


def _is_day(text: str) -> str:
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "").isoformat()
    except ValueError:
        raise PydanticCustomError("date_parsing", "not a day") from None


Code = Annotated[str, BeforeValidator(tidy), AfterValidator(_is_code)]
Version = Annotated[str, BeforeValidator(tidy), AfterValidator(_is_version)]
Day = Annotated[str, BeforeValidator(tidy), AfterValidator(_is_day)]
Named = Annotated[Words, StringConstraints(max_length=NAME_CHARACTERS)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Names(_Form):
    es: Named
    pt: Named
    en: Named


class _Texts(_Form):
    es: Words
    pt: Words
    en: Words


class _Entry(_Form):
    code: Code
    name: _Names
    description: _Texts


class _Kind(_Entry):
    plural: _Names
    sector: Annotated[Sector, Field(strict=False)] | None = None  # needed of a kind that no sector has yet


class _Area(_Entry):
    sub_areas: list[_Entry] = Field(default_factory=list, max_length=MOST_ENTRIES)


class _Criterion(_Entry):
    weight: int = Field(ge=1, le=HIGHEST_WEIGHT)


class _Article(_Form):
    code: Code
    title: _Names
    text: _Texts


class _Version(_Form):
    version: Version
    provisional: bool
    source: _Texts


class _Taxonomy(_Version):
    kinds: list[_Kind] = Field(min_length=1, max_length=MOST_ENTRIES)
    areas: list[_Area] = Field(min_length=1, max_length=MOST_ENTRIES)
    principles: list[_Entry] = Field(min_length=1, max_length=MOST_ENTRIES)


class _Criteria(_Version):
    lowest: int = Field(ge=0, le=HIGHEST_SCORE)
    highest: int = Field(ge=0, le=HIGHEST_SCORE)
    criteria: list[_Criterion] = Field(min_length=1, max_length=MOST_ENTRIES)


class _CodeOfEthics(_Version):
    in_force_from: Day
    grace_days: int = Field(ge=1, le=LONGEST_GRACE_DAYS)
    title: _Names
    preamble: _Texts
    articles: list[_Article] = Field(min_length=1, max_length=MOST_ENTRIES)


FORMS: Mapping[AllianceList, type[_Version]] = {
    AllianceList.TAXONOMY: _Taxonomy,
    AllianceList.CRITERIA: _Criteria,
    AllianceList.CODE: _CodeOfEthics,
}


def read_json(content: bytes) -> Document | Fault:
    """The object in a file, or what stands against reading it."""
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except json.JSONDecodeError as wrong:
        return Fault((), "not_json", {"line": wrong.lineno, "column": wrong.colno})
    except (ValueError, RecursionError):  # another encoding, a number that is none, brackets without end
        return Fault((), "not_json", {"line": 1, "column": 1})
    return found if isinstance(found, dict) else Fault((), "list_unknown")


def written(document: Document) -> str:
    """A document as the file that is downloaded and changed."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def list_of(document: Document) -> AllianceList | None:
    """Which list a document is of, by what it holds."""
    return next((found for mark, found in MARKS.items() if mark in document), None)


def in_form(of: AllianceList, document: Document) -> tuple[Document, tuple[Fault, ...]]:
    """A document with its texts in order; as it was, with what is wrong in its form, when something is."""
    try:
        return FORMS[of].model_validate(document).model_dump(mode="json", exclude_unset=True), ()
    except ValidationError as refusal:
        return document, tuple(_fault(error) for error in refusal.errors(include_url=False))


def _fault(error: Mapping[str, Any]) -> Fault:
    values = {name: value for name, value in error.get("ctx", {}).items() if isinstance(value, (str, int))}
    found = "" if error["type"] == "missing" else _shown(error.get("input"))
    return Fault(tuple(_readable(part) for part in error["loc"]), _code(error), values, found)


def _code(error: Mapping[str, Any]) -> str:
    """The library's code, told apart for texts: it calls a long text and a long list alike."""
    code = str(error["type"])
    if code == "string_unicode":
        return "lone_surrogate"
    return f"string_{code}" if code in {"too_long", "too_short"} and isinstance(error["input"], str) else code


def _shown(found: object) -> str:
    text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str)
    return str(_readable(text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"))


def _readable(part: str | int) -> str | int:
    """With a question mark for what no text can hold, such as half a character."""
    return part if isinstance(part, int) else part.replace("\x00", "?").encode("utf-8", "replace").decode()


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)

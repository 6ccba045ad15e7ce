"""What callers send about accounts: who they are, whom they invite, what a token may do."""

from typing import Annotated, Literal

from fastapi import Body
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.rest.examples import example
from matchmaker.accounts.models import Role, Scope
from matchmaker.accounts.seals import CODE_DIGITS
from matchmaker.languages import WorkingLanguage
from matchmaker.profiles.models import Part
from matchmaker.texts import EmailAddress, Line, Name

LONGEST_DAYS = 3_650
MemberRole = Literal[Role.CITY, Role.SUPPLIER]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Asking(_Input):
    """Who asks to sign in. With `name`, an address that has no account yet gets one by the first sign-in."""

    email: EmailAddress
    language: WorkingLanguage | None = None
    name: Name | None = None
    role: MemberRole = Role.SUPPLIER


class TypedCode(_Input):
    """The digits of a letter, with the address that it went to."""

    email: EmailAddress
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=rf"^[0-9 ]{{1,{2 * CODE_DIGITS}}}$")]


class OpenedLink(_Input):
    """The last part of a link."""

    secret: Line


class NewPerson(_Input):
    """Someone who is to act for a member."""

    email: EmailAddress
    name: Name
    language: WorkingLanguage | None = None
    part: Part = Part.EDITOR


class NewSuccessor(_Input):
    """Who speaks for a member from now on."""

    email: EmailAddress
    name: Name
    language: WorkingLanguage | None = None


class NewAppointment(_Input):
    """Someone who gets a role of the alliance."""

    email: EmailAddress
    name: Name
    language: WorkingLanguage | None = None
    role: Role


class NewRole(_Input):
    """What an account is for from now on."""

    role: Role


class NewToken(_Input):
    """A key for a program; it expires after `days`, or never."""

    label: Name
    scopes: list[Scope] = Field(default=[Scope.READ], min_length=1, max_length=len(Scope))
    days: int | None = Field(default=None, ge=1, le=LONGEST_DAYS)


_ANA = {"email": "ana@sogamoso.example", "name": "Ana Prieto"}
AskingBody = Annotated[Asking, Body(openapi_examples=example("Someone who reads Spanish", {"email": _ANA["email"]}))]
CodeBody = Annotated[
    TypedCode, Body(openapi_examples=example("As the letter has it", {"email": _ANA["email"], "code": "0417 2290"}))
]
LinkBody = Annotated[
    OpenedLink,
    Body(openapi_examples=example("As the link has it", {"secret": "3vQm0nTgk1rJZ2y7h8bE5wXcPdLsUoAiNfVxKqGtRjM"})),
]
PersonBody = Annotated[NewPerson, Body(openapi_examples=example("An editor", {**_ANA, "part": "editor"}))]
SuccessorBody = Annotated[NewSuccessor, Body(openapi_examples=example("A successor", _ANA))]
AppointmentBody = Annotated[
    NewAppointment, Body(openapi_examples=example("Of the secretariat", {**_ANA, "role": "secretariat"}))
]
RoleBody = Annotated[NewRole, Body(openapi_examples=example("Of the committee", {"role": "committee"}))]
TokenBody = Annotated[
    NewToken,
    Body(openapi_examples=example("A key to read", {"label": "Tablero municipal", "scopes": ["read"], "days": 90})),
]

"""Applications as answers."""

from datetime import datetime

from pydantic import BaseModel
from sqlmodel import Session

from api.rest.shapes import ProfileShape, profile_shape
from matchmaker.languages import WorkingLanguage
from matchmaker.membership.models import Application
from matchmaker.membership.office import Office
from matchmaker.membership.queries import FullApplication, load_application


class ApplicationLine(BaseModel):
    """An application in a list; how it is decided was fixed when it was handed in."""

    id: int
    profile_id: int
    state: str
    criteria_version: str
    has_assessors: bool
    has_committee: bool
    created_at: datetime
    submitted_at: datetime | None
    changed_at: datetime


class ApplicationsShape(BaseModel):
    """A page of applications, by number."""

    applications: list[ApplicationLine]


class DecisionShape(BaseModel):
    """What was decided in a round, by which body, and why."""

    round: str
    outcome: str
    body: str
    reason: str
    decided_at: datetime


class AppealShape(BaseModel):
    """Why a refusal should be looked at again."""

    words: str
    made_at: datetime


class ApplicationShape(ApplicationLine):
    """A whole application with its applicant; a refusal can be appealed against until `appeal_until`."""

    words: str
    profile: ProfileShape
    decisions: list[DecisionShape]
    appeal: AppealShape | None
    appeal_until: datetime | None


def application_shape(full: FullApplication, language: WorkingLanguage) -> ApplicationShape:
    """A whole application as an answer."""
    line = ApplicationLine.model_validate(full.application, from_attributes=True)
    return ApplicationShape(
        **line.model_dump(),
        words=full.application.words,
        profile=profile_shape(full.profile, language),
        decisions=[DecisionShape.model_validate(made, from_attributes=True) for made in full.decisions],
        appeal=AppealShape.model_validate(full.appeal, from_attributes=True) if full.appeal else None,
        appeal_until=full.appeal_until,
    )


def loaded_shape(session: Session, office: Office, row: Application, language: WorkingLanguage) -> ApplicationShape:
    """A row as an answer."""
    return application_shape(load_application(session, office=office, row=row), language)

"""What people send: interests, conflicts, reports of a breach."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from matchmaker.integrity.models import Nature
from matchmaker.texts import Line, Name, Words

LARGEST_NUMBER = 2_147_483_647  # of a row: PostgreSQL's integer
INTERESTS_AT_MOST = 100


class _Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")


class InterestDraft(_Draft):
    """A tie to a profile of the service, or to someone who is not in it and is named freely: one of the two."""

    nature: Nature
    with_profile_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    with_name: Name | None = None
    since: date | None = None
    until: date | None = None


class ConflictDraft(_Draft):
    """A conflict between the declaring side and another profile, and the last day on which it holds, if known."""

    with_profile_id: int = Field(ge=1, le=LARGEST_NUMBER)
    nature: Nature
    until: date | None = None


class IncidentDraft(_Draft):
    """A report that a member has broken an article of the code in force."""

    about_id: int = Field(ge=1, le=LARGEST_NUMBER)
    article: Line
    text: Words
    is_protected: bool = False

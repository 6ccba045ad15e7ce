"""What people write when they use a right."""

from pydantic import BaseModel, ConfigDict, Field

from matchmaker.rights.models import Right, Subject
from matchmaker.texts import CountryCode, Text

LARGEST_NUMBER = 2_147_483_647  # of a row: PostgreSQL's integer


class RequestDraft(BaseModel):
    """A request as it is typed. `country` is where the person is, when it is not that of the member."""

    model_config = ConfigDict(extra="forbid")

    right: Right
    subject: Subject
    subject_id: int = Field(ge=1, le=LARGEST_NUMBER)
    words: Text = ""
    country: CountryCode | None = None
    showing_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER, description="the list to be reviewed")

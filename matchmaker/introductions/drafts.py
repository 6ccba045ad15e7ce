"""What people say of introductions, before it becomes rows."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from matchmaker.introductions.models import Outcome, Word
from matchmaker.lessons.drafts import LessonWords
from matchmaker.texts import Line, Text, Words

LARGEST_ROW = 2_147_483_647  # PostgreSQL's integer
ASKS_AT_MOST = 1_000  # a week; more is the same as no limit


class _Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProposalDraft(_Draft):
    """Two who should meet. The challenge's owner is the one; `profile_id` names the other."""

    challenge_id: int = Field(ge=1, le=LARGEST_ROW)
    profile_id: int = Field(ge=1, le=LARGEST_ROW)
    message: Words
    showing_id: int | None = Field(
        default=None, ge=1, le=LARGEST_ROW, description="the list that showed the match; the newest when left out"
    )


class AnswerDraft(_Draft):
    """Yes, not now, or no. A no names a reason of the list, which the other side never sees."""

    answer: Word = Field(json_schema_extra={"enum": [Word.YES, Word.NOT_NOW, Word.NO]})
    reason: Line = ""
    words: Text = ""
    shares_words: bool = Field(default=False, description="the other side may read `words`, and learns of the no now")

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.answer not in {Word.YES, Word.NOT_NOW, Word.NO}:
            raise PydanticCustomError("enum", "none of the answers", {"expected": "'yes', 'not_now' or 'no'"})
        if self.answer is Word.NO and not self.reason:
            raise PydanticCustomError("reason_missing", "a no names a reason")
        if self.shares_words and not (self.answer is Word.NO and self.words):
            raise PydanticCustomError("nothing_to_share", "only the words of a no are shared")
        return self


class OutcomeDraft(_Draft):
    """What came of it by a day after contacts opened."""

    days: int = Field(ge=1, le=LARGEST_ROW, description="30, 90 or 180", examples=[30])
    outcome: Outcome


class OutcomeLessonDraft(LessonWords):
    """What a side learned, in its own words; challenge and partner are those of the introduction."""

    names_partner: bool = Field(default=False, description="ask the other side whether it may be named")


class PolicyDraft(_Draft):
    """Who may propose themselves, and how many in any seven days together. No kinds: nobody."""

    kinds: list[Line] = Field(max_length=20)
    per_week: int = Field(ge=0, le=ASKS_AT_MOST)
    takes_none: bool = Field(default=False, description="no introductions from anyone for now; others are not told")

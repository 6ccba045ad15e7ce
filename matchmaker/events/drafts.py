"""What people say of events and of taking part, before it becomes rows."""

from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from matchmaker.events.models import AgendaSight, Degree
from matchmaker.introductions.models import Outcome
from matchmaker.letters.zones import is_time_zone
from matchmaker.places.drafts import LARGEST_NUMBER
from matchmaker.texts import CountryCode, EmailAddress, LanguageCode, Line, Name, Text, tidy

DAYS_AT_MOST, TABLES_AT_MOST, SLOTS_AT_MOST = 7, 500, 200
BUSY_AT_MOST, WISHES_AT_MOST = 50, 300
MEETINGS_AT_MOST = 100  # of one participant
FIRST_MOMENT, LAST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
CSV_CHARACTERS = 200_000

Code = Annotated[str, BeforeValidator(tidy), StringConstraints(max_length=60)]
Moment = Annotated[AwareDatetime, Field(ge=FIRST_MOMENT, le=LAST_MOMENT)]
Day = Annotated[date, Field(ge=FIRST_MOMENT.date(), le=LAST_MOMENT.date())]
Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
Count = Annotated[int, Field(ge=0, le=MEETINGS_AT_MOST)]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class _Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SpanDraft(_Draft):
    """From when to when of a day, on the clock of the place."""

    starts: ClockTime
    ends: ClockTime

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.starts >= self.ends:
            raise PydanticCustomError("ends_before_it_starts", "the end comes before the beginning")
        return self


class DayDraft(SpanDraft):
    """A day: `breaks` are for nobody's meetings; of each of `keeps_free` everyone has at least one slot free."""

    on: Day
    breaks: list[SpanDraft] = Field(default_factory=list, max_length=20)
    keeps_free: list[SpanDraft] = Field(default_factory=list, max_length=5)


class TableDraft(_Draft):
    """A table by what stands on its sign, its room, and the zone (interpretation, accessible …) it is in, if any."""

    id: Annotated[Code, StringConstraints(min_length=1)]
    room: Line = ""
    zone: Code = ""


class PolicyDraft(_Draft):
    """What agendas of an event promise and weigh. Floors are meetings that are guaranteed."""

    city_floor: Count = 4
    small_city_floor: Count = Field(default=4, description="of places below 50,000 inhabitants")
    small_supplier_floor: Count = Field(default=1, description="of entrepreneurs and experts")
    most_meetings: Count = 12
    most_in_row: Annotated[int, Field(ge=1, le=MEETINGS_AT_MOST)] | None = 4
    exposure: float = Field(default=0.002, ge=0, le=1, allow_inf_nan=False)
    includes_suggestions: bool = Field(default=False, description="of the matcher, in drafts only, until both agree")
    seed: int = Field(default=0, ge=0, le=LARGEST_NUMBER)
    seconds: float | None = Field(default=None, ge=1, le=600, allow_inf_nan=False)


class EventDraft(_Draft):
    """An event as the secretariat writes it."""

    name: Name
    description: Text = ""
    venue: Line = ""
    city: Line = ""
    country: CountryCode | None = None
    time_zone: Line
    languages: list[LanguageCode] = Field(default_factory=list, max_length=20)
    slot_minutes: int = Field(ge=5, le=240)
    pause_minutes: int = Field(default=0, ge=0, le=120)
    days: list[DayDraft] = Field(min_length=1, max_length=DAYS_AT_MOST)
    tables: list[TableDraft] = Field(min_length=1, max_length=TABLES_AT_MOST)
    policy: PolicyDraft = Field(default_factory=PolicyDraft)
    opens_at: Moment
    closes_at: Moment
    agenda_sight: AgendaSight = AgendaSight.OWN

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not is_time_zone(self.time_zone):
            raise PydanticCustomError("time_zone_unknown", "no time zone has this name")
        if self.opens_at >= self.closes_at:
            raise PydanticCustomError("ends_before_it_starts", "the end comes before the beginning")
        if any(one.on >= other.on for one, other in pairwise(self.days)):
            raise PydanticCustomError("days_out_of_order", "days come in order, each once")
        if len({table.id for table in self.tables}) < len(self.tables):
            raise PydanticCustomError("table_twice", "two tables have the same sign")
        if sum(_minutes(day) // (self.slot_minutes + self.pause_minutes) + 1 for day in self.days) > SLOTS_AT_MOST:
            raise PydanticCustomError("too_many_slots", "more slots than an agenda may have")
        return self


def _minutes(day: DayDraft) -> int:
    start, end = (time.fromisoformat(moment) for moment in (day.starts, day.ends))
    return (end.hour - start.hour) * 60 + end.minute - start.minute


class BusyDraft(_Draft):
    """When a participant is taken, and by what: a panel, a visit, rest."""

    starts_at: Moment
    ends_at: Moment
    why: Line = ""


class TakingPart(_Draft):
    """What a participant says of taking part."""

    name: Line = ""
    email: EmailAddress | None = None
    companions: list[Line] = Field(default_factory=list, max_length=20)
    arrives_at: Moment | None = None
    leaves_at: Moment | None = None
    busy: list[BusyDraft] = Field(default_factory=list, max_length=BUSY_AT_MOST)
    most_meetings: Count | None = None
    is_remote: bool = False
    remote_link: Annotated[Line, StringConstraints(pattern=r"^(https://\S+)?$")] = ""
    time_zone: Line = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.time_zone and not is_time_zone(self.time_zone):
            raise PydanticCustomError("time_zone_unknown", "no time zone has this name")
        return self


class ParticipantDraft(TakingPart):
    """A participant as the secretariat writes it: what it says itself, and what only the secretariat may say."""

    least_meetings: Count | None = None
    most_in_row: Annotated[int, Field(ge=1, le=MEETINGS_AT_MOST)] | None = None
    zone: Code = ""
    sponsor: Line = ""

    def by_itself(self) -> TakingPart:
        """The part of it that a participant may say."""
        return TakingPart(**self.model_dump(include=set(TakingPart.model_fields)))


class WishDraft(_Draft):
    """Whom one must, would like to, or will not meet."""

    profile_id: Number
    degree: Degree


class GroupDraft(_Draft):
    """Three to five who meet on a topic; `fit` counts as that of so many pairs."""

    topic: Name
    participant_ids: list[Number] = Field(min_length=3, max_length=5)
    fit: float = Field(default=1.5, ge=0, le=5, allow_inf_nan=False)


class EncounterDraft(_Draft):
    """Whether they met, and what came of it so far."""

    has_met: bool
    outcome: Outcome | None = None

"""What is printed and fed: plain values, filled by whoever reads the event."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.languages import WorkingLanguage


@dataclass(frozen=True)
class Gathering:
    """The event as its papers name it. `zone` is an IANA name; `host` the service's, for identifiers that stay."""

    number: int
    name: str
    venue: str
    city: str
    zone: str
    host: str


@dataclass(frozen=True)
class Reason:
    """A need beside the sentence that answers it, verbatim, each in its own language; `said_by` is whose sentence."""

    need: str
    need_language: str
    quotation: str
    quotation_language: str
    said_by: str


@dataclass(frozen=True)
class Other:
    """Who sits across: the member, the people who come for it, the languages that it works in."""

    member: str
    people: tuple[str, ...] = ()
    place: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """One meeting of one participant. `revision` is the edition in which it last changed, at `changed_at`."""

    key: str
    start: datetime
    end: datetime
    table: str
    changed_at: datetime
    zone: str = ""  # the part of the hall in which the table stands
    room: str = ""
    link: str = ""  # for who takes part from afar
    topic: str = ""
    others: tuple[Other, ...] = ()
    reasons: tuple[Reason, ...] = ()
    revision: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True)
class PersonalAgenda:
    """What one participant has before them, in the order of the clock. `languages` are those of its own member."""

    gathering: Gathering
    participant: int
    person: str
    member: str
    language: WorkingLanguage
    meetings: tuple[Meeting, ...]
    languages: tuple[str, ...] = ()
    address: str = ""  # of the page that shows it, to be scanned
    own_zone: str = ""  # of whoever is elsewhere, an IANA name

    @property
    def held(self) -> tuple[Meeting, ...]:
        """Those that take place, by time."""
        return tuple(sorted((each for each in self.meetings if not each.is_cancelled), key=lambda each: each.start))

    def shared(self, other: Other) -> tuple[str, ...]:
        """The languages in common with someone across the table."""
        return tuple(code for code in self.languages if code in other.languages)


@dataclass(frozen=True)
class Badge:
    """One person's badge; `address` is what its code leads to. A sponsor is named as such."""

    person: str
    member: str
    place: str
    languages: tuple[str, ...]
    address: str
    sponsor: str = ""


@dataclass(frozen=True)
class Sitting:
    """One line of a table sign: when, and who sits there."""

    start: datetime
    end: datetime
    members: tuple[str, ...]


@dataclass(frozen=True)
class TableSign:
    """What stands on a table."""

    table: str
    zone: str
    room: str
    sittings: tuple[Sitting, ...]
    address: str

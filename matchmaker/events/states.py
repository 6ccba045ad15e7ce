"""The codes in which events, registrations and agendas are told."""

from enum import StrEnum


class EventState(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"  # only the secretariat sees it
    OPEN = "open"  # members register and say whom they would like to meet
    CLOSED = "closed"  # registration is over; the agenda is being made, or held
    OVER = "over"
    CANCELLED = "cancelled"


class AgendaSight(StrEnum):
    """Who reads the whole published agenda; one's own is always read."""

    OWN = "own"
    PARTICIPANTS = "participants"
    EVERYONE = "everyone"


class Presence(StrEnum):
    """Whether someone who is registered comes."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    ABSENT = "absent"  # did not come: its meetings are free for others
    CANCELLED = "cancelled"


class Arrival(StrEnum):
    """How someone came to be registered."""

    ITSELF = "itself"
    SECRETARIAT = "secretariat"
    TICKET = "ticket"
    WALK_IN = "walk_in"


class Degree(StrEnum):
    """How much someone would like a meeting."""

    MUST = "must"
    WOULD_LIKE = "would_like"
    NO = "no"


class RunState(StrEnum):
    """What became of a search for an agenda."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"  # its process gave no sign of life; told by the clock, never stored


class RulingKind(StrEnum):
    """What the secretariat has laid down for every agenda to come."""

    PIN = "pin"
    FORBID = "forbid"
    ADD = "add"
    REMOVE = "remove"


class Source(StrEnum):
    """Where the idea of a meeting comes from."""

    INTRODUCTION = "introduction"
    WISH = "wish"
    SUGGESTION = "suggestion"
    GROUP = "group"
    ADDED = "added"

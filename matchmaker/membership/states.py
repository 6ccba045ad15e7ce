"""The words in which membership says how things stand."""

from enum import StrEnum


class ApplicationState(StrEnum):
    """Where an application stands. `rules.APPLICATION_MOVES` says how it goes from one to the next."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_ASSESSMENT = "in_assessment"
    ADMITTED = "admitted"
    REFUSED = "refused"
    APPEALED = "appealed"
    REFUSED_FINALLY = "refused_finally"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What a decision says, and what a vote is for."""

    ADMITTED = "admitted"
    REFUSED = "refused"


class Round(StrEnum):
    """The first decision, and the one on the appeal against it."""

    FIRST = "first"
    APPEAL = "appeal"


class Body(StrEnum):
    """Who decided."""

    SECRETARIAT = "secretariat"
    COMMITTEE = "committee"


class Status(StrEnum):
    """How an agent stands with the alliance once it was admitted, or held back."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Sector(StrEnum):
    """The four sectors that the founding text gives seats to."""

    PUBLIC_BODIES = "public_bodies"
    FIRMS = "firms"
    UNIVERSITIES = "universities"
    CIVIL_SOCIETY = "civil_society"


class CommitteeKind(StrEnum):
    """The committee that founds the alliance, and the body that its first assembly puts in its place."""

    FOUNDING = "founding"
    GOVERNANCE = "governance"


class Answer(StrEnum):
    """What an owner says of an imported profile."""

    CLAIMED = "claimed"
    CORRECTED = "corrected"
    REFUSED = "refused"

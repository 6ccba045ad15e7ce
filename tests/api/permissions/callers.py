"""Who asks: everyone that the table of permissions and the table of private words speak of."""

from enum import StrEnum

from matchmaker.accounts.models import Role


class Caller(StrEnum):
    """Someone in the world of these tests, by what it is to the city whose data most lines are about."""

    ANONYMOUS = "anonymous"
    REPRESENTATIVE = "representative"  # speaks for the city
    EDITOR = "editor"  # writes the city's words
    COUNTERPART = "counterpart"  # speaks for the firm on the other side of introductions and mentoring
    STRANGER = "stranger"  # speaks for a member that has to do with none of these
    ASSESSOR = "assessor"  # assesses some applications
    COMMITTEE = "committee"  # sits in the committee in force
    SECRETARIAT = "secretariat"
    ADMINISTRATOR = "administrator"
    SUSPENDED = "suspended"  # speaks for a suspended member
    APPLICANT = "applicant"  # speaks for agents that are not admitted


Audience = frozenset[Caller]

ROLES = {
    Caller.REPRESENTATIVE: Role.CITY,
    Caller.EDITOR: Role.CITY,
    Caller.COUNTERPART: Role.SUPPLIER,
    Caller.STRANGER: Role.SUPPLIER,
    Caller.ASSESSOR: Role.SUPPLIER,
    Caller.COMMITTEE: Role.COMMITTEE,
    Caller.SECRETARIAT: Role.SECRETARIAT,
    Caller.ADMINISTRATOR: Role.ADMINISTRATOR,
    Caller.SUSPENDED: Role.SUPPLIER,
    Caller.APPLICANT: Role.SUPPLIER,
}

EVERYONE: Audience = frozenset(Caller)
SIGNED_IN = EVERYONE - {Caller.ANONYMOUS}
NOBODY: Audience = frozenset()
SPEAKER: Audience = frozenset({Caller.REPRESENTATIVE})
EDITOR: Audience = frozenset({Caller.EDITOR})
OWN = SPEAKER | EDITOR
COUNTERPART: Audience = frozenset({Caller.COUNTERPART})
SIDES = SPEAKER | COUNTERPART
STRANGER: Audience = frozenset({Caller.STRANGER})
ASSESSOR: Audience = frozenset({Caller.ASSESSOR})
COMMITTEE: Audience = frozenset({Caller.COMMITTEE})
SECRETARIAT: Audience = frozenset({Caller.SECRETARIAT})
ADMINISTRATOR: Audience = frozenset({Caller.ADMINISTRATOR})
POWER = SECRETARIAT | ADMINISTRATOR
OFFICE = POWER | COMMITTEE
SUSPENDED: Audience = frozenset({Caller.SUSPENDED})
APPLICANT: Audience = frozenset({Caller.APPLICANT})

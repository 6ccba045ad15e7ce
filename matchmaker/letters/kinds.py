"""Kinds of letters, and which of them a reader may do without.

A group is what a reader switches off as a whole. What has to be known, because a right, a consent or a decision hangs
on it, is in a group that cannot be.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

DIGEST = "digest"
"""The kind of a letter into which others were gathered."""


class Group(StrEnum):
    """What is switched on and off together."""

    ACCESS = "access"  # how one comes in
    CONSENT = "consent"  # contacts opened, answers given in one's name
    DECISIONS = "decisions"  # on an application, on conflicts, on a declaration that runs out
    RIGHTS = "rights"  # over one's own data
    PROPOSALS = "proposals"  # of introductions and mentoring, and what became of them
    REMINDERS = "reminders"
    ALERTS = "alerts"
    INVITATIONS = "invitations"  # to people who have no account


NECESSARY = frozenset({Group.ACCESS, Group.CONSENT, Group.DECISIONS, Group.RIGHTS})
VOLUNTARY = tuple(group for group in Group if group not in NECESSARY)
OF_ACCOUNTS = tuple(group for group in VOLUNTARY if group is not Group.INVITATIONS)
"""What an account may switch off; invitations go to addresses without one."""

_KINDS = {
    Group.ACCESS: ("sign_in", "account_invited", "person_invited"),
    Group.CONSENT: (
        "introduction_answered_both_yes", "introduction_recorded_by_phone", "contacts_closed", "mentoring_agreed",
    ),
    Group.DECISIONS: (
        "application_received", "application_decided", "application_assigned", "conflict_declared",
        "code_of_ethics_renewal", "declaration_renewal", "member_silent", "assembly_due",
        "agenda_published", "agenda_changed",
    ),
    Group.RIGHTS: (
        "data_export_ready", "erasure_done", "rights_received", "rights_identity_asked", "rights_extended",
        "rights_held", "rights_answered", "rights_due", "rights_member_alone", "rights_contact_changed",
    ),
    Group.PROPOSALS: (
        "introduction_proposed", "introduction_question", "introduction_expired", "introduction_closed",
        "mentoring_proposed", "mentoring_declined", "lesson_names_you",
        "challenge_owner_asked", "meetings_offered",
    ),
    Group.REMINDERS: (
        "introduction_reminder", "meeting_met_question", "outcome_question", "lesson_asked", "mentoring_reminder",
        "mentoring_result_asked", "encounters_asked",
    ),
    Group.ALERTS: ("alert_digest",),
    Group.INVITATIONS: ("invitation_to_claim",),
}  # fmt: skip
GROUPS: Mapping[str, Group] = MappingProxyType({kind: group for group, kinds in _KINDS.items() for kind in kinds})
"""The group of every kind that may be written. `digest` has none: it has those of the letters in it."""


def is_voluntary(kind: str) -> bool:
    """Whether a reader may do without letters of this kind."""
    return kind in GROUPS and GROUPS[kind] not in NECESSARY

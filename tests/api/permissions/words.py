"""Every private value carries a word of its own; here stands who may read it. Whoever else reads it found a leak."""

from tests.api.permissions.callers import (
    ADMINISTRATOR,
    APPLICANT,
    ASSESSOR,
    COMMITTEE,
    COUNTERPART,
    EDITOR,
    EVERYONE,
    NOBODY,
    OFFICE,
    OWN,
    POWER,
    SECRETARIAT,
    SPEAKER,
    STRANGER,
    SUSPENDED,
    Audience,
)

JUDGES = ASSESSOR | COMMITTEE | POWER
MARK = "zq"

MAY_READ: dict[str, Audience] = {
    # contacts: opened by both sides, once
    "city mail": COUNTERPART,
    "firm mail": SPEAKER,
    "stranger mail": NOBODY,
    "applicant mail": NOBODY,
    "suspended mail": NOBODY,
    "representative mail": OWN | COUNTERPART | POWER,  # itself, its member's people, who appoints, whom it met
    "counterpart mail": COUNTERPART | SPEAKER | POWER,
    "stranger account mail": STRANGER | POWER,
    "applicant account mail": APPLICANT | POWER,
    # what is never shown
    "registration": NOBODY,
    "street": NOBODY,
    "invited mail": NOBODY,
    # introductions and mentoring
    "message": OWN | COUNTERPART | SECRETARIAT,
    "question": OWN | COUNTERPART | SECRETARIAT,
    "words of a no": COUNTERPART | SECRETARIAT,
    "words of a recorded no": COUNTERPART | SECRETARIAT,
    "mentoring message": OWN | COUNTERPART | SECRETARIAT,
    "untold mentoring": OWN | SECRETARIAT,  # the mentor is not told while a conflict waits
    # admission
    "draft application": APPLICANT | POWER,
    "words of application": APPLICANT | JUDGES,
    "reason of score": JUDGES,
    "reason of vote": COMMITTEE | SECRETARIAT,  # who ends the vote reads it as the reason of the decision
    "reason of decision": APPLICANT | POWER,
    "words of appeal": APPLICANT | POWER,
    "reason of suspension": SUSPENDED | POWER,
    "reason of process": EVERYONE,
    # integrity
    "interest": SPEAKER | OFFICE,
    "reason of conflict": OFFICE,
    "report": STRANGER | OFFICE,
    "reason of step": STRANGER | COUNTERPART | OFFICE,
    "reporter": STRANGER | COMMITTEE | ADMINISTRATOR | SECRETARIAT,
    # who and what is not shown
    "applicant name": APPLICANT | POWER,
    "assessed name": APPLICANT | JUDGES,
    "suspended name": SUSPENDED | POWER,
    "suspended lesson": SUSPENDED | SECRETARIAT,
    "suspended challenge": SUSPENDED | SECRETARIAT,
    "suspended offer": SUSPENDED | SECRETARIAT,
    "unclaimed name": POWER,
    "invited name": POWER,
    "withdrawn challenge": OWN | SECRETARIAT,
    "withdrawn lesson": OWN | SECRETARIAT,
    # challenges that their authors keep to some
    "members challenge": OWN | COUNTERPART | STRANGER | COMMITTEE | ASSESSOR | SECRETARIAT,
    "invited challenge": OWN | STRANGER | SECRETARIAT,
    "draft challenge": OWN,
    "note of shortlist": OWN,
    # events
    "planned event": SECRETARIAT,
    "person at event": OWN | COUNTERPART | SECRETARIAT,  # its own people, and whom it meets
    "topic of a group": OWN | COUNTERPART | COMMITTEE | SECRETARIAT,
    # one's own
    "alert": SPEAKER,
    "device": SPEAKER | ADMINISTRATOR,
    "label": SPEAKER | ADMINISTRATOR,
    "bounced": POWER,
    # rights over one's data: whoever speaks for the subject, and the office that answers
    "words of request": SPEAKER | POWER,
    "answer to request": SPEAKER | POWER,
    "words of own request": SPEAKER | POWER,
    "identity asked": SPEAKER | POWER,
    "words of editor": EDITOR | POWER,
    "consent": SPEAKER,
    "disclosure": SPEAKER | COUNTERPART | POWER,  # who received the contact, and those whose contact it is
    "ranking": COUNTERPART | POWER,
    "called": OWN | SECRETARIAT,  # the name under which the city added its editor
    "silent representative": POWER,
    # public, but for a lesson that would name it and was not allowed to
    "named partner": EVERYONE,
}

NUMBERED = ("disclosure", "ranking", "silent representative")
"""What has no words of its own: its number is unlike any other."""

READ_WITH_SECRET: dict[str, frozenset[str]] = {
    "POST /v1/sign-in/link": frozenset({"representative mail"}),  # who opens the link is signed in
    "POST /v1/sign-in/code": frozenset({"representative mail"}),
    "GET /v1/feeds/{secret}.atom": frozenset({"alert"}),
    "POST /v1/claims/preview": frozenset({"invited name"}),
    "POST /v1/claims": frozenset(),
    "GET /v1/answers/{token}": frozenset(),
    "POST /v1/answers/{token}": frozenset(),
    "GET /{language}/answers/{token}": frozenset(),
    "POST /{language}/answers/{token}": frozenset(),
    "GET /{language}/claims/{secret}": frozenset({"invited name"}),
    "POST /{language}/claims/{secret}": frozenset(),
    "POST /{language}/sign-in/code": frozenset(),
    "POST /{language}/sign-in/{secret}": frozenset(),
}
"""What a letter's secret opens to whoever holds it, with or without an account; no more than this."""

AS_TYPED = {"GET /v1/profiles/{profile_id}/people/invitations": frozenset({"stranger account mail"})}
"""What an inviter reads again of what it typed itself."""

TOLD_IN_ARCHIVE: dict[str, frozenset[str]] = {
    "city": frozenset(
        {
            "answer to request",
            "called",
            "city mail",
            "person at event",
            "stranger account mail",  # as its representative typed it to invite
            "disclosure",
            "draft challenge",
            "invited challenge",
            "members challenge",
            "mentoring message",
            "note of shortlist",
            "untold mentoring",
            "message",
            "question",
            "ranking",
            "withdrawn challenge",
            "withdrawn lesson",
            "words of request",
        }
    ),
    "firm": frozenset(
        {
            "disclosure",
            "firm mail",
            "mentoring message",
            "message",
            "question",
            "ranking",
            "reason of step",
            "registration",
            "words of a no",
            "words of a recorded no",
        }
    ),
    "other": frozenset({"stranger mail", "street"}),
    "barred": frozenset(
        {
            "reason of suspension",
            "suspended challenge",
            "suspended lesson",
            "suspended mail",
            "suspended name",
            "suspended offer",
        }
    ),
    "drafting": frozenset(
        {"applicant mail", "applicant name", "draft application", "reason of decision", "words of appeal"}
    ),
    "representative": frozenset(
        {
            "alert",
            "person at event",
            "consent",
            "device",
            "disclosure",
            "identity asked",
            "interest",
            "label",
            "representative mail",
            "words of own request",
        }
    ),
    "editor": frozenset({"called", "words of editor"}),
    "counterpart": frozenset({"counterpart mail"}),
    "stranger": frozenset({"reason of step", "report", "reporter", "stranger account mail"}),
}
"""Whose words are in the archive of each subject, whoever may open it."""


def planted(name: str) -> str:
    """The word that stands for a value, unlike any other; a name that no line allows raises KeyError."""
    _ = MAY_READ[name]
    return str(planted_number(name)) if name in NUMBERED else MARK + name.replace(" ", "")


def planted_number(name: str) -> int:
    """The number of a row that has no words."""
    return 1_700_000_000 + 100_000 * NUMBERED.index(name)

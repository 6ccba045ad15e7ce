"""What becomes of the rows of each table at an erasure, and what an export tells. A new table is a line here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Policy:
    """What an erasure does with the rows of a table, and what an export tells of them.

    Erasure: a row goes with the row that one of `gone_with` refers to, or with the owner of its `address`. Where a row
    stays, its links to what is erased are emptied, so are its columns `emptied`, and `reason` says why it stays.
    `names` are columns without a foreign key that hold the number of an account or a profile; `is_about`: the columns
    `subject` and `subject_id` say whose the row is.

    Export: rows of the subject are told whole, but for columns `hidden`, each with why. `told_with` are those of
    `gone_with` that make a row the subject's own, where not all of them do. Rows that only name it (as an officer, an
    asker) are told without words. `withheld` is why nothing of a table is told; `seen_by` why it is told through the
    eyes of the subject (`rights.sight`) instead.
    """

    gone_with: tuple[str, ...] = ()
    address: str = ""
    reason: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    is_about: bool = False
    emptied: tuple[str, ...] = ()
    told_with: tuple[str, ...] | None = None
    hidden: Mapping[str, str] = field(default_factory=dict)
    withheld: str = ""
    seen_by: str = ""


def gone_with(
    *columns: str,
    address: str = "",
    told_with: tuple[str, ...] | None = None,
    withheld: str = "",
    seen_by: str = "",
    **hidden: str,
) -> Policy:
    """Rows that are erased with what they belong to."""
    return Policy(
        gone_with=columns, address=address, told_with=told_with, hidden=hidden, withheld=withheld, seen_by=seen_by
    )


def kept(reason: str, *, is_about: bool = False, emptied: tuple[str, ...] = (), **names: str) -> Policy:
    """Rows that stay: ids, codes, or what is nobody's."""
    return Policy(reason=reason, names=names, is_about=is_about, emptied=emptied)


ROOT = Policy(reason="erased when it is the one asked for")
OFFICER = "who of the alliance handled it is no data of the member"
DELIBERATION = "words by which the alliance found its decision; the decision is told with its reasons"

POLICIES: Mapping[str, Policy] = {
    # accounts
    "account": ROOT,
    "api_token": gone_with("account_id"),
    "account_session": gone_with("account_id"),
    "open_identity": gone_with("account_id"),
    "sign_in_request": gone_with("account_id", address="address"),
    "open_id_request": kept("digests of a sign-in under way; deleted by age"),
    # audit, letters, store, places, exchange
    "audit_entry": kept("proof of an act of power; ids and codes", is_about=True, account_id="account"),
    "letter": gone_with("account_id", address="address", message_id="by it a letter that comes back is known as ours"),
    "letter_habits": gone_with("account_id"),
    "silent_address": kept("a digest; a refusal of letters outlives the address"),
    "message": kept("ids of rows to index; deleted by age"),
    "territory": kept("a place, nobody's"),
    "portal_fact": kept("public record of a portal; what it says of a supplier who refused is erased by its number"),
    # profiles
    "profile": ROOT,
    "offer": gone_with("profile_id"),
    "experience": gone_with("profile_id"),
    "working_copy": gone_with("profile_id"),
    "representation": gone_with("account_id", "profile_id"),
    "person_invitation": gone_with("profile_id", address="address"),
    "import_refusal": kept("a digest; a refusal outlives the profile"),
    # integrity
    "code_signature": gone_with("profile_id"),
    "declaration": gone_with("profile_id", "account_id", told_with=("account_id",)),  # each declares for itself
    "interest": gone_with("declaration_id", "with_profile_id", told_with=("declaration_id",)),
    "conflict": gone_with(
        "first_id", "second_id", withheld="when and how a pair was decided may rest on what the other side declared; "
        "what the subject declared, and what came of it, stands in conflict_ground",
    ),
    "conflict_ground": gone_with(
        "conflict_id", "declared_by_id", seen_by="what the subject declared, with whom and what came of it, and what "
        "the service detected, without with whom; never what another declared",
    ),
    "profile_trait": gone_with("profile_id"),
    "incident": gone_with(
        "about_id", seen_by="what the subject reported; and reports about it from the examination on, without who "
        "reported, and without the words of a protected report",
    ),
    "incident_step": gone_with(
        "incident_id", seen_by="the steps of the incidents that are told, with their reasons, without who took them"
    ),
    # membership
    "published_version": kept("what the alliance laid down; its texts are the alliance's own", account_id="account"),
    "admission_process": kept("a decision of the alliance about its own ways"),
    "application": gone_with("profile_id"),
    "assessor": gone_with("account_id"),
    "assessment": gone_with("application_id", told_with=()),  # its assessor alone, without words
    "score": gone_with(
        "assessment_id", seen_by="points by criterion once it is decided; who gave them and the assessors' words are "
        "deliberation: the decision is told with its reasons",
    ),
    "vote": replace(gone_with("application_id", told_with=()), reason=DELIBERATION),
    "decision": gone_with("application_id", account_id=OFFICER),
    "appeal": gone_with("application_id"),
    "standing": gone_with("profile_id"),
    "standing_change": gone_with("profile_id", account_id=OFFICER),
    "committee": kept("dates of the alliance's own organ"),
    "seat": gone_with("committee_id", "profile_id"),
    "invitation": gone_with("profile_id", address="address", account_id=OFFICER),
    # challenges, matching
    "challenge": gone_with("owner_id"),
    "need": gone_with("challenge_id"),
    "challenge_guest": gone_with("challenge_id", "profile_id"),
    "challenge_owner": gone_with("challenge_id", "profile_id"),
    "showing": gone_with("challenge_id", account_id="who else looked at a list is that person's"),
    "shown_match": gone_with("showing_id", "profile_id"),
    "shortlisted": gone_with("challenge_id", "profile_id", told_with=("challenge_id",)),  # of those who consider
    "profiles_apart": gone_with(
        "first_id", "second_id", withheld="that the alliance looked at two and found them different is about both"
    ),
    "challenges_apart": gone_with(
        "first_id", "second_id", withheld="that the alliance looked at two and found them different is about both"
    ),
    # lessons, alerts, mentoring
    "lesson": replace(gone_with("author_id"), names={"unnamed_id": "profile"}),
    "alert": gone_with("profile_id", "account_id", told_with=("account_id",)),  # what a person looks for is its own
    "finding": gone_with("alert_id", "challenge_id", told_with=("alert_id",)),  # what others look for is theirs
    "mentor_offer": gone_with("profile_id"),
    "mentoring": gone_with(
        "mentor_id", "mentee_id", seen_by="the request and the subject's own answers; those of the other are its own"
    ),
    # introductions
    "introduction": gone_with(
        "challenge_id", "owner_id", "profile_id", seen_by="once its side was told, and as it sees where it stands: "
        "held, sealed and waiting look alike, so that nobody learns of another's no or conflict",
    ),
    "introduction_side": gone_with(
        "introduction_id", seen_by="its own answer; the other's once contacts are open, or a no whose words are shared"
    ),
    "introduction_question": gone_with(
        "introduction_id", seen_by="questions and replies of introductions that were told: each wrote to the other"
    ),
    "disclosure": kept(
        "who received whose contact, and when; ids", to_account_id="account", to_profile_id="profile",
        of_profile_id="profile",
    ),
    "outcome_report": gone_with("introduction_id", seen_by="its own reports; those of the other side are its own"),
    "confirmed_outcome": gone_with("introduction_id"),
    "outcome_lesson": gone_with("introduction_id", "lesson_id"),
    "asking_policy": gone_with("profile_id"),
    # events: what a participant says of others is its own; agendas are numbers
    "event": kept("a gathering of the alliance, nobody's"),
    "participant": gone_with("event_id", "profile_id", "account_id", address="email"),
    "wish": gone_with("participant_id", "about_id", told_with=("participant_id",)),
    "event_offer": gone_with("participant_id", "about_id", told_with=("participant_id",)),
    "event_suggestion": gone_with(
        "event_id", "challenge_id", "profile_id", withheld="what the matcher found before anybody was told of it"
    ),
    "event_group": gone_with("event_id"),
    "event_group_member": gone_with("group_id", "participant_id", told_with=("participant_id",)),
    "agenda_ruling": gone_with("event_id"),
    "agenda_run": gone_with("event_id"),
    "agenda_paper": gone_with("run_id", withheld="numbers that a search works on; the agenda is told as published"),
    "working_agenda": gone_with("event_id", withheld="what nobody has been told yet"),
    "agenda_version": gone_with("event_id"),
    "agenda_meeting": gone_with("version_id"),
    "agenda_seat": gone_with("version_id", "participant_id", told_with=("participant_id",)),
    "encounter": gone_with("participant_id"),
    "feed_edition": gone_with("participant_id", "account_id", told_with=("account_id",)),
    # rights
    "consent": kept("proof of what was agreed to; ids and codes", account_id="account"),
    "rights_request": kept(
        "proof that a right was used and answered in time; ids, codes and dates", is_about=True,
        emptied=("words", "answer"), asked_by_id="account", answered_by_id="account",
    ),
    "erasure": kept("proof that it was asked for and done; ids", is_about=True, asked_by_id="account"),
}  # fmt: skip

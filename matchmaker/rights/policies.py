"""What becomes of the rows of each table when a person or a member is erased. A new table is one line here."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Policy:
    """A row goes with the row that one of `gone_with` refers to, or with the owner of its `address`.

    Where a row stays, its links to what is erased are emptied and `reason` says why it stays. `names` are columns
    without a foreign key that hold the number of an account or a profile: an export follows them, an erasure does not.
    """

    gone_with: tuple[str, ...] = ()
    address: str = ""
    reason: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def gone_with(*columns: str, address: str = "") -> Policy:
    """Rows that are erased with what they belong to."""
    return Policy(gone_with=columns, address=address)


def kept(reason: str, **names: str) -> Policy:
    """Rows that stay: ids, codes, or what is nobody's."""
    return Policy(reason=reason, names=names)


ROOT = Policy(reason="erased when it is the one asked for")

POLICIES: Mapping[str, Policy] = {
    # accounts
    "account": ROOT,
    "api_token": gone_with("account_id"),
    "account_session": gone_with("account_id"),
    "open_identity": gone_with("account_id"),
    "sign_in_request": gone_with("account_id", address="address"),
    "open_id_request": kept("digests of a sign-in under way; deleted by age"),
    # audit, letters, store, places, exchange
    "audit_entry": kept("proof of an act of power; ids and codes", account_id="account"),
    "letter": gone_with("account_id", address="address"),
    "letter_habits": gone_with("account_id"),
    "silent_address": kept("a digest; a refusal of letters outlives the address"),
    "message": kept("ids of rows to index; deleted by age"),
    "territory": kept("a place, nobody's"),
    "portal_fact": kept("public record of a procurement portal"),
    # profiles
    "profile": ROOT,
    "offer": gone_with("profile_id"),
    "experience": gone_with("profile_id"),
    "representation": gone_with("account_id", "profile_id"),
    "import_refusal": kept("a digest; a refusal outlives the profile"),
    # integrity
    "code_signature": gone_with("profile_id"),
    "declaration": gone_with("profile_id", "account_id"),
    "interest": gone_with("declaration_id", "with_profile_id"),
    "conflict": gone_with("first_id", "second_id"),
    "conflict_ground": gone_with("conflict_id", "declared_by_id"),
    "profile_trait": gone_with("profile_id"),
    "incident": gone_with("about_id"),
    "incident_step": gone_with("incident_id"),
    # membership
    "admission_process": kept("a decision of the alliance about its own ways"),
    "application": gone_with("profile_id"),
    "assessor": gone_with("account_id"),
    "assessment": gone_with("application_id"),
    "score": gone_with("assessment_id"),
    "vote": gone_with("application_id"),
    "decision": gone_with("application_id"),
    "appeal": gone_with("application_id"),
    "standing": gone_with("profile_id"),
    "standing_change": gone_with("profile_id"),
    "committee": kept("dates of the alliance's own organ"),
    "seat": gone_with("committee_id", "profile_id"),
    "invitation": gone_with("profile_id", address="address"),
    # challenges, matching
    "challenge": gone_with("owner_id"),
    "need": gone_with("challenge_id"),
    "showing": gone_with("challenge_id"),
    "shown_match": gone_with("showing_id", "profile_id"),
    # lessons, alerts, mentoring
    "lesson": gone_with("author_id"),
    "alert": gone_with("profile_id", "account_id"),
    "finding": gone_with("alert_id", "challenge_id"),
    "mentor_offer": gone_with("profile_id"),
    "mentoring": gone_with("mentor_id", "mentee_id"),
    # introductions
    "introduction": gone_with("challenge_id", "owner_id", "profile_id"),
    "introduction_side": gone_with("introduction_id"),
    "introduction_question": gone_with("introduction_id"),
    "disclosure": kept(
        "who received whose contact, and when; ids", to_account_id="account", to_profile_id="profile",
        of_profile_id="profile",
    ),
    "outcome_report": gone_with("introduction_id"),
    "confirmed_outcome": gone_with("introduction_id"),
    "outcome_lesson": gone_with("introduction_id", "lesson_id"),
    "asking_policy": gone_with("profile_id"),
    # rights
    "consent": kept("proof of what was agreed to; ids and codes", account_id="account"),
    "erasure": kept("proof that it was asked for and done; ids", asked_by_id="account"),
}  # fmt: skip

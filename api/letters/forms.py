"""What a letter of each kind offers besides its words: answers by one click, values it cannot do without."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matchmaker.accounts.models import Role
from matchmaker.letters.kinds import GROUPS


@dataclass(frozen=True)
class Form:
    """One kind of letter. Its sentences are `<kind>.subject`, `<kind>.body`, `<kind>.open` of the catalogue `letters`.

    `answers` are offered as links to the handler `answered_by`, each with its sentence `<kind>.answer.<answer>`.
    `carries` are codes of the letter that its answers bring back. `needs` are values without which it is not
    sent. `only_to` is the role of those who may read it at all.
    `is_about_matching` adds that a match is neither preference nor award.
    """

    answers: tuple[str, ...] = ()
    answered_by: str = ""
    carries: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    only_to: Role | None = None
    is_about_matching: bool = False


SIDE = ("side",)
PROPOSED = Form(
    answers=("yes", "not_now", "no"), answered_by="introduction_answer", carries=SIDE, is_about_matching=True
)
ABOUT_MATCHING = Form(is_about_matching=True)
MENTORING = Form(answers=("yes", "no"), answered_by="mentoring_answer", carries=SIDE)
_OFFERS = {
    "sign_in": Form(needs=("link", "code")),
    "introduction_proposed": PROPOSED,
    "introduction_reminder": PROPOSED,
    "introduction_answered_both_yes": ABOUT_MATCHING,
    "introduction_question": ABOUT_MATCHING,
    "introduction_expired": ABOUT_MATCHING,
    "introduction_closed": ABOUT_MATCHING,
    "contacts_closed": ABOUT_MATCHING,
    "introduction_recorded_by_phone": Form(
        answers=("undo",), answered_by="introduction_undo", carries=SIDE, is_about_matching=True
    ),
    "meeting_met_question": Form(
        answers=("met", "not_met"), answered_by="meeting_answer", carries=SIDE, is_about_matching=True
    ),
    "outcome_question": Form(
        answers=("pilot", "contract", "joint_project", "lesson", "nothing"), answered_by="outcome_answer",
        carries=("side", "days"), is_about_matching=True,
    ),
    "lesson_names_you": Form(answers=("agree", "refuse"), answered_by="lesson_naming"),
    "lesson_asked": ABOUT_MATCHING,
    "application_arrived": Form(only_to=Role.SECRETARIAT),
    "conflict_declared": Form(only_to=Role.SECRETARIAT),
    "person_invited": Form(answers=("accept", "decline"), answered_by="person_invitation"),
    "invitation_to_claim": Form(answers=("refuse",), answered_by="invitation_refusal", needs=("link",)),
    "alert_digest": ABOUT_MATCHING,
    "mentoring_proposed": MENTORING,
    "mentoring_reminder": MENTORING,
    "rights_received": Form(answers=("withdraw",), answered_by="rights_withdrawal"),
    "rights_identity_asked": Form(answers=("confirm",), answered_by="rights_identity"),
    "rights_due": Form(only_to=Role.SECRETARIAT),
}  # fmt: skip
LETTER_KINDS: Mapping[str, Form] = MappingProxyType({kind: _OFFERS.get(kind, Form()) for kind in GROUPS})
"""Every kind of letter that may be sent."""

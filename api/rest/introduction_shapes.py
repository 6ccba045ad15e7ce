"""Introductions as answers: each side reads its own view, the secretariat all but contacts."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from api.i18n import words
from api.rest.explained import agent_shape
from api.rest.reasons import AgentShape
from matchmaker.introductions.answering import Contacts
from matchmaker.introductions.meeting import meeting
from matchmaker.introductions.models import Outcome, Side, Word
from matchmaker.introductions.queries import Evidence, Glimpse, View
from matchmaker.introductions.rules import Meeting
from matchmaker.introductions.sight import Said, Seen
from matchmaker.languages import WorkingLanguage


class Reader(StrEnum):
    """As whom the caller reads."""

    OWNER = "owner"
    PROFILE = "profile"
    SECRETARIAT = "secretariat"


class AnswerSaid(BaseModel):
    """What a side said. The other side's is here only once both said yes, or when its writer shares a no."""

    side: Side
    answer: Word
    reason: str
    words: str
    shares_words: bool
    is_recorded: bool


class IntroductionLine(BaseModel):
    """An introduction in a list. A party is null when it is no longer shown, the title when the challenge is not."""

    id: int
    challenge_id: int
    challenge_title: str | None
    owner: AgentShape | None
    profile: AgentShape | None
    you_are: Reader
    proposed_by: Reader
    state: Seen
    created_at: datetime
    expires_at: datetime
    answers: list[AnswerSaid]


class IntroductionsShape(BaseModel):
    """A page of introductions, by number."""

    introductions: list[IntroductionLine]


class MatchedNeed(BaseModel):
    """A need, and the sentence quoted for it: null where nothing answered it, or where the profile has changed."""

    need: int
    text: str | None
    digest: str | None
    quotation: str | None


class MatchReasons(BaseModel):
    """Why the two were matched: the list that showed it and what it quoted, alike for both sides."""

    showing_id: int | None
    profile_version: int | None
    needs: list[MatchedNeed]


class QuestionShape(BaseModel):
    """A question back, and its answer."""

    id: int
    asked_by: Side
    text: str
    asked_at: datetime
    reply: str
    replied_at: datetime | None


class MeetingShape(BaseModel):
    """Whether they met: what each reader's side said, and what both say together."""

    said: dict[Side, bool | None]
    result: Meeting


class OutcomeShape(BaseModel):
    """What a side said came of it."""

    side: Side
    days: int
    outcome: Outcome


class IntroductionShape(IntroductionLine):
    """A whole introduction. `lesson_id`: what the reader's side told of it.

    `notice`: what a match does not mean, in the caller's language.
    """

    message: str
    reasons: MatchReasons
    questions: list[QuestionShape]
    meeting: MeetingShape
    outcomes: list[OutcomeShape]
    confirmed: dict[int, Outcome]
    lesson_id: int | None
    notice: str


class PersonShape(BaseModel):
    """Someone who speaks for a profile."""

    name: str
    email: str


class ContactsShape(BaseModel):
    """How to reach the other side; the receipt is on record."""

    profile_id: int
    name: str
    email: str
    people: list[PersonShape]


def introduction_line(found: Glimpse) -> IntroductionLine:
    """An introduction in a list."""
    return IntroductionLine.model_validate(_line(found))


def introduction_shape(found: View, language: WorkingLanguage) -> IntroductionShape:
    """A whole introduction, with the notice in `language`."""
    row = found.kept.row
    own = {
        "message": "" if found.hides(row.proposed_by) else row.message,
        "reasons": _reasons(found),
        "questions": [_question(found, number) for number in range(len(found.questions))],
        "meeting": _meeting(found),
        "outcomes": [OutcomeShape.model_validate(vars(report)) for report in found.reports],
        "confirmed": found.confirmed,
        "lesson_id": found.lesson_id,
        "notice": words(language, "notice.neither_preference_nor_award", {}),
    }
    return IntroductionShape.model_validate(_line(found) | own)


def contacts_shape(found: Contacts) -> ContactsShape:
    """Contacts as an answer."""
    people = [PersonShape(name=name, email=email) for name, email in found.people]
    return ContactsShape(profile_id=found.profile_id, name=found.name, email=found.email, people=people)


def _line(found: Glimpse) -> dict[str, object]:
    row = found.kept.row
    parties = {side: None if full is None else agent_shape(full.profile) for side, full in found.parties.items()}
    return {
        "id": row.id,
        "challenge_id": row.challenge_id,
        "challenge_title": None if found.challenge is None else found.challenge.challenge.title,
        "owner": parties[Side.OWNER],
        "profile": parties[Side.PROFILE],
        "you_are": Reader.SECRETARIAT if found.reader is None else found.reader,
        "proposed_by": row.proposed_by,
        "state": found.state,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "answers": [_said(found, each) for each in found.answers],
    }


def _said(found: Glimpse, said: Said) -> AnswerSaid:
    kept: Mapping[str, object] = vars(said)
    return AnswerSaid.model_validate({**kept, "words": ""} if found.hides(said.side) else kept)


def _reasons(found: View) -> MatchReasons:
    row = found.kept.row
    return MatchReasons(
        showing_id=row.showing_id,
        profile_version=row.profile_version,
        needs=[_matched(each) for each in found.evidence],
    )


def _matched(evidence: Evidence) -> MatchedNeed:
    return MatchedNeed(need=evidence.need, text=evidence.asked, digest=evidence.digest, quotation=evidence.text)


def _question(found: View, number: int) -> QuestionShape:
    row = found.questions[number]
    withheld = {}
    if found.hides(row.asked_by):
        withheld = {"text": ""}
    elif found.hides(Side(row.asked_by).other):
        withheld = {"reply": ""}
    return QuestionShape.model_validate(vars(row) | withheld)


def _meeting(found: View) -> MeetingShape:
    sides = found.kept.sides.items()
    said = {side: row.has_met for side, row in sides if found.reader in {None, side}}
    return MeetingShape(said=said, result=meeting(found.kept))

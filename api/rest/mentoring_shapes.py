"""Mentors and requests as answers. Each side reads its own answer and the state, never the other's answer."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pydantic import BaseModel
from sqlmodel import Session

from api.rest.explained import agent_shape, fit_fields
from api.rest.reasons import AgentShape, FitShape
from api.rest.shapes import plain_fields
from matchmaker.accounts.models import Acting
from matchmaker.mentoring.finding import FoundMentor
from matchmaker.mentoring.models import Mentoring, MentorOffer, Side
from matchmaker.mentoring.rules import State, Together, profile_of, state_of, together
from matchmaker.profiles.queries import full_profiles
from matchmaker.profiles.speaking import profiles_spoken_for


class OfferShape(BaseModel):
    """What a member helps others with."""

    profile_id: int
    areas: list[str]
    languages: list[str]
    hours_a_month: int
    text: str
    is_paused: bool
    version: int
    updated_at: datetime


class MentorShape(FitShape):
    """A mentor with hours left, in its place, with the evidence of a match."""

    profile: AgentShape
    areas: list[str]
    languages: list[str]
    hours_left: int


class MentorsShape(BaseModel):
    """Mentors in the order in which they answer."""

    mentors: list[MentorShape]


class MentoringShape(BaseModel):
    """A request. `own_answers` are those of the sides for which the caller speaks; `together` what both results say."""

    id: int
    state: State
    mentor: AgentShape | None
    mentee: AgentShape | None
    challenge_id: int | None
    hours_a_month: int
    message: str
    own_answers: dict[str, str | None]
    own_results: dict[str, str | None]
    together: Together | None
    created_at: datetime
    expires_at: datetime
    agreed_at: datetime | None
    ended_at: datetime | None


class MentoringsShape(BaseModel):
    """A page of requests, by number."""

    mentorings: list[MentoringShape]


class ContactShape(BaseModel):
    """How to reach one who speaks for the other side."""

    name: str
    email: str


class ContactsShape(BaseModel):
    """The contacts that opened on the second yes."""

    contacts: list[ContactShape]


def offer_shape(offer: MentorOffer) -> OfferShape:
    """An offer as an answer."""
    return OfferShape.model_validate(plain_fields(offer, OfferShape))


def mentors_shape(found: Sequence[FoundMentor], needs: Sequence[str]) -> MentorsShape:
    """Mentors as they are shown."""
    return MentorsShape(mentors=[_mentor(one, needs) for one in found])


def mentoring_shapes(
    session: Session, requests: Sequence[Mentoring], *, caller: Acting, now: datetime
) -> list[MentoringShape]:
    """Requests as `caller` reads them."""
    named = {number for row in requests for number in (row.mentor_id, row.mentee_id)}
    loaded = full_profiles(session, acting=caller, profile_ids=named)
    spoken_for = profiles_spoken_for(session, acting=caller)
    agents = {number: agent_shape(full.profile) for number, full in loaded.items()}
    return [
        MentoringShape.model_validate(
            plain_fields(row, MentoringShape)
            | _own(row, [side for side in Side if profile_of(row, side) in spoken_for])
            | {"state": state_of(row, now=now), "together": together(row)}
            | {"mentor": agents.get(row.mentor_id), "mentee": agents.get(row.mentee_id)}
        )
        for row in requests
    ]


def _own(row: Mentoring, sides: Collection[Side]) -> dict[str, object]:
    answers = {Side.MENTOR: row.mentor_answer, Side.MENTEE: row.mentee_answer}
    results = {Side.MENTOR: row.mentor_result, Side.MENTEE: row.mentee_result}
    return {
        "own_answers": {str(side): answers[side] for side in sides},
        "own_results": {str(side): results[side] for side in sides},
    }


def _mentor(found: FoundMentor, needs: Sequence[str]) -> MentorShape:
    own = {
        "profile": agent_shape(found.match.full.profile),
        "areas": found.offer.areas,
        "languages": found.offer.languages,
        "hours_left": found.hours_left,
    }
    return MentorShape.model_validate(own | fit_fields(found.match.ranked, needs))

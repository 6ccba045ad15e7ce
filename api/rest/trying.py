"""Texts that are tried: understood, matched, answered, and never stored, logged or learned from."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import tried_answer
from api.rest.dependencies import CallerLanguage, Reading, WantedQuery, only_json
from api.rest.documents import TRIED
from api.rest.explained import matches_shape, peers_shape
from api.rest.inputs import TextBody, TriedBody
from api.rest.lesson_shapes import FoundLessonShape, found_lessons
from api.rest.reasons import MatchesShape, PeerShape
from api.rest.warnings import Warned, language_warnings
from api.security import CurrentService, Searcher
from api.wiring import Service
from matchmaker.challenges.actions import fill_challenge, needs_of
from matchmaker.challenges.drafts import TriedChallenge
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.needs import split_needs
from matchmaker.languages import detect
from matchmaker.matching.actions import find_matches
from matchmaker.matching.areas import AreaSuggestion, suggest_areas
from matchmaker.matching.asks import Ask, ask_of
from matchmaker.matching.lessons import find_lessons
from matchmaker.matching.peers import find_near_duplicates, find_peers
from matchmaker.profiles.queries import represented_by

router = APIRouter(tags=["trying"], dependencies=[Depends(only_json)])
PEERS_SHOWN = 10


class AreaShape(BaseModel):
    """An area that a text is about, with the sub-area that made it near; nearness in standard deviations."""

    area: str
    sub_area: str | None
    deviations: float


class SplitText(BaseModel):
    """The needs found in a text, verbatim."""

    language: str
    needs: list[str]
    warnings: list[Warned]


class PlacedText(BaseModel):
    """The areas that a text is about, nearest first; none when it is about something else."""

    language: str
    areas: list[AreaShape]
    warnings: list[Warned]


class TriedShape(MatchesShape):
    """All that a tried challenge finds."""

    needs_are_suggested: bool
    areas: list[AreaShape]
    near_duplicates: list[PeerShape]
    peers: list[PeerShape]
    lessons: list[FoundLessonShape]
    warnings: list[Warned]


@dataclass(frozen=True)
class Tried:
    """A text as a question."""

    ask: Ask
    needs: list[str]
    needs_are_suggested: bool


@router.post("/try", response_model=TriedShape, responses=TRIED)
def try_challenge(
    session: Reading,
    service: CurrentService,
    caller: Searcher,
    language: CallerLanguage,
    query: WantedQuery,
    body: TriedBody,
) -> Response:
    """Who would answer a challenge of a member for which the caller acts, without saving it."""
    tried = understood(session, service, body)
    ask, index = tried.ask, service.index
    own = represented_by(session, acting=caller)
    wanted = query.checked(service.taxonomy)
    found = find_matches(session, index=index, acting=caller, ask=ask, wanted=wanted, asked_by=own)
    alike = find_near_duplicates(session, index=index, acting=caller, ask=ask, asked_by=own)
    peers = find_peers(session, index=index, acting=caller, ask=ask, asked_by=own, limit=PEERS_SHOWN)
    told = find_lessons(session, index=index, acting=caller, ask=ask, asked_by=own, limit=PEERS_SHOWN)
    shape = TriedShape(
        **matches_shape(found).model_dump(),
        needs_are_suggested=tried.needs_are_suggested,
        areas=_areas(service, body.words, ask.language),
        near_duplicates=peers_shape(alike, tried.needs).peers,
        peers=peers_shape(peers, tried.needs).peers,
        lessons=found_lessons(told, tried.needs),
        warnings=language_warnings(ask.language, language),
    )
    return tried_answer(shape)


@router.post("/needs", response_model=SplitText, responses=TRIED)
def split_text(_caller: Searcher, language: CallerLanguage, body: TextBody) -> Response:
    """Split a text into needs, which its author confirms or edits."""
    spoken = body.language or detect(body.text).language
    needs = split_needs(body.text, language=spoken)
    return tried_answer(SplitText(language=spoken, needs=needs, warnings=language_warnings(spoken, language)))


@router.post("/areas", response_model=PlacedText, responses=TRIED)
def place_text(service: CurrentService, _caller: Searcher, language: CallerLanguage, body: TextBody) -> Response:
    """Suggest the areas that a text is about; its author confirms them."""
    spoken = body.language or detect(body.text).language
    areas = _areas(service, body.text, spoken)
    return tried_answer(PlacedText(language=spoken, areas=areas, warnings=language_warnings(spoken, language)))


def understood(session: Session, service: Service, draft: TriedChallenge) -> Tried:
    """The draft as a question; its row is never added to the session."""
    desk = service.desk()
    challenge = Challenge(language="", title="", description="", created_at=desk.now, updated_at=desk.now)
    fill_challenge(session, desk=desk, challenge=challenge, draft=draft)
    needs, are_suggested = needs_of(draft, language=challenge.language)
    return Tried(ask_of(challenge, needs, taxonomy=desk.taxonomy, is_stored=False), needs, are_suggested)


def _areas(service: Service, text: str, language: str) -> list[AreaShape]:
    found = suggest_areas(service.index, taxonomy=service.taxonomy, text=text, language=language)
    return [_area(suggestion) for suggestion in found]


def _area(suggestion: AreaSuggestion) -> AreaShape:
    return AreaShape(area=suggestion.area, sub_area=suggestion.sub_area, deviations=round(suggestion.deviations, 3))
